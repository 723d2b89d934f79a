"""Signs of full width where YAML needs those of the keyboard: brackets, commas and colons in them, indentation."""

from __future__ import annotations

import re

from pipeline.kernel.finding import Fix
from pipeline.kernel.late_pattern import late
from pipeline.source.mistake import Mistake

_OPENED = late(r"(?:[:：]\s*|-\s+|[{\[,]\s*)(?=[［｛【])")
_WIDE_BRACES = late(r"[［｛【］｝】]")
_ASCII = str.maketrans("［］【】｛｝", "[][]{}")
_WIDE_COMMA = late(r"[，、；;](?=[ ]*[a-z][a-z0-9_]*[ ]*[:：])")
_WIDE_COLON = late(r"[{,]\s*[\"“]?([a-z][a-z0-9_-]*)[\"”]?\s*[：﹕]")
_EMPTY_KEY = late(r"(?:- +)*[A-Za-z_][\w-]*[:：]\s*(?:#.*)?\Z")


def in_brackets(line: str, start: int) -> Mistake | None:
    """A sign of Chinese in what is to be read as brackets: the brackets themselves, a comma, a colon."""
    return _brackets(line, start) or _comma(line, start) or _colon(line, start)


def _brackets(line: str, start: int) -> Mistake | None:
    opened = _OPENED.search(line)
    found = list(_WIDE_BRACES.finditer(line))
    if not found or not (opened or re.search(r"[\[{]", line[: found[0].start()])):
        return None
    first, last = found[0].start(), found[-1].end()
    return Mistake(
        offset=start + first,
        message=f"这里的“{found[0][0]}”不是英文的括号，没有读成清单或下一级字段",
        hint="方括号、花括号要用英文的 [ ] { }",
        fix=Fix(text=line[first:last].translate(_ASCII), start=start + first, end=start + last),
    )


def _comma(line: str, start: int) -> Mistake | None:
    match = _WIDE_COMMA.search(line)
    if match is None or "{" not in line[: match.start()]:
        return None
    offset = start + match.start()
    return Mistake(
        offset=offset,
        message=f"两个字段之间用了“{match[0]}”，没有分开",
        hint="改成英文逗号加一个空格：, ",
        fix=Fix(text=", ", start=offset, end=offset + 1 + (line[match.end() :].startswith(" "))),
    )


def _colon(line: str, start: int) -> Mistake | None:
    match = _WIDE_COLON.search(line)
    if match is None:
        return None
    offset = start + match.end() - 1
    return Mistake(
        offset=offset,
        message=f"“{match[1]}”后面是全角冒号，没有读成键",
        hint=f"改成英文冒号加一个空格：{match[1]}: ……",
        fix=Fix(text=": ", start=offset, end=offset + 1 + (line[match.end() :].startswith(" "))),
    )


def plain_indent(text: str, start: int, wide: str, rest: str) -> str:
    """The spaces that belong before `rest` instead of `wide` ones, on the line that begins at `start`.

    Two for each is what people mean, but no deeper than the line above allows, and below an open key deeper.
    """
    typed = len(wide.replace("\u3000", "  ").replace("\t", "  "))
    above = _line_above(text, start)
    content = above.lstrip(" ")
    depth = len(above) - len(content)
    if not content:
        return " " * typed
    if _EMPTY_KEY.match(content):
        inner = depth + 2 * (1 + content.startswith("- "))
        return " " * (inner if typed > depth else typed)
    if content.startswith("- ") and not rest.startswith("-"):
        depth += 2
    return " " * min(typed, depth)


def _line_above(text: str, start: int) -> str:
    """The nearest line above that holds more than a comment; empty at the top of the file."""
    while start > 0:
        end = start - 1
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end].rstrip("\r")
        if line.strip() and not line.lstrip().startswith("#"):
            return line
    return ""
