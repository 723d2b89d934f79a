"""Checking the whole college: what loading found, and what every rule finds, placed at file, line and column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.check.rules.rule import Fault, Rule
from pipeline.check.rules.runner import concerning, of_all, of_record, severity, signed_before
from pipeline.check.rules.table import RULES
from pipeline.check.unreadable import Whatever
from pipeline.check.waivers import waive
from pipeline.kernel.codes.shape import MISSING
from pipeline.kernel.collector import paused
from pipeline.kernel.finding import Finding, Fix, Place, arrange, mark_of_findings
from pipeline.kernel.recall import NOTHING_KEPT, Recall
from pipeline.kernel.structs import Struct
from pipeline.record.model.records import UnknownId
from pipeline.record.register import Entry, Register
from pipeline.record.register import load as load_register
from pipeline.record.register.examined import Subject, SubjectFindings, Tally, Traces, Untraced
from pipeline.record.register.unknown_ids import finding_of
from pipeline.record.schema import Schema, Schemas
from pipeline.source.counted import MOST

if TYPE_CHECKING:
    from pipeline.compose.lint import Linter


class Report(Struct, frozen=True, kw_only=True, dict=True):
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

    def mark_of_file(self, name: str) -> bytes:
        """What tells the findings placed in one file from any others."""
        if name not in self._marks:
            self._marks[name] = mark_of_findings(self.of_file(name))
        return self._marks[name]

    @cached_property
    def _marks(self) -> dict[str, bytes]:
        return {}


def check(
    root: Path,
    schemas: Mapping[str, Schema],
    today: date | None = None,
    recall: Recall = NOTHING_KEPT,
    tracing: Callable[[Register], Traces] = Untraced,
) -> Report:
    """Load a repository and examine it; with a memory, only what has changed since."""
    with paused():
        # The cycle collector would walk the growing heap again and again; nothing made here is garbage yet.
        register = load_register(root, schemas, recall)
        return examine(register, schemas, today, tracing(register))


def examine(
    register: Register,
    schemas: Mapping[str, Schema],
    today: date | None = None,
    traces: Traces | None = None,
) -> Report:
    """Run every rule over what was loaded, try every wording, and let pass what is waived.

    `today` only tells what is due and whether a waiver has expired; without it nothing is.
    """
    traces = traces or Untraced(register)
    tally, whatever = Tally(), Whatever(register)
    for subject in _subjects(register, schemas, today):
        tally.add(whatever.of(subject, traces.findings_of(subject)))
    traces.keep()
    added = schemas.findings if isinstance(schemas, Schemas) else ()
    found = arrange((*_demanded(register, schemas, register.found), *added, *tally.findings()))
    return Report(register=register, findings=waive(found, register, today))


_OF_LOADING = frozenset({"L20", "R01", "R02", "R03"})
"""Rules on all records that pass on what loading found in each file: numbers of persons, ids that name nothing."""


def examine_file(
    register: Register, schemas: Mapping[str, Schema], today: date | None, name: str, before: Report
) -> Report:
    """One file examined by itself, for somebody who is writing it; quick, however many other files there are.

    What rules on all records found in it `before` is told again: whether it still holds, `examine` knows. Only those
    that tell of what loading finds in single files are asked again.
    """
    tally, whatever = Tally(), Whatever(register)
    for subject in subjects_of_files(register, schemas, today, (name,)):
        tally.add(whatever.of(subject, subject.examine(register)))
    for rule in _of_all(today):
        if rule.info.code in _OF_LOADING:
            faults = of_all(rule, register.records, today)
            here = ((rule, name, None, one) for one in faults if one.file == name)
            tally.add(SubjectFindings.of(_placed(here, register)))
    others = {rule.info.code for rule in _of_all(today)} - _OF_LOADING
    again = (one for one in before.of_file(name) if one.code in others)
    loaded = _demanded(register, schemas, (one for one in register.found if one.place.file == name))
    waived = waive(arrange((*loaded, *tally.findings(), *again)), register, today)
    return Report(register=register, findings=tuple(one for one in waived if one.place.file == name))


def _demanded(
    register: Register, schemas: Mapping[str, Schema], found_by_loading: Iterable[Finding]
) -> Iterator[Finding]:
    """What loading found, but for a field that was not yet required when its agreement was signed."""
    for found in found_by_loading:
        entry = register.entries.get(found.place.file) if found.code == MISSING.code else None
        field = schemas[entry.kind.name].at(found.path) if entry else None
        # As with a rule: a demand does not reach back behind the signature (民法典时间效力规定 1).
        if field is None or not signed_before(field.since, found.place.file, register.records):
            yield found


def _subjects(register: Register, schemas: Mapping[str, Schema], today: date | None) -> Iterator[Subject]:
    """Whatever is examined by itself: each rule on all records, each file, and what is due in each file."""
    yield from subjects_of_all(today)
    yield from subjects_of_files(register, schemas, today, register.entries)


def subjects_of_all(today: date | None) -> Iterator[Subject]:
    """Each rule on all records."""
    day = today.isoformat() if today else ""
    for rule in _of_all(today):
        yield Subject(
            name=f"rule {rule.info.code}",
            mark=day if rule.timed else "",
            examine=_by_rule(rule, today),
            of_all=True,
        )


def subjects_of_files(
    register: Register, schemas: Mapping[str, Schema], today: date | None, names: Iterable[str]
) -> Iterator[Subject]:
    """Each of some files with what is due in it."""
    day = today.isoformat() if today else ""
    linter = cache(partial(_linter, schemas))
    for name in names:
        unnamed = register.unknown.get(name, ())
        yield Subject(
            name=f"file {name}", mark=repr(unnamed), examine=partial(_of_file, name, linter, unnamed)
        )
        if today:
            yield Subject(name=f"due {name}", mark=day, examine=partial(_due, name, today))


def _linter(schemas: Mapping[str, Schema]) -> Linter:
    from pipeline.compose.lint import Linter  # it brings Markdown along, and most files are known already

    return Linter(schemas)


def _of_all(today: date | None) -> Iterator[Rule]:
    return (rule for rule in RULES if rule.on_all and (today or not rule.timed))


def _by_rule(rule: Rule, today: date | None) -> Callable[[Register], SubjectFindings]:
    def examine(register: Register) -> SubjectFindings:
        found = of_all(rule, register.records, today)
        return SubjectFindings.of(_placed(((rule, one.file, None, one) for one in found), register))

    return examine


def _of_file(
    name: str, linter: Callable[[], Linter], unnamed: tuple[UnknownId, ...], register: Register
) -> SubjectFindings:
    entry = register.entries[name]
    found = (*(finding_of(one, entry.source) for one in unnamed), *linter().findings(entry))
    return SubjectFindings.of((*found, *_faulty(name, register, None, due=False)), apart=len(found))


def _due(name: str, today: date, register: Register) -> SubjectFindings:
    return SubjectFindings.of(_faulty(name, register, today, due=True))


def _faulty(name: str, register: Register, today: date | None, *, due: bool) -> Iterator[Finding]:
    """What the rules on single records find in one file: those on the calendar, or all others."""
    record = register.entries[name].record
    if record is None or register.entries[name].draft:
        return iter(())  # of what somebody is still writing, loading tells what is lacking
    found = of_record(_concerning(record, due), record, name, register.records, today, due=due)
    return _placed(((rule, name, record, one) for rule, one in found), register)


_rules: dict[tuple[type, bool], tuple[Rule, ...]] = {}
"""The rules on each class of records: those on the calendar, and all others."""


def _concerning(record: object, due: bool) -> tuple[Rule, ...]:
    kind = type(record), due
    if kind not in _rules:
        _rules[kind] = tuple(rule for rule in concerning(RULES, record) if rule.timed is due)
    return _rules[kind]


def _placed(found: Iterable[tuple[Rule, str, object, Fault]], register: Register) -> Iterator[Finding]:
    counts: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], Finding] = {}
    for rule, name, record, fault in found:
        if _reported_already(fault, name, register):
            continue
        kind = (rule.info.code, fault.file or name)
        counts[kind] += 1
        # Beyond the limit they are only counted: looking up the place of each would take longer than the rule.
        if counts[kind] <= MOST + 1:
            last[kind] = _finding(rule, name, record, fault, register)
        yield last[kind]


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
        cause=fault.cause,
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
