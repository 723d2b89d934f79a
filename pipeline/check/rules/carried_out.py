"""What of a project is carried out, and when: reports, inspections, evaluations, people at work (G10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.kernel.finding import DataPath
from pipeline.kernel.periods import period_days
from pipeline.record.kinds import EVALUATION, INSPECTION, PLACEMENT, PROGRESS
from pipeline.record.model import Records
from pipeline.standing.agreed import signed_on


def carried_out(records: Records) -> Iterator[tuple[str, str, DataPath, str, date | None]]:
    """Each record with its label, its file, where its day stands, its project and the day."""
    for key, progress in records.progress.items():
        days = period_days(progress.period)
        yield PROGRESS.label, PROGRESS.file(key), (), progress.project, days[1] if days else None
        # A period may begin before the agreement does; what is dated in it may not.
        if progress.project in records.agreements and signed_on(records, progress.project):
            file = PROGRESS.file(key)
            for name, done in progress.milestones.items():
                yield "节点", file, ("milestones", name, "done_on"), progress.project, done.done_on
            for kind, label in (("received", "收款"), ("spent", "支出")):
                for at, one in enumerate(getattr(progress, kind)):
                    # Of a day outside its own period P05 tells.
                    inside = days is None or (one.on is not None and days[0] <= one.on <= days[1])
                    yield label, file, (kind, at, "on"), progress.project, one.on if inside else None
    for key, inspection in records.inspections.items():
        yield INSPECTION.label, INSPECTION.file(key), ("date",), inspection.project, inspection.date
    for key, evaluation in records.evaluations.items():
        # Of a year evaluated before it has passed V04 tells.
        early = evaluation.date is not None and evaluation.date.year < (evaluation.year or 0)
        day = None if early else evaluation.date
        yield EVALUATION.label, EVALUATION.file(key), ("date",), evaluation.project, day
    for key, placement in records.placements.items():
        if placement.project in records.agreements and signed_on(records, placement.project):
            yield PLACEMENT.label, PLACEMENT.file(key), ("start",), placement.project, placement.start
