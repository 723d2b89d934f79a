"""Writing the site of a whole college, against copying the same bytes to other files."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.kernel.structs import replace
from pipeline.record.kinds import AGREEMENT, KINDS
from pipeline.record.model import Records
from pipeline.site.site_data import Edition, SiteData
from pipeline.site.write import write
from pipeline.standing import portfolio
from tests.bench.rows import Row
from tests.bench.timing import Took, best
from tests.site import sample

AIM = 30.0
"""Times the processor time of copying: for a thousand projects 3.3 seconds, of which all but half a second is shared
by two cores, so that it takes two seconds."""

AGAIN = 25.0
"""The same where nothing has changed: every page is made and compared, none is written."""

_COPIES = 5
"""Copies made in a row: what one costs swings by half with what the disk has to do besides."""


def against_copying(folder: Path, count: int, rounds: int) -> tuple[Row, Row]:
    """The first writing and one without a change, each against a copy of the site, file by file."""
    college = many(folder / "texts", count)
    write(college, folder / "site", folder)
    numbers = itertools.count()
    ways = {
        "write": lambda: write(_fresh(college), folder / f"new-{next(numbers)}", folder),
        "again": lambda: write(_fresh(college), folder / "site", folder),
        "copy": lambda: [
            shutil.copytree(folder / "site", folder / f"copy-{next(numbers)}") for _ in range(_COPIES)
        ],
    }
    found = {name: took * 1000 / count for name, took in best(ways, rounds).items()}
    found["copy"] /= _COPIES
    return (
        _row(count, "site: all pages / copying them", found["write"], found["copy"], AIM),
        _row(count, "site: nothing changed / copying", found["again"], found["copy"], AGAIN),
    )


def many(folder: Path, count: int) -> SiteData:
    """The sample college with its projects over and over, whole dossiers with approvals and the agreement's text.

    Each has a purpose of its own, for what is said a thousand times is parsed once. Its documents are left out:
    they are laid beside the pages, not written.
    """
    seen = sample.site_data(Edition.INTERNAL)
    names = dict(_names(seen, count))
    records = _multiplied(seen.records, names)
    standing = portfolio.states(records, seen.today, {})
    return replace(
        seen,
        records=records,
        standing=standing,
        approved={},
        files={},
        findings=(),
        elements={name: seen.elements.get(project, ()) for name, project in names.items()},
        proofs={name: seen.proofs.get(project, "") for name, project in names.items()},
        trail={
            subject.replace(project, name): told
            for name, project in names.items()
            for subject, told in seen.trail.items()
            if subject.startswith(f"projects/{project}/")
        },
        wordings=dict(_texts(seen, names, folder)),
    )


def _names(site_data: SiteData, count: int) -> Iterator[tuple[str, str]]:
    """New projects, each with the one of the sample that it copies."""
    return zip(
        (f"b-{number:05}" for number in range(count)),
        itertools.cycle(sorted(site_data.records.agreements)),
        strict=False,
    )


def _multiplied(records: Records, names: Mapping[str, str]) -> Records:
    changed: dict[str, Any] = {}
    for kind in KINDS:
        if kind.names[:1] == ("project",):
            mine: dict[str, list[tuple[str, Any]]] = {}
            for key, record in kind.of(records).items():
                project, _, rest = key.partition("/")
                mine.setdefault(project, []).append((rest, record))
            changed[kind.within] = {
                f"{name}/{rest}" if rest else name: replace(record, project=name)
                for name, project in names.items()
                for rest, record in mine.get(project, ())
            }
    changed[AGREEMENT.within] = {
        name: replace(one, purpose=f"{one.purpose}\n\n本项目是第 **{name}** 号。")
        for name, one in changed[AGREEMENT.within].items()
    }
    return replace(records, **changed)


def _texts(site_data: SiteData, names: Mapping[str, str], folder: Path) -> Iterator[tuple[str, Path]]:
    """The agreements' texts as pages, a file for each project."""
    for name, project in names.items():
        if project in site_data.wordings:
            path = folder / name / "agreement.html"
            path.parent.mkdir(parents=True)
            shutil.copyfile(site_data.wordings[project], path)
            yield name, path


def _fresh(site_data: SiteData) -> SiteData:
    """The same data without what it has already worked out."""
    return replace(site_data)


def _row(count: int, what: str, ours: Took, theirs: Took, aim: float) -> Row:
    return Row(count=count, what=what, ours=ours, theirs=theirs, aim=aim, faster=False)
