"""Q07: a record tells what has happened; a day still to come is a slip or an intention (clauses 6, 9, 10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from pipeline.check.rules.rule import Fault, fault, rule
from pipeline.kernel.finding import DataPath
from pipeline.record.model import Records
from pipeline.record.model.execution import Inspection, Progress
from pipeline.record.model.preparation import Signed, Signing

_DATED: Mapping[str, str] = {
    "Survey": "date",
    "Scheme": "date",
    "Appraisal": "date",
    "Progress": "reported_on",
    "Inspection": "date",
    "Evaluation": "date",
    "Summary": "date",
    "Meeting": "date",
    "Event": "date",
    "Visit": "date",
    "Research": "date",
    "GovernmentPolicy": "date",
}
"""The field that dates a record of each class: the day of what it tells."""


def told_on(record: object) -> date | None:
    """The day of what a record tells; None where it bears none."""
    field = _DATED.get(type(record).__name__, "")
    day: date | None = getattr(record, field, None) if field else None
    return day


@rule(
    "Q07",
    title="记录的日期不在今天之后",
    clause="指南（草案）6.1；指南（草案）9.1；指南（草案）10.1",
    why="记录写的是已经发生的事；日期还没到的，不是写错了年份，就是先把打算写成了结果。这样的记录和数字一概不计入台账、总结和网站。",
    hint="核对日期；确实还没有发生的，写进计划（plans/），办完再记。",
    ways={
        "record": "日期 {day} 还没有到，这份记录不计入任何数字",
        "done": "{day} 还没有到，不能写成已经办完；到那天以前按没有办计算",
    },
    on=object,
    timed=True,
)
def record_tells_of_what_has_happened(record: object, records: Records, today: date) -> Iterator[Fault]:
    """A meeting of next month has not been held, and a signature of tomorrow is none."""
    field, day = _DATED.get(type(record).__name__, ""), told_on(record)
    if day is not None and day > today:
        yield fault("record", *(() if type(record).__name__ == "Meeting" else (field,)), day=day)
        return
    for path, day in _happened(record):
        if day is not None and day > today:
            yield fault("done", *path, day=day)


def _happened(record: object) -> Iterator[tuple[DataPath, date | None]]:
    """The days inside a record on which something is said to have been done."""
    if isinstance(record, Inspection):
        for key, defect in record.findings.items():
            if defect.rectification:
                yield ("findings", key, "rectification", "done_on"), defect.rectification.done_on
                yield ("findings", key, "rectification", "reviewed_on"), defect.rectification.reviewed_on
    elif isinstance(record, Progress):
        for key, milestone in record.milestones.items():
            yield ("milestones", key, "done_on"), milestone.done_on
        for way in ("received", "spent", "deliveries"):
            for index, one in enumerate(getattr(record, way)):
                yield (way, index, "on"), one.on
    elif isinstance(record, Signing):
        yield from _signed((), record)
        for index, one in enumerate(record.amendments):
            yield from _signed(("amendments", index), one)


def _signed(path: DataPath, one: Signed) -> Iterator[tuple[DataPath, date | None]]:
    for party, signed in one.parties.items():
        yield (*path, "parties", party, "signed_on"), signed.signed_on
        yield (*path, "parties", party, "sealed_on"), signed.sealed_on
    if one.review:
        if one.review.legal:
            yield (*path, "review", "legal", "on"), one.review.legal.on
        for index, consent in enumerate(one.review.approvals):
            yield (*path, "review", "approvals", index, "on"), consent.on
