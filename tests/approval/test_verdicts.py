"""Ledgers, screens and reports take approvals from the trail, with their level, and from nowhere else first."""

from __future__ import annotations

from datetime import date

import openpyxl

from tests.approval.story import APPROVERS, RECORD, SUBJECT, Story


def _ledger(story: Story, *options: str) -> dict[str, object]:
    story.must("build", "--to", "md", "--today", "2026-11-23", *options)
    lines: dict[object, dict[str, object]] = {}
    for sheet in openpyxl.load_workbook(story.folder / "build/ledgers/协议台账.xlsx").worksheets:
        rows = list(sheet.values)
        head = next(row for row in rows if row[0] == "序号")
        for row in rows:
            lines.setdefault(row[0], {}).update(zip(map(str, head), row, strict=True))
    return next(line for line in lines.values() if line.get("项目编号") == "example")


def test_the_ledger_tells_approval_day_and_level(story: Story) -> None:
    row = _ledger(story, "--pin", story.pin)
    assert row["审批证明"] == "第 1 轮已批准〔L1 有签名〕"
    assert row["状态"] == "待签署"
    days = {story.statement(name).date for name in _statements(story)}
    assert row["合同审批日期"].date().isoformat() == max(days)  # type: ignore[attr-defined]


def test_the_ledger_made_again_without_a_pin_claims_less(story: Story) -> None:
    assert _ledger(story, "--pin", story.pin)["审批证明"] == "第 1 轮已批准〔L1 有签名〕"
    assert _ledger(story)["审批证明"] == "第 1 轮已批准〔L0 有记录〕"


def test_a_changed_text_stands_in_the_ledger_as_not_approved(story: Story) -> None:
    story.edit(RECORD, "每学年修订一次", "每学年修订两次")
    row = _ledger(story, "--pin", story.pin)
    assert (row["审批证明"], row["状态"], row["合同审批日期"]) == ("第 1 轮送审后内容已改动", "审批中", None)


def test_the_screen_names_who_is_next_by_the_trail(story: Story) -> None:
    assert "审批：第 1 轮已批准〔L1 有签名〕" in story.must("show", "example", "--pin", story.pin)
    story.edit(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    story.approve(SUBJECT, "department", APPROVERS["department"])
    story.commit()
    said = story.must("show", "example", "--pin", story.pin)
    assert "审批：第 2 轮审批中" in said
    assert "轮到：法务审核（蓝样本）、院长（白样本）" in said


def test_an_approved_legal_review_passes_its_gate(story: Story) -> None:
    said = story.must("show", "example", "--pin", story.pin)
    reviewed = date.fromisoformat(
        story.statement(f"agreements/approvals/{SUBJECT}/legal--lan-yangben--1.json").date
    )
    line = next(line for line in said.splitlines() if "法务审核" in line)
    assert line.split()[0] == "√" and f"{reviewed.year}年{reviewed.month}月{reviewed.day}日" in line


def _statements(story: Story) -> list[str]:
    folder = story.folder / "agreements/approvals" / SUBJECT
    return [path.relative_to(story.folder).as_posix() for path in sorted(folder.glob("*.json"))]
