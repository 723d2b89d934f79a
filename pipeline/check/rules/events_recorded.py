"""Part of P12: contests and days of training told as figures are those of the events on record (clauses 6.1, 7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from pipeline.check.rules.rule import Fault
from pipeline.kernel.chinese import plain_number
from pipeline.kernel.periods import period_days
from pipeline.record.kinds import EVENT, PROGRESS
from pipeline.record.model import Records
from pipeline.record.model.execution import Progress
from pipeline.record.model.work import Event
from pipeline.standing.agreed import goals_of

_KINDS = {"contests": ("contest", "技能竞赛"), "staff-training": ("training", "职工培训")}
"""The kind of event that a measure counts, and what people call it."""

Held = Mapping[str, Mapping[str, Event]]
"""By project its events with their names; by kind, as "*contest", those of the whole college."""


def held(records: Records) -> Held:
    """The events of each project, gone through once for all its goals."""
    found: dict[str, dict[str, Event]] = defaultdict(dict)
    for name, event in records.events.items():
        found[event.project][name] = event
        found[f"*{event.kind}"][name] = event
    return found


def events_agree(
    records: Records, project: str, reports: tuple[Progress, ...], events: Held
) -> Iterator[Fault]:
    """A contest or a course of training that a figure counts has a record of its own."""
    for key, goal in goals_of(records, project).items():
        told = [(one, one.goals[key].actual) for one in reports if key in one.goals and one.goals[key].actual]
        days = period_days(told[-1][0].period) if told else None
        if goal.measure not in _KINDS or days is None or not goal.year:
            continue
        kind, what = _KINDS[goal.measure]
        counted = {
            name: one
            for name, one in events.get(project, {}).items()
            if one.kind == kind and one.date and one.date.year == goal.year and one.date <= days[1]
        }
        actual, recorded = sum((number or 0 for _, number in told), Decimal(0)), _amount(kind, counted)
        if actual != recorded:
            values = {
                "year": goal.year,
                "goal": goal.text or what,
                "actual": plain_number(actual),
                "unit": goal.counted_in,
                "what": what,
                "until": days[1],
                "recorded": plain_number(recorded),
            }
            yield Fault(
                way="held" if events.get(f"*{kind}") else "unheld",
                at=("goals", key, "actual"),
                values=values,
                file=PROGRESS.file(f"{project}/{told[-1][0].period}"),
                related=tuple((EVENT.file(name), ("date",)) for name in counted),
            )


def _amount(kind: str, events: Mapping[str, Event]) -> Decimal:
    """Contests are counted, training is measured in days of a person."""
    if kind == "contest":
        return Decimal(len(events))
    return sum((one.person_days or Decimal(0) for one in events.values()), Decimal(0))
