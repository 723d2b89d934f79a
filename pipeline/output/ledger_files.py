"""The ledgers, the tables to be reported and the calendar: of the whole college, as of a day."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path

from pipeline.check.run import Report
from pipeline.kernel.grid import Grid
from pipeline.kernel.recall import NOTHING_KEPT, Recall, digest
from pipeline.kernel.store import digests_of, replace_file, replace_folder
from pipeline.kernel.structs import Struct
from pipeline.memory.kept_files import KeptFiles
from pipeline.memory.made_folders import TOP, MadeFolders
from pipeline.memory.trace import Traced, Tracing
from pipeline.output.build import tools_digest
from pipeline.record.model import Records
from pipeline.record.register import Register
from pipeline.record.schema import Schemas
from pipeline.standing import academic_years, equipment_ledger, ledgers, open_matters, partners, work_ledgers
from pipeline.standing.days import days
from pipeline.standing.ledgers import LedgerContext
from pipeline.standing.packs import packs
from pipeline.standing.year_figures import years

FOLDER, CALENDAR = "ledgers", "calendar.ics"
"""Where they go inside the build folder."""

_SORT = "ledgers"
"""What is remembered of them, by the folder they lie in."""

MadeFiles = dict[str, dict[str, bytes]]
"""Files as they were made: by their folder in the build folder and their name there, the SHA-256."""

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


class Ledgers(Struct, frozen=True, kw_only=True, dict=True):
    """What all ledgers and the calendar are made of: a checked college, seen as `context_of` its records, and the templates.

    `around` names what that sees beside the records and the schemas: the day, and what the approval trail tells.
    """

    report: Report
    context_of: Callable[[Records], LedgerContext]
    around: str
    schemas: Schemas
    templates: Path

    @cached_property
    def mark(self) -> str:
        """All that they are made of beside the records."""
        return f"{tools_digest(self.schemas, self.templates)} {self.around}"


def write(
    ledgers: Ledgers,
    out: Path,
    recall: Recall = NOTHING_KEPT,
    tracing: Tracing | None = None,
    *,
    anew: bool = False,
) -> bool:
    """Bring the ledgers and the calendar up to date; False where they were already.

    They are left as they lie where, as `tracing` knows, nothing has changed that they tell of. A ledger that tells what
    it told before, as far as `recall` knows, is taken as it lies there; with `anew` nothing is.
    Raises OSError where nothing can be written.
    """
    if not anew and left_as_they_lie(ledgers, out, tracing):
        return False
    made: dict[str, Mapping[str, bytes]] = {}

    def work(register: Register) -> MadeFiles:
        made.update(_made(ledgers, register, KeptFiles(out / FOLDER, recall)))
        return {name: digests_of(files) for name, files in made.items()}

    if tracing is None:
        work(ledgers.report.register)
    else:
        tracing.work_out(_SORT, _name(out), ledgers.mark, work, of_all=True)
    replace_folder(out / FOLDER, made[FOLDER])
    replace_file(out / CALENDAR, made[TOP][CALENDAR])
    lying = MadeFolders(out, recall)
    for name, files in made.items():
        lying.put(name, ledgers.mark, files)
    lying.keep()
    return True


def left_as_they_lie(ledgers: Ledgers, out: Path, tracing: Tracing | None) -> bool:
    """Whether the ledgers and the calendar need not be made again."""
    if tracing is None:
        return False
    told = tracing.known(_SORT, _name(out), ledgers.mark, Traced[MadeFiles])
    if told is None:
        return False
    lying = MadeFolders(out, tracing.recall)
    found = all(lying.lying(name) == files for name, files in told.items())
    lying.keep()
    return found


def made_anew(ledgers: Ledgers, out: Path, tracing: Tracing | None) -> Mapping[str, bytes]:
    """The ledgers and the calendar made anew, by their paths, where they would be left as they lie there; else nothing."""
    if not left_as_they_lie(ledgers, out, tracing):
        return {}
    made = _made(ledgers, ledgers.report.register, KeptFiles(out / FOLDER, NOTHING_KEPT))
    return {
        name if folder == TOP else f"{folder}/{name}": content
        for folder, files in made.items()
        for name, content in files.items()
    }


def _made(ledgers: Ledgers, register: Register, kept: KeptFiles) -> Mapping[str, Mapping[str, bytes]]:
    """All files by their folder in the build folder and their name there."""
    context = ledgers.context_of(register.records)
    return {FOLDER: dict(_sheets(context, ledgers.templates, kept)), TOP: {CALENDAR: _calendar(context)}}


def _name(out: Path) -> str:
    return os.fspath(out.resolve())


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
