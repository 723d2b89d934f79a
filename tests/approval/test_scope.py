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


def moved(story: Story) -> None:
    """Hong is the secretary of nursing from now on, as the college's record says."""
    old, new = "post: 系部书记, department: mechanical", "post: 系部书记, department: nursing"
    story.change("agreements/college.yaml", old, new)
    story.change(
        "agreements/college.yaml",
        "  mechanical: {",
        "  nursing: {name: 护理系, kind: teaching}\n  mechanical: {",
    )


def test_who_has_gone_to_another_department_since_belonged_to_the_one_of_that_day(story: Story) -> None:
    decided = story.statement(DEPARTMENT).date
    moved(story)
    story.change(
        "agreements/college.yaml",
        "系部书记, department: nursing",
        f"系部书记, department: nursing, earlier: [{{post: 系部书记, department: mechanical, until: {decided}}}]",
    )
    story.commit()
    seen = story.trail()
    assert (seen.data["label"], seen.codes) == ("第 1 轮已批准〔L1 有签名〕", [])
    story.change("agreements/college.yaml", f"until: {decided}", "until: 2020-01-01")
    story.commit()
    assert story.trail().codes == ["A46"]


def test_who_goes_to_another_department_is_accepted_for_what_was_decided_before(story: Story) -> None:
    story.must("governance", "new", "--keep", "hong-yangben")
    for person in ("bai-yangben", "lv-yangben"):
        story.must("governance", "sign", "--as", person, "--key", str(story.key(person)))
    moved(story)
    story.commit()
    seen = story.trail()
    assert (seen.data["label"], seen.codes) == ("第 1 轮已批准〔L1 有签名〕", [])


def test_nobody_goes_unaccepted_or_comes_back_by_the_colleges_record_where_the_rules_say_otherwise(
    story: Story,
) -> None:
    moved(story)
    story.commit()
    assert story.trail().codes == ["A46"]
    text = story.next_version(
        "红样本, roles: [department]", "红样本, roles: [department], department: nursing"
    )
    story.governance(2, text, "bai-yangben", "lv-yangben")
    story.change(
        "agreements/college.yaml", "系部书记, department: nursing", "系部书记, department: mechanical"
    )
    story.commit()
    assert story.trail().codes == ["A46"]
