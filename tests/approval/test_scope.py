"""Whose department it is, and who drafted: the record and the rules say so, not an option."""

from __future__ import annotations

from msgspec.structs import replace

from tests.approval.story import FOLDER, Story

DEPARTMENT = f"{FOLDER}/department--hong-yangben--1.json"


def by_black(story: Story, department: str) -> None:
    """Hong's decision is gone; Black, who belongs to this department by the rules, decides for it."""
    line = "黑样本, roles: [department]"
    story.governance(
        2, story.next_version(line, f"{line}, department: {department}"), "bai-yangben", "lv-yangben"
    )
    made = replace(story.statement(DEPARTMENT), person="hei-yangben")
    for end in ("", ".sig"):
        (story.folder / f"{DEPARTMENT}{end}").unlink()
    story.put(FOLDER, made, "hei-yangben")
    story.commit()


def test_the_manager_drafted_it_whoever_submitted_it(story: Story) -> None:
    """Nobody named him when it was submitted: the record does."""
    by_black(story, "mechanical")
    seen = story.trail()
    assert seen.codes == ["A08"] and "黑样本" in seen.message("A08")
    assert seen.data["missing"] == ["department"] and seen.code == 1


def test_the_head_of_another_department_does_not(story: Story) -> None:
    by_black(story, "nursing")
    seen = story.trail()
    assert seen.codes == ["A46"] and "nursing" in seen.message("A46")
    assert seen.data["missing"] == ["department"] and seen.code == 1
