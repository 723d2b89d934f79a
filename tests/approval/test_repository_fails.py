"""Governance, checkpoints and the repository itself: what must be refused, told, or make no difference."""

from __future__ import annotations

import pytest

from tests.approval.story import FOLDER, OTHER, RECORD, SUBJECT, Story

LEGAL = f"{FOLDER}/legal--lan-yangben--1.json"
RULES = "agreements/governance/0001.yaml"


def test_governance_edited_in_place_no_longer_is_what_the_pin_names(story: Story) -> None:
    story.edit(RULES, "amount_from: 1500000.00", "amount_from: 9000000.00")
    seen = story.trail()
    assert "A23" in seen.codes and not seen.data["approved"]
    assert seen.code == 1


def test_what_only_shows_approvals_says_that_it_was_given_another_pin(story: Story) -> None:
    """Everything looked as if nobody had ever submitted it, and no word said why."""
    for command in (("show", "example"), ("build", "example", "--to", "md"), ("site",)):
        told = story.coop(*command, "--pin", "ab" * 32)[1]
        assert told.count("给出的基准（--pin 或环境变量 COOP_PIN，abababababababab…）不是本库的") == 1, (
            command
        )
        assert "不是本库的" not in story.coop(*command, "--pin", story.pin)[1]


def test_who_is_taken_out_of_the_rules_altogether_is_said_to_be_in_them_no_more(story: Story) -> None:
    """An id alone looks like a slip of the program."""
    kept = [line for line in story.next_version().split("\n") if not line.startswith("  hong-yangben:")]
    digest = story.governance(2, "\n".join(kept), "bai-yangben", "lv-yangben")
    story.commit()
    told = story.coop("trail", SUBJECT, "--pin", digest)[1]
    assert "hong-yangben（不在名册）（实施系部）" in told and "红样本" not in told


def test_an_earlier_version_edited_in_place_breaks_the_chain(story: Story) -> None:
    digest = story.governance(2, story.next_version(), "bai-yangben", "lv-yangben")
    story.edit(RULES, "院长", "校长")
    seen = story.trail(pin=digest)
    assert "A20" in seen.codes


def test_governance_signed_by_too_few_does_not_count(story: Story) -> None:
    story.governance(
        2, story.next_version("amount_from: 1500000.00", "amount_from: 9000000.00"), "bai-yangben"
    )
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A21"] and "白样本" in seen.message("A21")
    assert [role["role"] for role in seen.data["roles"]] == ["department", "legal", "president"]


def test_governance_signed_by_the_governors_it_adds_does_not_count(story: Story) -> None:
    text = story.next_version("governors: [bai-yangben, ", "governors: [hong-yangben, bai-yangben, ")
    story.governance(2, text, "bai-yangben", "hong-yangben")
    story.commit()
    assert story.trail().codes == ["A21"]


def test_governance_rolled_back_is_a_loss_and_a_wrong_pin(story: Story) -> None:
    digest = story.governance(2, story.next_version(), "bai-yangben", "lv-yangben")
    base = story.commit()
    for end in ("yaml", "bai-yangben.sig", "lv-yangben.sig"):
        (story.folder / f"agreements/governance/0002.{end}").unlink()
    story.commit()
    assert "A23" in story.trail(pin=digest).codes
    code, said = story.coop("check", "--base", base, "--push", "--pin", story.pin)
    assert code == 1 and said.count("A17") == 3


def test_a_version_left_out_is_told(story: Story) -> None:
    text = story.next_version().replace("version: 2", "version: 3")
    story.governance(3, text, "bai-yangben", "lv-yangben")
    story.commit()
    assert story.trail().codes == ["A20"]


def test_a_key_under_two_people_is_refused(story: Story) -> None:
    text = story.next_version(story.public("hei-yangben"), story.public("lan-yangben"))
    story.governance(2, text, "bai-yangben", "lv-yangben")
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A22"] and "黑样本" in seen.message("A22")
    assert seen.data["approved"], "version 1 still holds"


@pytest.mark.parametrize(
    "key",
    ["ssh-dss AAAAB3NzaC1kc3M=", "cert-authority ssh-ed25519 AAAA", "* ssh-ed25519 AAAA"],
)
def test_weak_keys_options_and_patterns_are_refused(story: Story, key: str) -> None:
    text = story.next_version(story.public("hei-yangben"), key)
    story.governance(2, text, "bai-yangben", "lv-yangben")
    story.commit()
    assert story.trail().codes == ["A22"]


def test_governance_that_contradicts_itself_is_told(story: Story) -> None:
    text = story.next_version("roles: [department, legal]", "roles: [department, lawyers]")
    story.governance(2, text, "bai-yangben", "lv-yangben")
    story.commit()
    assert story.trail().codes == ["A19"]


def test_without_a_pin_nothing_is_more_than_recorded(story: Story) -> None:
    seen = story.trail(pin="")
    assert seen.data["label"] == "第 1 轮已批准〔L0 有记录〕"
    assert "A24" in {one["code"] for one in seen.data["findings"]}


def test_a_wrong_pin_is_told_and_nothing_is_approved(story: Story) -> None:
    seen = story.trail(pin="0" * 64)
    assert "A23" in seen.codes and seen.code == 1 and not seen.data["approved"]


@pytest.mark.parametrize("change", ["deleted", "edited"])
def test_a_statement_lost_since_the_checkpoint_is_told(story: Story, change: str) -> None:
    base = story.git("rev-parse", "HEAD")
    if change == "deleted":
        (story.folder / LEGAL).unlink()
    else:
        story.write({LEGAL: "x\n"})
    story.commit()
    for options in (["--push"], []):
        code, said = story.coop("check", "--base", base, "--pin", story.pin, *options)
        assert code == 1 and "A17" in said
    assert story.trail(OTHER, "--base", base).data["level"] == "L2"


def test_a_reject_deleted_and_redone_between_is_told_with_full_history(story: Story) -> None:
    base = story.git("rev-parse", "HEAD")
    story.approve(SUBJECT, "legal", "lan-yangben", "--reject")
    story.commit(message="否决")
    reject = LEGAL.replace("--1", "--2")
    (story.folder / reject).unlink()
    (story.folder / f"{reject}.sig").unlink()
    story.commit(message="抽走")
    code, said = story.coop("check", "--base", base, "--push", "--pin", story.pin)
    assert "A18" in said and "legal--lan-yangben--2.json 没有了" in said and code == 0


def test_force_pushed_history_is_caught_by_what_the_old_tip_held(story: Story) -> None:
    old = story.git("rev-parse", "HEAD")
    story.git("checkout", "--quiet", "--orphan", "rewritten")
    (story.folder / LEGAL).unlink()
    (story.folder / f"{LEGAL}.sig").unlink()
    story.commit(message="改写的历史")
    code, said = story.coop("check", "--base", old, "--push", "--pin", story.pin)
    assert code == 1 and said.count("A17") >= 2


def test_a_saved_list_serves_as_a_checkpoint(story: Story) -> None:
    saved = story.keys / "list.txt"
    story.must("trail", "--save", str(saved), "--pin", story.pin)
    assert story.trail(SUBJECT, "--base", str(saved)).data["level"] == "L2"
    (story.folder / LEGAL).unlink()
    story.commit()
    seen = story.trail(SUBJECT, "--base", str(saved))
    assert "A17" in seen.codes and seen.data["level"] != "L2"


def test_grafts_replacements_and_a_forged_shallow_file_stop_history_only(story: Story) -> None:
    true = story.git("rev-parse", f"HEAD:{RECORD}")
    false = story.git("hash-object", "-w", "--stdin", given="stage: submitted\n")
    story.git("replace", true, false)
    seen = story.trail()
    assert seen.data["approved"] and "替换引用" in seen.data["history"]
    story.git("replace", "--delete", true)
    for name, mark in (("info/grafts", "嫁接"), ("shallow", "浅克隆")):
        story.write({f".git/{name}": story.git("rev-parse", "HEAD") + "\n"})
        seen = story.trail()
        assert seen.data["approved"] and mark in seen.data["history"]
        assert story.coop("trail", SUBJECT, "--base", "HEAD", "--pin", story.pin)[0] == 3
        (story.folder / ".git" / name).unlink()


def test_a_twin_that_differs_in_case_is_told(story: Story) -> None:
    blob = story.git("rev-parse", f"HEAD:{LEGAL}")
    twin = LEGAL.replace("legal--", "Legal--")
    story.git("update-index", "--add", "--cacheinfo", f"100644,{blob},{twin}")
    story.git("commit", "--quiet", "-m", "孪生")
    seen = story.trail()
    assert "A26" in seen.codes and story.trail(OTHER).data["approved"]


@pytest.mark.parametrize("name", [RECORD, LEGAL])
def test_a_symlink_in_place_of_a_file_is_told(story: Story, name: str) -> None:
    content = (story.folder / name).read_bytes()
    (story.folder / "elsewhere").write_bytes(content)
    (story.folder / name).unlink()
    (story.folder / name).symlink_to(story.folder / "elsewhere")
    story.commit()
    seen = story.trail()
    assert "A25" in seen.codes and not seen.data["approved"]
    assert story.trail(OTHER).data["approved"]


def test_attributes_that_hide_or_change_the_trail_are_told(story: Story) -> None:
    story.commit({".gitattributes": "agreements/approvals export-ignore\n*.json text eol=crlf\n"})
    seen = story.trail()
    assert seen.codes == ["A27"] and sum(one["code"] == "A27" for one in seen.data["findings"]) == 2


def test_hostile_settings_execute_nothing(story: Story) -> None:
    trap, script = story.keys / "sprung", story.keys / "trap.sh"
    script.write_text(f"#!/bin/sh\ntouch '{trap}'\nexit 0\n")
    script.chmod(0o755)
    for key in ("core.fsmonitor", "gpg.ssh.program", "gpg.program", "core.pager", "diff.external"):
        story.git("config", key, str(script))
    story.git("config", "gpg.ssh.allowedSignersFile", str(story.keys / "all"))
    (story.folder / f"{LEGAL}.sig").unlink()
    story.git("-c", "core.fsmonitor=false", "add", "--all")
    story.git("-c", "core.fsmonitor=false", "commit", "--quiet", "-m", "x")
    trap.unlink(missing_ok=True)
    seen = story.trail()
    assert seen.codes == ["A10"] and not trap.exists()


def test_a_revision_like_an_option_and_an_embedded_repository_are_refused(story: Story) -> None:
    code, said = story.coop("trail", SUBJECT, "--rev", "--output=x")
    assert code == 2 and not (story.folder / "x").exists(), said
    inner = story.folder / "sub"
    inner.mkdir()
    story.git("init", "--quiet", "--bare", str(inner))
    (inner / "agreements").mkdir()
    code, said = Story(inner, story.keys).coop("trail")
    assert code == 3 and "裸仓库" in said


def test_a_corrupt_object_ends_with_exit_code_4(story: Story) -> None:
    blob = story.git("rev-parse", f"HEAD:{RECORD}")
    path = story.folder / ".git/objects" / blob[:2] / blob[2:]
    path.chmod(0o644)
    path.write_bytes(b"rubbish")
    code, said = story.coop("trail", SUBJECT, "--pin", story.pin)
    assert code == 4 and "损坏" in said
    code, said = story.coop("check", "--base", "HEAD", "--pin", story.pin)
    assert code == 4 and "0 个" not in said


def test_without_ssh_keygen_nothing_is_said_to_be_signed(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    real = shutil.which
    monkeypatch.setattr(
        shutil, "which", lambda name, *more: None if name == "ssh-keygen" else real(name, *more)
    )
    seen = story.trail()
    assert seen.codes == ["A29"] and not seen.data["approved"]


def test_the_chain_is_told_with_who_signed_each_version(story: Story) -> None:
    story.governance(2, story.next_version(), "bai-yangben", "lv-yangben")
    digest = story.governance(3, story.next_version(number=3), "lan-yangben", "lv-yangben")
    story.commit()
    said = story.must("governance", "verify", "--pin", story.pin)
    assert "与给出的基准相符" in said and "第 2 版的管理人蓝样本、绿样本签名（要 2 人）" in said
    assert said.rstrip().endswith("现行：第 3 版")
    said = story.must("governance", "verify", "--pin", digest)
    assert said.count("基准以前的历史") == 2
    assert story.must("governance", "verify").count("真伪未核") == 1
