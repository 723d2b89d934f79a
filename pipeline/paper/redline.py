"""Two Word files of one document as one with tracked changes, as Word itself would have kept them.

Both files come from the same layout. Accepting every change gives exactly the second text, rejecting every
change the first; paragraphs and table rows are taken from the files as they are, so that it looks like them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from difflib import SequenceMatcher
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from pipeline.kernel.structs import Struct
from pipeline.paper.archive import archive, pack
from pipeline.paper.layout_source import BODY
from pipeline.paper.redline_parts import forgotten, joined, known
from pipeline.paper.redline_runs import Marker, compared, marked, text_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALIKE = 0.5
"""Two paragraphs (or rows) of which half the text agrees are one that was changed."""


class Author(Struct, frozen=True, kw_only=True):
    """Who made the changes and when, as Word shows them; `date` is ISO 8601 with `Z`, empty where none is known."""

    name: str
    date: str


def redline(old: bytes, new: bytes, author: Author) -> bytes:
    """The second file with everything that differs from the first as a tracked change."""
    before, after = _parts(old), _parts(new)
    first, second = etree.fromstring(before[BODY]), etree.fromstring(after[BODY])
    known(first, before)
    known(second, after)
    parts = joined(first, before, after)
    body = second.find(W + "body")
    merged = list(_merged(list(_blocks(first)), list(_blocks(second)), Marker(author.name, author.date)))
    section = body.find(W + "sectPr")
    body[:] = [*merged, *([section] if section is not None else [])]
    forgotten(second)
    parts[BODY] = etree.tostring(second, encoding="UTF-8", standalone=True, xml_declaration=True)
    return archive(pack(name, content) for name, content in parts.items())


def _parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as package:
        return {info.filename: package.read(info) for info in package.infolist()}


def _blocks(tree: etree._Element) -> Iterator[etree._Element]:
    return (child for child in tree.find(W + "body") if child.tag in (W + "p", W + "tbl"))


def _merged(
    old: Sequence[etree._Element], new: Sequence[etree._Element], marker: Marker
) -> Iterator[etree._Element]:
    """The blocks of both, those that differ marked."""
    for before, after in paired(old, new):
        if before is None and after is not None:
            yield _whole(after, marker, "ins")
        elif after is None and before is not None:
            yield _whole(before, marker, "del")
        elif before is not None and after is not None:
            yield _both(before, after, marker)


Pair = tuple[etree._Element | None, etree._Element | None]


def paired(old: Sequence[etree._Element], new: Sequence[etree._Element]) -> Iterator[Pair]:
    """Which element became which, in order; None where one has no counterpart."""
    keys = [[(one.tag, text_of(one)) for one in some] for some in (old, new)]
    for change, i, j, k, m in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if change == "equal":
            yield from zip(old[i:j], new[k:m], strict=True)
        else:
            yield from _alike(old[i:j], new[k:m])


def _alike(old: Sequence[etree._Element], new: Sequence[etree._Element]) -> Iterator[Pair]:
    """Within a stretch that differs, what is alike goes together."""
    start = 0
    for after in new:
        found = next((index for index in range(start, len(old)) if _is_alike(old[index], after)), None)
        if found is None:
            yield None, after
            continue
        yield from ((before, None) for before in old[start:found])
        yield old[found], after
        start = found + 1
    yield from ((before, None) for before in old[start:])


def _is_alike(before: etree._Element, after: etree._Element) -> bool:
    if before.tag != after.tag:
        return False
    matcher = SequenceMatcher(None, text_of(before), text_of(after), autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _both(before: etree._Element, after: etree._Element, marker: Marker) -> etree._Element:
    if text_of(before) == text_of(after) and after.tag == W + "p":
        return deepcopy(after)
    if after.tag == W + "p":
        return compared(before, after, marker)
    return _table(before, after, marker)


def _table(before: etree._Element, after: etree._Element, marker: Marker) -> etree._Element:
    """The second table with the rows of both; cells of rows that belong together are compared."""
    made = deepcopy(after)
    for row in made.findall(W + "tr"):
        made.remove(row)
    for old, new in paired(before.findall(W + "tr"), after.findall(W + "tr")):
        if old is None and new is not None:
            made.append(_row(new, marker, "ins"))
        elif new is None and old is not None:
            made.append(_row(old, marker, "del"))
        elif old is not None and new is not None:
            made.extend(_rows(old, new, marker))
    return made


def _rows(old: etree._Element, new: etree._Element, marker: Marker) -> Iterator[etree._Element]:
    """A changed row, cell by cell; as two rows where their cells differ in number."""
    cells = old.findall(W + "tc"), new.findall(W + "tc")
    if len(cells[0]) != len(cells[1]):
        yield _row(old, marker, "del")
        yield _row(new, marker, "ins")
        return
    made = deepcopy(new)
    for before, target in zip(cells[0], made.findall(W + "tc"), strict=True):
        texts = list(_in_cell(before.findall(W + "p"), target.findall(W + "p"), marker))
        for paragraph in target.findall(W + "p"):
            target.remove(paragraph)
        target.extend(texts)
    yield made


def _in_cell(
    old: Sequence[etree._Element], new: Sequence[etree._Element], marker: Marker
) -> Iterator[etree._Element]:
    """The paragraphs of both cells; the last ones go together, for a cell cannot do without a last paragraph."""
    yield from _merged(old[:-1], new[:-1], marker)
    yield _both(old[-1], new[-1], marker)


def _row(row: etree._Element, marker: Marker, kind: str) -> etree._Element:
    made = deepcopy(row)
    properties = made.find(W + "trPr")
    if properties is None:
        properties = etree.Element(W + "trPr")
        made.insert(0, properties)
    properties.append(marker.element(kind))
    for paragraph in list(made.iter(W + "p")):
        marked(paragraph, marker, kind, mark=False)
    return made


def _whole(block: etree._Element, marker: Marker, kind: str) -> etree._Element:
    made = deepcopy(block)
    if made.tag == W + "p":
        marked(made, marker, kind, mark=True)
        return made
    rows = made.findall(W + "tr")
    for row in rows:
        made.replace(row, _row(row, marker, kind))
    return made
