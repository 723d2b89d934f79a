"""A Word file read back: every part in order, what a reader sees and what is hidden from him.

Nothing here is shared with what writes Word files, so that the one can vouch for the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from pipeline.kernel.collector import paused
from pipeline.kernel.structs import Struct
from pipeline.returned.chart_text import figures
from pipeline.returned.package import Package
from pipeline.returned.paragraph import Oddity, WordParagraph, paragraphs
from pipeline.returned.parts import Style, is_on, styles, value
from pipeline.returned.xml import W

_CELL, _ROW, _TABLE, _PARAGRAPH = W + "tc", W + "tr", W + "tbl", W + "p"
_PROPERTIES = frozenset(W + name for name in ("tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr"))
_ROW_PROPERTIES, _CELL_PROPERTIES = W + "trPr", W + "tcPr"
_MERGED = (W + "vMerge", W + "hMerge")
_LEAST_ROW = 240
"""Twentieths of a point that a row of exact height must have to show a line."""
_CLOSED = _PROPERTIES | {_TABLE, _PARAGRAPH}


class WordTable(Struct, frozen=True, kw_only=True):
    """A table: the cells' texts row by row, the paragraphs of a cell joined by line ends.

    `covered` are the cells, by row and place in it, that belong to the one above; `widened` the rows in which a cell
    takes the place of several.
    """

    rows: tuple[tuple[str, ...], ...]
    covered: frozenset[tuple[int, int]] = frozenset()
    widened: frozenset[int] = frozenset()
    oddities: tuple[Oddity, ...] = ()


Item = WordParagraph | WordTable


class WordPart(Struct, frozen=True, kw_only=True):
    """A part of the file (`word/document.xml`), what it is, and what stands in it, in order.

    `kind` is one of `package.KINDS`: `document.main`, `header`, `footer`, `footnotes`, `comments` …
    """

    name: str
    kind: str
    items: tuple[Item, ...]


class Word(Struct, frozen=True, kw_only=True):
    """A Word file's parts, main part first, then headers, footers, notes, comments; and its title property.

    `charts` are the figures that its charts show, in the order of the text: names of the series, then a row
    for each category.
    """

    parts: tuple[WordPart, ...]
    title: str
    charts: tuple[tuple[tuple[str, ...], ...], ...] = ()


def read(content: bytes) -> Word:
    """Read a .docx; raises `xml.UnreadableError` where it is not one or is damaged."""
    return read_package(Package(content))


def read_package(package: Package) -> Word:
    """Read a file that is already open; raises `xml.UnreadableError`."""
    known = styles(package)
    with paused():  # a tree is thousands of young objects, all of them in use until it is read
        parts = tuple(
            WordPart(name=name, kind=kind, items=tuple(_items(root, known)))
            for name, kind, root in package.texts()
        )
    return Word(parts=parts, title=package.said("title"), charts=tuple(map(figures, package.charts())))


def texts(part: WordPart) -> Iterator[str]:
    """Every text of a part that is not empty, tables cell by cell."""
    for item in part.items:
        said = [cell for row in item.rows for cell in row] if isinstance(item, WordTable) else [item.text]
        yield from filter(None, said)


def _items(container: Element, styles: dict[str, Style]) -> Iterator[Item]:
    """Paragraphs and tables below a container, whatever wraps them (content controls, tracked changes)."""
    for child in container:
        tag = child.tag
        if tag == _PARAGRAPH:
            yield from paragraphs(child, styles)
        elif tag == _TABLE:
            yield _grid(child, styles)
        elif tag not in _PROPERTIES:
            yield from _items(child, styles)


def _grid(table: Element, styles: dict[str, Style]) -> WordTable:
    oddities: list[Oddity] = []
    rows: list[tuple[str, ...]] = []
    covered, widened = set(), set()
    for row in _inside(table, _ROW):
        cells = list(_inside(row, _CELL))
        texts = tuple(_cell(cell, styles, oddities) for cell in cells)
        said = _said(row, _ROW_PROPERTIES)
        oddities.extend(Oddity(kind=kind, text=" ".join(texts)) for kind in _changes(said))
        oddities.extend(Oddity(kind="hidden", text=text) for text in _covered(said, cells, texts))
        for place, cell in enumerate(cells):
            of_cell = _said(cell, _CELL_PROPERTIES)
            if _joined(of_cell):
                covered.add((len(rows), place))
            if value(of_cell.get(W + "gridSpan")) not in ("", "0", "1"):
                widened.add(len(rows))
        rows.append(texts)
    return WordTable(
        rows=tuple(rows),
        covered=frozenset(covered),
        widened=frozenset(widened),
        oddities=tuple(oddities),
    )


def _joined(said: Mapping[str, Element]) -> bool:
    """Whether a cell's properties make it a part of another one."""
    return any(tag in said and value(said[tag]) != "restart" for tag in _MERGED)


def _said(element: Element, properties: str) -> dict[str, Element]:
    """What an element says of itself, by tag; of what it says twice, the first."""
    found: dict[str, Element] = {}
    for listed in element.findall(properties):
        for one in listed:
            found.setdefault(one.tag, one)
    return found


def _changes(said: Mapping[str, Element]) -> Iterator[str]:
    """Whether the row as a whole was inserted or deleted by a tracked change."""
    for tag, kind in ((W + "ins", "inserted"), (W + "del", "deleted")):
        if tag in said:
            yield kind


def _covered(said: Mapping[str, Element], cells: Sequence[Element], texts: Sequence[str]) -> Iterator[str]:
    """Texts that nobody sees: in a hidden or flattened row, or in a cell that another one covers."""
    height = said.get(W + "trHeight")
    flat = height is not None and height.get(W + "hRule") == "exact" and _too_flat(height)
    if flat or is_on(said.get(W + "hidden")):
        yield from filter(None, texts)
        return
    for cell, text in zip(cells, texts, strict=True):
        merged = _said(cell, _CELL_PROPERTIES) if text else {}
        if _joined(merged):
            yield text


def _too_flat(height: Element) -> bool:
    """Whether a row of exactly this height shows no line of text."""
    said = value(height)
    return not said.isdigit() or int(said) < _LEAST_ROW


def _inside(container: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, also inside content controls, not those of inner tables."""
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag not in _CLOSED:
            yield from _inside(child, tag)


def _cell(cell: Element, styles: dict[str, Style], oddities: list[Oddity]) -> str:
    texts = []
    for item in _items(cell, styles):
        oddities.extend(item.oddities)
        texts.append(item.text if isinstance(item, WordParagraph) else "\n".join(map("\t".join, item.rows)))
    return "\n".join(texts)
