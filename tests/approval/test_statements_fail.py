"""Statements that must not count, each with its own code; the other subject never suffers."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.approval import signature
from pipeline.record.rounds.canonical import line
from pipeline.record.rounds.statement import NAMESPACE
from tests.approval.story import FOLDER, OTHER, OTHER_FOLDER, RECORD, SUBJECT, Story

LEGAL = "legal--lan-yangben--1.json"


def other_stands(story: Story) -> None:
    seen = story.trail(OTHER)
    assert seen.data["label"] == "第 1 轮已批准〔L1 有签名〕"


def resubmitted(story: Story) -> None:
    """A second round, approved by nobody yet."""
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)


def test_a_forged_author_is_told_and_approves_nothing(story: Story) -> None:
    resubmitted(story)
    story.git("add", "--all")
    forged = {"GIT_AUTHOR_NAME": "蓝样本", "GIT_COMMITTER_NAME": "蓝样本"}
    story.git("commit", "--quiet", "-m", "法务已批准", **forged)
    seen = story.trail()
    assert "A31" in {one["code"] for one in seen.data["findings"]}
    assert "legal" in seen.data["missing"] and not seen.data["approved"]
    other_stands(story)


def test_a_forged_trailer_is_told_and_approves_nothing(story: Story) -> None:
    resubmitted(story)
    story.commit(message="送审\n\nApproved-by: 蓝样本 <lan@example.edu.cn>\nReviewed-by: 白样本")
    seen = story.trail()
    trailers = [one for one in seen.data["findings"] if one["code"] == "A32"]
    assert len(trailers) == 2 and not seen.data["approved"]
    other_stands(story)


def test_a_statement_copied_to_another_subject_does_not_count(story: Story) -> None:
    resubmitted(story)
    for end in ("", ".sig"):
        content = (story.folder / f"{OTHER_FOLDER}/{LEGAL}{end}").read_bytes()
        story.write({f"{FOLDER}/{LEGAL.replace('--1', '--2')}{end}": content})
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A02"] and "legal" in seen.data["missing"]
    other_stands(story)


def test_a_statement_under_its_own_name_in_another_folder_does_not_count(story: Story) -> None:
    for end in ("", ".sig"):
        content = (story.folder / f"{OTHER_FOLDER}/{LEGAL}{end}").read_bytes()
        story.write({f"{FOLDER}/{LEGAL}{end}": content})
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A02"] and seen.data["missing"] == ["legal"]


def test_a_statement_under_another_number_does_not_count(story: Story) -> None:
    """A rejection renamed below an approval would be overridden by it."""
    for end in ("", ".sig"):
        (story.folder / f"{FOLDER}/{LEGAL}{end}").rename(
            story.folder / f"{FOLDER}/{LEGAL.replace('--1', '--2')}{end}"
        )
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A02"] and seen.data["missing"] == ["legal"]


def test_a_copied_statement_with_its_id_rewritten_does_not_count(story: Story) -> None:
    resubmitted(story)
    made = replace(story.statement(f"{OTHER_FOLDER}/{LEGAL}"), subject=SUBJECT, round=2, number=2)
    story.put(FOLDER, made, None)
    signed = (story.folder / f"{OTHER_FOLDER}/{LEGAL}.sig").read_bytes()
    story.write({f"{FOLDER}/{made.file_name}.sig": signed})
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A03"] and "legal" in seen.data["missing"]
    words = seen.data["words"]
    story.put(FOLDER, replace(made, words=words), None)
    story.commit()
    assert story.trail().codes == ["A11"]
    other_stands(story)


def test_a_statement_of_another_repository_does_not_count(story: Story) -> None:
    made = replace(story.statement(f"{FOLDER}/{LEGAL}"), repository="0" * 8 + "-1-1-1-1")
    story.put(FOLDER, made, "lan-yangben")
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A04"] and "legal" in seen.data["missing"]
    other_stands(story)


def test_a_statement_that_cites_unknown_governance_does_not_count(story: Story) -> None:
    made = replace(story.statement(f"{FOLDER}/{LEGAL}"), governance="a" * 64)
    story.put(FOLDER, made, "lan-yangben")
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A05"] and "legal" in seen.data["missing"]
    other_stands(story)


def test_a_drafter_cannot_approve_the_own_draft(story: Story) -> None:
    key = str(story.key("hei-yangben"))
    code, said = story.coop("approve", SUBJECT, "--role", "department", "--as", "hei-yangben", "--key", key)
    assert code == 2 and "起草人" in said
    made = story.statement(f"{FOLDER}/department--hong-yangben--1.json")
    for end in ("", ".sig"):
        (story.folder / f"{FOLDER}/{made.file_name}{end}").unlink()
    story.put(FOLDER, replace(made, person="hei-yangben"), "hei-yangben")
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A08"] and seen.data["missing"] == ["department"]
    other_stands(story)


def test_one_person_in_two_roles_counts_once(story: Story) -> None:
    text = story.next_version("roles: [legal]", "roles: [legal, president]")
    story.governance(2, text, "bai-yangben", "lv-yangben")
    (story.folder / f"{FOLDER}/president--bai-yangben--1.json").unlink()
    (story.folder / f"{FOLDER}/president--bai-yangben--1.json.sig").unlink()
    story.approve(SUBJECT, "president", "lan-yangben")
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A09"] and len(seen.data["missing"]) == 1
    assert "蓝样本" in seen.message("A09")
    other_stands(story)


def test_a_role_that_is_not_held_approves_nothing(story: Story) -> None:
    code, said = story.coop("approve", SUBJECT, "--role", "legal", "--as", "hong-yangben")
    assert code == 2 and "不担任" in said
    made = replace(story.statement(f"{FOLDER}/{LEGAL}"), person="hong-yangben")
    story.put(FOLDER, made, "hong-yangben")
    (story.folder / f"{FOLDER}/{LEGAL}").unlink()
    (story.folder / f"{FOLDER}/{LEGAL}.sig").unlink()
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A06"] and seen.data["missing"] == ["legal"]
    other_stands(story)


def test_a_missing_signature_leaves_the_role_open(story: Story) -> None:
    (story.folder / f"{FOLDER}/{LEGAL}.sig").unlink()
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A10"] and seen.data["missing"] == ["legal"]
    other_stands(story)


def test_swapped_signatures_do_not_hold(story: Story) -> None:
    first, second = f"{FOLDER}/{LEGAL}.sig", f"{OTHER_FOLDER}/{LEGAL}.sig"
    one, two = ((story.folder / name).read_bytes() for name in (first, second))
    story.write({first: two, second: one})
    story.commit()
    for subject in (SUBJECT, OTHER):
        seen = story.trail(subject)
        assert seen.codes == ["A11"] and seen.data["missing"] == ["legal"]


@pytest.mark.parametrize("signer", ["hong-yangben", "stranger"])
def test_a_signature_by_another_key_does_not_hold(story: Story, signer: str) -> None:
    """Somebody else's statement: the one who wrote it does not own it."""
    story.put(FOLDER, story.statement(f"{FOLDER}/{LEGAL}"), signer)
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A11"] and seen.data["missing"] == ["legal"]
    assert ("红样本的钥匙" in seen.message("A11")) == (signer == "hong-yangben")
    other_stands(story)


def test_a_signature_for_another_purpose_does_not_hold(story: Story) -> None:
    content = (story.folder / f"{FOLDER}/{LEGAL}").read_bytes()
    wrong = signature.sign(story.key("lan-yangben"), "file", content)
    story.write({f"{FOLDER}/{LEGAL}.sig": wrong})
    story.commit()
    assert story.trail().codes == ["A11"]
    assert NAMESPACE != "file"


@pytest.mark.parametrize("change", ["edited", "doubled", "spaced", "unknown-field", "future"])
def test_a_statement_that_is_not_canonical_is_refused(story: Story, change: str) -> None:
    content = (story.folder / f"{FOLDER}/{LEGAL}").read_bytes()
    made = {
        "edited": content.replace(b'"approve"', b'"approved"'),
        "doubled": content.replace(b"{", b'{"comment":"x",', 1).replace(
            b'"date"', b'"comment":"y","date"', 1
        ),
        "spaced": content.replace(b":", b": ", 1),
        "unknown-field": content.replace(b'"words"', b'"weight":2,"words"', 1),
        "future": content.replace(b"coop-approval-v1", b"coop-approval-v2"),
    }[change]
    assert made != content
    story.write({f"{FOLDER}/{LEGAL}": made})
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A01"] and seen.data["missing"] == ["legal"]
    other_stands(story)


def test_an_edited_statement_breaks_its_signature(story: Story) -> None:
    made = story.statement(f"{FOLDER}/{LEGAL}")
    story.put(FOLDER, replace(made, comment="附条件同意"), None)
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A11"] and "记录被改过" in seen.message("A11")
    other_stands(story)


def test_a_role_removed_before_or_a_leaver_with_an_old_date_counts_no_more(story: Story) -> None:
    old = story.statement(f"{FOLDER}/{LEGAL}")
    text = story.next_version("roles: [legal]", "roles: []")
    story.governance(2, text, "bai-yangben", "lv-yangben")
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A07"] and seen.data["missing"] == ["legal"]
    story.put(FOLDER, replace(old, number=2, date="2020-01-01"), "lan-yangben")
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A07"] and seen.data["missing"] == ["legal"]


def test_a_replaced_key_counts_no_more_unless_accepted(story: Story) -> None:
    text = story.next_version(story.public("lan-yangben"), story.public("lan-new"))
    story.governance(2, text, "bai-yangben", "lv-yangben")
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A07"] and "换钥匙" in seen.message("A07")


def test_a_later_reject_overrides_approval(story: Story) -> None:
    story.approve(SUBJECT, "legal", "lan-yangben", "--reject", "--comment", "违约责任不对等")
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A16"] and seen.data["stage"] == "rejected"
    assert "违约责任不对等" in seen.message("A16")
    other_stands(story)


def test_a_reject_is_lifted_only_by_the_same_person_in_the_same_role(story: Story) -> None:
    story.approve(SUBJECT, "legal", "lan-yangben", "--reject")
    story.approve(SUBJECT, "legal", "lan-yangben")
    story.commit()
    assert story.trail().data["approved"]


def test_a_file_nobody_can_place_is_told(story: Story) -> None:
    story.commit({f"{FOLDER}/approved.txt": "法务已同意"})
    assert story.trail().codes == ["A28"]
    other_stands(story) if story.trail(OTHER).codes == ["A28"] else None


def test_a_bad_statement_never_hides_the_others(story: Story) -> None:
    story.write({f"{FOLDER}/{LEGAL}": b"{"})
    (story.folder / f"{FOLDER}/president--bai-yangben--1.json.sig").unlink()
    story.write({f"{OTHER_FOLDER}/{LEGAL}": line({"format": "x"})})
    story.commit()
    code, said = story.coop("trail", "--pin", story.pin)
    assert code == 1
    assert said.count("A01") == 2 and said.count("A10") == 1
