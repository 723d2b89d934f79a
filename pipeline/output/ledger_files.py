"""The ledgers, the tables to be reported and the calendar: of the whole college, as of a day."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from pipeline.check.run import Report
from pipeline.kernel.grid import Grid
from pipeline.kernel.recall import NOTHING_KEPT, Recall, digest
from pipeline.kernel.store import Memory, replace_file, replace_folder
from pipeline.memory.kept_files import KeptFiles
from pipeline.output.build import tools_digest
from pipeline.standing import academic_years, equipment_ledger, ledgers, open_matters, partners, work_ledgers
from pipeline.standing.days import days
from pipeline.standing.ledgers import LedgerContext
from pipeline.standing.packs import packs
from pipeline.standing.year_figures import years

FOLDER, CALENDAR = "ledgers", "calendar.ics"
"""Where they go inside the build folder."""

LEDGERS: tuple[Callable[[LedgerContext], Grid], ...] = (
    ledgers.agreements,
    partners.ledger,
    ledgers.goals,
    open_matters.rectifications,
    open_matters.decisions,
    equipment_ledger.equipment,
    academic_years.ledger,
    *work_ledgers.WORK,
)
"""Every ledger; its file bears its title."""


def write(
    context: LedgerContext,
    report: Report,
    templates: Path,
    out: Path,
    recall: Recall = NOTHING_KEPT,
    *,
    anew: bool = False,
) -> bool:
    """Bring the ledgers and the calendar up to date; False where they were already.

    A ledger that tells what it told before, as far as `recall` knows, is taken as it lies there, and with `anew` none.
    Raises OSError where nothing can be written.
    """
    memory, key = Memory(out), _key(context, report, tools_digest(context.words.schemas, templates))
    if not anew and memory.fresh(FOLDER, key) and memory.fresh(".", key):
        return False
    sheets = dict(_sheets(context, templates, KeptFiles(out / FOLDER, recall)))
    calendar = {CALENDAR: _calendar(context)}
    replace_folder(out / FOLDER, sheets)
    replace_file(out / CALENDAR, calendar[CALENDAR])
    memory.keep(FOLDER, key, sheets)
    memory.keep(".", key, calendar)
    memory.save()
    return True


def made_anew(context: LedgerContext, report: Report, templates: Path, out: Path) -> Mapping[str, bytes]:
    """The ledgers and the calendar made anew, by their paths, where they would be left as they lie there; else nothing."""
    memory, key = Memory(out), _key(context, report, tools_digest(context.words.schemas, templates))
    if not memory.fresh(FOLDER, key) or not memory.fresh(".", key):
        return {}
    sheets = _sheets(context, templates, KeptFiles(out / FOLDER, NOTHING_KEPT))
    return {**{f"{FOLDER}/{name}": content for name, content in sheets}, CALENDAR: _calendar(context)}


def _sheets(context: LedgerContext, templates: Path, kept: KeptFiles) -> Iterator[tuple[str, bytes]]:
    # Of a cell the type counts as well.
    for ledger in LEDGERS:
        grid = ledger(context)
        name = f"{grid.title}.xlsx"
        yield name, kept.made(name, digest(repr(grid)), partial(_xlsx, grid))
    for year in years(context.records, context.today):
        for pack in packs(templates)[0]:
            grid = pack.table(context, year)
            name = f"{grid.title}{year}.csv"
            yield name, kept.made(name, digest(repr(grid)), partial(_csv, grid))


def _xlsx(grid: Grid) -> bytes:
    from pipeline.paper import xlsx  # what writes spreadsheets is loaded only when one is due

    return xlsx.render(grid)


def _csv(grid: Grid) -> bytes:
    from pipeline.paper import csv

    return csv.render(grid)


def _calendar(context: LedgerContext) -> bytes:
    from pipeline.paper import ics

    college = context.records.college
    name = f"{college.short_name or college.name} 校企合作日历" if college else "校企合作日历"
    return ics.render(days(context), name, context.today)


def _key(context: LedgerContext, report: Report, tools: str) -> str:
    """Everything loaded stands in the ledgers: any change makes them due, and so does another day."""
    approved: Mapping[str, object] = context.approved
    found = hashlib.sha256(f"{tools} {context.today} {sorted(approved.items())}".encode())
    for name, entry in report.register.entries.items():
        found.update(digest(name, entry.digest, str(entry.held.empty)))
    return found.hexdigest()
