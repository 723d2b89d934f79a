"""A record that somebody is still writing: one remark tells what it lacks, in place of one for each field."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.kernel.codes import placing
from pipeline.kernel.finding import Finding
from pipeline.record.kinds import ENTERPRISE
from pipeline.record.model import Records
from pipeline.record.model.records import with_changed
from pipeline.record.register.entry import Entry
from pipeline.record.schema import Schema

_NAMED = 8
"""Fields that a remark names; of more it says how many."""


def with_begun(records: Records, entries: Mapping[str, Entry]) -> Records:
    """The records with the companies that somebody is still writing: who names one means it all the same.

    For telling what a name means and for nothing else, since drafts count nowhere.
    """
    drafts = (entries[name] for name in sorted(records.drafts))
    begun = {entry.id: entry.record for entry in drafts if entry.kind is ENTERPRISE}
    return with_changed(records, enterprises={**records.enterprises, **begun}) if begun else records


def as_draft(
    entry: Entry, findings: tuple[Finding, ...], schemas: Mapping[str, Schema]
) -> tuple[Finding, ...]:
    """The findings about a file, those on its gaps told in one where it is a draft that counts nowhere."""
    if not entry.draft:
        return findings
    schema = schemas[entry.kind.name]
    gaps = [one for one in findings if one.staged]
    fields = [field.label for one in gaps if (field := schema.at(one.path)) is not None]
    labels = list(dict.fromkeys(fields))
    rest = f"等 {len(labels)} 项" if len(labels) > _NAMED else ""
    if labels:
        lacks = f"；还缺{'、'.join(labels[:_NAMED])}{rest}"
    else:
        lacks = (
            "；必填的都有了" if _told({**(entry.source.data or {}), "stage": None}) else "；里面还没有写内容"
        )
    message = f"这份{entry.kind.label}记录还是草稿，不计入台账、数字和各道关口{lacks}"
    place = entry.source.place(("stage",))
    return (placing.UNFINISHED.at(place, message), *(one for one in findings if not one.staged))


def _told(value: object) -> bool:
    """Whether anything is written in a value: where no single field is required, an empty record lacks all."""
    if isinstance(value, Mapping):
        return any(_told(one) for one in value.values())
    if isinstance(value, list):
        return any(_told(one) for one in value)
    return value is not None and value != ""
