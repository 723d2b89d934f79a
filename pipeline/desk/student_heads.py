"""The heads of a list of students, in one row or two: which column plays which part, and which hold how many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.desk.ledger_layout import plain
from pipeline.returned.filled_book import FilledCell, Rows

_HIGHEST = 15
_ROLES: Mapping[str, tuple[str, ...]] = {
    "project": ("项目", "项目编号", "合作项目", "项目名称"),
    "enterprise": (
        "实习单位",
        "实习企业",
        "企业名称",
        "合作企业",
        "单位名称",
        "企业",
        "就业单位",
        "用人单位",
    ),
    "year": ("年度", "年份", "学年", "实习学年", "实习年度"),
    "start": ("开始日期", "开始时间", "实习开始时间", "实习开始日期", "实习起始日期", "起始日期"),
    "major": ("专业", "专业名称"),
    "class": ("班级", "专业班级", "班级名称"),
    "number": ("人数", "学生人数", "实习人数", "学生数", "实习学生数", "学生数量"),
    "student": ("学号", "学籍号"),
}
_TOTALS = ("合计", "小计", "总计", "总数", "总人数", "共计", "计")
_PARTS = frozenset(("男", "女", "男生", "女生"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentHeads:
    """The rows of heads, and which column plays which part.

    `numbers` are the columns that together say how many there are: none where each row is a person, or where
    `unclear` tells that several columns stand under that head and no total among them.
    """

    row: int
    depth: int
    columns: Mapping[str, int]
    numbers: tuple[int, ...]
    unread: tuple[str, ...]
    unclear: bool = False

    @property
    def first(self) -> int:
        """The row in which the entries begin."""
        return self.row + self.depth

    @property
    def known(self) -> int:
        """How many parts are played."""
        return len(self.columns) + (bool(self.numbers) or self.unclear)


def student_heads(rows: Rows) -> StudentHeads:
    """The likeliest heads of a sheet; without any columns where none are known."""
    best = StudentHeads(row=0, depth=1, columns={}, numbers=(), unread=())
    for number in range(min(_HIGHEST, len(rows))):
        for depth in (1, 2):
            if number + depth <= len(rows):
                found = _read(rows, number, depth)
                # Of equal readings the one of a single row: a title above it is no head.
                best = max(best, found, key=lambda one: (one.known, not one.unclear, -one.depth))
    return best


def _read(rows: Rows, number: int, depth: int) -> StudentHeads:
    columns: dict[str, int] = {}
    counted: dict[int, str] = {}
    unread = []
    heads = list(_pairs(rows[number], rows[number + 1] if depth == 2 else ()))
    for column, (upper, lower) in enumerate(heads):
        role = _role(upper, lower)
        if role == "number":
            counted[column] = lower
        elif role and role not in columns:
            columns[role] = column
        elif head := lower or upper:
            unread.append(head)
    numbers = tuple(_numbers(counted))
    return StudentHeads(
        row=number,
        depth=depth,
        columns=columns,
        numbers=numbers,
        unread=tuple(unread),
        unclear=bool(counted) and not numbers,
    )


def _pairs(upper: tuple[FilledCell, ...], lower: tuple[FilledCell, ...]) -> Iterator[tuple[str, str]]:
    for column in range(max(len(upper), len(lower))):
        yield _said(upper, column), _said(lower, column)


def _said(row: tuple[FilledCell, ...], column: int) -> str:
    value = row[column].value if column < len(row) else None
    return plain(value) if isinstance(value, str) else ""


def _role(upper: str, lower: str) -> str:
    """The part of a column: by its lower head, by both together, by the upper one where it goes down to the entries."""
    said = {lower, upper + lower, upper if lower in ("", upper) else lower}
    if upper in _ROLES["number"] and lower not in ("", upper):
        return "number"
    return next((role for role, heads in _ROLES.items() if said & set(heads)), "")


def _numbers(counted: Mapping[int, str]) -> Iterator[int]:
    """Which of the columns of figures to take: the total, else men and women together, else the only one."""
    totals = [column for column, lower in counted.items() if lower in _TOTALS]
    parts = [column for column, lower in counted.items() if lower in _PARTS]
    if totals or len(counted) == 1:
        yield from totals[:1] or counted
    elif len(parts) == len(counted) == len({counted[one] for one in parts}):
        yield from parts
