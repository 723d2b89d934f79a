"""Who counts for what: several people and roles, rejections that someone would like to be rid of, signing."""

from __future__ import annotations

from typing import Literal

import pytest
from msgspec.structs import replace

from pipeline.record.rounds.canonical import digest
from tests.approval.story import FOLDER, RECORD, SUBJECT, Story
from tests.scanned import blank_scan

LEGAL = f"{FOLDER}/legal--lan-yangben--1.json"
REJECT = f"{FOLDER}/legal--lan-yangben--2.json"
SIGNING = "agreements/projects/example/signing.yaml"


def claim(
    story: Story,
    role: str,
    person: str,
    number: int,
    decision: Literal["approve", "reject"] = "approve",
) -> None:
    """What a clerk without any key can write in another's name."""
    made = replace(story.statement(LEGAL), role=role, person=person, number=number, basis="claimed")
    story.put(FOLDER, replace(made, decision=decision), None)


def rejected(story: Story) -> None:
    story.approve(SUBJECT, "legal", "lan-yangben", "--reject", "--comment", "违约责任不对等")


def test_a_claim_does_not_lift_a_signed_rejection(story: Story) -> None:
    rejected(story)
    claim(story, "legal", "lan-yangben", 3)
    story.commit()
    seen = story.trail()
    assert seen.data["stage"] == "rejected" and "违约责任不对等" in seen.message("A16")


def test_nor_does_a_claimed_rejection_followed_by_a_claimed_approval(story: Story) -> None:
    rejected(story)
    claim(story, "legal", "lan-yangben", 3, "reject")
    claim(story, "legal", "lan-yangben", 4)
    story.commit()
    assert story.trail().data["stage"] == "rejected"


def test_a_claim_neither_takes_a_signed_approvals_place_nor_withdraws_it(story: Story) -> None:
    claim(story, "legal", "lan-yangben", 2)
    claim(story, "legal", "lan-yangben", 3, "reject")
    story.commit()
    seen = story.trail()
    assert seen.data["label"] == "第 1 轮已批准〔L1 有签名〕"
    assert seen.codes == ["A45"], "it is told"


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_a_number_far_ahead_exhausts_nobody(story: Story, decision: Literal["approve", "reject"]) -> None:
    """Nor does a round far ahead: what is in no unbroken line replaces and withdraws nothing."""
    made = replace(story.statement(LEGAL), decision=decision)
    story.put(FOLDER, replace(made, number=999_999), None)
    first = (story.folder / f"{FOLDER}/r1.jsonl").read_bytes()
    story.write({f"{FOLDER}/r999999.jsonl": first.replace(b'"round":1', b'"round":999999')})
    story.commit()
    seen = story.trail()
    assert seen.data["approved"] and seen.data["round"] == 1
    assert seen.codes == ["A10", "A12"] and seen.code == 1
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    assert "第 2 轮" in story.must("submit", SUBJECT)
    story.approve(SUBJECT, "legal", "lan-yangben")
    assert (story.folder / f"{FOLDER}/legal--lan-yangben--2.json").exists()


@pytest.mark.parametrize("how", ["signature-gone", "signature-swapped", "unreadable"])
def test_a_rejection_that_was_spoiled_does_not_bring_the_approval_back(story: Story, how: str) -> None:
    rejected(story)
    if how == "signature-gone":
        (story.folder / f"{REJECT}.sig").unlink()
    elif how == "signature-swapped":
        story.write({f"{REJECT}.sig": (story.folder / f"{LEGAL}.sig").read_bytes()})
    else:
        story.write({REJECT: b"{"})
    story.commit()
    seen = story.trail()
    assert seen.data["missing"] == ["legal"] and not seen.data["approved"]
    assert "以前的批准不计" in " ".join(one["message"] for one in seen.data["findings"])
    story.approve(SUBJECT, "legal", "lan-yangben")
    story.commit()
    assert story.trail().data["approved"], "the person decides again, and that counts"


def test_a_rejection_that_was_taken_out_leaves_a_gap_that_is_told(story: Story) -> None:
    rejected(story)
    story.approve(SUBJECT, "legal", "lan-yangben")
    (story.folder / REJECT).unlink()
    (story.folder / f"{REJECT}.sig").unlink()
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A34"] and "第 2 份" in seen.message("A34")


def test_a_bad_approval_does_not_hide_the_good_one_before_it(story: Story) -> None:
    story.put(FOLDER, replace(story.statement(LEGAL), number=2), "hong-yangben")
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A11"] and seen.data["approved"]


def test_people_with_several_roles_are_seated_so_that_most_signatures_count(story: Story) -> None:
    """Lan may stand for legal or president; only one way of seating gives every role a signature."""
    text = story.next_version("roles: [legal]", "roles: [legal, president]")
    text = text.replace(
        "lv-yangben: {name: 绿样本, roles: [registrar]",
        "lv-yangben: {name: 绿样本, roles: [registrar, president, legal]",
    )
    story.governance(2, text, "bai-yangben", "lv-yangben")
    for end in ("", ".sig"):
        (story.folder / f"{FOLDER}/president--bai-yangben--1.json{end}").unlink()
    claim(story, "president", "bai-yangben", 1)
    story.approve(SUBJECT, "legal", "lv-yangben")
    story.approve(SUBJECT, "president", "lan-yangben")
    story.commit()
    seen = story.trail()
    seats = {role["role"]: role["person"] for role in seen.data["roles"]}
    assert (
        seen.data["level"] == "L1" and seats["legal"] == "lv-yangben" and seats["president"] == "lan-yangben"
    )


def test_a_vote_on_an_older_round_neither_approves_nor_rejects_the_newer(story: Story) -> None:
    rejected(story)
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    story.commit()
    seen = story.trail()
    assert seen.data["stage"] == "pending" and seen.data["missing"] == ["department", "legal", "president"]


def signed(story: Story, *options: str) -> str:
    words = str(story.trail().data["words"])
    story.write(
        {SIGNING: f'parties:\n  college: {{signatory: 白样本, signed_on: 2026-08-20}}\nwords: "{words}"\n'}
    )
    story.must("record", SUBJECT, "--signing", *options)
    story.commit()
    return words


def test_only_the_registrar_says_that_the_parties_signed(story: Story) -> None:
    words = str(story.trail().data["words"])
    story.write(
        {SIGNING: f'parties:\n  college: {{signatory: 白样本, signed_on: 2026-08-20}}\nwords: "{words}"\n'}
    )
    made = replace(story.statement(LEGAL), number=2, decision="sign")
    story.put(FOLDER, made, "lan-yangben")
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A01"] and seen.data["stage"] != "signed"


def test_a_registrar_with_a_key_registers_the_signing_with_it(story: Story) -> None:
    words = str(story.trail().data["words"])
    record = f'parties:\n  college: {{signatory: 白样本, signed_on: 2026-08-20}}\nwords: "{words}"\n'
    story.write({SIGNING: record})
    code, said = story.coop("record", SUBJECT, "--signing")
    assert code == 2 and "登记了钥匙" in said


def test_after_signing_no_new_round_takes_the_place_of_the_signed_one(story: Story) -> None:
    """Else a clerk could submit other terms and have the agreement look open to change."""
    signed(story, "--key", str(story.key("lv-yangben")))
    story.change(RECORD, "每学年修订一次", "每学年修订九次")
    code, said = story.coop("submit", SUBJECT)
    assert code == 2 and "补充协议" in said
    first = (story.folder / f"{FOLDER}/r1.jsonl").read_bytes()
    story.write({f"{FOLDER}/r2.jsonl": first.replace(b'"round":1', b'"round":2')})
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A14"] and seen.code == 1
    told = " ".join(one["message"] for one in seen.data["findings"])
    assert "第 2 轮不能代替它" in told and "每学年修订九次" in told
    assert seen.data["round"] == 1


def test_what_the_signing_record_names_is_held_to_also_before_the_registrar_says_so(story: Story) -> None:
    """The agreement is in force by those words: other terms are no mere change of a draft."""
    words = str(story.trail().data["words"])
    story.write(
        {SIGNING: f'parties:\n  college: {{signatory: 白样本, signed_on: 2026-08-20}}\nwords: "{words}"\n'}
    )
    story.commit()
    assert story.trail().codes == []
    story.change(RECORD, "每学年修订一次", "每学年修订九次")
    code, said = story.coop("submit", SUBJECT)
    assert code == 2 and "补充协议" in said
    first = (story.folder / f"{FOLDER}/r1.jsonl").read_bytes()
    base = story.git("rev-parse", "HEAD")
    story.commit()
    code, said = story.coop("check", "--base", base, "--pin", story.pin)
    assert code == 1 and "错误 A14" in said and "每学年修订九次" in said
    story.commit({f"{FOLDER}/r2.jsonl": first.replace(b'"round":1', b'"round":2')})
    assert "第 2 轮不能代替它" in story.trail().message("A14")


def test_taking_the_words_out_of_the_signing_record_is_told(story: Story) -> None:
    words = signed(story, "--key", str(story.key("lv-yangben")))
    story.edit(SIGNING, f'words: "{words}"\n', "")
    seen = story.trail()
    assert seen.codes == ["A14"] and "signing.yaml" in seen.message("A14")


def test_words_that_tell_the_matrix_less_than_the_record_spare_no_approval_by_being_signed(
    story: Story,
) -> None:
    """Facts that changed after signing are passed over; facts that were never true are not."""
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    second = story.folder / f"{FOLDER}/r2.jsonl"
    content = second.read_bytes()
    assert content.count(b'"amount":"money:1920000.00"') == 1
    second.write_bytes(content.replace(b'"amount":"money:1920000.00"', b'"amount":"money:120000.00"'))
    for role, person in (("department", "hong-yangben"), ("legal", "lan-yangben")):
        story.approve(SUBJECT, role, person)
    story.commit()
    assert story.trail().codes == ["A13"]
    words = digest(second.read_bytes())
    story.write(
        {SIGNING: f'parties:\n  college: {{signatory: 白样本, signed_on: 2026-08-20}}\nwords: "{words}"\n'}
    )
    story.must("record", SUBJECT, "--signing", "--key", str(story.key("lv-yangben")))
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A14"] and "院长" in seen.message("A14")
    assert (seen.code, seen.data["approved"]) == (1, False)


def test_a_drafter_nobody_knows_is_refused_and_never_level_2(story: Story) -> None:
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    code, said = story.coop("submit", SUBJECT, "--drafter", "ghost")
    assert code == 2 and "起草人 ghost" in said
    story.must("submit", SUBJECT)
    forged = (
        (story.folder / f"{FOLDER}/r2.jsonl")
        .read_bytes()
        .replace(b'"drafters":["hei-yangben"]', b'"drafters":["ghost"]')
    )
    story.write({f"{FOLDER}/r2.jsonl": forged})
    story.approve_all(SUBJECT)
    covering = story.commit()
    story.commit({"便条.txt": "以后的事"})
    seen = story.trail(SUBJECT, "--base", covering)
    assert seen.data["level"] == "L1" and "ghost" in " ".join(seen.data["reasons"])


def test_the_verified_commit_itself_is_no_checkpoint(story: Story) -> None:
    seen = story.trail(SUBJECT, "--base", "HEAD")
    assert seen.data["level"] == "L1" and "被核验的提交本身" in " ".join(seen.data["reasons"])
    assert story.trail(SUBJECT, "--base", "HEAD~1").data["level"] == "L2"


def test_a_registrar_who_was_replaced_registers_no_more(story: Story) -> None:
    scan = story.keys / "scan.pdf"
    scan.write_bytes(blank_scan())
    paper = ("蓝样本", "--scan", str(scan))
    story.must("record", SUBJECT, *paper, "--key", str(story.key("lv-yangben")))
    (story.folder / LEGAL).unlink()
    (story.folder / f"{LEGAL}.sig").unlink()
    text = story.next_version("roles: [registrar]", "roles: []")
    story.governance(2, text, "bai-yangben", "lan-yangben")
    story.commit()
    seen = story.trail()
    assert "A07" in seen.codes and "登记人" in seen.message("A07") and seen.data["missing"] == ["legal"]


def test_what_somebody_else_than_the_registrar_registered_does_not_count(story: Story) -> None:
    made = replace(story.statement(LEGAL), number=2, basis="paper", recorder="hong-yangben", scan="a" * 64)
    (story.folder / LEGAL).unlink()
    (story.folder / f"{LEGAL}.sig").unlink()
    story.put(FOLDER, replace(made, number=1), "hong-yangben")
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A06"] and "登记人" in seen.message("A06") and seen.data["missing"] == ["legal"]


def test_the_report_names_who_registered_and_whether_with_a_signature(story: Story) -> None:
    scan = story.keys / "scan.pdf"
    scan.write_bytes(blank_scan())
    paper = ("蓝样本", "--scan", str(scan))
    story.must("record", SUBJECT, *paper)
    story.must("record", SUBJECT, *paper, "--key", str(story.key("lv-yangben")))
    story.commit()
    said = story.must("trail", SUBJECT, "--pin", story.pin)
    assert "登记人 绿样本（有其钥匙签名）" in said and "登记人 绿样本（登记没有签名）" in said
    assert story.git("rev-parse", "HEAD") in said
