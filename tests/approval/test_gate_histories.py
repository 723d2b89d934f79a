"""Histories made so that the gate should look elsewhere, and rules put out of the way: it says what is lost all the same."""

from __future__ import annotations

import shutil

import pytest

from pipeline.cli.gate import gate
from pipeline.cli.location import Here
from pipeline.record.register import load
from tests.approval.story import FOLDER, SUBJECT, Story
from tests.college import SCHEMAS

REJECT = f"{FOLDER}/legal--lan-yangben--2.json"
RULES = "agreements/governance/0001.yaml"


def redone(story: Story) -> None:
    """A rejection is taken away and an approval signed by the same key is put under its number."""
    for end in ("", ".sig"):
        (story.folder / f"{REJECT}{end}").unlink()
    story.approve(SUBJECT, "legal", "lan-yangben")


@pytest.fixture
def rejected(story: Story) -> Story:
    """On main the lawyer has rejected; a branch parted before."""
    story.git("branch", "work")
    story.approve(SUBJECT, "legal", "lan-yangben", "--reject")
    story.commit(message="否决")
    return story


def lost(story: Story, base: str = "main", *, push: bool = False) -> list[str]:
    return [
        one.place.file
        for one in gate(Here(root=story.folder), base, story.pin, push=push)
        if one.code == "A17"
    ]


def test_an_approval_under_the_number_of_a_rejection_taken_away(rejected: Story) -> None:
    redone(rejected)
    rejected.commit()
    assert f"{REJECT}" in lost(rejected, "HEAD~1")


def test_a_merge_that_keeps_only_its_own_side(rejected: Story) -> None:
    rejected.git("switch", "--quiet", "work")
    rejected.git("merge", "--quiet", "--no-edit", "-s", "ours", "main")
    assert len(lost(rejected)) == 2


def test_a_merge_of_three_that_takes_a_file_away(rejected: Story) -> None:
    for branch in ("one", "two"):
        rejected.git("switch", "--quiet", "-c", branch, "main")
        rejected.commit({f"docs/{branch}.md": "x\n"})
    rejected.git("switch", "--quiet", "main")
    rejected.git("merge", "--quiet", "--no-commit", "one", "two")
    for end in ("", ".sig"):
        (rejected.folder / f"{REJECT}{end}").unlink()
    rejected.commit(message="三方合并")
    assert len(lost(rejected, "HEAD^1", push=True)) == 2


def test_a_branch_with_no_common_history(rejected: Story) -> None:
    tree = rejected.git("rev-parse", "work^{tree}")
    rejected.git("switch", "--quiet", "--detach", rejected.git("commit-tree", tree, "-m", "重新建库"))
    assert len(lost(rejected)) == 2


def test_a_branch_that_parted_before_is_excused_and_a_push_is_not(rejected: Story) -> None:
    rejected.git("switch", "--quiet", "work")
    assert lost(rejected) == [] and len(lost(rejected, push=True)) == 2


def test_history_prepared_so_that_the_lines_part_earlier(rejected: Story) -> None:
    """A replacement or a graft would make the branch look older than the rejection: nothing is said then."""
    for end in ("", ".sig"):
        (rejected.folder / f"{REJECT}{end}").unlink()
    rejected.commit(message="清理")
    rejected.git("branch", "target", "HEAD~1")
    rejected.git("replace", "--graft", "HEAD", "work")
    code, said = rejected.coop("check", "--base", "target", "--pin", rejected.pin)
    assert code == 3 and "替换引用" in said
    rejected.git("replace", "-d", rejected.git("rev-parse", "HEAD"))
    grafts = f"{rejected.git('rev-parse', 'HEAD')} {rejected.git('rev-parse', 'work')}\n"
    rejected.write({".git/info/grafts": grafts})
    code, said = rejected.coop("check", "--base", "target", "--pin", rejected.pin)
    assert code == 3 and "嫁接" in said


def test_a_short_pin_and_a_pin_with_blanks_are_none(story: Story) -> None:
    for pin in (story.pin[:12], f" {story.pin}", story.pin.upper(), f"{story.pin}\n"):
        code, said = story.coop("check", "--base", "HEAD~1", "--pin", pin)
        assert code == 2 and "64 位" in said


@pytest.mark.parametrize("hidden", ["missing", "broken", "empty"])
def test_rules_out_of_the_way_do_not_make_a_paper_of_before(story: Story, hidden: str) -> None:
    """No checkpoint here: a check of the files alone knows that there is a trail, and asks for its rules."""
    if hidden == "missing":
        shutil.rmtree(story.folder / "agreements/governance")
    else:
        story.write({RULES: "version: [\n" if hidden == "broken" else ""})
    register = load(story.folder, SCHEMAS)
    assert "A20" in {one.code for one in register.findings}
    assert register.records.governed_since is not None, "nothing counts as signed before the rules"


def test_a_version_nobody_can_read_does_not_take_the_rules_away(story: Story) -> None:
    for name in ("0000", "0002"):
        story.write({f"agreements/governance/{name}.yaml": "x: y\n"})
    register = load(story.folder, SCHEMAS)
    assert register.records.governance is not None and "S01" in {one.code for one in register.findings}
    assert register.records.consents[SUBJECT][0].approved
