"""One file from bytes to data: decode, look for hidden characters, parse, walk. Nothing here raises."""

from __future__ import annotations

from functools import lru_cache

from pipeline.kernel.codes import loading
from pipeline.kernel.collector import paused
from pipeline.kernel.finding import DataPath, Finding, Place
from pipeline.kernel.laid_aside import Stored, content_of
from pipeline.kernel.structs import Struct
from pipeline.source import colons, comments, off_screen, pasted
from pipeline.source.counted import CountedFindings
from pipeline.source.encoding import decode
from pipeline.source.nodes import MappingNode, Node, compose
from pipeline.source.positions import Positions
from pipeline.source.prepare import prepare
from pipeline.source.recover import parse
from pipeline.source.sections import section, sections_of
from pipeline.source.typed import Value, Walk


class Source(Struct, frozen=True, kw_only=True):
    """A record's file as read.

    `name` is repository-relative, `stored` its bytes, `findings` everything wrong with the writing. `broken` holds
    the paths of values already reported here (missing, doubtful or cleaned in `data`): later rooms say nothing about
    them, nor about their absence. `plain` tells that the data came from the text as it stands; else something that
    could not be read was taken for blank. Text and data are worked out when they are asked for: kept for every file,
    they would be ten times the size of the files.
    """

    name: str
    stored: Stored = b""
    findings: tuple[Finding, ...]
    broken: frozenset[DataPath]
    plain: bool = True
    read: bool = True
    """Whether there is any data in the file."""
    begun: bool = False
    """Whether a file without data is to count as a record with nothing in it yet."""
    sections: bytes = b""
    """See `sections_of`."""

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return content_of(self.stored)

    @property
    def text(self) -> str:
        """The decoded text as it stands ('' when it cannot be decoded)."""
        return _text(self.name, self.stored)

    @property
    def data(self) -> dict[str, Value] | None:
        """The typed values (None when broken beyond use)."""
        if not self.read:
            return {} if self.begun else None
        return take_apart(self.name, self.content).data

    @property
    def parsed(self) -> str | None:
        """The text the data came from, of the same length as `text`: what could not be read is blank in it."""
        if self.plain:
            return self.text
        return take_apart(self.name, self.content).parsed if self.stored else None

    def place(self, path: DataPath) -> Place:
        """Where the value at `path` stands; if it is missing, its nearest ancestor's key (or list item)."""
        return self._around(path).value(path)

    def key_place(self, path: DataPath) -> Place:
        """Where the key at `path` stands; of a list item, the item."""
        return self._around(path).key(path)

    def key_line(self, key: str) -> int:
        """The line (from 1) of a key of the whole file; 0 where it is not there."""
        if not self.sections:
            return self.key_place((key,)).line if key in (self.data or {}) else 0
        text = self.text
        start, end = section(self.sections, text, key)
        return text.count("\n", 0, start) + 1 if end else 0

    def text_place(self, path: DataPath, offset: int) -> Place:
        """Where the character at `offset` of the text value at `path` stands.

        Exact for one-line values and for blocks written with `|`; else the place of the value.
        """
        return self._around(path).inside(path, offset)

    def field_at(self, offset: int) -> str:
        """The key of the value that covers an offset of the text; empty where there is none, in a comment say."""
        steps = self._positions().steps_at(offset)
        return next((step.name for step in reversed(steps) if isinstance(step.name, str)), "")

    def _around(self, path: DataPath) -> Positions:
        """The places of the section that a path leads into, or of the whole file where it has none."""
        if not self.sections:
            return self._positions()
        text = self.text
        start, end = section(self.sections, text, path[0]) if path else (0, 0)
        part, above = text[start:end], text.count("\n", 0, start)
        return Positions(name=self.name, text=part, root=_tree(part) if part else None, above=above)

    def _positions(self) -> Positions:
        root = None if self.parsed is None else _tree(self.parsed)
        return Positions(name=self.name, text=self.parsed or "", root=root)


@lru_cache(maxsize=32)
def _tree(text: str) -> Node | None:
    """The nodes of a text, composed again: thirty times the size of the text, they are not kept for each file."""
    return compose(text)[0]


def load(name: str, content: bytes) -> Source:
    """Read one record; whatever an editor can do wrong becomes a finding in the result."""
    taken = take_apart(name, content)
    return Source(
        name=name,
        stored=content,
        findings=taken.findings,
        broken=taken.broken,
        plain=taken.plain,
        read=taken.data is not None,
        sections=taken.sections,
    )


@lru_cache(maxsize=16)
def _text(name: str, stored: Stored) -> str:
    return decode(name, content_of(stored)).text or ""


class Taken(Struct, frozen=True, kw_only=True):
    """All that is in a file; see `Source`."""

    data: dict[str, Value] | None
    findings: tuple[Finding, ...]
    broken: frozenset[DataPath]
    parsed: str | None
    plain: bool
    sections: bytes = b""


@lru_cache(maxsize=4)
def take_apart(name: str, content: bytes) -> Taken:
    """A file taken apart; the last few are kept, for whoever looks at one usually looks again."""
    with paused(when=len(content) > _LARGE):
        return _take(name, content)


_LARGE = 64 * 1024


def _take(name: str, content: bytes) -> Taken:
    decoded = decode(name, content)
    ledger = CountedFindings()
    ledger.extend(decoded.findings)
    if decoded.text is None:
        broken: frozenset[DataPath] = frozenset()
        return Taken(data=None, findings=ledger.findings(), broken=broken, parsed=None, plain=False)
    prepared = prepare(name, decoded.text, ledger)
    parsed = parse(name, prepared.text, ledger)
    positions = Positions(name=name, text=parsed.text, root=parsed.root)
    walk = Walk(positions, ledger, dirty=prepared.dirty)
    data = walk.mapping(parsed.root) if isinstance(parsed.root, MappingNode) else None
    for spoilt, mistake in colons.swallowed(positions):
        ledger.add(
            loading.SYNTAX, positions.at(mistake.offset), mistake.message, hint=mistake.hint, fix=mistake.fix
        )
        walk.broken |= spoilt
    for path, mistake, certain in pasted.run_together(positions) if walk.spread or data is None else ():
        code = loading.SYNTAX if certain else loading.RUN_TOGETHER
        ledger.add(code, positions.at(mistake.offset), mistake.message, hint=mistake.hint, fix=mistake.fix)
        if certain:
            walk.broken.add(path)
    for offset, message in comments.mistaken(positions):
        ledger.add(loading.COMMENT, positions.at(offset), message)
    for offset, message in off_screen.lost(prepared.text):
        ledger.add(loading.OUT_OF_SIGHT, positions.at(offset), message)
    plain = parsed.root is not None and parsed.text == decoded.text
    return Taken(
        data=data,
        findings=ledger.findings(),
        broken=frozenset(walk.broken | parsed.lost | positions.paths_at([*prepared.spots, *parsed.spots])),
        parsed=None if parsed.root is None else parsed.text,
        plain=plain,
        sections=sections_of(parsed.root, parsed.text) if plain and not prepared.dirty else b"",
    )


def unread(name: str, findings: tuple[Finding, ...]) -> Source:
    """The source of a file that gave no text, only findings."""
    return Source(name=name, findings=findings, broken=frozenset(), plain=False, read=False)
