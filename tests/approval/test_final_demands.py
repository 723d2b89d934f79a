"""Approval alone makes no final document: nothing that a submitted record may not have must stand against it."""

from __future__ import annotations

from tests.approval.story import OTHER_RECORD, RECORD, Story

FINAL = "build/final/projects/example/agreement.md"


def _final(story: Story, *more: str) -> tuple[int, str]:
    return story.coop("build", "--final", "example", "--pin", story.pin, "--to", "md", *more)


def test_what_is_approved_and_sound_becomes_final(story: Story) -> None:
    code, said = _final(story)
    assert code == 0, said
    assert (story.folder / FINAL).exists()
    assert not (story.folder / "build/final/projects/example/gaps.md").exists()


def test_a_fault_that_came_with_another_file_keeps_an_approved_text_from_being_final(story: Story) -> None:
    number = next(
        line for line in (story.folder / RECORD).read_text(encoding="utf-8").split("\n") if "number:" in line
    )
    other = next(
        line
        for line in (story.folder / OTHER_RECORD).read_text(encoding="utf-8").split("\n")
        if "number:" in line
    )
    story.edit(OTHER_RECORD, other, number)
    code, said = _final(story)
    assert code == 1 and "没有生成定稿 projects/example/agreement" in said and "R05" in said
    assert not (story.folder / FINAL).exists()


def test_a_final_document_made_before_is_said_to_be_none_any_more(story: Story) -> None:
    assert _final(story)[0] == 0
    story.edit(RECORD, "每学年修订一次", "每学年修订两次")
    code, said = _final(story)
    assert code == 1 and "已经不是定稿，不要再用" in said and FINAL in said


def test_edits_that_nobody_committed_are_named_beside_the_final_of_what_was_approved(story: Story) -> None:
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    code, said = _final(story)
    assert code == 0 and "提示 projects/example/agreement：记录改过，还没有提交。" in said
    assert "每学年修订一次" in (story.folder / FINAL).read_text(encoding="utf-8")


def test_a_remark_that_nobody_committed_says_nothing_else_and_is_not_named(story: Story) -> None:
    story.change(RECORD, "number:", "# 备注\nnumber:")
    code, said = _final(story)
    assert code == 0 and "没有提交" not in said
