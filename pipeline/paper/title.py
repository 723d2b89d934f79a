"""Long titles in balanced lines: a title must not leave one or two characters on its last line (GB/T 9704)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil

from pipeline.paper.piece import Piece

_AFTER = (
    "、",
    "》",
    "”",
    "）",
    "与",
    "和",
    "及",
    "公司",
    "学院",
    "大学",
    "年度",
    "项目",
    "关于",
    "产业",
    "合作",
)
"""Words after which a title may well be broken."""
_WHOLE = (
    "校企合作办公室",
    "智能制造",
    "学徒制",
    "实训",
    "基地",
    "共建",
    "联合",
    "培养",
    "项目",
    "产业",
    "学院",
    "合作",
    "协议",
    "方案",
    "报告",
    "计划",
    "总结",
    "纪要",
    "调研",
    "督查",
    "校企",
    "企业",
    "专业",
    "智能",
    "制造",
    "技术",
    "检测",
    "数字化",
    "研发",
    "建设",
    "提升",
    "职工",
    "教师",
    "学生",
    "学徒",
    "岗位",
    "实习",
    "实践",
    "服务",
    "特色",
    "中国",
    "工作",
    "年度",
    "职业",
    "培训",
    "规范",
    "设备",
    "有限",
    "公司",
    "办公室",
)
"""Words of these titles that are not torn; before one of them a title may be broken where no better place is near."""
_NEAR = 4
"""So many characters from the middle a better place to break is looked for."""
_TORN = 4
"""The cost of a break inside a number with its word, or at a bracket."""
_SPACE = 0.25
"""Of a Chinese character's width: what Word puts between Chinese text and letters or digits."""
_NOT_FIRST = "、，。；：）》”？！的"


def balanced(runs: Sequence[Piece], width: int) -> tuple[tuple[Piece, ...], ...]:
    """The runs of a title, in lines of about one length; `width` is how many Chinese characters a line holds."""
    text = "".join(run.text for run in runs)
    if size(text) <= width:
        return (tuple(runs),)
    fitting: tuple[tuple[int, int], ...] = ()
    for count in range(ceil(size(text) / width), len(text)):
        lines = tuple(_lines(text, width, count))
        if all(size(text[start:end]) <= width for start, end in lines):
            whole = all(_cost(text, start) < _TORN for start, _ in lines[1:])
            if whole or fitting:  # one line more may spare a year or a bracket; no more than one
                fitting = lines if whole or not fitting else fitting
                break
            fitting = lines
    return tuple(tuple(_cut(runs, start, end)) for start, end in fitting) or (tuple(runs),)


def _lines(text: str, width: int, count: int) -> Iterator[tuple[int, int]]:
    """Where each of so many lines begins and ends; the last may be too long."""
    start = 0
    for left in range(count, 1, -1):
        ideal = size(text[start:]) / left
        room = width * (left - 1)
        far = {
            spot: abs(size(text[start:spot]) - ideal)
            for spot in range(start + 1, len(text))
            if size(text[start:spot]) <= width and size(text[spot:]) <= room
        }
        if not far:
            break
        end = min(far, key=lambda spot: (far[spot] > _NEAR, _cost(text, spot), far[spot]))
        yield start, end
        start = end
    yield start, len(text)


def _cost(text: str, spot: int) -> int:
    """How bad it is to break before this character: inside a word of letters or before a sign worst."""
    before, after = text[spot - 1], text[spot]
    if (
        after in _NOT_FIRST
        or before in "（《“"
        or (before.isascii() and (after.isascii() or after in "年月日％"))
    ):
        return _TORN
    if any(word in text[max(0, spot - len(word) + 1) : spot + len(word) - 1] for word in _WHOLE):
        return 3
    if text[:spot].endswith(_AFTER):
        return 0
    return 1 if text.startswith(_WHOLE, spot) else 2


def size(text: str) -> float:
    """The width in Chinese characters; Word sets a little space between them and letters or digits."""
    wide = [unicodedata.east_asian_width(char) in "WFA" for char in text]
    changes = sum(one != other for one, other in pairwise(wide))
    return sum(1 if one else 0.5 for one in wide) + changes * _SPACE


def _cut(runs: Sequence[Piece], start: int, end: int) -> Iterator[Piece]:
    at = 0
    for run in runs:
        text = run.text[max(0, start - at) : max(0, end - at)]
        at += len(run.text)
        if text:
            yield Piece(text, run.look)
