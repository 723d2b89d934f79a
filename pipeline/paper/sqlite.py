"""SQLite: tables as one database file that spreadsheets and BI programs open; same tables, same bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from decimal import Decimal

from pipeline.kernel.data_table import DataTable
from pipeline.kernel.grid import Cell


def render(tables: Iterable[DataTable]) -> bytes:
    """The database with every table, parents first; the values that lead to a parent are foreign keys."""
    with closing(sqlite3.connect(":memory:")) as database:
        for table in tables:
            database.execute(_declared(table))
            marks = ", ".join("?" * len(table.columns))
            rows = (tuple(map(_stored, row)) for row in table.rows)
            database.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({marks})", rows)
        database.commit()
        # Freed pages and the order of writing would otherwise leave their trace in the file.
        database.execute("VACUUM")
        return database.serialize()


def _declared(table: DataTable) -> str:
    lines = []
    for number, column in enumerate(table.columns):
        key = " PRIMARY KEY NOT NULL" if number == 0 and column.name == "id" else ""
        above = f" NOT NULL REFERENCES {_quoted(column.parent)}(id)" if column.parent else ""
        lines.append(f"  {_quoted(column.name)} {column.sort.value}{key}{above}")
    return f"CREATE TABLE {_quoted(table.name)} (\n" + ",\n".join(lines) + "\n)"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _stored(value: Cell) -> str | int | float | None:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        # Up to fifteen digits are kept as they are, more than any amount or count has.
        return int(value) if value == value.to_integral_value() and abs(value) < 2**53 else float(value)
    return (
        int(value)
        if isinstance(value, bool) or (isinstance(value, int) and abs(value) < 2**63)
        else (str(value) if isinstance(value, int) else value)
    )
