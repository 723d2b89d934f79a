"""Q07: a record tells what has happened; a day still to come is a slip or an intention (clauses 6, 9, 10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from pipeline.check.rules.rule import Fault, Way, fault, rule
from pipeline.kernel.finding import DataPath
from pipeline.kernel.periods import period_days
from pipeline.record.model import Records
from pipeline.record.model.enterprise import Enterprise
from pipeline.record.model.execution import Progress
from pipeline.record.model.preparation import Appraisal, Scheme, Signing, Survey
from pipeline.record.model.work import Placement, PlanApprovals
from pipeline.standing.agreed import signed_by_all, signed_on

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
    "Placement": "start",
    "Exit": "decided_on",
}
"""The field that dates a record of each class: the day of what it tells."""

_SIGNED = (
    "parties.*.signed_on",
    "parties.*.sealed_on",
    "review.legal.on",
    "review.approvals.*.on",
)

_DONE: Mapping[str, tuple[str, ...]] = {
    "Appraisal": ("revised_on", "waiver.on"),
    "Enterprise": ("last_contact",),
    "Exit": (
        "notice.on",
        "students.done_on",
        "equipment.*.done_on",
        "ip.done_on",
        "data.done_on",
        "money.settled_on",
        "closed_on",
    ),
    "Inspection": ("findings.*.rectification.done_on", "findings.*.rectification.reviewed_on"),
    "Meeting": ("follow_up.*.done_on",),
    "PlanApprovals": ("departments.*.on",),
    "Progress": ("milestones.*.done_on", "received.*.on", "spent.*.on", "deliveries.*.on"),
    "Signing": (*_SIGNED, *(f"amendments.*.{one}" for one in _SIGNED)),
    "Summary": ("tasks.*.done_on",),
}
"""Where a record of each class says on which day something was done."""


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
        "ahead": Way(
            message="变更的日期 {day} 还没有过，没有签的协议、补充协议现在就写“{name}”",
            hint="文书的文字不随日子变；那天以前就要签的，先不登记这项变更，到了日子再登记。",
        ),
    },
    on=object,
    timed=True,
)
def record_tells_of_what_has_happened(record: object, records: Records, today: date) -> Iterator[Fault]:
    """A meeting of next month has not been held, and a signature of tomorrow is none."""
    field, day = _DATED.get(type(record).__name__, ""), told_on(record)
    if day is not None and day > today:
        if _followed(record, day, records):
            return
        yield fault("record", *(() if type(record).__name__ == "Meeting" else (field,)), day=day)
        return
    if isinstance(record, Enterprise):
        yield from _ahead(record, records, today)
    for path, day in _happened(record):
        if day is not None and day > today and not _told_already(record, path, day, records):
            yield fault("done", *path, day=day)


def _followed(record: object, day: date, records: Records) -> bool:
    """Whether what comes after is dated before: V06 tells of placements, G01 of surveys, G08 of schemes, G04 of appraisals."""
    after: list[date | None] = []
    if isinstance(record, Placement):
        after = [record.end]
    elif isinstance(record, Survey) and record.project in records.schemes:
        after = [records.schemes[record.project].date]
    elif isinstance(record, Scheme) and record.project in records.signings:
        after = [one.signed_on for one in records.signings[record.project].parties.values()]
    elif isinstance(record, Appraisal) and record.passed_on == day:
        after = [signed_on(records, record.project)]
    return any(one is not None and one < day for one in after)


def _told_already(record: object, path: DataPath, day: date, records: Records) -> bool:
    """Whether the very day is found wrong for what it stands beside.

    P05 tells of reports, P04 of plans, G07 of consents and counsel, G10 of what was carried out before a signature.
    """
    if isinstance(record, Progress):
        period = period_days(record.period)
        if path[0] == "milestones":
            return record.reported_on is not None and day > record.reported_on
        return period is not None and day > period[1]
    if isinstance(record, PlanApprovals):
        plan = records.plans.get(f"{record.year}/{path[1]}")
        return plan is not None and any(one.start and one.start < day for one in plan.tasks.values())
    if isinstance(record, Signing) and path[0] == "parties":
        done = (records.progress, records.inspections, records.evaluations)
        return any(key.partition("/")[0] == record.project for some in done for key in some)
    if isinstance(record, Signing) and "legal" in path:
        one = record.amendments[int(path[1])] if path[0] == "amendments" else record
        return any(said.on and said.on < day for said in (one.review.approvals if one.review else ()))
    if isinstance(record, Signing) and "approvals" in path:
        agreement = records.agreements.get(record.project)
        one = record.amendments[int(path[1])] if path[0] == "amendments" else record
        signed = signed_by_all(one, agreement.party_ids) if agreement else None
        return signed is not None and day > signed
    return False


def _happened(record: object) -> Iterator[tuple[DataPath, date | None]]:
    """The days inside a record on which something is said to have been done."""
    for pattern in _DONE.get(type(record).__name__, ()):
        for path, found in _found(record, tuple(pattern.split("."))):
            yield path, found if isinstance(found, date) else None


def _found(value: object, steps: tuple[str, ...], at: DataPath = ()) -> Iterator[tuple[DataPath, object]]:
    """What stands where the steps lead, * being every item of a list or a mapping."""
    if not steps:
        yield at, value
    elif steps[0] != "*":
        yield from _found(getattr(value, steps[0], None), steps[1:], (*at, steps[0]))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _found(item, steps[1:], (*at, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _found(item, steps[1:], (*at, index))


def _ahead(enterprise: Enterprise, records: Records, today: date) -> Iterator[Fault]:
    """A change of a partner that is still to come: what is not signed names the later party at once."""
    heir = enterprise.successor
    if heir and heir.since and heir.since > today:
        name = records.party_name(heir.enterprise)
        yield fault("ahead", "successor", "since", day=heir.since, name=name)
    for index, one in enumerate(enterprise.former_names):
        if one.until and one.until >= today:
            yield fault("ahead", "former_names", index, "until", day=one.until, name=enterprise.name)
