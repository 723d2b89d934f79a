"""Everything a college can read, as plain text by the place where it stands."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from pipeline.check.run import Report
from pipeline.compose.composer import Composer
from pipeline.compose.sheets import SHEETS
from pipeline.kernel.document import Document
from pipeline.kernel.grid import Cell, Grid
from pipeline.output.ledger_files import LEDGERS
from pipeline.paper.markdown import render
from pipeline.record.model import Records
from pipeline.record.register import load
from pipeline.record.schema import Schema
from pipeline.site import write as site
from pipeline.standing.days import days
from pipeline.standing.labels import Labels
from pipeline.standing.ledgers import LedgerContext
from pipeline.standing.packs import packs
from tests.college import TEMPLATES


class Outputs:
    """Reads what is made of a college, as often as it is altered; wordings and pages are compiled once."""

    def __init__(self, schemas: Mapping[str, Schema], today: date) -> None:
        self._schemas = schemas
        self._today = today
        self._composer = Composer(TEMPLATES, schemas, Records(), today)

    def read(self, root: Path) -> dict[str, str]:
        """The text of every document, ledger, table and page of the site, and of the calendar, by its name."""
        register = load(root, self._schemas)
        found = dict(self._documents(register.records)) | dict(self._ledgers(register.records))
        report = Report(register=register, findings=())
        seen = site.see(report, self._schemas, self._today, root / "build")
        return found | dict(_pages(site.files(seen)))

    def _documents(self, records: Records) -> Iterator[tuple[str, str]]:
        composer = self._composer.over(records)
        for sheet in SHEETS:
            for key, record in sheet.records(records).items():
                if sheet.prints(record):
                    wording = sheet.wording(record).rpartition("/")[2]
                    yield f"{wording}: {'/'.join(sheet.place(key))}", _read(composer.compose(sheet, key))

    def _ledgers(self, records: Records) -> Iterator[tuple[str, str]]:
        context = LedgerContext(words=Labels(records=records, schemas=self._schemas), today=self._today)
        for ledger in LEDGERS:
            grid = ledger(context)
            yield grid.title, _cells(grid)
        for pack in packs(TEMPLATES)[0]:
            for year in range(2023, self._today.year + 1):
                grid = pack.table(context, year)
                yield f"{grid.title}{year}", _cells(grid)
        yield "日历", "\n".join(f"{one.day} {one.title} {one.text}" for one in days(context))


def _read(document: Document) -> str:
    return render(document).replace("\\", "")


def _cells(grid: Grid) -> str:
    return "\n".join("\t".join(map(_cell, row)) for row in grid.rows)


def _cell(cell: Cell) -> str:
    return str(cell) if cell is not None else ""


_TAG = re.compile(r"<[^>]*>")


def _pages(files: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, str]]:
    for name, content in files:
        if name.endswith(".html"):
            yield name, html.unescape(_TAG.sub(" ", content.decode()))
