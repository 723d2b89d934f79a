"""Running rules over the college's records: every fault, whatever state the records are in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pipeline.check.rules.rule import Fault, Rule, Way
from pipeline.kernel.finding import Severity
from pipeline.record.model import Agreement, Records
from pipeline.record.register.kinds import each
from pipeline.standing.agreed import signed_on

FROM_OUTSIDE = "EHL"
"""Families that read an agreement's own words: of a text that was written elsewhere they are silent."""


def faults(
    rules: Iterable[Rule], records: Records, today: date | None = None
) -> Iterator[tuple[Rule, str, object, Fault]]:
    """Every fault with its rule, the file it lies in and the record read (None for rules on all records).

    Without today nothing is due: rules on the calendar are left out.
    """
    listed = tuple(rule for rule in rules if today or not rule.timed)
    for rule in listed:
        if rule.on is Records:
            for fault in _check(rule, records, records, today):
                if not _older(rule, fault.file, records):
                    yield rule, fault.file, None, fault
    # Record by record, so that what several rules read of one record is read once.
    concern: dict[type, tuple[Rule, ...]] = {}
    for _, name, record in each(records):
        kind = type(record)
        if kind not in concern:
            concern[kind] = tuple(rule for rule in listed if rule.on in kind.__mro__)
        for rule in concern[kind]:
            if not _skipped(rule, record) and not _older(rule, name, records):
                for fault in _check(rule, record, records, today):
                    yield rule, fault.file or name, record, fault


def _check(rule: Rule, record: object, records: Records, today: date | None) -> Iterator[Fault]:
    return rule.check(record, records, today) if rule.timed else rule.check(record, records)


def _older(rule: Rule, file: str, records: Records) -> bool:
    """Whether what a file tells of was signed before the rule began to hold (民法典时间效力规定 1: not backwards)."""
    if rule.since is None:
        return False
    _, _, rest = file.partition("/projects/")
    signed = signed_on(records, rest.partition("/")[0]) if rest else None
    return signed is not None and signed < rule.since


def _skipped(rule: Rule, record: object) -> bool:
    outside = rule.on is Agreement and isinstance(record, Agreement) and record.origin is not None
    return (outside and rule.info.code[0] in FROM_OUTSIDE) or rule.skips(record)


def severity(rule: Rule, way: Way, record: object) -> Severity:
    """How much a fault weighs: a staged way is only a warning in a draft, and counts in full otherwise.

    An agreement whose stage is not known counts as submitted: nothing passes because a word is misspelt.
    """
    full = way.severity or rule.info.severity
    drafting = isinstance(record, Agreement) and record.stage == "draft"
    return Severity.WARNING if way.staged and drafting and full is Severity.ERROR else full
