"""What a check would say of planned files, before they are offered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pipeline.check.run import Report, examine
from pipeline.kernel.finding import Finding, Severity
from pipeline.record.change import Planned
from pipeline.record.register import load
from pipeline.record.schema import Schema
from pipeline.record.tree import Overlaid


def new_findings(
    report: Report, planned: Planned, root: Path, schemas: Mapping[str, Schema], today: date | None
) -> tuple[Finding, ...]:
    """The findings that are not there now, without those that only inform."""
    after = examine(load(Overlaid(root, planned.files), schemas), schemas, today)
    before = {(one.code, one.place.file, one.message) for one in report.findings}
    return tuple(
        one
        for one in after.findings
        if (one.code, one.place.file, one.message) not in before and one.severity is not Severity.INFO
    )
