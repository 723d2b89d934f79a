"""Everything the college keeps, for its own programs: one SQLite file, CSV files, and the dictionary of both."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.check.run import Report
from pipeline.kernel.data_table import DataColumn, DataTable, Sort
from pipeline.kernel.grid import Grid, Shape
from pipeline.output.export_tables import Name, tables
from pipeline.output.ledger_files import LEDGERS
from pipeline.output.masked import masked, people_named
from pipeline.standing.labels import Labels
from pipeline.standing.ledgers import LedgerContext

DATABASE, DICTIONARY = "校企合作.sqlite", "数据字典"
"""The files' names."""

_SORTS = {Shape.TEXT: Sort.TEXT, Shape.MONEY: Sort.MONEY, Shape.DAY: Sort.DAY}
_SAID = {
    Sort.TEXT: "文字",
    Sort.WHOLE: "整数",
    Sort.NUMBER: "数字",
    Sort.MONEY: "金额（元）",
    Sort.DAY: "日期",
    Sort.FLAG: "是否",
}
_REFERS = {
    "person": "人员：college_people.key",
    "department": "部门：college_departments.key",
    "enterprise": "企业：enterprise.id",
    "party": "当事方：college（本校）或 enterprise.id",
    "project": "项目：agreement.id",
}
_CONTACT_HEADS = ("联系人", "电话", "邮箱", "账号", "职务", "企业接待人", "报告人")
_CONTACT_COLUMNS = (("人员互聘台账", "人员"), ("合作企业台账", "所属企业"))
"""Heads of ledgers that name people of enterprises or tell how to reach them; such that mean others elsewhere by ledger."""


def files(context: LedgerContext, report: Report, *, personal: bool) -> dict[str, bytes]:
    """The files of an export by name; of files that cannot be read nothing is in it (`report` tells of them)."""
    from pipeline.paper import csv, sqlite  # what writes them is loaded only when an export is due

    entries = report.register.entries
    records = {
        name: (entry.kind, entry.id, entry.source.data)
        for name, entry in entries.items()
        if entry.source.data is not None
    }
    schemas, name = context.words.schemas, _names(context.words)
    made = list(tables(schemas, records, name, personal=personal))
    made += [_ledger(ledger(context), personal=personal) for ledger in LEDGERS]
    if not personal:
        college = context.records.college
        own = (one.name for one in (college.people if college else {}).values())
        people = people_named(tables(schemas, records, name, personal=True), own)
        made = [masked(table, people) for table in made]
    made.append(_dictionary(made))
    found = {f"csv/{table.label}.csv": csv.data(table) for table in made}
    return {DATABASE: sqlite.render(made), **found}


def _names(words: Labels) -> Name:
    tellers: Mapping[str, Callable[[str], str]] = {
        "person": words.person,
        "department": words.department,
        "enterprise": words.party,
        "party": words.party,
        "project": words.project,
    }

    def name(sort: str, key: str) -> str:
        return tellers[sort](key) if sort in tellers else ""

    return name


def _ledger(grid: Grid, *, personal: bool) -> DataTable:
    """A ledger with its heads as names: what only the program works out, such as where an agreement stands."""
    columns = tuple(
        DataColumn(
            name=column.head,
            label=column.head,
            sort=_SORTS.get(column.shape, Sort.NUMBER),
            meaning="程序算出",
            personal=any(head in column.head for head in _CONTACT_HEADS)
            or (grid.title, column.head) in _CONTACT_COLUMNS,
        )
        for column in grid.columns
    )
    kept = [number for number, column in enumerate(columns) if personal or not column.personal]
    return DataTable(
        name=grid.title,
        label=grid.title,
        columns=tuple(columns[number] for number in kept),
        rows=tuple(tuple(row[number] for number in kept) for row in grid.rows),
    )


_DICTIONARY_COLUMNS = (
    "table",
    "file",
    "column",
    "label",
    "meaning",
    "type",
    "required",
    "choices",
    "clause",
    "refers",
)
_DICTIONARY_LABELS = ("表", "CSV 文件", "列", "列名", "含义", "类型", "必填", "可取的值", "依据", "对应")


def _dictionary(made: list[DataTable]) -> DataTable:
    columns = tuple(
        DataColumn(name=name, label=label)
        for name, label in zip(_DICTIONARY_COLUMNS, _DICTIONARY_LABELS, strict=True)
    )
    rows = tuple(
        (
            table.name,
            f"{table.label}.csv",
            column.name,
            column.label,
            column.meaning,
            _SAID[column.sort],
            "是" if column.required else "",
            column.choices,
            column.clause,
            f"{column.parent}.id" if column.parent else _REFERS.get(column.refers, column.refers),
        )
        for table in made
        for column in table.columns
    )
    return DataTable(name="data_dictionary", label=DICTIONARY, columns=columns, rows=rows)
