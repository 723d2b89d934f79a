"""Jobs for other machines: each with the records it reads and no others, bytes in and bytes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.kernel.collector import paused, settled
from pipeline.kernel.home import HOME
from pipeline.kernel.overlay import laid_over
from pipeline.kernel.sharing import HandOut
from pipeline.kernel.structs import replace
from pipeline.output.formats import PDF
from pipeline.output.jobs import Job, named_by
from pipeline.output.make import Made, Workshop, composer, make
from pipeline.record.kinds import AGREEMENTS, ENTERPRISE
from pipeline.record.model import Records
from pipeline.record.register import Register

_PARCEL, _PARCEL_PDF = 6, 24
"""Jobs in a parcel."""
_LAST, _LAST_JOBS = 2, 24
"""Jobs in each of the last parcels, and how many jobs these are: so that all are busy to the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """Some jobs with all that making them takes; templates of the college's own are laid over those of the program."""

    jobs: tuple[Job, ...]
    workshop: Workshop
    own_templates: Mapping[str, bytes]


def away(
    share: HandOut,
    some: Sequence[Job],
    workshop: Workshop,
    register: Register,
    own: Mapping[str, bytes],
    meanwhile: Callable[[], None] | None = None,
) -> Iterator[Made]:
    """Jobs made by others, in the order in which they are done; what is to be done `meanwhile` is done here."""
    for _, made in share(made_of, parcels(some, workshop, register, own), len(some), meanwhile):
        yield from made


def parcels(
    some: Sequence[Job], workshop: Workshop, register: Register, own: Mapping[str, bytes]
) -> Iterator[Parcel]:
    """Jobs in parcels, packed one by one."""
    # A start of LibreOffice is worth more jobs than one.
    sizes = (_PARCEL_PDF, _PARCEL_PDF) if PDF in workshop.formats else (_PARCEL, _LAST)
    start = 0
    while start < len(some):
        size = sizes[len(some) - start <= _LAST_JOBS]
        yield _parcel(tuple(some[start : start + size]), workshop, register, own)
        start += size


def made_of(parcel: Parcel) -> list[Made]:
    """What a parcel's jobs come to, with nothing but the parcel and the program to read."""
    if not parcel.own_templates:
        return _made(parcel, HOME / "templates")
    with laid_over(HOME / "templates", parcel.own_templates) as folder:
        return _made(parcel, Path(folder))


def _made(parcel: Parcel, templates: Path) -> list[Made]:
    workshop = replace(parcel.workshop, templates=templates)
    with settled(), paused(when=PDF not in workshop.formats):
        return make(workshop, composer(workshop), parcel.jobs)


def _parcel(
    jobs: tuple[Job, ...], workshop: Workshop, register: Register, own: Mapping[str, bytes]
) -> Parcel:
    files = frozenset(name for job in jobs for name in (*job.sources, *job.reads))
    folders = {job.folder for job in jobs}
    only = partial(_only, register=register, files=files)
    mine = replace(
        workshop,
        templates=Path(),
        records=only(workshop.records),
        frames={name: one for name, one in workshop.frames.items() if name in files},
        given={name: one for name, one in workshop.given.items() if name in folders},
        drafts={name: only(one) for name, one in workshop.drafts.items() if name in files},
    )
    return Parcel(jobs=jobs, workshop=mine, own_templates=own)


def _only(records: Records, *, register: Register, files: Set[str]) -> Records:
    """The records of some files; what is known of all as ids and numbers is small and stays."""
    wanted: dict[str, set[str]] = {}
    for name in files & register.entries.keys():
        entry = register.entries[name]
        wanted.setdefault(entry.kind.within, set()).add(entry.id)
    wanted.setdefault(ENTERPRISE.within, set()).update(named_by(register, sorted(files)))
    subjects = {name.removeprefix(f"{AGREEMENTS}/").removesuffix(".yaml") for name in files}
    kept: dict[str, Any] = {}
    for one in fields(Records):
        value = getattr(records, one.name)
        if isinstance(value, Mapping):
            some = subjects if one.name == "consents" else wanted.get(one.name, set())
            kept[one.name] = {key: value[key] for key in value if key in some}
    return replace(records, **kept)
