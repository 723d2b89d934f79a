"""The files of a draft made of a foreign agreement: the agreement, companies that are new, the day of signing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.desk.fresh import proposed
from pipeline.desk.papers.leftover import Leftover, leftovers
from pipeline.desk.papers.proposal import Proposal
from pipeline.desk.papers.reading import PaperReading, taken, used, value_of
from pipeline.desk.papers.who import FIRMS
from pipeline.kernel.data_path import value_at
from pipeline.record.change import FileEdit
from pipeline.record.kinds import AGREEMENT, ENTERPRISE, SIGNING
from pipeline.record.model import Records
from pipeline.source.edit import Set


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFile:
    """The file that was read: its name, where the paper is kept (if known), whether it was signed already."""

    name: str
    kept_at: str
    legacy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDraft:
    """What would be written: the project, the files, the proposals that they hold, and what was kept as text.

    `barred` says why nothing can be written (Chinese), empty where it can.
    """

    project: str
    changes: tuple[FileEdit, ...]
    chosen: tuple[Proposal, ...]
    kept: tuple[Leftover, ...]
    barred: str = ""


def draft(
    reading: PaperReading,
    accepted: Collection[int],
    file: PaperFile,
    records: Records,
    data: Mapping[str, Any],
    *,
    today: date,
    department: str = "",
    project: str = "",
) -> PaperDraft:
    """Put together what is sure and what was agreed to; `data` is what each file of the college says now."""
    chosen = taken(reading, accepted)
    made = value_of(chosen, "agreement")
    kept = tuple(leftovers(reading.outline, used(reading, chosen)))
    begin = value_at(made, ("term", "start"))
    year = begin.year if isinstance(begin, date) else today.year
    name = project or proposed(records, department, year)
    record: dict[str, Any] = {"stage": "draft", **made}
    if department:
        record["responsible"] = {"implementer": department}
    if kept:
        record["other_terms"] = [*record.get("other_terms", ()), *(one.text for one in kept)]
    if file.legacy:
        record["origin"] = {**_origin(reading, file), **made.get("origin", {})}
    changes = [_new(AGREEMENT.file(name), record)]
    changes += _companies(reading, chosen)
    signing = value_of(chosen, "signing")
    if file.legacy and signing:
        changes.append(_new(SIGNING.file(name), {"stage": "draft", **signing}))
    return PaperDraft(
        project=name,
        changes=tuple(changes),
        chosen=chosen,
        kept=kept,
        barred=_barred(reading, chosen, file, record, data),
    )


def _new(name: str, record: Mapping[str, Any]) -> FileEdit:
    return FileEdit(file=name, operations=tuple(Set(path=(key,), value=one) for key, one in record.items()))


def _origin(reading: PaperReading, file: PaperFile) -> dict[str, Any]:
    pages = reading.outline.paper.pages
    return {
        "kind": "legacy",
        "name": file.name,
        "sha256": reading.digest,
        **({"kept_at": file.kept_at} if file.kept_at else {}),
        **({"pages": pages} if pages else {}),
    }


def _companies(reading: PaperReading, chosen: tuple[Proposal, ...]) -> list[FileEdit]:
    made = []
    for one in reading.sides:
        if one.new:
            sort = {"kind": "enterprise"} if FIRMS.fullmatch(one.side.name) else {}
            record = {"stage": "draft", "name": one.side.name, **sort, **value_of(chosen, one.id)}
            made.append(_new(ENTERPRISE.file(one.id), record))
    return made


def _barred(
    reading: PaperReading,
    chosen: tuple[Proposal, ...],
    file: PaperFile,
    record: Mapping[str, Any],
    data: Mapping[str, Any],
) -> str:
    mine = {id(one) for one in chosen}
    for one in reading.proposals:
        who = one.record == "college" or one.path == ("parties", "enterprises")
        if who and id(one) not in mine:
            number = next(at for at, asked in enumerate(reading.asked, start=1) if asked is one)
            return f"{one.said}：{one.doubt}。先定这一处（拿不准的第 {number} 处）再写；是另一家的，先把那一家建好再导"
    firms = value_at(record, ("parties", "enterprises"))
    for name, kept in data.items():
        if AGREEMENT.key_in(name) is None or not isinstance(kept, dict):
            continue
        if value_at(kept, ("origin", "sha256")) == reading.digest:
            return f"这个文件已经导入过了：{name}"
        same = (
            kept.get("title") == record.get("title") and value_at(kept, ("parties", "enterprises")) == firms
        )
        if record.get("title") and firms and same and value_at(kept, ("term",)) == record.get("term"):
            return f"库里已经有同名、同一家企业、同样期限的协议：{name}"
    return ""
