"""Markdown as plain text: most texts have no marks, and are done without a parser."""

from __future__ import annotations

from pipeline.kernel.late_pattern import late

_PARAGRAPHS = late(r"(\n[ \t]*\n\s*)")


def unmarked(text: str) -> str:
    """A Markdown text without its marks of emphasis, for a cell that can show none; its lines stay."""
    if "*" not in text and "\\" not in text:
        return text.strip()
    from pipeline.prose.markdown_parser import bare  # the parser comes along

    return "".join(part if part.isspace() else bare(part) for part in _PARAGRAPHS.split(text)).strip()
