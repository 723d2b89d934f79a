"""The formats a document can take: one module and one line here for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.kernel.document import Document
from pipeline.paper import html, markdown
from pipeline.paper.named_layout import layout
from pipeline.returned.back import differences


class LostTextError(Exception):
    """A rendered file does not hold the document's text; `differences` says where, in Chinese."""

    def __init__(self, found: tuple[str, ...]) -> None:
        super().__init__("；".join(found))
        self.differences = found


def _word(document: Document, templates: Path) -> bytes:
    """The Word file, read back and found equal; raises LostTextError otherwise."""
    content = layout(templates, document.layout).render(document)
    lost = differences(document, content)
    if lost:
        raise LostTextError(lost)
    return content


def _markdown(document: Document, templates: Path) -> bytes:
    return markdown.render(document).encode()


def _html(document: Document, templates: Path) -> bytes:
    return html.render(document).encode()


FORMATS: Mapping[str, Callable[[Document, Path], bytes]] = {
    "docx": _word,
    "md": _markdown,
    "html": _html,
}
"""File ending → how a document becomes a file's bytes, given the templates folder."""

PDF = "pdf"
"""The one format made of another (Word) and of many documents in one call."""

ALL = (*FORMATS, PDF)
"""Every format `--to` takes."""
