"""Data packs: the tables a college has to report, each a file that says which columns it has and where they come from.

title: 产学合作数据
rows: cooperation
columns:
  - {head: 合作企业名称, value: enterprise}
  - {head: 填报单位, text: 校企合作办公室}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.kernel.codes import templating
from pipeline.kernel.finding import DataPath, Finding
from pipeline.kernel.grid import Cell, Column, Grid
from pipeline.kernel.structs import Struct
from pipeline.kernel.visible import nearest
from pipeline.source import Source, load
from pipeline.source.files import read_bytes
from pipeline.standing.ledgers import LedgerContext
from pipeline.standing.platform import SOURCES, RowFact

FOLDER = "packs"
"""Where they lie inside the templates."""
_LABEL = "templates"
_TEXT = RowFact("固定的内容", 16)
_TOP, _INNER = ("title", "rows", "columns"), ("head", "value", "text")


class PackColumn(Struct, frozen=True, kw_only=True):
    """A column: its head, and the name of its value or a text that stands in every row."""

    head: str
    value: str = ""
    text: str = ""


class Pack(Struct, frozen=True, kw_only=True):
    """A table to be reported: its title, what its rows are, its columns in order."""

    title: str
    rows: str
    columns: tuple[PackColumn, ...]

    def table(self, context: LedgerContext, year: int) -> Grid:
        """The table of a year."""
        facts, rows = SOURCES[self.rows]
        names = list(facts)
        known = [facts.get(one.value, _TEXT) for one in self.columns]
        columns = tuple(
            Column(head=one.head, width=fact.width, shape=fact.shape, summed=fact.adds_up)
            for one, fact in zip(self.columns, known, strict=True)
        )

        def cell(one: PackColumn, row: tuple[Cell, ...]) -> Cell:
            return row[names.index(one.value)] if one.value else one.text

        made = (tuple(cell(one, row) for one in self.columns) for row in rows(context, year))
        return Grid(title=self.title, notes=(), columns=columns, rows=tuple(made))


def packs(templates: Path) -> tuple[tuple[Pack, ...], tuple[Finding, ...]]:
    """The packs of a folder of templates by their files' names, and what is wrong with the others."""
    found: list[Pack] = []
    faults: list[Finding] = []
    for path in sorted((templates / FOLDER).glob("*.yaml")):
        name = f"{_LABEL}/{FOLDER}/{path.name}"
        content = read_bytes(templates, f"{FOLDER}/{path.name}")
        if isinstance(content, Finding):
            faults.append(content)
            continue
        source = load(name, content)
        wrong = [*source.findings, *_wrong(source)]
        faults += wrong
        if not wrong and source.data is not None:
            found.append(_pack(source.data))
    return tuple(found), tuple(faults)


def _pack(data: Mapping[str, Any]) -> Pack:
    columns = tuple(PackColumn(**column) for column in data["columns"])
    return Pack(title=data["title"], rows=data["rows"], columns=columns)


def _wrong(source: Source) -> Iterator[Finding]:
    """What keeps a pack from being a table."""
    data: Any = source.data or {}
    if source.data is None:
        return
    yield from _keys(source, (), data, _TOP)
    title = data.get("title")
    if not isinstance(title, str) or not title or set(title) & set('\\/:*?"<>|'):
        yield _at(source, ("title",), "title 要写这张表的名称，它也是文件名，不能有 / 等符号")
    if data.get("rows") not in SOURCES:
        yield _at(source, ("rows",), f"rows 写 {'、'.join(SOURCES)} 之一")
        return
    columns = data.get("columns")
    if not isinstance(columns, list) or not columns:
        yield _at(
            source, ("columns",), "columns 要写至少一栏，形如 - {head: 合作企业名称, value: enterprise}"
        )
        return
    for number, column in enumerate(columns):
        yield from _column_faults(source, ("columns", number), column, data["rows"])


def _column_faults(source: Source, path: DataPath, column: Any, rows: str) -> Iterator[Finding]:
    if not isinstance(column, dict) or not isinstance(column.get("head"), str):
        yield _at(source, path, "每一栏要写表头，形如 {head: 合作企业名称, value: enterprise}")
        return
    yield from _keys(source, path, column, _INNER)
    facts = SOURCES[rows][0]
    value, text = column.get("value"), column.get("text")
    if (value is None) == (text is None):
        yield _at(source, path, f"“{column['head']}”要写 value（取哪个数）或者 text（固定的内容），只写一样")
    elif value is not None and value not in facts:
        close = nearest(str(value), list(facts))
        hint = f"，是不是 {close}" if close else ""
        listed = "、".join(f"{key}（{fact.meaning}）" for key, fact in facts.items())
        yield _at(source, (*path, "value"), f"没有叫 {value} 的数{hint}；可取的有：{listed}")
    elif text is not None and not isinstance(text, str):
        yield _at(source, (*path, "text"), "text 写文字，数字加引号")


def _keys(
    source: Source, path: DataPath, data: Mapping[str, Any], known: tuple[str, ...]
) -> Iterator[Finding]:
    for key in data:
        if key not in known:
            yield _at(source, (*path, key), f"不认识 {key}；可写 {'、'.join(known)}")


def _at(source: Source, path: DataPath, message: str) -> Finding:
    return templating.BROKEN_PACK.at(source.place(path), message)
