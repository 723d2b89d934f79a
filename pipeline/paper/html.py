"""Documents as one HTML page each: the whole text, readable on a phone, printable, and asking nobody for anything."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from pipeline.kernel.document import (
    Block,
    Contents,
    Cover,
    Document,
    Figure,
    Form,
    Frame,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Party,
    Run,
    Runs,
    Signature,
    Table,
    Title,
    plain,
)
from pipeline.kernel.walk import Fold
from pipeline.paper.html_style import STYLE

_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    + "'"
)


def render(document: Document) -> str:
    """The document as a whole HTML page: every text of the body and frame, page numbers left out."""
    title = escape(document.body.title or document.body.number or "文书")
    return "\n".join(
        (
            '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
            *_opening(document.frame),
            "<main>",
            *blocks(document.body.blocks),
            "</main>",
            *_closing(document.frame),
            "</body>\n</html>\n",
        )
    )


def _opening(frame: Frame) -> Iterator[str]:
    lines = [frame.watermark, frame.header, frame.status]
    if any(lines):
        yield f"<header>{''.join(f'<p>{escape(line)}</p>' for line in lines if line)}</header>"


def _closing(frame: Frame) -> Iterator[str]:
    if frame.status:
        yield f"<footer><p>{escape(frame.status)}</p></footer>"


def blocks(blocks: Iterable[Block]) -> Iterator[str]:
    """Each block as HTML; neighbouring items of a list make one list."""
    for listed, group in groupby(blocks, key=lambda block: isinstance(block, ListItem)):
        made = map(_HTML.block, group)
        if listed:
            yield f'<ul class="items">{"".join(made)}</ul>'
        else:
            yield from made


class _Html(Fold[str]):
    def cover(self, block: Cover) -> str:
        return f'<section class="cover"><h1>{inline(block.title)}</h1>{_labelled(block.lines)}</section>'

    def contents(self, block: Contents) -> str:
        entries = "".join(f"<li>{escape(entry)}</li>" for entry in block.entries)
        return f'<section class="contents"><h2>{escape(block.title)}</h2><ul>{entries}</ul></section>'

    def title(self, block: Title) -> str:
        return f'<p class="title">{inline(block.runs)}</p>'

    def party(self, block: Party) -> str:
        role = escape(block.role)
        return f'<section class="party"><p><strong>{role}</strong></p>{_labelled(block.lines)}</section>'

    def heading(self, block: Heading) -> str:
        level = block.level + 1
        return f"<h{level}>{escape(block.lead)}{inline(block.runs)}</h{level}>"

    def paragraph(self, block: Paragraph) -> str:
        text = escape(block.number) + inline(block.runs)
        if block.style == "annex":
            return f'<h2 class="annex">{text}</h2>'
        return f"<p>{text}</p>" if block.style == "body" else f'<p class="{block.style}">{text}</p>'

    def item(self, block: ListItem) -> str:
        """An entry of a list, which `blocks` puts around it."""
        return (
            f'<li class="level-{block.level}"><span>{escape(block.marker)}</span> {inline(block.runs)}</li>'
        )

    def table(self, block: Table) -> str:
        head = "".join(
            f'<th scope="col"{_flush(block, i)}>{inline(c.runs)}</th>' for i, c in enumerate(block.head)
        )
        rows = "".join(
            f"<tr>{''.join(f'<td{_flush(block, i)}>{inline(cell.runs)}</td>' for i, cell in enumerate(row))}</tr>"
            for row in block.rows
        )
        # A wide table scrolls in its own box; the box takes the keyboard, so that it can be scrolled without a mouse.
        open_tag = '<div class="wide" tabindex="0" role="group" aria-label="表格">'
        return f"{open_tag}<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"

    def figure(self, block: Figure) -> str:
        return f'<p class="figure">{inline(block.runs)}</p>{self.table(block.table)}'

    def form(self, block: Form) -> str:
        return _labelled(tuple((field.label, _joined(field.lines)) for field in block.fields))

    def signature(self, block: Signature) -> str:
        parties = "".join(f"<div>{_lines(party.lines)}</div>" for party in block.parties)
        return f'<section class="signature">{parties}</section>'

    def page_break(self, block: PageBreak) -> str:
        return '<hr class="page">'


_HTML = _Html()


def _labelled(lines: tuple[tuple[str, Runs], ...]) -> str:
    pairs = "".join(f"<div><dt>{escape(label)}</dt><dd>{inline(runs)}</dd></div>" for label, runs in lines)
    return f"<dl>{pairs}</dl>"


def _joined(lines: Iterable[Runs]) -> Runs:
    """The paragraphs of a form's field as one, broken where they end."""
    made = [run for line in lines for run in (*line, Run(text="\n"))]
    return tuple(made[:-1])


def _lines(lines: Iterable[Runs]) -> str:
    return "".join(f"<p>{inline(line)}</p>" for line in lines if plain(line))


def _flush(table: Table, column: int) -> str:
    return ' class="number"' if column in table.numeric else ""


def inline(runs: Runs) -> str:
    """Runs as inline HTML, every text escaped; gaps are marked."""
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    text = escape(run.text)
    if run.gap:
        text = f"<mark>{text}</mark>"
    if run.emphasis:
        text = f"<em>{text}</em>"
    return f"<strong>{text}</strong>" if run.strong else text
