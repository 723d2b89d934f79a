"""Checking the whole college: what loading found, and what every rule finds, placed at file, line and column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from pathlib import Path

from pipeline.check.rules.rule import Fault, Rule
from pipeline.check.rules.runner import faults, severity
from pipeline.check.rules.table import RULES
from pipeline.check.waivers import waive
from pipeline.compose.lint import lint
from pipeline.kernel.collector import paused
from pipeline.kernel.finding import Finding, Fix, Place, arrange
from pipeline.record.register import Entry, Register
from pipeline.record.register import load as load_register
from pipeline.record.schema import Schema
from pipeline.source.counted import MOST


@dataclass(frozen=True, kw_only=True)
class Report:
    """The register and all findings about it, in order."""

    register: Register
    findings: tuple[Finding, ...]

    @cached_property
    def by_file(self) -> Mapping[str, tuple[Finding, ...]]:
        """The findings of each file that has any."""
        return {name: tuple(found) for name, found in groupby(self.findings, lambda one: one.place.file)}

    def of_file(self, name: str) -> tuple[Finding, ...]:
        """The findings placed in one file."""
        return self.by_file.get(name, ())


def check(root: Path, schemas: Mapping[str, Schema], templates: Path, today: date | None = None) -> Report:
    """Load a repository and examine it."""
    with paused():
        return examine(load_register(root, schemas), schemas, today)


def examine(register: Register, schemas: Mapping[str, Schema], today: date | None = None) -> Report:
    """Run every rule over what was loaded, try every wording, and let pass what is waived.

    `today` only tells what is due and whether a waiver has expired; without it nothing is.
    """
    found = arrange((*register.findings, *ruled(register, today), *lint(register, schemas)))
    return Report(register=register, findings=waive(found, register, today))


def ruled(register: Register, today: date | None = None) -> Iterator[Finding]:
    """What every rule finds in a register, placed; nothing at places that loading has already reported.

    Of one code and file the first `MOST` are told one by one, and how many more there are.
    """
    counts: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], Finding] = {}
    found = [
        one
        for one in faults(RULES, register.records, today)
        if not _reported_already(one[3], one[1], register)
    ]
    # File by file, so that the text of none is taken apart twice to find a place in it.
    for rule, name, record, fault in sorted(found, key=lambda one: one[3].file or one[1]):
        kind = (rule.info.code, fault.file or name)
        counts[kind] += 1
        if counts[kind] <= MOST:
            yield _finding(rule, name, record, fault, register)
        elif kind not in last:
            last[kind] = _finding(rule, name, record, fault, register)
    for kind, finding in last.items():
        yield replace(finding, message=f"同类问题从这里起还有 {counts[kind] - MOST} 处，没有一一列出")


def _reported_already(fault: Fault, name: str, register: Register) -> bool:
    """Whether loading has reported the place of a fault, or another place that the fault rests on."""
    if fault.spot is not None:
        return False
    for file, path in ((fault.file, fault.at), *fault.related):
        entry = register.entries.get(file or name)
        if entry is not None and entry.silent(path):
            return True
    return False


def _finding(rule: Rule, name: str, record: object, fault: Fault, register: Register) -> Finding:
    way = rule.ways[fault.way]
    weight = severity(rule, way, record)
    return Finding(
        code=rule.info.code,
        severity=weight,
        place=_place(register.entries.get(fault.file or name), fault.file or name, fault),
        message=way.message.format(**fault.values),
        clause=rule.info.clause,
        hint=way.hint.format(**fault.values) or rule.info.hint,
        related=tuple(
            _place(register.entries.get(file or name), file or name, Fault(way=fault.way, at=path))
            for file, path in fault.related
        ),
        path=fault.at,
        fix=Fix(value=fault.instead) if fault.instead and not fault.file else None,
        staged=weight is not (way.severity or rule.info.severity),
    )


def _place(entry: Entry | None, name: str, fault: Fault) -> Place:
    if fault.spot is not None:
        return Place(file=name, line=fault.spot[0], column=fault.spot[1])
    if entry is None:
        return Place(file=name)
    if fault.key:
        return entry.source.key_place(fault.at)
    if fault.offset is None:
        return entry.source.place(fault.at)
    return entry.source.text_place(fault.at, fault.offset)
