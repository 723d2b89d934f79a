"""What the words of an agreement are held against: its own fields; an amendment's words, the fields as it leaves them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, wraps

from pipeline.check.rules.read_once import RecordProse, Same, gives, left_by, prose_of
from pipeline.check.rules.rule import Check, Fault
from pipeline.kernel.finding import DataPath
from pipeline.kernel.structs import replace
from pipeline.record.kinds import AGREEMENT
from pipeline.record.model import Agreement, Records
from pipeline.record.model.after_signing import Amendment
from pipeline.standing.as_agreed import amended_by

Look = Callable[[Agreement, RecordProse, Records], Iterator[Fault]]
"""Holds words against an agreement's fields."""


def against_fields(look: Look) -> Check:
    """The check of a rule on both: an agreement's words and its fields, an amendment's words and the fields after it."""

    @wraps(look)
    def check(record: Agreement | Amendment, records: Records) -> Iterator[Fault]:
        if isinstance(record, Agreement):
            yield from look(record, prose_of(record), records)
        else:
            yield from _of_amendment(look, record, records)

    return check


def _of_amendment(look: Look, amendment: Amendment, records: Records) -> Iterator[Fault]:
    agreement, reading = _left(Same(amendment), Same(records))
    if agreement is None or agreement.framework:
        return
    for fault in look(agreement, reading, records):
        if not any(_is_changed(amendment, fault.at, field) for _, field in fault.related):
            related = tuple(
                (file or _file_of(amendment, field), _path_of(amendment, field))
                for file, field in fault.related
            )
            yield replace(fault, related=related)


@lru_cache(maxsize=1)
def _left(amended: Same[Amendment], known: Same[Records]) -> tuple[Agreement | None, RecordProse]:
    """The agreement after an amendment, and the words to hold against it: once for all rules."""
    amendment, records = amended.record, known.record
    agreement, reading = amended_by(records, amendment), prose_of(amendment)
    if agreement is None or agreement.framework:
        return agreement, reading
    beside = left_by(amendment, records.agreements[amendment.project]), AGREEMENT.file(amendment.project)
    return agreement, replace(reading, beside=beside)


def _is_changed(amendment: Amendment, at: DataPath, field: DataPath) -> bool:
    """Whether the words at a path are what changes a field: then they cannot contradict what it was."""
    if at[0] != "changes" or gives(amendment, field[0]):
        return False
    return amendment.changes[int(at[1])].field.split(".")[0] == field[0]


def _file_of(amendment: Amendment, field: DataPath) -> str:
    own = gives(amendment, field[0]) or field[0] == "changes"
    return "" if own else AGREEMENT.file(amendment.project)


def _path_of(amendment: Amendment, field: DataPath) -> DataPath:
    """Where a field stands: of what an amendment gives itself, there."""
    return field[:1] if gives(amendment, field[0]) else field
