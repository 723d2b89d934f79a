"""Running rules over the college's records: every fault, whatever state the records are in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pipeline.check.rules.future import told_on
from pipeline.check.rules.rule import Fault, Rule, Way
from pipeline.kernel.finding import Severity
from pipeline.record.kinds import AMENDMENT, kind_of
from pipeline.record.model import Agreement, Records
from pipeline.record.places import project_of
from pipeline.standing.agreed import signed_by_all, signed_on

FROM_OUTSIDE = "EHL"
"""Families that read an agreement's own words: of a text that was written elsewhere they are silent."""


def of_all(rule: Rule, records: Records, today: date | None) -> Iterator[Fault]:
    """The faults that a rule on all records finds; none where it goes by the calendar and there is no today."""
    if today or not rule.timed:
        for fault in rule.check(records, records, *((today,) if rule.timed else ())):
            if not signed_before(rule.ways[fault.way].since or rule.since, fault.file, records):
                yield fault


def of_record(
    rules: Iterable[Rule], record: object, name: str, records: Records, today: date | None, *, due: bool
) -> Iterator[tuple[Rule, Fault]]:
    """Every fault of one record, in the file of that name, with its rule: of the rules on the calendar, or of all others.

    The rules are those that concern its class.
    """
    if due and not today:
        return
    signed, outside = _signed_on(name, records), _written_elsewhere(record)
    asked = (record, records, today) if due else (record, records)
    for rule in rules:
        if rule.timed is not due or (signed is not None and _before(signed, rule.since)):
            continue
        if (outside and _of_the_words(rule)) or rule.skips(record):
            continue
        for fault in rule.check(*asked):
            if not _before(signed, rule.ways[fault.way].since):
                yield rule, fault


def concerning(rules: Iterable[Rule], record: object) -> tuple[Rule, ...]:
    """Those of some rules that are on a record's class."""
    return tuple(rule for rule in rules if rule.on is not Records and isinstance(record, rule.on))


def signed_before(since: date | None, file: str, records: Records) -> bool:
    """Whether what a file tells of was signed before a demand began to hold (民法典时间效力规定 1: not backwards)."""
    return since is not None and _before(_signed_on(file, records), since)


def _signed_on(file: str, records: Records) -> date | None:
    """The day by which a paper is judged: its own, which for what led to an agreement is the signing of that.

    An amendment has the day of its own signatures, a report or an inspection the day it tells of: what came
    after a demand is held to it, however old the agreement. None where nothing is signed yet.
    """
    project = project_of(file)
    agreed = signed_on(records, project) if project else None
    if agreed is None:
        return None
    kind, key = kind_of(file) or (None, "")
    if kind is AMENDMENT:
        return _amended_on(records, project, key.rpartition("/")[2])
    record = kind.of(records).get(key) if kind else None
    return max(agreed, (record and told_on(record)) or agreed)


def _amended_on(records: Records, project: str, amendment: str) -> date | None:
    """The day the last party signed an amendment; None until all have."""
    parties = records.agreements[project].party_ids
    kept = records.signings[project].amendments if project in records.signings else ()
    days = (signed_by_all(one, parties) for one in kept if one.amendment == amendment)
    return next(days, None)


def _before(signed: date | None, since: date | None) -> bool:
    return signed is not None and since is not None and signed < since


def _written_elsewhere(record: object) -> bool:
    return isinstance(record, Agreement) and record.origin is not None


def _of_the_words(rule: Rule) -> bool:
    # Nobody here can mend the wording of a paper that the other side wrote or that was signed long ago.
    return rule.on is not object and rule.info.code[0] in FROM_OUTSIDE


def severity(rule: Rule, way: Way, record: object) -> Severity:
    """How much a fault weighs: a staged way is only a warning in a draft, and counts in full otherwise.

    An agreement whose stage is not known counts as submitted: nothing passes because a word is misspelt.
    """
    full = way.severity or rule.info.severity
    drafting = isinstance(record, Agreement) and record.stage == "draft"
    return Severity.WARNING if way.staged and drafting and full is Severity.ERROR else full
