"""The steps of a project's scheme with the day on which each was done (10.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.record.model import Records, under
from pipeline.record.model.preparation import Step


def milestones(records: Records, project: str) -> Iterator[tuple[Step, date | None]]:
    """Every step by its day, and when a progress report tells it done; None while none does."""
    scheme = records.schemes.get(project)
    done = {
        key: one.done_on
        for report in under(records.progress, project)
        for key, one in report.milestones.items()
        if one.done_on
    }
    steps = scheme.schedule.items() if scheme else ()
    for key, step in sorted(steps, key=lambda pair: pair[1].due or date.max):
        yield step, done.get(key)
