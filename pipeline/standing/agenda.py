"""What is open and until when: decisions of meetings (9.1) and problems found by inspections (10.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import zip_longest

from pipeline.kernel.structs import Struct
from pipeline.record.model import Records
from pipeline.record.model.execution import Defect
from pipeline.record.model.work import Decision, FollowUp, Meeting


class Action(Struct, frozen=True, kw_only=True):
    """A decision of a meeting as it stands: `due` as extended last, `done_on` where it was carried out."""

    meeting: date
    id: str
    decision: Decision
    due: date | None
    done_on: date | None
    note: str = ""

    def overdue(self, today: date) -> bool:
        """Whether it should have been done before today and is not."""
        return self.done_on is None and self.due is not None and self.due < today


class Remedy(Struct, frozen=True, kw_only=True):
    """A problem an inspection found, and whether it has been done away with."""

    project: str
    inspection: str
    found_on: date | None
    id: str
    defect: Defect

    @property
    def open(self) -> bool:
        """Whether it still waits to be put right."""
        return self.defect.closed_on is None

    def overdue(self, today: date) -> bool:
        """Whether it should have been put right before today and is not."""
        return self.open and self.defect.due is not None and self.defect.due < today

    @property
    def late(self) -> int:
        """How many days after its day it was put right; 0 where it was in time, or is still open."""
        return days_late(self.defect.due, self.defect.closed_on)


def days_late(due: date | None, done: date | None) -> int:
    """How many days after its day something was done; 0 where it was done in time, or is not done, or had no day."""
    return max((done - due).days, 0) if due and done else 0


def actions(records: Records) -> tuple[Action, ...]:
    """Every decision of every meeting with what later meetings heard of it, in the order of the meetings."""
    return tuple(_actions(records))


def _actions(records: Records) -> Iterator[Action]:
    meetings = [records.meetings[key] for key in sorted(records.meetings)]
    for meeting in meetings:
        if meeting.date is None:
            continue
        for key, decision in meeting.decisions.items():
            follow_ups = [
                item
                for later in meetings
                for item in later.follow_up
                if item.meeting == meeting.date and item.decision == key
            ]
            dues = [item.due for item in follow_ups if item.due]
            done = [item.done_on for item in follow_ups if item.done_on]
            yield Action(
                meeting=meeting.date,
                id=key,
                decision=decision,
                due=dues[-1] if dues else decision.due,
                done_on=done[-1] if done else None,
                note=follow_ups[-1].note if follow_ups else "",
            )


def named_wrongly(meeting: Meeting, known: Iterable[Action]) -> frozenset[tuple[date, str]]:
    """The decisions that a meeting may mean where it follows up one that was never made.

    Of a meeting that was held, any that is not followed up; of one that was not, the decision of that name whose
    meeting is written most alike. Whoever asks after what was forgotten must not ask after these: they were named.
    """
    told = {(item.meeting, item.decision) for item in meeting.follow_up}
    earlier = [one for one in known if meeting.date and one.meeting < meeting.date]
    made = {(one.meeting, one.id) for one in earlier}
    waiting = [one for one in earlier if one.done_on is None and (one.meeting, one.id) not in told]
    wrong = [item for item in meeting.follow_up if (item.meeting, item.decision) not in made]
    return frozenset((one.meeting, one.id) for item in wrong for one in _meant(item, waiting))


def told_at_their_meeting(records: Records, known: Iterable[Action]) -> frozenset[tuple[date, str]]:
    """The decisions whose follow-up is itself wrong: what it says of them must be put right before they can be late."""
    meetings = records.meetings.values()
    mistimed = {
        (item.meeting, item.decision)
        for one in meetings
        for item in one.follow_up
        if one.date and item.due and item.due < one.date and item.meeting and item.decision
    }
    known = tuple(known)
    return frozenset(mistimed).union(*(named_wrongly(one, known) for one in meetings))


def _meant(item: FollowUp, waiting: list[Action]) -> list[Action]:
    held = [one for one in waiting if one.meeting == item.meeting]
    called = [one for one in waiting if one.id == item.decision]
    return held or sorted(called, key=lambda one: _unlike(str(one.meeting), str(item.meeting)))[:1]


def _unlike(one: str, other: str) -> int:
    return sum(first != second for first, second in zip_longest(one, other))


def open_actions(records: Records) -> tuple[Action, ...]:
    """The decisions not yet carried out, the one due first first."""
    waiting = (action for action in actions(records) if action.done_on is None)
    return tuple(sorted(waiting, key=lambda action: (action.due or date.max, action.meeting, action.id)))


def remedies(records: Records) -> tuple[Remedy, ...]:
    """Every problem that inspections found, by inspection."""
    return tuple(
        Remedy(
            project=inspection.project,
            inspection=inspection.id,
            found_on=inspection.date,
            id=key,
            defect=defect,
        )
        for _, inspection in sorted(records.inspections.items())
        for key, defect in inspection.findings.items()
    )


def open_remedies(records: Records) -> tuple[Remedy, ...]:
    """The problems not yet put right, the one due first first."""
    waiting = (remedy for remedy in remedies(records) if remedy.open)
    return tuple(
        sorted(waiting, key=lambda one: (one.defect.due or date.max, one.project, one.inspection, one.id))
    )
