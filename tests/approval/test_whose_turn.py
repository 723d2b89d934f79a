"""Whose turn it is: only people who may approve this very text are named, and where nobody may, that is said."""

from __future__ import annotations

import pytest

from tests.approval.story import FOLDER, RECORD, SUBJECT, Story


@pytest.fixture
def again(story: Story) -> Story:
    story.edit(RECORD, "每学年修订一次", "每学年修订两次")
    return story


def _said(story: Story, role: str = "实施系部") -> dict[str, str]:
    """The line of each command that tells who is still to decide in a role."""
    said = {"submit": story.must("submit", SUBJECT)}
    story.commit()
    story.must("site")
    said |= {"trail": story.coop("trail", SUBJECT)[1], "show": story.must("show", "example")}
    said["site"] = story.text("build/site/projects/example.html")
    marks = (f"{role}（", f"{role}　还缺（")
    return {
        command: next(line for line in text.splitlines() if any(mark in line for mark in marks))
        for command, text in said.items()
    }


def test_who_drafted_the_text_is_not_asked_to_approve_it(again: Story) -> None:
    """红样本 and 黑样本 both have the role, and 黑样本 manages the project."""
    for command, line in _said(again).items():
        assert "红样本" in line and "黑样本" not in line, command


def test_who_belongs_to_another_department_is_not_asked(again: Story) -> None:
    """系部主任 is a new role of the own department, and who has it belongs to nursing."""
    text = again.next_version("roles: [department, legal]", "roles: [department, legal, head]")
    text = text.replace("legal: 法务审核,", "legal: 法务审核, head: 系部主任,")
    text = text.replace("roles: [legal]", "roles: [legal, head], department: nursing")
    text += "own_department: [department, head]\n"
    again.governance(2, text, "bai-yangben", "lv-yangben")
    again.commit()
    for command, line in _said(again, "系部主任").items():
        assert "系部主任（担任的都是起草人或者属于别的系部，要另有人担任）" in line.replace("　还缺", ""), (
            command
        )


def test_a_role_that_nobody_has_is_told_when_a_text_is_submitted(again: Story) -> None:
    text = again.next_version("roles: [department, legal]", "roles: [department, legal, finance]").replace(
        "legal: 法务审核,", "legal: 法务审核, finance: 财务审核,"
    )
    again.governance(2, text, "bai-yangben", "lv-yangben")
    again.commit()
    assert "财务审核（没有人担任）" in again.must("submit", SUBJECT)


def test_who_drafted_is_told_by_name(again: Story) -> None:
    assert "起草人：黑样本" in again.must("submit", SUBJECT)


def test_a_role_is_written_by_its_name_and_people_are_told_by_theirs(again: Story) -> None:
    again.must("submit", SUBJECT)
    again.commit()
    key = str(again.key("lan-yangben"))
    again.must("approve", SUBJECT, "--role", "法务审核", "--key", key, "--brief")
    assert again.statement(f"{FOLDER}/legal--lan-yangben--1.json").role == "legal"
    code, said = again.coop("approve", SUBJECT, "--role", "实施系部", "--brief")
    assert code == 2 and "请用 --as 写明是谁；担任实施系部的有：红样本、黑样本" in said
    code, said = again.coop("approve", SUBJECT, "--role", "校长", "--brief")
    assert code == 2 and "没有角色“校长”；现有：实施系部（department）" in said
