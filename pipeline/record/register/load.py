"""Loading: every file is read, checked and made a record; whatever is wrong becomes a finding."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from pipeline.kernel.codes import placing
from pipeline.kernel.finding import DataPath, Finding, Place, arrange
from pipeline.kernel.visible import escape_controls
from pipeline.record.model import Records
from pipeline.record.model.records import FoundNumber, UnknownId
from pipeline.record.register.by_name import by_names
from pipeline.record.register.grown import grown
from pipeline.record.register.kinds import AGREEMENT, AGREEMENTS, COLLEGE, ENTERPRISE, TRAIL, Kind, kind_of
from pipeline.record.register.misplaced import misplaced
from pipeline.record.register.personal import numbers_in, numbers_in_bytes, numbers_in_name
from pipeline.record.register.unknown_ids import finding_of, ruled, unknown
from pipeline.record.rounds.on_disk import kept
from pipeline.record.schema import Schema
from pipeline.record.schema.validate import Checker
from pipeline.record.tree import Folder, Tree
from pipeline.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file: its text with positions, its record (None when it is broken), and the places already reported.

    `id` is the record's key: the ids of its path, joined by `/`.
    """

    kind: Kind
    id: str
    source: Source
    record: Any
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


def load(root: Path | Tree, schemas: Mapping[str, Schema]) -> Register:
    """Load all records of a work tree (its root) or of a commit; never raises for a user's mistake."""
    tree = Folder(root) if isinstance(root, Path) else root
    checkers: dict[str, Checker] = {}
    classes: dict[str, type[Any]] = {}
    entries: dict[str, Entry] = {}
    findings: list[Finding] = []
    shaped: dict[str, tuple[Finding, ...]] = {}
    astray: set[str] = set()
    trail: list[str] = []
    misnamed: set[tuple[str, str]] = set()  # a folder's name is wrong once, whatever lies in it
    for name in tree.names(AGREEMENTS):
        known = kind_of(name)
        if known is None and name.startswith(TRAIL):
            trail.append(name)
            continue
        if known is None:
            findings.append(misplaced(name))
            astray.add(name)
            continue
        kind, key = known
        wrong = [fault for fault in kind.faults(key) if fault not in misnamed]
        findings += (placing.BAD_ID.at(Place(file=name), message) for _, message in wrong)
        misnamed.update(wrong)
        if kind.name not in checkers:
            checkers[kind.name] = Checker(schemas[kind.name])
            classes[kind.name] = grown(kind.record, schemas[kind.name].root)
        source = tree.read(name)
        entries[name], shaped[name] = _entry(source, kind, key, checkers[kind.name], classes[kind.name])
    findings += _gaps(tree, entries, astray)
    records = _with_trail(_records(entries), tree, trail, schemas)
    for name, found in shaped.items():
        entries[name], found = _named(entries[name], found, schemas, records)
        findings += found
    ids, found = _unknown_ids(entries, schemas, records)
    records = replace(records, unknown=ids, numbers=tuple(_numbers(tree, entries, [*trail, *astray])))
    findings += found
    return Register(entries=entries, records=records, findings=arrange(findings))


def _entry(
    source: Source, kind: Kind, key: str, checker: Checker, record_class: type[Any]
) -> tuple[Entry, tuple[Finding, ...]]:
    if source.data is None:
        broken = Entry(kind=kind, id=key, source=source, record=None, broken=source.broken)
        return broken, source.findings
    checked = checker.check(source)
    data: dict[str, Any] = {**checked.data, **kind.ids(key)}
    if checked.declined:
        data["declined"] = dict(checked.declined)
    printable = escape_controls(key, keep="") == key  # of another name nothing can be printed anywhere
    record = msgspec.convert(data, record_class) if printable else None
    entry = Entry(kind=kind, id=key, source=source, record=record, broken=checked.broken)
    return entry, (*source.findings, *checked.findings)


def _unknown_ids(
    entries: Mapping[str, Entry], schemas: Mapping[str, Schema], records: Records
) -> tuple[tuple[UnknownId, ...], tuple[Finding, ...]]:
    """The ids that name nothing: those that rules look after, and the findings about the others."""
    kept: list[UnknownId] = []
    findings: list[Finding] = []
    for entry in entries.values():
        for one in unknown(entry.kind, entry.id, entry.source, schemas[entry.kind.name], records):
            if ruled(entry.kind, one):
                kept.append(one)
            else:
                findings.append(finding_of(one, entry.source))
    return tuple(kept), tuple(findings)


def _named(
    entry: Entry, findings: tuple[Finding, ...], schemas: Mapping[str, Schema], records: Records
) -> tuple[Entry, tuple[Finding, ...]]:
    """The entry and its findings, where a name stands for an id with that id."""
    if entry.source.data is None or not findings:
        return entry, findings
    project = entry.id.split("/")[0] if "project" in entry.kind.names else ""
    found = by_names(findings, entry.source.data, schemas[entry.kind.name], records, project)
    meant = {(*one.path[:-1], one.fix.text) for one in found if one.fix and one.fix.key and one.path}
    return replace(entry, broken=entry.broken | meant), found


def _gaps(tree: Tree, entries: Mapping[str, Entry], astray: Collection[str]) -> Iterator[Finding]:
    if COLLEGE.file() not in entries:
        yield placing.NO_COLLEGE.at(Place(file=COLLEGE.file()), "缺少学校信息文件 agreements/college.yaml")
    projects = _projects(entries)
    for project in tree.folders(f"{AGREEMENTS}/projects"):
        if project not in projects and not any(
            name.startswith(f"{AGREEMENTS}/projects/{project}/") for name in astray
        ):
            place = Place(file=f"{AGREEMENTS}/projects/{project}")
            yield placing.EMPTY_PROJECT.at(place, f"项目 {project} 里一份记录也没有")


def _records(entries: Mapping[str, Entry]) -> Records:
    kept: dict[str, Any] = {}
    for entry in entries.values():
        if entry.record is None:
            continue
        if entry.kind.names:
            kept.setdefault(entry.kind.within, {})[entry.id] = entry.record
        else:
            kept[entry.kind.within] = entry.record
    return Records(
        **kept,
        known_enterprises=frozenset(entry.id for entry in entries.values() if entry.kind is ENTERPRISE),
        known_projects=frozenset(_projects(entries)),
        broken=frozenset(name for name, entry in entries.items() if entry.record is None),
    )


def _with_trail(records: Records, tree: Tree, names: Sequence[str], schemas: Mapping[str, Schema]) -> Records:
    """The records with what the trail's files say of them; links and what cannot be read say nothing."""
    if not names or "governance" not in schemas:
        return records
    trail = kept(
        [name for name in names if tree.plain(name)], tree.content, schemas["governance"], records.college
    )
    return replace(records, governance=trail.governance, governed_since=trail.since, consents=trail.consents)


def _numbers(tree: Tree, entries: Mapping[str, Entry], others: Collection[str]) -> Iterator[FoundNumber]:
    """What belongs to a person in any file, whether or not it is a record."""
    for name, entry in entries.items():
        yield from numbers_in_name(name)
        yield from numbers_in(entry.source)
    for name in sorted(others):
        yield from numbers_in_name(name)
        if tree.plain(name):
            yield from numbers_in_bytes(name, tree.content(name))


def _projects(entries: Mapping[str, Entry]) -> set[str]:
    """The projects that have any file, readable or not."""
    return {entry.id.split("/")[0] for entry in entries.values() if "project" in entry.kind.names}
