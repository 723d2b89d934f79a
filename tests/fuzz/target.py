"""What is tried with each input: read it, check its shape; promises kept, nothing raised."""

from __future__ import annotations

from pipeline.record.kinds import AGREEMENT
from pipeline.record.schema.validate import Checker
from pipeline.source import load
from tests.college import SCHEMAS
from tests.source.test_promises import keeps_its_promises

_CHECKER = Checker(SCHEMAS[AGREEMENT.name])


def read_and_check(content: bytes) -> None:
    """Raises whatever a program would stumble over."""
    keeps_its_promises(content)
    source = load("x.yaml", content)
    if source.data is not None:
        checked = _CHECKER.check(source)
        assert all(finding.message and finding.place.line >= 1 for finding in checked.findings)
