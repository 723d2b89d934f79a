"""What rules find in records, without places."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from pipeline.check.rules.rule import Fault, Rule
from pipeline.check.rules.runner import concerning, of_all, of_record
from pipeline.check.rules.table import RULES
from pipeline.record.kinds import each
from pipeline.record.model import Records


def faults(
    rules: Collection[Rule], records: Records, today: date | None = None
) -> Iterator[tuple[Rule, str, object, Fault]]:
    """Every fault of some rules with its rule, its file and the record read."""
    for rule in rules:
        if rule.on_all:
            yield from ((rule, fault.file, None, fault) for fault in of_all(rule, records, today))
    for _, name, record in each(records):
        for due in (False, True):
            for rule, fault in of_record(concerning(rules, record), record, name, records, today, due=due):
                yield rule, fault.file or name, record, fault


def every_fault(records: Records, today: date | None = None) -> Iterator[tuple[Rule, str, object, Fault]]:
    """Every fault of every rule."""
    return faults(RULES, records, today)
