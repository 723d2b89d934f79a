"""The ledgers of what is to be done: rectifications (10.1) and decisions of meetings (9.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.kernel.grid import Cell, Grid
from pipeline.prose.unmarked import unmarked
from pipeline.record.model.execution import Rectification
from pipeline.standing.agenda import Remedy, actions, days_late, remedies
from pipeline.standing.as_agreed import each_as_agreed
from pipeline.standing.ledgers import LedgerContext, day, text
from pipeline.standing.portfolio import implementer

_REMEDY_COLUMNS = (
    text("项目名称", 34),
    text("项目编号", 14),
    text("承办系部", 16),
    day("督查日期"),
    text("督查编号", 12),
    text("问题", 44),
    text("依据", 24),
    text("程度", 8),
    text("整改要求", 40),
    text("责任方", 24),
    text("责任人", 10),
    day("整改期限"),
    text("整改措施", 40),
    day("完成日期"),
    text("佐证材料", 30),
    text("复查人", 10),
    day("复查日期"),
    text("复查意见", 10),
    text("状态", 14),
)


_REMEDY_MAIN = (
    "项目名称",
    "承办系部",
    "督查日期",
    "问题",
    "整改要求",
    "责任人",
    "整改期限",
    "完成日期",
    "状态",
)


def rectifications(context: LedgerContext) -> Grid:
    """整改台账: every problem inspections found, and what became of it."""
    late = sum(one.overdue(context.today) for one in remedies(context.records))
    waiting = sum(one.open for one in remedies(context.records))
    note = f"未办结 {waiting} 项，其中逾期 {late} 项。"
    return context.grid("整改台账", _REMEDY_COLUMNS, _remedies(context), note, main=_REMEDY_MAIN)


def _remedies(context: LedgerContext) -> Iterator[tuple[Cell, ...]]:
    words, agreements = context.words, each_as_agreed(context.records, context.today)
    for one in remedies(context.records):
        agreement, defect = agreements.get(one.project), one.defect
        done = defect.rectification or Rectification()
        yield (
            words.project(one.project),
            one.project,
            words.department(implementer(agreement)) if agreement else "",
            one.found_on,
            one.inspection,
            unmarked(defect.text),
            defect.basis,
            words.choice(defect.severity, "inspection", "findings", "*", "severity"),
            unmarked(defect.demand),
            words.party(defect.party),
            words.person(defect.owner),
            defect.due,
            unmarked(done.measures),
            done.done_on,
            "；".join(done.evidence),
            words.person(done.reviewed_by),
            done.reviewed_on,
            words.choice(done.result, "inspection", "findings", "*", "rectification", "result"),
            remedy_words(one, context.today),
        )


def remedy_words(one: Remedy, today: date) -> str:
    """How a problem stands on a day: 已整改 (and how late), 复查未通过, 逾期 so many days, 整改中."""
    done = one.defect.rectification
    if not one.open:
        return ("已整改" if done and done.result else "已整改，待复查") + _late(one.late)
    if done and done.result == "failed":
        return "复查未通过"
    return _waiting(one.defect.due, today, "整改中")


def _late(days: int) -> str:
    return f"，逾期 {days} 天" if days else ""


def _waiting(due: date | None, today: date, running: str) -> str:
    return f"逾期 {(today - due).days} 天" if due and due < today else running


_ACTION_COLUMNS = (
    day("会议日期"),
    text("议定事项", 50),
    text("责任人", 10),
    text("责任部门", 18),
    text("项目名称", 34),
    day("原定期限"),
    day("现定期限"),
    day("办结日期"),
    text("办理情况", 40),
    text("状态", 14),
)


_ACTION_MAIN = (
    "议定事项",
    "会议日期",
    "责任人",
    "责任部门",
    "项目名称",
    "现定期限",
    "办结日期",
    "办理情况",
    "状态",
)


def decisions(context: LedgerContext) -> Grid:
    """会议议定事项: every decision of every meeting, and what later meetings heard of it."""
    found = actions(context.records)
    waiting = sum(one.done_on is None for one in found)
    late = sum(one.overdue(context.today) for one in found)
    note = f"未办结 {waiting} 项，其中逾期 {late} 项。"
    return context.grid("会议议定事项", _ACTION_COLUMNS, _decisions(context), note, main=_ACTION_MAIN)


def _decisions(context: LedgerContext) -> Iterator[tuple[Cell, ...]]:
    words = context.words
    for one in actions(context.records):
        yield (
            one.meeting,
            unmarked(one.decision.text),
            words.person(one.decision.owner),
            words.department(one.decision.department),
            words.project(one.decision.project) if one.decision.project else "",
            one.decision.due,
            one.due,
            one.done_on,
            one.note,
            f"已办结{_late(days_late(one.due, one.done_on))}"
            if one.done_on
            else _waiting(one.due, context.today, "办理中"),
        )
