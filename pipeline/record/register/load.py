"""Loading: every file is read, checked and made a record; whatever is wrong becomes a finding."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from pipeline.kernel.codes import placing, shape
from pipeline.kernel.finding import Finding, Place, arrange
from pipeline.kernel.laid_aside import Aside, LeftThere
from pipeline.kernel.recall import NOTHING_KEPT, Recall, digest
from pipeline.kernel.structs import Struct, field, replace
from pipeline.record.kinds import AGREEMENT, COLLEGE, ENTERPRISE, kind_of
from pipeline.record.model import Records
from pipeline.record.model.records import FoundNumber, UnknownId, telling, with_one
from pipeline.record.places import PROJECTS, project_of
from pipeline.record.register.briefs import renewed
from pipeline.record.register.by_name import by_names
from pipeline.record.register.entry import Entry, Readers
from pipeline.record.register.file_shape import FileShape, HeldShape
from pipeline.record.register.held import Held, shelf
from pipeline.record.register.listed import Ahead, listed
from pipeline.record.register.personal_numbers import numbers_in_bytes, numbers_in_name
from pipeline.record.register.unfinished import as_draft, with_begun
from pipeline.record.register.unknown_ids import finding_of, known_everywhere, ruled, unknown
from pipeline.record.rounds.on_disk import kept
from pipeline.record.schema import Schema
from pipeline.record.tree import Folder, Tree
from pipeline.source import Source


class Register(Struct, frozen=True, kw_only=True, dict=True):
    """All that was found under `agreements/`: entries by file name, the records, and every finding so far.

    `found` are the findings of each file alone and of its place, `unknown` by file the ids that name nothing, untold by rules.
    """

    entries: Mapping[str, Entry]
    records: Records
    found: tuple[Finding, ...]
    unknown: Mapping[str, tuple[UnknownId, ...]] = field(default_factory=dict)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of loading, in order, those about ids that name nothing among them."""
        return arrange((*self.found, *(one for name in self.unknown for one in self.unnamed(name))))

    def unnamed(self, name: str) -> tuple[Finding, ...]:
        """The findings about ids of one file that name nothing."""
        return tuple(finding_of(one, self.entries[name].source) for one in self.unknown.get(name, ()))

    def source(self, name: str) -> Source | None:
        """The text of a loaded file, for positions and excerpts."""
        entry = self.entries.get(name)
        return entry.source if entry else None

    def reading(self, name: str) -> Records:
        """The records as the paper of one file sees them: with that file, though it be a draft."""
        entry = self.entries.get(name)
        if entry is None or not entry.draft or entry.held.empty:
            return self.records
        key = entry.id if entry.kind.names else ""
        return with_one(self.records, entry.kind.within, key, entry.record)

    def hold(self) -> None:
        """Hold the bytes of all files from now on: for work that takes so long that somebody may save one meanwhile."""
        aside = Aside()
        for entry in self.entries.values():
            if isinstance(entry.stored, LeftThere):
                entry.stored.hold(aside)

    @property
    def nameable(self) -> Records:
        """The records by which names are understood: with the companies that are drafts and count nowhere."""
        return with_begun(self.records, self.entries)

    @property
    def drafted(self) -> Mapping[str, Records]:
        """For each draft, the records as its paper sees them."""
        return {name: self.reading(name) for name in self.records.drafts}

    @property
    def projects(self) -> tuple[str, ...]:
        """The ids of all projects that have an agreement file, readable or not."""
        return tuple(entry.id for entry in self.entries.values() if entry.kind is AGREEMENT)


Helping = Callable[[Ahead, Sequence[tuple[str, bytes]]], Iterable[tuple[str, FileShape]]]
"""Who works out the shapes of files, given by name and bytes, for us: all, some or none of them."""


def load(
    root: Path | Tree,
    schemas: Mapping[str, Schema],
    recall: Recall = NOTHING_KEPT,
    elsewhere: Helping | None = None,
) -> Register:
    """Load all records of a work tree (its root) or of a commit; never raises for a user's mistake.

    What `recall` does not know may be worked out `elsewhere`.
    """
    tree = Folder(root) if isinstance(root, Path) else root
    readers, files = Readers(schemas, recall, Aside()), listed(tree)
    # Who belongs to which department decides what the trail says, and what it says is told to all who help.
    first, rest = ([one for one in files.read if (one[1] is COLLEGE) is wanted] for wanted in (True, False))
    made = {one[0]: readers.entry(*one) for one in first}
    college = records_of({name: entry for name, (entry, _) in made.items()})
    told, of_trail = _with_trail(college, tree, files.trail, schemas, recall)
    if elsewhere is not None:
        readers.ask(partial(elsewhere, files.ahead(told)), rest)
    made.update((one[0], readers.entry(*one)) for one in rest)
    entries = {one[0]: made[one[0]][0] for one in files.read}
    shaped = {name: found for name, (_, found) in made.items()}
    trail, astray, findings = files.trail, files.astray, files.findings
    records = telling(records_of(entries), told)
    findings += (*_gaps(tree, records, entries, astray), *of_trail)
    for name, found in shaped.items():
        entries[name], found = _named(entries[name], found, schemas, records)
        findings += as_draft(entries[name], found, schemas)
    ids, others = _unknown_ids(entries, records)
    numbers = tuple(_numbers(tree, entries, [*trail, *astray], recall))
    records = replace(records, unknown=ids, numbers=numbers)
    readers.keep(entries)
    return Register(entries=entries, records=records, found=arrange(findings), unknown=others)


def part_of(entries: Mapping[str, Entry], told: Records) -> Register:
    """A register of some files, with what all of them together tell: the trail, and which partners and projects there are."""
    records = replace(
        telling(records_of(entries), told),
        known_enterprises=told.known_enterprises,
        known_projects=told.known_projects,
    )
    ids, others = _unknown_ids(entries, records)
    return Register(entries=entries, records=replace(records, unknown=ids), found=(), unknown=others)


def with_file(
    register: Register,
    name: str,
    content: bytes,
    schemas: Mapping[str, Schema],
    recall: Recall = NOTHING_KEPT,
) -> Register:
    """A register with one record's file as it is being written; of the others it says what it said before."""
    kind, key = kind_of(name) or (AGREEMENT, "")
    entry, shaped = Readers(schemas, recall).entry(name, kind, key, content)
    was, entries = register.records, {**register.entries, name: entry}
    records = telling(records_of(entries), was)
    entries[name], found = _named(entry, shaped, schemas, records)
    found = as_draft(entries[name], found, schemas)
    ids, unnamed = _unknown_ids({name: entries[name]}, records)
    records = replace(
        records,
        unknown=(*(one for one in was.unknown if one.file != name), *ids),
        numbers=(*(one for one in was.numbers if one.file != name), *entry.numbers),
    )
    others = (one for one in register.found if one.place.file != name)
    return Register(
        entries=entries,
        records=records,
        found=(*others, *found),
        unknown={**{one: some for one, some in register.unknown.items() if one != name}, **unnamed},
    )


def _unknown_ids(
    entries: Mapping[str, Entry], records: Records
) -> tuple[tuple[UnknownId, ...], Mapping[str, tuple[UnknownId, ...]]]:
    """The ids that name nothing: those that rules look after, and the others by file."""
    kept: list[UnknownId] = []
    others: dict[str, list[UnknownId]] = {}
    everywhere = known_everywhere(records)
    named = {one for entry in entries.values() if entry.brief is not None for one in entry.brief.ids}
    lost = {(name, field) for name, entry in entries.items() for field in entry.lost}
    nothing = {one for one in named if (word := one.partition(" "))[2] not in everywhere[word[0]]}
    for name, entry in entries.items():
        if entry.brief is not None and nothing.isdisjoint(entry.brief.ids):
            continue
        # Nearly every id names what it may name anywhere; only the rest is looked into.
        some = [
            spot
            for spot in entry.spots
            if spot.choices is not None or spot.id not in everywhere.get(spot.reference, ())
        ]
        for one in unknown(entry.kind, entry.id, some, records, lost) if some else ():
            if ruled(entry.kind, one):
                kept.append(one)
            elif not entry.silent(one.path):  # a name instead of an id is told of already
                others.setdefault(name, []).append(one)
    return tuple(kept), {name: tuple(some) for name, some in others.items()}


def _named(
    entry: Entry, findings: tuple[Finding, ...], schemas: Mapping[str, Schema], records: Records
) -> tuple[Entry, tuple[Finding, ...]]:
    """The entry and its findings, where a name stands for an id with that id."""
    if not findings or not entry.source.read or all(one.code != shape.TYPE.code for one in findings):
        return entry, findings
    data = entry.source.data or {}
    project = entry.id.split("/")[0] if "project" in entry.kind.names else ""
    found = by_names(findings, data, schemas[entry.kind.name], records, project)
    meant = {(*one.path[:-1], one.fix.text) for one in found if one.fix and one.fix.key and one.path}
    if not meant:
        return entry, found
    mark = digest(entry.digest, *sorted(map(repr, meant)))  # what is said of it depends on others now
    told = HeldShape(replace(entry.told.shape, broken=entry.broken | meant))
    return replace(entry, told=told, digest=mark), found


def _gaps(tree: Tree, records: Records, files: Container[str], astray: Collection[str]) -> Iterator[Finding]:
    if COLLEGE.file() not in files:
        yield placing.NO_COLLEGE.at(Place(file=COLLEGE.file()), "缺少学校信息文件 agreements/college.yaml")
    for project in tree.folders(PROJECTS):
        if project not in records.known_projects and all(project_of(name) != project for name in astray):
            place = Place(file=f"{PROJECTS}/{project}")
            yield placing.EMPTY_PROJECT.at(place, f"项目 {project} 里一份记录也没有")


def records_of(entries: Mapping[str, Entry]) -> Records:
    """The records of some files, and which there are; what only all files together tell is not among it."""
    # A shelf without records is one too: what was remembered of their fields is asked of it again.
    kept: dict[str, dict[str, Held]] = {AGREEMENT.within: {}}
    single: dict[str, Any] = {}
    broken, drafts, enterprises, projects = set[str](), set[str](), set[str](), set[str]()
    for name, entry in entries.items():
        kind = entry.kind
        if kind is ENTERPRISE:
            enterprises.add(entry.id)
        elif "project" in kind.names:
            projects.add(entry.id.partition("/")[0])
        if entry.held.empty:
            broken.add(name)
        elif entry.draft:
            drafts.add(name)
        elif kind.names:
            kept.setdefault(kind.within, {})[entry.id] = entry.held
        else:
            single[kind.within] = entry.record
    single |= {within: shelf(held) for within, held in kept.items()}
    return Records(
        **single,
        known_enterprises=frozenset(enterprises),
        known_projects=frozenset(projects),
        broken=frozenset(broken),
        drafts=frozenset(drafts),
        renewals=_renewals(entries.values()),
    )


def _renewals(entries: Iterable[Entry]) -> Mapping[str, tuple[str, ...]]:
    """Which agreements go on with which: told by their ids, so that no agreement need be unpacked for it."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        if entry.kind is AGREEMENT and not entry.held.empty and not entry.draft:
            for one in entry.brief.renews if entry.brief is not None else renewed(entry.spots):
                found[one] = (*found.get(one, ()), entry.id)
    return found


def _with_trail(
    records: Records, tree: Tree, names: Sequence[str], schemas: Mapping[str, Schema], recall: Recall
) -> tuple[Records, tuple[Finding, ...]]:
    """The records with what the trail's files say of them; links and what cannot be read say nothing."""
    if not names or "governance" not in schemas:
        return records, ()
    plain = [name for name in names if tree.plain(name)]
    trail = kept(plain, tree.content, lambda: schemas["governance"], records.college, recall)
    made = replace(
        records,
        governance=trail.governance,
        governed_since=trail.since,
        ruled_at=trail.rows,
        consents=trail.consents,
    )
    return made, trail.findings


def _numbers(
    tree: Tree, entries: Mapping[str, Entry], others: Collection[str], recall: Recall
) -> Iterator[FoundNumber]:
    """What belongs to a person in any file, whether or not it is a record."""
    for name, entry in entries.items():
        yield from entry.numbers if entry.digest else numbers_in_name(name)
    for name in sorted(others):
        yield from numbers_in_name(name)
        if tree.plain(name):
            content = tree.content(name)
            found = partial(_of_bytes, name, content)
            yield from recall.kept("numbers", name, digest(name, content), tuple[FoundNumber, ...], found)


def _of_bytes(name: str, content: bytes) -> tuple[FoundNumber, ...]:
    return tuple(numbers_in_bytes(name, content))
