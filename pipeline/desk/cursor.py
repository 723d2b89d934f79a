"""Where in a record the cursor of a text editor stands, told from the indentation: half-typed YAML has no other form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.kernel.finding import DataPath

_ROW = re.compile(
    r"(?P<lead>[ ]*)(?P<dashes>(?:-[ ]+|-\Z)*)(?:(?P<key>[\w.-]+|\"[^\"]*\"|'[^']*')[ ]*:(?=[ ]|\Z))?"
)
_TOKEN = re.compile(r"\"[^\"]*\"|'[^']*'|[{}\[\],]|(?P<key>[\w.-]+)[ ]*:(?=[ ]|\Z)")
_WORD = re.compile(r"[^\s,\[\]{}:\"']*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class CursorSpot:
    """What stands at a cursor: the path of the field, and whether its key is meant or its value.

    `path` of a key that is being typed ends with what is there of it. List items count as 0. `word` is what stands
    before the cursor of what is being typed, `start` the column (from 0, in characters) at which it begins.
    """

    path: DataPath
    key: bool
    word: str
    start: int


@dataclass(frozen=True, slots=True)
class _Row:
    dashes: tuple[int, ...]
    key: str
    column: int
    end: int


def lines_of(text: str, *, ends: bool = False) -> list[str]:
    """The lines of a text as editors count them, with their ends if asked.

    Python's own `splitlines` also breaks at signs that stand inside of a line, such as those that Word pastes.
    """
    return re.split(r"(?<=\n)|(?<=\r)(?!\n)", text) if ends else re.split(r"\r\n|\n|\r", text)


def spot_at(text: str, line: int, column: int) -> CursorSpot:
    """What stands at a line and column, both from 0 and in characters."""
    rows = lines_of(text)
    whole = rows[line] if line < len(rows) else ""
    row, before = _read(whole), whole[:column]
    word = _word(before)
    inside = _inside(before, row)
    if inside is not None:
        path, key = inside
        return CursorSpot(
            path=(*_above(rows, line, row), *path), key=key, word=word, start=len(before) - len(word)
        )
    # On a bare row the cursor may stand further left than the text that is to come.
    bare = not row.key and not row.dashes and not whole.strip()
    at = _Row((), "", column, column) if bare else row
    path = _above(rows, line, at)
    if row.key:
        return CursorSpot(
            path=(*path, row.key), key=column <= row.end, word=word, start=len(before) - len(word)
        )
    return CursorSpot(path=(*path, word), key=True, word=word, start=len(before) - len(word))


def siblings(text: str, line: int, column: int) -> frozenset[str]:
    """The keys that stand beside one at a column: before and after it, as far as the mapping goes."""
    rows = lines_of(text)
    found = set[str]()
    for step in (-1, 1):
        number = line + step
        while 0 <= number < len(rows):
            row = _read(rows[number])
            number += step
            if not rows[number - step].strip() or rows[number - step].lstrip().startswith("#"):
                continue
            if row.column < column or (row.dashes and row.dashes[-1] < column and step > 0):
                break
            if row.key and row.column == column:
                found.add(row.key)
            if row.dashes and row.dashes[-1] < column:
                break
    return frozenset(found)


def _read(text: str) -> _Row:
    found = _ROW.match(text)
    assert found is not None  # every part of the pattern may be empty
    dashes = tuple(found.start("dashes") + one.start() for one in re.finditer("-", found["dashes"]))
    key = (found["key"] or "").strip("\"'")
    column = found.start("key") if found["key"] else found.end()
    return _Row(dashes, key, column, found.end("key") if found["key"] else found.end())


def _above(rows: list[str], line: int, row: _Row) -> DataPath:
    """The path of the mapping or list in which a row's own key or value stands."""
    path: list[str | int] = []
    limit, of_list = row.column, False
    for column in reversed(row.dashes):
        path.insert(0, 0)
        limit, of_list = column, True
    for text in reversed(rows[:line]):
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        other = _read(text)
        # The items of a list may stand right below its key, not indented at all.
        if other.key and (other.column < limit or (of_list and other.column == limit and not other.dashes)):
            path.insert(0, other.key)
            limit, of_list = other.column, False
        for column in reversed(other.dashes):
            if column < limit:
                path.insert(0, 0)
                limit, of_list = column, True
        if limit == 0 and not of_list:
            break
    return tuple(path)


def _inside(before: str, row: _Row) -> tuple[DataPath, bool] | None:
    """The way further in where the cursor stands inside of braces or brackets on the row, and whether at a key."""
    steps: list[str | int] = []  # what each open brace or bracket belongs to
    signs: list[str] = []
    key = ""
    for found in _TOKEN.finditer(before):
        sign = found[0]
        if sign in "{[":
            listed = bool(signs) and signs[-1] == "[" and not key
            steps.append(0 if listed else key or row.key)
            signs.append(sign)
            key = ""
        elif sign in "}]":
            if signs:
                signs.pop()
                steps.pop()
            key = ""
        elif sign == ",":
            key = ""
        elif found["key"]:
            key = found["key"]
    if not signs:
        return None
    path = tuple(step for step in steps if step != "")
    if key:
        return (*path, key), False
    return ((*path, 0), False) if signs[-1] == "[" else ((*path, _word(before)), True)


def _word(before: str) -> str:
    found = _WORD.search(before)
    return found[0] if found else ""
