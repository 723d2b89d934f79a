"""Loading: every file is read, checked and made a record; whatever is wrong becomes a finding."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from pipeline.finding import DataPath, Finding, Place, arrange
from pipeline.model import Agreement, College, Enterprise, Records
from pipeline.register import codes
from pipeline.register.kinds import AGREEMENT, AGREEMENTS, COLLEGE, ENTERPRISE, Kind, kind_of
from pipeline.schema import Schema
from pipeline.schema.validate import Checker
from pipeline.schema.validator import is_id
from pipeline.source import Source
from pipeline.source.files import read


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file: its text with positions, its record (None when it is broken), and the places already reported."""

    kind: Kind
    id: str
    source: Source
    record: Agreement | College | Enterprise | None
    broken: frozenset[DataPath]

    def silent(self, path: DataPath) -> bool:
        """Whether a fault at a path has been reported already: there, above it, or inside it."""
        return any(
            path[: len(place)] == place or (len(path) > 1 and place[: len(path)] == path)
            for place in self.broken
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """All that was found under `agreements/`: entries by file name, the records, and every finding so far."""

    entries: Mapping[str, Entry]
    records: Records
    findings: tuple[Finding, ...]

    def source(self, name: str) -> Source | None:
        """The text of a loaded file, for positions and excerpts."""
        entry = self.entries.get(name)
        return entry.source if entry else None

    @property
    def projects(self) -> tuple[str, ...]:
        """The ids of all projects that have an agreement file, readable or not."""
        return tuple(entry.id for entry in self.entries.values() if entry.kind is AGREEMENT)


def load(root: Path, schemas: Mapping[str, Schema]) -> Register:
    """Load all records of a repository; never raises for a user's mistake."""
    checkers = {kind: Checker(schema) for kind, schema in schemas.items()}
    entries: dict[str, Entry] = {}
    findings: list[Finding] = []
    for name in _files(root):
        known = kind_of(name)
        if known is None:
            findings.append(codes.MISPLACED.at(Place(file=name), "这个文件不在任何记录应在的位置上"))
            continue
        kind, record_id = known
        if record_id and not is_id(record_id):
            findings.append(codes.BAD_ID.at(Place(file=name), f"编号“{record_id}”不合规范"))
        entries[name], found = _entry(read(root, name), kind, record_id, checkers[kind.name])
        findings += found
    findings += _gaps(root, entries)
    return Register(entries=entries, records=_records(entries), findings=arrange(findings))


def _entry(source: Source, kind: Kind, record_id: str, checker: Checker) -> tuple[Entry, tuple[Finding, ...]]:
    if source.data is None:
        broken = Entry(kind=kind, id=record_id, source=source, record=None, broken=source.broken)
        return broken, source.findings
    checked = checker.check(source)
    data: dict[str, Any] = dict(checked.data)
    if kind.id_field:
        data[kind.id_field] = record_id
    if kind is AGREEMENT:
        data["declined"] = dict(checked.declined)
    record = msgspec.convert(data, kind.record)
    entry = Entry(kind=kind, id=record_id, source=source, record=record, broken=checked.broken)
    return entry, (*source.findings, *checked.findings)


def _files(root: Path) -> Iterator[str]:
    """Every file under `agreements/` as a repository-relative path, in order; links are not followed."""
    for folder, folders, files in os.walk(root / AGREEMENTS):
        folders.sort()
        base = Path(folder).relative_to(root).as_posix()
        yield from (f"{base}/{name}" for name in sorted(files) if not name.startswith("."))
        twins = [name for name in folders if name.endswith(".yaml")]
        yield from (f"{base}/{name}" for name in twins)


def _gaps(root: Path, entries: Mapping[str, Entry]) -> Iterator[Finding]:
    if COLLEGE.file() not in entries:
        yield codes.NO_COLLEGE.at(Place(file=COLLEGE.file()), "缺少学校信息文件 agreements/college.yaml")
    projects = root / AGREEMENTS / "projects"
    folders = sorted(path.name for path in projects.iterdir() if path.is_dir()) if projects.is_dir() else []
    for project in folders:
        if AGREEMENT.file(project) not in entries:
            place = Place(file=f"{AGREEMENTS}/projects/{project}")
            yield codes.EMPTY_PROJECT.at(place, f"项目 {project} 里没有 agreement.yaml")


def _records(entries: Mapping[str, Entry]) -> Records:
    def of(kind: Kind) -> dict[str, Any]:
        return {entry.id: entry.record for entry in entries.values() if entry.kind is kind and entry.record}

    return Records(
        college=of(COLLEGE).get(""),
        enterprises=of(ENTERPRISE),
        agreements=of(AGREEMENT),
        known_enterprises=frozenset(entry.id for entry in entries.values() if entry.kind is ENTERPRISE),
    )
