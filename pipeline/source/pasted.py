"""What comes of pasting and of typing as in Word: tables, wide spaces, list items without a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.kernel.finding import DataPath, Fix
from pipeline.kernel.late_pattern import late
from pipeline.source.mistake import Mistake
from pipeline.source.nodes import Node, ScalarNode, SequenceNode
from pipeline.source.positions import Positions
from pipeline.source.wide_signs import plain_indent

_ROW = late(r"[ \t]*(?:[A-Za-z_][\w-]*:[ \t]*|-[ \t]+)?\|[^|\n]*\|.*\Z")
_BARE_ROW = late(r"[ \t\u3000]*\|.*\|[ \t\r]*\Z")
_WIDE = late(r"([ \t]*\u3000[ \t\u3000]*)(?=\S)")
_DASHED = late(r"([ ]*)-(?: |\Z)")
_KEY = late(r"[ ]*[\"']?[A-Za-z_][\w-]*[\"']?[ ]*[:：]")
_SHOWN = 12


def table(text: str, offset: int) -> Mistake | None:
    """A Markdown table where YAML takes its strokes for the sign of a block: told once, at its first row."""
    start = text.rfind("\n", 0, offset) + 1
    if not _ROW.match(_line(text, start)):
        return None
    while start and _ROW.match(_line(text, above := text.rfind("\n", 0, start - 1) + 1)):
        start = above
    end = start
    while end < len(text) and (end == start or _BARE_ROW.match(_line(text, end))):
        end = _next(text, end)
    line = _line(text, start)
    column = line.index("|")
    key = re.match(r"[ ]*([A-Za-z_][\w-]*):", line)
    name = key[1] if key else "字段名"
    return Mistake(
        offset=start + column,
        message="这里贴了一张表格，行首的竖线 | 在这里不是表格线",
        hint=f"能写长文字的栏目写成 {name}: | ，表格从下一行写起，每行缩进两个空格；"
        "清单类的栏目不放表格，改成每项一行：- ……",
        end=end,
    )


def wide_indent(text: str, start: int) -> Mistake | None:
    """The nearest line up to the one the parser stopped at that is indented with full-width spaces."""
    for _ in range(_LINES):
        line = _line(text, start)
        match = _WIDE.match(line)
        rest = line[match.end() :] if match else ""
        if match and (line[0] == "\u3000" or _DASHED.match(rest) or _KEY.match(rest)):
            return _wide(text, start, match[1], rest)
        if start == 0:
            return None
        start = text.rfind("\n", 0, start - 1) + 1
    return None


_LINES = 30


def _wide(text: str, start: int, indent: str, rest: str) -> Mistake:
    plain = plain_indent(text, start, indent, rest)
    first = indent.index("\u3000")
    return Mistake(
        offset=start + first,
        message=f"行首用了全角空格（{indent.count(chr(0x3000))} 个）",
        hint=f"改成半角空格，每层两个：这一行写成“{plain}{_short(rest)}”",
        fix=Fix(text=plain, start=start, end=start + len(indent)),
    )


def spaceless(text: str, start: int, line: str) -> Mistake | None:
    """An item of a list whose dash has no space behind it, below one that has."""
    content = line.lstrip(" ")
    indent = line[: len(line) - len(content)]
    if not re.match(r"-[^\s-]", content) or not _line(text, start - 1, whole=True).startswith(f"{indent}- "):
        return None
    offset = start + len(indent) + 1
    return Mistake(
        offset=offset - 1,
        message="短横线后面没有空格，没有读成清单的一项",
        hint=f"短横线后面加一个空格：{indent}- {_short(content[1:])}",
        fix=Fix(text=" ", start=offset, end=offset),
    )


def dashless(text: str, start: int, line: str) -> Mistake | None:
    """A line among the items of a list that is none, because its dash was forgotten."""
    content = line.lstrip(" ")
    if not content or content[0] in "-#" or (_KEY.match(line) and not content.startswith("{")):
        return None
    above = start
    while above > 0:
        above = text.rfind("\n", 0, above - 1) + 1
        before = _line(text, above)
        if match := _DASHED.match(before):
            return _undashed(start, line, match[1])
        if before.strip() and _KEY.match(before):
            return None
    return None


def _undashed(start: int, line: str, indent: str) -> Mistake:
    content = line.lstrip(" ")
    return Mistake(
        offset=start + len(line) - len(content),
        message="这一行没有短横线，没有读成清单的一项",
        hint=f"行首加“- ”，与上面各项对齐：{indent}- {_short(content)}",
        fix=Fix(text=f"{indent}- ", start=start, end=start + len(line) - len(content)),
    )


def run_together(positions: Positions) -> Iterator[tuple[DataPath, Mistake, bool]]:
    """Plain texts over several lines that were meant as items: path, mistake, and whether it is certain.

    A text whose next line begins with a dash lacks the dash of its first; an item that goes on in the next
    line may be two.
    """
    if positions.root is None:
        return
    found: list[tuple[DataPath, ScalarNode, bool]] = []
    _spread(positions.root, (), found, in_list=False)
    for path, node, inside in found:
        raw = positions.text[node.start_mark.index : node.end_mark.index]
        lines = raw.split("\n")
        start = int(node.start_mark.index)
        dashed = next((match for one in lines[1:] if (match := _DASHED.match(one))), None)
        if dashed is not None and not inside:
            if positions.text[positions.text.rfind("\n", 0, start) + 1 : start].strip():
                continue
            yield (
                path,
                _undashed(
                    start - int(node.start_mark.column), _line(positions.text, start, whole=True), dashed[1]
                ),
                True,
            )
        elif inside:
            yield path, _continued(start, lines, int(node.start_mark.column) - 2), False


def _continued(start: int, lines: list[str], indent: int) -> Mistake:
    second = start + len(lines[0]) + 1
    content = lines[1].strip()
    offset = second + len(lines[1]) - len(lines[1].lstrip())
    return Mistake(
        offset=offset,
        message=f"这一行接在上一行“{_short(lines[0].strip())}”后面，读成了同一项",
        hint=f"另是一项，行首加“- ”：{' ' * max(indent, 0)}- {_short(content)}；确是一句话，就和上一行写在同一行",
    )


def _spread(
    node: Node, path: DataPath, found: list[tuple[DataPath, ScalarNode, bool]], *, in_list: bool
) -> None:
    """Append the plain scalars of several lines in blocks, and whether each is an item of a list.

    One list is appended to: generators within generators would cost more than the looking.
    """
    if node.__class__ is ScalarNode:
        if not node.style and node.start_mark.line != node.end_mark.line:
            found.append((path, node, in_list))
    elif getattr(node, "flow_style", False):
        return
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            _spread(item, (*path, index), found, in_list=True)
    else:
        for key, value in node.value:
            _spread(value, (*path, key.value), found, in_list=False)


def _line(text: str, start: int, *, whole: bool = False) -> str:
    if whole:
        start = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)].rstrip("\r")


def _next(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end + 1


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……"
