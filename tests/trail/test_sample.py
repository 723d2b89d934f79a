"""The sample college's own trail: everything on record, nothing wrong, nothing said beyond L0."""

from __future__ import annotations

from pipeline.approvals.decision import decide
from pipeline.finding import Severity
from pipeline.trail.inspect import inspect, unpacked
from tests.college import ROOT, SCHEMAS, TEMPLATES


def test_most_subjects_are_approved_on_record_and_one_waits() -> None:
    trail = inspect(unpacked(ROOT), None, SCHEMAS, TEMPLATES, only=())
    rules = trail.chain.current
    assert rules is not None
    assert not [found for found in trail.all_findings if found.severity is Severity.ERROR]
    assert not [found for one in trail.dossiers.values() for found in one.findings]
    decided = {name: decide(one, rules.rules, pinned=False) for name, one in trail.dossiers.items()}
    complete = {name for name, one in decided.items() if one.complete}
    waiting = set(decided) - complete
    assert waiting == {"projects/2026-bl-001/agreement"}
    assert {name.split("/")[0] for name in complete} == {"projects", "plans"}
    assert {name.rpartition("/")[2] for name in complete} >= {"agreement", "01"}
    bases = {vote.statement.basis for one in trail.dossiers.values() for vote in one.votes}
    assert bases == {"claimed", "paper"}
