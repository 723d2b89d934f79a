"""Ways to put a value in the place of another one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.source.edit import emit
from pipeline.source.edit.entries import Spot, View
from pipeline.source.edit.guard import ChangedText
from pipeline.source.nodes import CollectionNode, MappingNode, ScalarNode

_STEP = 2


def replaced(view: View, spot: Spot, value: Any) -> Iterator[ChangedText]:
    """The ways to write another value at an entry, the narrowest first."""
    if spot.flow:
        for text in emit.inlines(value, flow=True, quote=_quote(spot)):
            yield ChangedText(text=_in_flow(view, spot, text))
        return
    # The narrowest change first: a reviewer reads the diff, and the guard lets the first sound text pass.
    if _wants_block(spot, value):
        yield from _block(view, spot, value)
    for text in emit.inlines(value, flow=False, quote=_quote(spot)):
        yield ChangedText(text=_inline(view, spot, text))
    if not _wants_block(spot, value):
        yield from _block(view, spot, value)


def _quote(spot: Spot) -> str:
    style = spot.value.style if isinstance(spot.value, ScalarNode) else ""
    return style if style in ("'", '"') else ""


def _wants_block(spot: Spot, value: Any) -> bool:
    """Whether a value goes on lines of its own: as the old one did, or because it has several lines."""
    if isinstance(value, str):
        was_block = isinstance(spot.value, ScalarNode) and spot.value.style in ("|", ">")
        return ("\n" in value or was_block) and bool(value.strip())
    if not isinstance(value, dict | list) or not value:
        return False
    if isinstance(spot.value, CollectionNode) and spot.value.flow_style and spot.value.value:
        return False
    return len(emit.entry("k", value, 0)) > 1


def _in_flow(view: View, spot: Spot, text: str) -> str:
    start, end = int(spot.value.start_mark.index), view.covered(spot.value)
    if start == end and isinstance(spot.parent, MappingNode):
        behind = int(spot.key.end_mark.index)
        if not view.text[behind:end].strip().startswith(":") and not view.text[behind:].lstrip().startswith(
            ":"
        ):
            return f"{view.text[:behind]}: {text}{view.text[behind:]}"
        colon = view.anchor(spot)
        return f"{view.text[:colon]} {text}{view.text[colon:]}"
    return view.text[:start] + text + view.text[end:]


def _inline(view: View, spot: Spot, text: str) -> str:
    """The value on the line of its key or dash; comments that stood inside the old value come below it."""
    anchor, end = view.anchor(spot), view.end(spot)
    start = int(spot.value.start_mark.index)
    lead = f" {text}" if text else ""
    on_line = "\n" not in view.text[anchor:start]
    if on_line and not _spans_lines(view, spot):
        if start >= end:
            return view.text[:anchor] + lead + view.text[anchor:]
        kept = view.text[anchor:start]
        return view.text[:anchor] + ((kept or " ") + text if text else "") + view.text[end:]
    header, lines, end = _kept(view, spot)
    return view.text[:anchor] + lead + header + _joined(view, lines) + view.text[end:]


def _block(view: View, spot: Spot, value: Any) -> Iterator[ChangedText]:
    """The value on lines below its key, or from its dash on."""
    indent = view.column(view.start(spot)) + _STEP
    anchor = view.anchor(spot)
    header, lines, end = _kept(view, spot)
    if isinstance(value, str):
        try:
            sign, written = emit.literal(value, indent)
        except emit.NotWritable:
            return
        header_line = f" {sign}{header}"
        below = [line for line in lines if line.strip()]
        at = " " * (indent - _STEP)
        new = header_line + _joined(view, [*written, *(at + line.strip() for line in below)])
    elif isinstance(value, dict | list) and value:
        written = emit.block(value, indent)
        if isinstance(spot.parent, MappingNode) or header or lines:
            new = header + _joined(view, [*lines, *written])
        else:
            new = f" {written[0].lstrip(' ')}" + _joined(view, written[1:])
    else:
        return
    yield ChangedText(text=view.text[:anchor] + new + view.text[end:])


def _spans_lines(view: View, spot: Spot) -> bool:
    """Whether comments may stand inside the old value: it is a block, or goes over several lines."""
    return "\n" in view.text[int(spot.value.start_mark.index) : view.end(spot)]


def _kept(view: View, spot: Spot) -> tuple[str, list[str], int]:
    """The comment on the header line of an old value, the lines of those inside it, and where they end."""
    anchor, end = view.anchor(spot), view.end(spot)
    header, lines = "", []
    first, indent = view.line_end(anchor), " " * (view.column(view.start(spot)) + _STEP)
    trailing = view.trailing(end)
    for match in view.comments(anchor, end + len(trailing)):
        comment = match[0].rstrip()
        if match.start() < first:
            before = view.text[anchor : match.start()]
            header = (before[len(before.rstrip(" \t")) :] or " ") + comment
        else:
            beginning = view.begins_line(match.start())
            lines.append((" " * view.column(match.start()) if beginning else indent) + comment)
    return header, lines, end + len(trailing)


def _joined(view: View, lines: list[str]) -> str:
    return "".join(f"{view.newline}{line}" for line in lines)
