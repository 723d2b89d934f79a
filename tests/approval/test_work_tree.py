"""What is shown beside the records as they lie there: approved words that were edited since, and not committed, are changed."""

from __future__ import annotations

import pytest

from tests.approval.story import ENTERPRISE, RECORD, Story

APPROVED, CHANGED = "第 1 轮已批准〔L1 有签名〕", "第 1 轮送审后内容已改动"


def _shown(story: Story) -> str:
    said = story.must("show", "example", "--pin", story.pin)
    return next(line for line in said.splitlines() if line.startswith("审批：")).split("（")[0]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (RECORD, "每学期派出两名导师授课", "每学期派出九名导师授课"),
        (ENTERPRISE, "address: 样本市例子路88号", "address: 样本市例子路89号"),
    ],
)
def test_an_edit_that_nobody_committed_is_not_called_approved(
    story: Story, name: str, old: str, new: str
) -> None:
    assert _shown(story) == f"审批：{APPROVED}"
    before = story.text(name)
    story.change(name, old, new)
    assert _shown(story) == f"审批：{CHANGED}"
    listed = story.must("list").split("second")[0]
    assert "审批中" in listed and "待签署" not in listed
    story.must("site", "--pin", story.pin)
    page = story.text("build/site/projects/example.html")
    assert CHANGED in page and "已批准" not in page
    assert story.trail().data["approved"], "the commit says what was approved"
    story.write({name: before})
    assert _shown(story) == f"审批：{APPROVED}"


def test_a_remark_or_another_projects_record_takes_nothing_away(story: Story) -> None:
    story.write({RECORD: f"# 已寄出\n{story.text(RECORD)}"})
    story.must("templates", "own", "agreement-full")
    wording = "templates/agreement-full.md"
    story.write({wording: f"{story.text(wording)}\n\n本协议以中文书写。\n"})
    story.change(
        "agreements/projects/second/agreement.yaml", "每学期派出两名导师授课", "每月派出一名导师授课"
    )
    assert _shown(story) == f"审批：{APPROVED}"
    assert CHANGED in story.must("show", "second")


def test_a_record_that_was_taken_away_or_broken_is_not_approved(story: Story) -> None:
    text = story.text(RECORD)
    story.write({RECORD: text.replace("term: {", "term: [{", 1)})
    assert story.coop("make", "--today", "2026-11-30")[0] == 1
    page = story.text("build/site/projects/example.html")
    assert "已批准" not in page
