"""Whether a Word file says what its Document says: nothing lost, nothing added, nothing hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import Enum

from pipeline.kernel.document import Cover, Document, is_form
from pipeline.kernel.structs import Struct
from pipeline.returned.expected import Expected, Rows, asked, body, figures
from pipeline.returned.word import Item, Word, WordPart, WordTable, read, texts

_TIMES, _MORE = 4, 400
"""A file with so many times the paragraphs, and so many more, is another document and not compared one by one."""

_ODD = {
    "inserted": "有尚未接受的修订（插入）",
    "deleted": "有尚未接受的修订（删除）",
    "hidden": "有隐藏文字",
    "numbered": "有 Word 自动编号，编号不在文字之中",
    "field": "有页码以外的域",
}


class Where(Enum):
    """What of a file a difference is about."""

    TEXT = "text"
    """The words of the document itself, its charts among them."""
    FRAME = "frame"
    """What stands around them: headers, footers, watermark, the title among the file's properties."""
    ELSEWHERE = "elsewhere"
    """A part that no document of ours has words in: notes, comments."""


_PLACES = {"document.main": Where.TEXT, "header": Where.FRAME, "footer": Where.FRAME}


class PaperDifference(Struct, frozen=True, kw_only=True):
    """One difference: what of the file it is about, and a Chinese sentence that says it."""

    where: Where
    said: str


def differences(document: Document, content: bytes) -> tuple[str, ...]:
    """What a Word file lost, gained or changed against its document, one Chinese sentence each.

    Empty paragraphs outside tables do not count. Raises `xml.UnreadableError` where the file is none.
    """
    return tuple(found.said for found in compared(document, read(content)))


def compared(document: Document, word: Word) -> Iterator[PaperDifference]:
    """The same of a file that was read before, each difference with what it is about."""
    if word.title != document.body.title:
        said = f"文档属性的标题应为“{document.body.title}”，文件中为{_quote(word.title)}"
        yield PaperDifference(where=Where.FRAME, said=said)
    main, *others = word.parts
    if is_form(document.layout):
        yield from _about(Where.TEXT, _filled(document, main))
    else:
        found = [_content(item) for item in main.items if _content(item)]
        yield from _about(Where.TEXT, _body(body(document), found))
        yield from _around(document, others)
    yield from _about(Where.TEXT, _body(figures(document), word.charts))
    for part in word.parts:
        yield from _about(_where(part), _odd(part))


def _about(where: Where, said: Iterable[str]) -> Iterator[PaperDifference]:
    return (PaperDifference(where=where, said=one) for one in said)


def _where(part: WordPart) -> Where:
    return _PLACES.get(part.kind, Where.ELSEWHERE)


def _filled(document: Document, main: WordPart) -> Iterator[str]:
    """A form has words of its own: every text of the document must stand in it, each in a place of its own."""
    places = list(texts(main))
    for item in asked(document):
        rows = item.content if isinstance(item.content, tuple) else ((item.content,),)
        for text in (text for row in rows[len(rows) > 1 :] for text in row if text):
            place = next((place for place in places if text in place), None)
            if place is None:
                yield f"表单里没有放下{item.called}：{_quote(text)}"
            else:
                places[places.index(place)] = place.replace(text, "", 1)


def _content(item: Item) -> str | Rows:
    if isinstance(item, WordTable):
        return item.rows
    # A long title is broken into lines of one length; what it says is one line.
    return item.words


def _body(expected: Sequence[Expected], found: Sequence[str | Rows]) -> Iterator[str]:
    wanted = [item.content for item in expected]
    if wanted == found:
        return
    if len(found) > _TIMES * len(wanted) + _MORE:
        yield f"应有 {len(wanted)} 段文字和表格，文件中有 {len(found)} 段，多出的不再逐条列出"
        return
    for change, i, j, k, m in SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
        if change != "equal":
            yield from _stretch(expected[i:j], found[k:m])


def _stretch(expected: Sequence[Expected], found: Sequence[str | Rows]) -> Iterator[str]:
    """A stretch where the two part: what has a counterpart of its kind is compared with it."""
    left = list(found)
    for item in expected:
        kin = next((other for other in left if type(other) is type(item.content)), None)
        if kin is None:
            yield f"丢失{item.called}{_quote(item.content)}"
            continue
        left.remove(kin)
        yield from _pair(item, kin)
    yield from (f"多出{_quote(extra)}" for extra in left)


def _pair(item: Expected, found: str | Rows) -> Iterator[str]:
    if isinstance(item.content, tuple) and isinstance(found, tuple):
        yield from _rows(item.called, item.content, found)
    else:
        yield f"{item.called}应为{_quote(item.content)}，文件中为{_quote(found)}"


def _rows(called: str, expected: Rows, found: Rows) -> Iterator[str]:
    """Row by row, rows counted from 1 with the head row as row 1."""
    for change, i, j, k, m in SequenceMatcher(None, expected, found, autojunk=False).get_opcodes():
        if change == "equal":
            continue
        both = min(j - i, m - k)
        for row in range(both):
            yield from _cells(f"{called}第 {i + row + 1} 行", expected[i + row], found[k + row])
        yield from (f"{called}丢失第 {row + 1} 行{_quote((expected[row],))}" for row in range(i + both, j))
        yield from (f"{called}多出一行{_quote((found[row],))}" for row in range(k + both, m))


def _cells(called: str, expected: tuple[str, ...], found: tuple[str, ...]) -> Iterator[str]:
    if len(expected) != len(found):
        yield f"{called}应有 {len(expected)} 格，文件中有 {len(found)} 格：{_quote((found,))}"
        return
    for column, (want, got) in enumerate(zip(expected, found, strict=True), start=1):
        if want != got:
            yield f"{called}第 {column} 列应为{_quote(want)}，文件中为{_quote(got)}"


def _around(document: Document, parts: Sequence[WordPart]) -> Iterator[PaperDifference]:
    """Headers and footers: what code sets there and nothing else; other parts: nothing at all.

    Each part serves a kind of page (first page, the others); a cover may do without the running lines.
    """
    yield from _about(Where.FRAME, _lacking(document, parts))
    frame = document.frame
    allowed = {"header": {frame.header, frame.watermark}, "footer": {frame.footer, frame.status}}
    for part in parts:
        extra = (text for text in texts(part) if text not in allowed.get(part.kind, ()))
        yield from _about(_where(part), (f"{part.name} 多出{_quote(text)}" for text in extra))


def _lacking(document: Document, parts: Sequence[WordPart]) -> Iterator[str]:
    frame = document.frame
    bare = int(isinstance(next(iter(document.body.blocks), None), Cover))
    headers = [tuple(texts(part)) for part in parts if part.kind == "header"]
    footers = [tuple(texts(part)) for part in parts if part.kind == "footer"]
    yield from _present("页眉", frame.header, headers, bare)
    yield from _present("页脚", frame.footer, footers, bare)
    yield from _present("水印", frame.watermark, headers, 0)
    yield from _present("状态行", frame.status, footers, 0)


def _present(called: str, text: str, places: Sequence[Sequence[str]], bare: int) -> Iterator[str]:
    """Whether a text stands in all places but `bare` of them, and in one at least."""
    if text and sum(text in place for place in places) < max(1, len(places) - bare):
        yield f"丢失{called}{_quote(text)}"


def _odd(part: WordPart) -> Iterator[str]:
    for item in part.items:
        for oddity in item.oddities:
            yield f"{part.name} {_ODD[oddity.kind]}{_quote(oddity.text)}"


def _quote(content: str | Rows) -> str:
    """The text, or a table's cells with bars between, cut to what fits a message."""
    text = content if isinstance(content, str) else "；".join(" | ".join(row) for row in content)
    return f"“{text[:80]}…”" if len(text) > 80 else f"“{text}”"
