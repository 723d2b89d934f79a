"""A paper of any hand as running text: paragraphs and tables in order, each with the place people find it by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import pypdfium2

from pipeline.kernel.structs import replace
from pipeline.returned.list_numbers import ListNumbers
from pipeline.returned.package import MAIN, Package
from pipeline.returned.paragraph import paragraphs
from pipeline.returned.parts import Style, styles
from pipeline.returned.pdf_lines import pdf_lines, pdf_pages
from pipeline.returned.xml import UnreadableError, W

_P, _TABLE, _ROW, _CELL = W + "p", W + "tbl", W + "tr", W + "tc"
_NO_TEXT = frozenset(W + name for name in ("tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "pPr"))
_AROUND = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}
_MOST_PAGES, _LEAST_LETTERS = 300, 20
_WIDE = 14
"""Letters of a line of a PDF that goes on to the edge of its column: a shorter one ends its paragraph."""
_STOPS = re.compile(r"[。；;：:！？!?]\s*\Z")
_BEGINS = re.compile(
    r"\s*(?:第[一二三四五六七八九十百0-9]+[条章节款]|[（(][一二三四五六七八九十0-9]+[）)]|[一二三四五六七八九十]+[、.．]"
    r"|[0-9]+(?:\.[0-9]+)*[、.．)）]|[①-⑳]|[甲乙丙丁]\s*方|Article\b|Party\b|附件|签订|签署|地\s*址|住\s*所|法定代表|统一社会"
    r"|联系|电\s*话|传\s*真|邮\s*箱|开户|账\s*号|协议编号|合同编号|日\s*期|[^，。；]{2,12}[：:])",
    re.IGNORECASE,
)
_FOLIO = re.compile(
    r"[\s\-—–·]*(?:第)?\s*[0-9]{1,3}\s*(?:页)?(?:\s*[/／共]\s*(?:共)?\s*[0-9]{1,3}\s*页?)?[\s\-—–·]*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A paragraph: what it says, the number that Word prints before it, where it stands, the page of a PDF.

    `level` is that of its list, or of its style where that is a heading's; -1 for neither.
    """

    text: str
    where: str
    label: str = ""
    level: int = -1
    page: int = 0
    heading: bool = False

    @property
    def whole(self) -> str:
        """The text as a reader sees it, with the number that Word makes."""
        return (
            f"{self.label}{' ' if self.label[-1:].isalnum() else ''}{self.text}" if self.label else self.text
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperGrid:
    """A table, row by row; a cell that goes over several columns is followed by empty ones."""

    rows: tuple[tuple[str, ...], ...]
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningText:
    """A whole paper; `around` is what stands outside of the text, `pages` how many a PDF has."""

    items: tuple[PaperLine | PaperGrid, ...]
    around: tuple[PaperLine, ...] = ()
    pages: int = 0


def running_text(content: bytes) -> RunningText:
    """Read a Word file or the text layer of a PDF; raises `UnreadableError` with the reason."""
    return _of_pdf(content) if content.lstrip()[:5] == b"%PDF-" else _of_word(content)


def _of_word(content: bytes) -> RunningText:
    package = Package(content)
    known = styles(package)
    walk = _PaperWalk(known, ListNumbers(package))
    around: list[PaperLine] = []
    for _, kind, root in package.texts():
        if kind == MAIN:
            walk.below(root)
        elif kind in _AROUND:
            around += _outside(root, known, _AROUND[kind])
    return RunningText(items=tuple(walk.items), around=tuple(dict.fromkeys(around)))


def _outside(root: Element, known: dict[str, Style], where: str) -> Iterator[PaperLine]:
    for element in root.iter(_P):
        for one in paragraphs(element, known)[:1]:
            if one.text.strip():
                yield PaperLine(text=one.text.strip(), where=where)


class _PaperWalk:
    """A walk through the text of a Word file."""

    def __init__(self, known: dict[str, Style], numbers: ListNumbers) -> None:
        self.items: list[PaperLine | PaperGrid] = []
        self._known, self._numbers = known, numbers
        self._lines = self._grids = 0

    def below(self, container: Element) -> None:
        """Everything below an element, whatever wraps it."""
        for child in container:
            if child.tag == _P:
                self._paragraph(child)
            elif child.tag == _TABLE:
                self._grids += 1
                rows = tuple(self._row(row) for row in _inside(child, _ROW))
                self.items.append(PaperGrid(rows=rows, where=f"第 {self._grids} 个表格"))
            elif child.tag not in _NO_TEXT:
                self.below(child)

    def _paragraph(self, element: Element) -> None:
        mark = self._numbers.mark(element)
        self._lines += 1
        for one in paragraphs(element, self._known):
            where = f"第 {self._lines} 段{'的文本框' if one.drawn else ''}"
            heading = bool(re.match(r"(?i)(?:heading|标题)\s*[1-9]", one.style))
            for part in filter(str.strip, one.text.split("\n")):
                label, level = (mark.label, mark.level) if mark and not one.drawn else ("", -1)
                self.items.append(
                    PaperLine(text=part.strip(), where=where, label=label, level=level, heading=heading)
                )
                mark = None

    def _row(self, row: Element) -> tuple[str, ...]:
        cells: list[str] = []
        for cell in _inside(row, _CELL):
            texts = [
                one.text.strip()
                for element in cell.iter(_P)
                for one in paragraphs(element, self._known)[:1]
                if one.text.strip()
            ]
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            wide = span.get(W + "val", "1") if span is not None else "1"
            cells += [
                "\n".join(texts),
                *[""]
                * (min(int(wide), 64) - 1 if wide.isascii() and wide.isdigit() and len(wide) < 4 else 0),
            ]
        return tuple(cells)


def _inside(container: Element, tag: str) -> Iterator[Element]:
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag not in _NO_TEXT and child.tag not in (_TABLE, _P):
            yield from _inside(child, tag)


def _of_pdf(content: bytes) -> RunningText:
    try:
        pages = pdf_pages(content)
        read = pdf_lines(content, _MOST_PAGES) if pages <= _MOST_PAGES else ()
    except (pypdfium2.PdfiumError, ValueError) as error:
        raise UnreadableError("PDF 打不开：文件不完整，或者加了密码") from error
    if pages > _MOST_PAGES:
        raise UnreadableError(f"PDF 有 {pages} 页，太多了，不是一份协议")
    if sum(len(line) for page in read for line in page) < _LEAST_LETTERS:
        raise UnreadableError(
            "PDF 里没有文字，是扫描的图片：先用扫描软件识别文字（OCR）再导入，或者照着原件新建一份协议录入"
        )
    running = _running(read)
    items: list[PaperLine] = []
    for page, lines in enumerate(read, start=1):
        kept = [one for one in lines if one not in running and not _FOLIO.fullmatch(one)]
        _put_together(items, kept, page)
    return RunningText(items=tuple(items), pages=len(read))


def _running(listed: Sequence[Sequence[str]]) -> set[str]:
    """Lines that stand at the head or foot of most pages."""
    edges = Counter(line for lines in listed for line in {*lines[:2], *lines[-2:]})
    return {line for line, count in edges.items() if len(listed) > 2 and count * 2 > len(listed)}


def _put_together(items: list[PaperLine], lines: Sequence[str], page: int) -> None:
    """Add the lines of a page, a line that goes on in the next one, or on the next page, as one paragraph."""
    widest = max(map(len, lines), default=0)
    goes_on = bool(items) and not _STOPS.search(items[-1].text) and len(items[-1].text) >= _WIDE
    for line in lines:
        if goes_on and not _BEGINS.match(line):
            last = items.pop()
            items.append(replace(last, text=_joined(last.text, line)))
        else:
            items.append(PaperLine(text=line, where=f"第 {page} 页", page=page))
        goes_on = not _STOPS.search(line) and len(line) >= max(_WIDE, widest * 3 // 5)


def _joined(before: str, after: str) -> str:
    """Two lines of one paragraph; words of letters keep the space that the line's end was."""
    return f"{before}{' ' if before[-1].isascii() and after[0].isascii() else ''}{after}"
