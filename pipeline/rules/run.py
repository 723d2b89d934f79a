"""Running rules over the college's records: every fault, whatever state the records are in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.finding import Severity
from pipeline.model import Agreement, Records
from pipeline.register.kinds import each
from pipeline.rules.rule import Fault, Rule, Way


def faults(rules: Iterable[Rule], records: Records) -> Iterator[tuple[Rule, str, object, Fault]]:
    """Every fault with its rule, the file it lies in and the record read (None for rules on all records)."""
    listed = tuple(rules)
    for rule in listed:
        if rule.on is Records:
            for fault in rule.check(records, records):
                yield rule, fault.file, None, fault
    # Record by record, so that what several rules read of one record is read once.
    for _, name, record in each(records):
        for rule in listed:
            if rule.on is type(record) and not rule.skips(record):
                for fault in rule.check(record, records):
                    yield rule, fault.file or name, record, fault


def severity(rule: Rule, way: Way, record: object) -> Severity:
    """How much a fault weighs: a staged way is only a warning in a draft, and counts in full otherwise.

    An agreement whose stage is not known counts as submitted: nothing passes because a word is misspelt.
    """
    full = way.severity or rule.info.severity
    drafting = isinstance(record, Agreement) and record.stage == "draft"
    return Severity.WARNING if way.staged and drafting and full is Severity.ERROR else full
