"""What those who approve say of it reaches the form, whoever they are, and is never mistaken for the approval itself."""

from __future__ import annotations

import pytest

from tests.approval.story import APPROVERS, RECORD, SUBJECT, Story

SAID = {
    "department": "同意，请抓紧实施。",
    "legal": "注意第十一条的付款条件",
    "president": "经费从专项中列支",
}


@pytest.fixture
def form(story: Story) -> str:
    """The form of a round that three people have approved, each with a word of their own."""
    story.edit(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    story.commit()
    for role, person in APPROVERS.items():
        story.approve(SUBJECT, role, person, "--comment", SAID[role])
    story.commit()
    story.must("build", "--to", "md", "--pin", story.pin)
    return story.text("build/projects/example/approval-form.md")


def test_everybody_s_opinion_is_printed_in_its_box(form: str) -> None:
    assert "同意，请抓紧实施。红样本（" in form
    assert "同意。经费从专项中列支。白样本（" in form


def test_who_only_remarks_something_has_agreed_all_the_same(form: str) -> None:
    assert "同意。注意第十一条的付款条件　蓝样本（" in form


def test_without_a_word_it_says_that_they_agree(story: Story) -> None:
    story.must("build", "--to", "md", "--pin", story.pin)
    said = story.text("build/projects/example/approval-form.md")
    assert "同意。红样本（" in said and "同意　蓝样本（" in said
