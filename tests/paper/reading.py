"""What one reads in a file: the texts of Markdown and HTML as a parser sees them, all the texts of a Word package."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

from markdown_it import MarkdownIt
from markdown_it.token import Token

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def texts(markdown: str) -> Iterator[str]:
    """The text of each block; hard breaks end a text, the numbers and bullets of lists are put back."""
    marks: list[str] = []
    mark = ""
    for token in PARSER.parse(markdown):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            marks.append("·" if token.type[0] == "b" else str(token.attrGet("start") or 1))
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            marks.pop()
        elif token.type == "list_item_open":
            mark = "·" if marks[-1] == "·" else f"{token.info}."
        elif token.type == "inline":
            whole = "".join(inline(token))
            yield from (f"{mark}\t{line}" if mark else line for line in whole.split("\n"))
            mark = ""


def inline(token: Token) -> Iterator[str]:
    """The pieces of text inside a block; anything that is neither text nor emphasis is a fault."""
    for child in token.children or ():
        if child.type == "hardbreak":
            yield "\n"
        elif child.type != "html_inline":
            assert child.type in (
                "text",
                "text_special",
                "strong_open",
                "strong_close",
                "em_open",
                "em_close",
            ), child
            yield child.content


class Page(HTMLParser):
    """The text of an HTML page as a browser would read it, and the tags in it, from its body on."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[str] = []
        self.feed(page.split("<body>")[1])

    def handle_data(self, data: str) -> None:
        """A stretch of text."""
        self.text.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The beginning of an element."""
        self.tags.append(tag)


def word_text(content: bytes) -> str:
    """Every text of every part of a Word package, charts, their figures and the watermark included."""
    with ZipFile(BytesIO(content)) as package:
        parts = [package.read(name).decode() for name in package.namelist() if name.endswith(".xml")]
    drawn = [re.sub(r'<v:textpath [^>]*string="([^"]*)"[^>]*>', r"\1", part) for part in parts]
    return "\n".join(unescape(re.sub(r"<[^>]*>", "", part.replace("</w:p>", "\n"))) for part in drawn)


READERS: Mapping[str, Callable[[bytes], str]] = {
    "docx": word_text,
    "md": lambda content: "\n".join(texts(content.decode())),
    "html": lambda content: "".join(Page(content.decode()).text),
}
"""File ending → what one reads in such a file; a format that is not here is plain text."""
