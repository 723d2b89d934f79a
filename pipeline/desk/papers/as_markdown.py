"""A line of a paper as a Markdown field prints it letter by letter."""

from __future__ import annotations

import re

from pipeline.compose.fields import field_blocks
from pipeline.compose.inline import UnsupportedError
from pipeline.compose.values import Printed
from pipeline.kernel.document import Paragraph, plain

_SIGNS = re.compile(r"([\\`*\[\]<>#|~_!{}])")
_NUMBERED = re.compile(r"\A(\d+)([.)])")
_LISTED = re.compile(r"\A([-+=])")


def as_markdown(text: str) -> str:
    """The text, with its signs escaped where Markdown would read something else into them."""
    text = re.sub(r"\s*\n\s*", " ", text.strip())
    if _printed(text) == text:
        return text
    escaped = _LISTED.sub(r"\\\1", _NUMBERED.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", text)))
    return escaped if _printed(escaped) == text else _NUMBERED.sub(r"\1\\\2", text)


def _printed(text: str) -> str:
    try:
        blocks = field_blocks(Printed(text=text))
    except UnsupportedError:
        return ""
    return plain(blocks[0].runs) if len(blocks) == 1 and isinstance(blocks[0], Paragraph) else ""
