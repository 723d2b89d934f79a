"""One file of the register: what its bytes tell, worked out or recalled."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import msgspec

from pipeline.kernel.finding import DataPath, Finding
from pipeline.kernel.laid_aside import Aside, LaidAside, LeftThere, Stored, content_of
from pipeline.kernel.recall import Recall, digest
from pipeline.kernel.structs import Struct, replace
from pipeline.kernel.visible import escape_controls
from pipeline.record.kinds import Kind
from pipeline.record.model.records import FoundNumber
from pipeline.record.register.briefs import Brief, Briefs, in_brief
from pipeline.record.register.file_shape import FileShape, HeldShape
from pipeline.record.register.grown import grown
from pipeline.record.register.held import Fetched, Held
from pipeline.record.register.personal_numbers import numbers_in, numbers_in_name
from pipeline.record.register.unknown_ids import IdSpot, spots
from pipeline.record.schema import Schema, Schemas
from pipeline.source import Source
from pipeline.source import load as load_source
from pipeline.source.loader import unread

if TYPE_CHECKING:
    from pipeline.record.schema.validate import Checker


class Entry(Struct, frozen=True, kw_only=True, dict=True):
    """One file: its source, its record (None when it is broken), and the places already reported.

    `id` is the record's key: the ids of its path, joined by `/`. `digest` is that of its path and bytes. A `draft`
    is no record of the college's yet. Where its `brief` says all that is asked of every file, the rest of what it
    `told` is fetched when somebody asks for it.
    """

    kind: Kind
    id: str
    name: str
    stored: Stored = b""
    held: Held
    told: HeldShape
    brief: Brief | None = None
    digest: bytes = b""
    draft: bool = False

    @cached_property
    def source(self) -> Source:
        """The file as read."""
        shape = self.told.shape
        return Source(
            name=self.name,
            stored=self.stored,
            findings=shape.writing,
            broken=shape.unread,
            plain=shape.plain,
            read=shape.read,
            sections=shape.sections,
        )

    @property
    def broken(self) -> frozenset[DataPath]:
        """The places in it that are reported already."""
        return self.told.shape.broken

    @property
    def lost(self) -> Iterator[str]:
        """Its fields of which nothing is known, because they are reported as a whole."""
        return iter(()) if self.brief is not None else (str(one[0]) for one in self.broken if len(one) == 1)

    @property
    def spots(self) -> tuple[IdSpot, ...]:
        """The ids in it that must name something."""
        return self.told.shape.spots

    @property
    def numbers(self) -> tuple[FoundNumber, ...]:
        """The numbers of persons in it."""
        return () if self.brief is not None else self.told.shape.numbers

    @property
    def record(self) -> Any:
        """The record; None where there is none."""
        return self.held.record

    def silent(self, path: DataPath) -> bool:
        """Whether a fault at a path has been reported already: there, above it, or inside it."""
        return any(
            path[: len(place)] == place or (len(path) > 1 and place[: len(path)] == path)
            for place in self.broken
        )


_SHAPE, _RECORD = "shape", "record"
"""What is remembered of a file: all but its record, and that."""


Elsewhere = Callable[[Sequence[tuple[str, bytes]]], Iterable[tuple[str, FileShape]]]
"""Who works out the shapes of files, given by name and bytes, for us: all, some or none of them."""


class Readers:
    """Makes entries of files; each kind of record has one checker. Not for use in two threads.

    Of many files, bytes and packed records are laid `aside`.
    """

    def __init__(self, schemas: Mapping[str, Schema], recall: Recall, aside: Aside | None = None) -> None:
        self._schemas = schemas
        self._aside = aside
        self._recall = recall
        self._under = schemas.digest if isinstance(schemas, Schemas) else ""
        self._checkers: dict[str, Checker] = {}
        self._classes: dict[str, type[Any]] = {}
        self._briefs = Briefs(recall)
        self._brought: dict[str, tuple[bytes, FileShape | Brief]] = {}

    def ask(
        self, elsewhere: Elsewhere, files: Iterable[tuple[str, Kind, str, bytes | LeftThere | Finding]]
    ) -> None:
        """Have worked out elsewhere what is not known of some files whose entries are to be made."""
        due: dict[str, tuple[bytes, bytes]] = {}
        for name, kind, _, content in files:
            if isinstance(content, bytes):
                mark = self._mark(name, kind, content)
                known = self._known(name, mark)
                if known is None:
                    due[name] = content, mark
                else:
                    self._brought[name] = mark, known
        for name, shape in elsewhere([(name, content) for name, (content, _) in due.items()]):
            mark = due[name][1]
            self._keep(name, mark, shape)
            self._brought[name] = mark, shape

    def _mark(self, name: str, kind: Kind, content: bytes | LeftThere) -> bytes:
        told = content.digest if isinstance(content, LeftThere) else hashlib.sha256(content).digest()
        return digest(kind.name, name, told, self._under)

    def _keep(self, name: str, mark: bytes, shape: FileShape) -> None:
        """Keep a record apart from what every look at its file needs: most records are not looked at again."""
        if shape.record is not None:
            self._recall.keep(_RECORD, name, mark, shape.record)
        self._recall.keep(_SHAPE, name, mark, replace(shape, record=shape.record and b""))

    def _known(self, name: str, mark: bytes) -> FileShape | Brief | None:
        """What is known of a file: in brief, where that says enough of it."""
        return self._briefs.of(name, mark) or self._recall.latest(_SHAPE, name, mark, FileShape)

    def _shape(self, name: str, kind: Kind, key: str, stored: Stored, mark: bytes) -> FileShape:
        """The shape of a file as it is kept, else worked out."""
        known = self._recall.latest(_SHAPE, name, mark, FileShape)
        if known is None:
            known = self.shape(name, kind, key, content_of(stored))
            self._keep(name, mark, known)
        return known

    def _packed(self, name: str, kind: Kind, key: str, stored: Stored, mark: bytes) -> bytes:
        """The record of a file, packed, as it is kept or else as it is worked out once more."""
        kept = self._recall.latest(_RECORD, name, mark, bytes)
        return kept or self.shape(name, kind, key, content_of(stored)).record or b""

    def keep(self, names: Collection[str]) -> None:
        """Remember in brief what the files tell, now that all have been read."""
        self._briefs.keep(names)

    def entry(
        self, name: str, kind: Kind, key: str, content: bytes | LeftThere | Finding
    ) -> tuple[Entry, tuple[Finding, ...]]:
        """The entry of a file with all findings about its writing and shape."""
        given = content, self._under  # the very same bytes are told by their address
        return self._recall.in_process("entry", name, given, lambda: self._entry(name, kind, key, content))

    def _entry(
        self, name: str, kind: Kind, key: str, content: bytes | LeftThere | Finding
    ) -> tuple[Entry, tuple[Finding, ...]]:
        if isinstance(content, Finding):
            return self._unread(name, kind, key, content), (content,)
        brought = self._brought.pop(name, None)
        mark, known = self._found(name, kind, key, content) if brought is None else brought
        brief = known if isinstance(known, Brief) else in_brief(known, mark)
        stored: Stored = content
        if self._aside and not (isinstance(content, LeftThere) and isinstance(known, Brief)):
            stored = self._aside.put(content_of(content))
        about = name, kind, key, stored, mark
        if isinstance(known, Brief):
            told, draft = HeldShape(None, partial(self._shape, *about)), False
        else:
            told, draft = HeldShape(replace(known, record=known.record and b"")), known.draft
            if brief is not None:
                self._briefs.add(name, brief)
        entry = Entry(
            kind=kind,
            id=key,
            name=name,
            stored=stored,
            held=Held(self._class(kind), self._laid(known, partial(self._packed, *about)), mark=mark),
            told=told,
            brief=brief,
            digest=mark,
            draft=draft,
        )
        return entry, () if isinstance(known, Brief) else (*known.writing, *known.findings)

    def _unread(self, name: str, kind: Kind, key: str, content: Finding) -> Entry:
        """The entry of a file that could not be read."""
        source = unread(name, (content,))
        return Entry(kind=kind, id=key, name=name, held=Held(None, None), told=HeldShape(_as_read(source)))

    def _found(
        self, name: str, kind: Kind, key: str, content: bytes | LeftThere
    ) -> tuple[bytes, FileShape | Brief]:
        mark = self._mark(name, kind, content)
        return mark, self._briefs.of(name, mark) or self._shape(name, kind, key, content, mark)

    def _laid(
        self, known: FileShape | Brief, fetch: Callable[[], bytes]
    ) -> bytes | LaidAside | Fetched | None:
        """The packed record, where it is to be held here."""
        if isinstance(known, Brief) or known.record == b"":
            return Fetched(fetch)
        return self._aside.put(known.record) if known.record and self._aside else known.record

    def shape(self, name: str, kind: Kind, key: str, content: bytes) -> FileShape:
        """All that the path and bytes of a file tell."""
        source = load_source(name, content)
        if source.data is None:
            return replace(_as_read(source), numbers=(*numbers_in_name(name), *numbers_in(source)))
        schema = self._schemas[kind.name]
        checked = self._checker(kind).check(source)
        data: dict[str, Any] = {**checked.data, **kind.ids(key)}
        if checked.declined:
            data["declined"] = dict(checked.declined)
        printable = escape_controls(key, keep="") == key  # of another name nothing can be printed anywhere
        record = msgspec.convert(data, self._class(kind)) if printable else None
        return replace(
            _as_read(source),
            record=bytes(memoryview(msgspec.msgpack.encode(record))) if printable else None,
            findings=checked.findings,
            broken=checked.broken,
            draft=checked.draft and not kind.drafts_count,
            spots=tuple(spots(kind, source.data, record, schema)),
            numbers=(*numbers_in_name(name), *numbers_in(source)),
        )

    def _class(self, kind: Kind) -> type[Any]:
        if kind.name not in self._classes:
            plain = bool(self._under) and self._recall.kept(
                "plain", kind.name, digest(self._under), bool, lambda: self._grown(kind) is kind.record
            )
            self._classes[kind.name] = kind.record if plain else self._grown(kind)
        return self._classes[kind.name]

    def _grown(self, kind: Kind) -> type[Any]:
        return grown(kind.record, self._schemas[kind.name].root)

    def _checker(self, kind: Kind) -> Checker:
        if kind.name not in self._checkers:
            from pipeline.record.schema.validate import Checker  # Cerberus comes along

            self._checkers[kind.name] = Checker(self._schemas[kind.name])
        return self._checkers[kind.name]


def _as_read(source: Source) -> FileShape:
    """What reading a file tells, before anybody asks what it says."""
    return FileShape(
        writing=source.findings,
        unread=source.broken,
        plain=source.plain,
        read=source.read,
        sections=source.sections,
        broken=source.broken,
    )
