"""Syntax errors in the words of a colleague: what is wrong on the line and what to type instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.source.compose import NotYaml

_FLOW = {"[": ("方括号 [", "]"), "{": ("花括号 {", "}")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A syntax error at `offset` of the text."""

    offset: int
    message: str
    hint: str


_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?:[ \r\n]|\Z)", re.MULTILINE)
_KEY_COLON = re.compile(r"[ \t]*(?:- +)*[\"“]?([A-Za-z][A-Za-z0-9_-]*)[\"”]?[：﹕]")
_KEY_NO_SPACE = re.compile(r"[ \t]*(?:- +)*[A-Za-z][A-Za-z0-9_-]*:[^\s:]")
_TAB = re.compile(r"[ ]*(?:- +)*\t")
_IDEOGRAPHIC_INDENT = re.compile(r"[ ]*\u3000")
_FULL_WIDTH_MARK = re.compile(r"[ \t]*([－—–•·])[ \t\u3000]*\S")


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
    start = text.rfind("\n", 0, offset) + 1
    line = text[start:].split("\n", 1)[0].rstrip("\r")
    return _by_line(line, start) or _by_problem(text, line, offset, error)


def _spot(text: str, error: NotYaml) -> int:
    """Where to look: for something left open on an earlier line its beginning, else where the parser stopped."""
    opening = error.context_offset
    if opening is None or "next token" in error.context:
        return error.offset
    if error.context.startswith("while scanning"):
        return opening
    left_open = "flow" in error.context and "\n" in text[opening : error.offset]
    return opening if left_open else error.offset


def _by_line(line: str, start: int) -> Mistake | None:
    """Mistakes of the input method, which the line itself shows."""
    if match := _TAB.match(line):
        return Mistake(
            offset=start + match.end() - 1, message="行首用了制表符（Tab）", hint="缩进改用空格，每层两个"
        )
    if match := _IDEOGRAPHIC_INDENT.match(line):
        return Mistake(
            offset=start + match.end() - 1, message="行首用了全角空格", hint="缩进改用半角空格，每层两个"
        )
    if match := _KEY_COLON.match(line):
        hint = f"改成英文冒号加一个空格：{match[1]}: ……"
        return Mistake(
            offset=start + match.end() - 1, message=f"“{match[1]}”后面是全角冒号，没有读成键", hint=hint
        )
    if match := _FULL_WIDTH_MARK.match(line):
        message = f"行首的“{match[1]}”不是英文短横线"
        return Mistake(
            offset=start + match.start(1), message=message, hint="清单每项以英文短横线加一个空格开头：- ……"
        )
    return None


def _by_problem(text: str, line: str, offset: int, error: NotYaml) -> Mistake:
    problem, context = error.problem, error.context
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
    message = "从这里起不符合 YAML 写法"
    return Mistake(
        offset=offset,
        message=message,
        hint=_quotes(line) or "检查缩进是否对齐、冒号后有没有空格、引号是否成对",
    )


def _quotes(line: str) -> str:
    """A hint where Chinese quotes or full-width signs stand in for the ASCII ones."""
    if re.search("[：:]\\s*[“‘]|[\"'][^\"']*[”’]", line):
        return "中文引号“”不算 YAML 的引号：两头都改成英文引号 ' 或 \""
    if re.search("[［｛｝］]", line):
        return "方括号、花括号要用英文的 [ ] { }"
    if _KEY_NO_SPACE.match(line):
        return "英文冒号后面加一个空格"
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
        "键后面写英文冒号加一个空格；是上一栏的续行，就比上一栏多缩进两个空格",
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
