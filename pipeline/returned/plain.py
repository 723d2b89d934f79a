"""A Word file as plain text, line by line, so that git can show what changed in it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.returned.paragraph import Oddity, WordParagraph
from pipeline.returned.word import WordPart, WordTable, read

_ODD = {
    "inserted": "修订插入",
    "deleted": "修订删除",
    "hidden": "隐藏",
    "numbered": "自动编号",
    "field": "域",
}


def text(content: bytes) -> str:
    """Every part's text with its styles' names; tags of layouts stand as they are. Raises `UnreadableError`."""
    word = read(content)
    return "".join(f"{line}\n" for part in word.parts for line in _part(part))


def _part(part: WordPart) -> Iterator[str]:
    yield f"== {part.name}"
    for item in part.items:
        if isinstance(item, WordTable):
            yield from (
                "| " + " | ".join(cell.replace("\n", " ⏎ ") for cell in row) + " |" for row in item.rows
            )
        else:
            yield _paragraph(item)
        yield from map(_oddity, item.oddities)


def _paragraph(item: WordParagraph) -> str:
    style = f"〔{item.style}〕" if item.style else ""
    return style + item.text.replace("\n", " ⏎ ")


def _oddity(oddity: Oddity) -> str:
    return f"  !! {_ODD.get(oddity.kind, oddity.kind)}：{oddity.text}"
