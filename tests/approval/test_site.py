"""The site beside the trail: who approved what, never without the level."""

from __future__ import annotations

from tests.approval.story import APPROVERS, SUBJECT, Story
from tests.college import AGREEMENT

PAGE = "build/site/projects/example.html"


def _page(story: Story, *options: str) -> str:
    story.must("site", "--today", "2026-11-23", *options)
    return story.text(PAGE)


def test_approvals_stand_on_the_page_with_their_level(story: Story) -> None:
    page = _page(story, "--pin", story.pin)
    assert "已批准〔L1 有签名〕" in page and "同意：本人钥匙签名" in page
    assert "待签署" in page


def test_without_a_pin_nothing_is_proven(story: Story) -> None:
    assert "已批准〔L0 有记录〕" in _page(story)


def test_a_changed_text_is_no_longer_approved(story: Story) -> None:
    title = next(line for line in story.text(AGREEMENT).splitlines() if line.startswith("title:"))
    story.edit(AGREEMENT, title, f"{title}二期")
    page = _page(story, "--pin", story.pin)
    assert "送审后内容已改动" in page and "已批准" not in page and "审批中" in page


def test_the_overview_names_the_people_who_have_still_to_approve(story: Story) -> None:
    title = next(line for line in story.text(AGREEMENT).splitlines() if line.startswith("title:"))
    story.edit(AGREEMENT, title, f"{title}二期")
    story.must("submit", SUBJECT)
    story.commit()
    role, person = next(iter(APPROVERS.items()))
    story.approve(SUBJECT, role, person)
    story.commit()
    _page(story, "--pin", story.pin)
    overview = story.text("build/site/index.html")
    waiting = next(line for line in overview.splitlines() if "二期" in line and "审批中" in line)
    assert "法务审核（蓝样本）" in waiting and "第 2 轮审批中" in waiting and "红样本" not in waiting
