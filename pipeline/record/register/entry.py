"""One file of the register: what its bytes tell, worked out or recalled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from pipeline.kernel.finding import DataPath, Finding
from pipeline.kernel.laid_aside import Aside, LaidAside
from pipeline.kernel.recall import Recall, digest
from pipeline.kernel.structs import Struct, replace
from pipeline.kernel.visible import escape_controls
from pipeline.record.kinds import Kind
from pipeline.record.model.records import FoundNumber
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


class Entry(Struct, frozen=True, kw_only=True):
    """One file: its source, its record (None when it is broken), and the places already reported.

    `id` is the record's key: the ids of its path, joined by `/`. `digest` is that of its path and bytes. A `draft`
    is no record of the college's yet.
    """

    kind: Kind
    id: str
    source: Source
    held: Held
    broken: frozenset[DataPath]
    spots: tuple[IdSpot, ...] = ()
    numbers: tuple[FoundNumber, ...] = ()
    digest: bytes = b""
    draft: bool = False

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


class FileShape(Struct, frozen=True, kw_only=True):
    """All that the path and bytes of one file tell.

    `record` is packed: None where there is none, empty where it is kept by itself.
    `findings` are those of the shape, after those of the writing; `plain`, `read` and `sections` are what `Source` says of itself.
    """

    record: bytes | None = None
    writing: tuple[Finding, ...]
    unread: frozenset[DataPath]
    plain: bool
    read: bool
    sections: bytes = b""
    findings: tuple[Finding, ...] = ()
    broken: frozenset[DataPath]
    spots: tuple[IdSpot, ...] = ()
    numbers: tuple[FoundNumber, ...] = ()
    draft: bool = False


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
        self._brought: dict[str, tuple[bytes, FileShape]] = {}

    def ask(self, elsewhere: Elsewhere, files: Iterable[tuple[str, Kind, str, bytes | Finding]]) -> None:
        """Have worked out elsewhere what is not known of some files whose entries are to be made."""
        due: dict[str, tuple[bytes, bytes]] = {}
        for name, kind, _, content in files:
            if isinstance(content, bytes):
                mark = self._mark(name, kind, content)
                known = self._recall.latest(_SHAPE, name, mark, FileShape)
                if known is None:
                    due[name] = content, mark
                else:
                    self._brought[name] = mark, known
        for name, shape in elsewhere([(name, content) for name, (content, _) in due.items()]):
            mark = due[name][1]
            self._keep(name, mark, shape)
            self._brought[name] = mark, shape

    def _mark(self, name: str, kind: Kind, content: bytes) -> bytes:
        return digest(kind.name, name, content, self._under)

    def _keep(self, name: str, mark: bytes, shape: FileShape) -> None:
        """Keep a record apart from what every look at its file needs: most records are not looked at again."""
        if shape.record is not None:
            self._recall.keep(_RECORD, name, mark, shape.record)
        self._recall.keep(_SHAPE, name, mark, replace(shape, record=shape.record and b""))

    def _shape(self, name: str, kind: Kind, key: str, content: bytes) -> tuple[bytes, FileShape]:
        """The mark and the shape of a file, worked out if nobody knows it."""
        brought = self._brought.pop(name, None)
        if brought is not None:
            return brought
        mark = self._mark(name, kind, content)
        known = self._recall.latest(_SHAPE, name, mark, FileShape)
        if known is None:
            known = self.shape(name, kind, key, content)
            self._keep(name, mark, known)
        return mark, known

    def _packed(self, name: str, kind: Kind, key: str, source: Source, mark: bytes) -> bytes:
        """The record of a file, packed, as it is kept or else as it is worked out once more."""
        kept = self._recall.latest(_RECORD, name, mark, bytes)
        return kept or self.shape(name, kind, key, source.content).record or b""

    def entry(
        self, name: str, kind: Kind, key: str, content: bytes | Finding
    ) -> tuple[Entry, tuple[Finding, ...]]:
        """The entry of a file with all findings about its writing and shape."""
        given = content, self._under  # the very same bytes are told by their address
        return self._recall.in_process("entry", name, given, lambda: self._entry(name, kind, key, content))

    def _entry(
        self, name: str, kind: Kind, key: str, content: bytes | Finding
    ) -> tuple[Entry, tuple[Finding, ...]]:
        if isinstance(content, Finding):
            source = unread(name, (content,))
            nothing = Held(None, None)
            return Entry(kind=kind, id=key, source=source, held=nothing, broken=source.broken), (content,)
        mark, shape = self._shape(name, kind, key, content)
        source = Source(
            name=name,
            stored=self._aside.put(content) if self._aside else content,
            findings=shape.writing,
            broken=shape.unread,
            plain=shape.plain,
            read=shape.read,
            sections=shape.sections,
        )
        packed: bytes | LaidAside | Fetched | None = shape.record
        if packed == b"":
            packed = Fetched(partial(self._packed, name, kind, key, source, mark))
        elif shape.record and self._aside:
            packed = self._aside.put(shape.record)
        held = Held(self._class(kind), packed, mark=mark)
        entry = Entry(
            kind=kind,
            id=key,
            source=source,
            held=held,
            broken=shape.broken,
            spots=shape.spots,
            numbers=shape.numbers,
            digest=mark,
            draft=shape.draft,
        )
        return entry, (*shape.writing, *shape.findings)

    def shape(self, name: str, kind: Kind, key: str, content: bytes) -> FileShape:
        """All that the path and bytes of a file tell."""
        source = load_source(name, content)
        if source.data is None:
            return FileShape(
                writing=source.findings,
                unread=source.broken,
                plain=source.plain,
                read=source.read,
                sections=source.sections,
                broken=source.broken,
                numbers=(*numbers_in_name(name), *numbers_in(source)),
            )
        schema = self._schemas[kind.name]
        checked = self._checker(kind).check(source)
        data: dict[str, Any] = {**checked.data, **kind.ids(key)}
        if checked.declined:
            data["declined"] = dict(checked.declined)
        printable = escape_controls(key, keep="") == key  # of another name nothing can be printed anywhere
        record = msgspec.convert(data, self._class(kind)) if printable else None
        return FileShape(
            record=bytes(memoryview(msgspec.msgpack.encode(record))) if printable else None,
            writing=source.findings,
            unread=source.broken,
            plain=source.plain,
            read=source.read,
            sections=source.sections,
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
