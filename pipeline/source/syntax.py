"""Syntax errors in the words of a colleague: what is wrong on the line and what to type instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.kernel.finding import Fix
from pipeline.kernel.late_pattern import late
from pipeline.source import pasted, wide_signs
from pipeline.source.mistake import Mistake
from pipeline.source.nodes import NotYaml

_FLOW = {"[": ("方括号 [", "]"), "{": ("花括号 {", "}")}


_CONFLICT = late(r"^(?:<{7}|={7}|>{7}|\|{7})(?:[ \r\n]|\Z)", re.MULTILINE)
_KEY_COLON = late(r"[ \t]*(?:- +)*[\"“]?([A-Za-z][A-Za-z0-9_-]*)[\"”]?[：﹕]")
_KEY_NO_SPACE = late(r"[ \t]*(?:- +)*([A-Za-z][A-Za-z0-9_-]*):(?!//)[^ \t\r\n:]")
_SEEN: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (late(r"[ ]*(?:- +)*\t"), "行首用了制表符（Tab）", "缩进改用空格，每层两个"),
    (late(r"[ ]*(?:- +)*:(?=\s|\Z)"), "冒号前面没有键", "冒号前面写上键"),
    (
        late(r"[ \t]*(?:[－—–•·●▪](?=[ \t\u3000]*\S)|\*(?= ))"),
        "行首的“{}”不是英文短横线",
        "清单每项以英文短横线加一个空格开头：- ……",
    ),
)

_INSTEAD = {"\t": "  "} | dict.fromkeys("－–—•·●▪*", "-")


def conflicts(text: str) -> Iterator[Mistake]:
    """Each conflict that a merge left behind, at its first marker."""
    inside = False
    for match in _CONFLICT.finditer(text):
        opening = match[0].startswith("<")
        if opening or not inside:
            message = f"合并留下了冲突标记 {match[0].strip()}，两边的内容都在文件里"
            yield Mistake(
                offset=match.start(),
                message=message,
                hint="留下正确的一边，删去 <<<<<<<、=======、>>>>>>> 这几行",
            )
        inside = (inside or opening) and not match[0].startswith(">")


def explain(text: str, error: NotYaml) -> Mistake:
    """The parser's complaint retold, at the spot where the editor has to change something."""
    offset = _spot(text, error)
    start, line = _line_at(text, offset)
    if (
        # These three show themselves elsewhere than where the parser stopped, so they are asked before the
        # line is.
        mistake := pasted.table(text, offset)
        or pasted.wide_indent(text, start)
        or _runaway_quote(text, offset)
    ):
        return mistake
    return (
        _by_line(line, start)
        or _tab_below(text, start + len(line))
        or pasted.spaceless(text, start, line)
        or pasted.dashless(text, start, line)
        or wide_signs.in_brackets(line, start)
        or _by_key(*_line_before(text, start))
        or _by_key(start, line)
        or _by_problem(text, line, offset, error)
    )


def _line_at(text: str, offset: int) -> tuple[int, str]:
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return start, text[start : end if end >= 0 else len(text)].rstrip("\r")


def _line_before(text: str, start: int) -> tuple[int, str]:
    """The last line before `start` that is neither blank nor a comment: a key not read there breaks the next."""
    while start > 0:
        start, line = _line_at(text, start - 1)
        if line.strip() and not line.lstrip().startswith("#"):
            return start, line
    return 0, ""


def _spot(text: str, error: NotYaml) -> int:
    """Where to look: for something left open on an earlier line its beginning, else where the parser stopped."""
    opening = error.context_offset
    if opening is None or "next token" in error.context:
        return error.offset
    if error.context.startswith("while scanning"):
        return opening
    left_open = "flow" in error.context and "\n" in text[opening : error.offset]
    return opening if left_open else error.offset


def _runaway_quote(text: str, offset: int) -> Mistake | None:
    """A quote left open that closed at the next opening one, lines below, where the parser then stumbled."""
    before = text[:offset].rstrip(" ")
    quote = before[-1:]
    if quote not in ("'", '"') or offset >= len(text):
        return None
    opening = before.rfind(quote, 0, len(before) - 1)
    if opening < 0 or "\n" not in before[opening:]:
        return None
    last = text.count("\n", 0, offset) + 1
    message = f"引号从这里开始，到第 {last} 行才遇到另一个引号，多半漏了收尾"
    return Mistake(offset=opening, message=message, hint="在这段文字末尾补上同样的英文引号")


def _by_line(line: str, start: int) -> Mistake | None:
    """Mistakes of the input method, which the line itself shows; each pattern ends at the wrong character."""
    for pattern, message, hint in _SEEN:
        if match := pattern.match(line):
            offset = start + match.end() - 1
            fix = (
                Fix(text=_INSTEAD[match[0][-1]], start=offset, end=offset + 1)
                if match[0][-1] in _INSTEAD
                else None
            )
            return Mistake(offset=offset, message=message.format(match[0][-1]), hint=hint, fix=fix)
    return None


def _tab_below(text: str, end: int) -> Mistake | None:
    """A tab at the beginning of the next line, which the parser blames on this one."""
    start = text.find("\n", end) + 1
    line = _line_at(text, start)[1] if start else ""
    return _by_line(line, start) if line.startswith(("\t", " \t", "  \t")) else None


def _by_key(start: int, line: str) -> Mistake | None:
    """A key that was not read as one, for want of an ASCII colon or of the space behind it."""
    if match := _KEY_COLON.match(line):
        hint = f"改成英文冒号加一个空格：{match[1]}: ……"
        message = f"“{match[1]}”后面是全角冒号，没有读成键"
        colon = start + match.end() - 1
        fix = Fix(text=": ", start=colon, end=colon + 1)
        return Mistake(offset=colon, message=message, hint=hint, fix=fix)
    if match := _KEY_NO_SPACE.match(line):
        hint = f"英文冒号后面加一个空格：{match[1]}: ……"
        message = f"“{match[1]}”的冒号后面没有空格，没有读成键"
        colon = start + match.end(1)
        fix = Fix(text=": ", start=colon, end=colon + 1)
        return Mistake(offset=colon, message=message, hint=hint, fix=fix)
    return None


def _by_problem(text: str, line: str, offset: int, error: NotYaml) -> Mistake:
    problem, context = error.problem, error.context
    if text[offset : offset + 1] in ("]", "}"):
        message = f"这里多了一个 {text[offset]}"
        return Mistake(offset=offset, message=message, hint=_quotes(line) or "删去它，或补上与它配对的另一半")
    for pattern, message, hint in _SAID:
        if re.search(pattern, f"{context}: {problem}"):
            return Mistake(offset=offset, message=message, hint=_quotes(line) or hint)
    opening = text[error.context_offset or 0 :][:1]
    if "flow" in context and opening in _FLOW:
        name, closing = _FLOW[opening]
        hint = f"补上 {closing}；各项之间用英文逗号，冒号后加空格，文字里有逗号、括号的用引号括起来"
        return Mistake(
            offset=offset, message=f"{name} 没有配对，或里面的写法不对", hint=_quotes(line) or hint
        )
    if text[offset : offset + 1] in "@`%|>&*!" and "cannot start any token" in problem:
        message = f"文字不能以 {text[offset]} 开头"
        return Mistake(offset=offset, message=message, hint="用英文引号把这段文字括起来")
    return Mistake(offset=offset, message="从这里起不符合 YAML 写法", hint=_quotes(line))


def _quotes(line: str) -> str:
    """A hint where Chinese quotes or full-width signs stand in for the ASCII ones."""
    if re.search("[：:]\\s*[“‘]|[\"'][^\"']*[”’]", line):
        return "中文引号“”不算 YAML 的引号：两头都改成英文引号 ' 或 \""
    if re.search("[［｛｝］]", line):
        return "方括号、花括号要用英文的 [ ] { }"
    return ""


_SAID: tuple[tuple[str, str, str], ...] = (
    (
        "quoted scalar.*(end of stream|document indicator|unexpected end)",
        "引号从这里开始，到文件末尾也没有收尾",
        "在这段文字末尾补上同样的英文引号",
    ),
    ("unknown escape", "双引号里的反斜杠写法认不出来", "把双引号换成单引号，反斜杠就只是反斜杠"),
    ("escape code|hexdecimal|hexadecimal", "双引号里的转义写不成一个字符", "直接写这个字，不用转义"),
    (
        "mapping values are not allowed",
        "这里的冒号不该出现",
        "值里面有“: ”的，用引号括起来；是新的一栏，检查它与上一栏是否对齐",
    ),
    (
        "could not find expected ':'",
        "这一行没有读成“键: 值”",
        "是一栏，键后面写英文冒号加一个空格；是清单的一项，行首加“- ”；是上面那段文字的下一行，接到上一行末尾",
    ),
    (
        "sequence entries are not allowed",
        "清单不能接在键的同一行",
        "短横线另起一行，缩进两个空格；文字以短横线开头的用引号括起来",
    ),
    (
        "block mapping.*did not find expected key",
        "这一行与上面各栏没有对齐，或引号后面还有别的字",
        "同一层的键左边对齐；引号要括住整个值",
    ),
    (
        "block collection.*expected '-'",
        "这一行与上面的清单没有对齐",
        "清单各项左边对齐，每项以短横线加一个空格开头",
    ),
    ("scanning an (alias|anchor)", "文字不能以 * 或 & 开头", "用英文引号把整段文字括起来，例如 '**重点**……'"),
    ("block scalar", "竖线 | 或 > 后面不该有别的字", "文字从下一行开始写，并比这一行多缩进两个空格"),
    ("directive", "% 开头的行是指令，记录里不用", "删去这一行；是文字就用引号括起来"),
    ("document start", "这里的内容不属于上面的记录", "检查缩进；多余的括号或 ... 之后的内容要删去"),
    ("tag", "文字不能以 ! 开头", "用英文引号把整段文字括起来"),
    ("expected node content", "这里少了一个值，或多了一个括号", "补上值，或删去多余的括号"),
)
