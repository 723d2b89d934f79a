"""A project's dossier (案卷): its documents in archive order, numbered, behind a list of contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.compose.context import NOTHING, Context, day, number, text
from pipeline.compose.facts_project import of_project
from pipeline.compose.sheet import LAST
from pipeline.compose.sheets import DOSSIER_SHEET, sheet_named
from pipeline.kernel.document import Document
from pipeline.kernel.structs import replace
from pipeline.output.formats import FORMATS
from pipeline.output.jobs import Job
from pipeline.output.make import Paper, Workshop, composer, documents, printed
from pipeline.paper.pdf import PdfError
from pipeline.record.kinds import kind_of
from pipeline.record.model.preparation import Signed
from pipeline.returned.pages import pages
from pipeline.standing.agreed import ended_on, signed_by_all, signed_on
from pipeline.standing.as_agreed import agreement_of
from pipeline.standing.as_signed import by_signing
from pipeline.standing.families import Family, family
from pipeline.standing.state import state

FOLDER, CONTENTS = "dossiers", "00-卷内目录"
"""Where dossiers go inside the build folder, and the file a dossier begins with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPiece:
    """One document of a dossier; `file` is its number and title without ending, `pages` None where not counted."""

    file: str
    title: str
    by: str
    number: str
    on: date | None
    note: str
    paper: Paper
    pdf: bytes | None = None

    @property
    def pages(self) -> int | None:
        """How many pages it has, where a PDF could be made."""
        return len(pages(self.pdf)) if self.pdf else None


def dossier(workshop: Workshop, job: Job) -> dict[str, bytes]:
    """The files of a dossier: contents, then each document as Word and, where that can be made, PDF.

    Raises what composing and rendering raise.
    """
    composed = composer(workshop)
    pieces = _with_pdf(workshop, list(_pieces(workshop, job)))
    sheet = replace(DOSSIER_SHEET, facts=lambda context: _facts(workshop, context, pieces), dated=True)
    contents = composed.compose(sheet, job.project)
    files = {f"{CONTENTS}.docx": FORMATS["docx"](contents, workshop.templates)}
    files |= {f"{piece.file}.docx": piece.paper.word for piece in pieces}
    return files | {f"{piece.file}.pdf": piece.pdf for piece in pieces if piece.pdf}


def _pieces(workshop: Workshop, job: Job) -> Iterator[DossierPiece]:
    composed = composer(workshop)
    named = {name: (file, make(composed)) for name, file, make in documents(workshop, job)}
    for index, name in enumerate(sorted(named, key=_place), start=1):
        file, document = named[name]
        yield DossierPiece(
            file=f"{index:02}-{_file_name(document)}",
            title=document.body.title,
            by=_by(workshop, job.project, name),
            number=_number(workshop, name, file),
            on=_day(workshop, name, file),
            note="签署件另存" if _scanned(workshop, job.project, name) else "",
            paper=Paper(document, FORMATS["docx"](document, workshop.templates), file),
        )


def _place(name: str) -> tuple[int, str]:
    sheet = sheet_named(name)
    return (sheet.archive if sheet else LAST), name


def _file_name(document: Document) -> str:
    """The title as part of a file's name: nothing in it that a file system may refuse, and not too long."""
    kept = "".join(char for char in document.body.title if char.isalnum() or char in "（）-—")
    return kept[:60] or document.kind


def _by(workshop: Workshop, project: str, name: str) -> str:
    """Who answers for a document (责任者): the parties, by the names they signed under, the office for supervision, else the department."""
    records = workshop.records
    signs = name == "agreement" or re.fullmatch("amendment-[^-]+", name)
    if signs and project in records.agreements:
        key = f"{project}/{name.removeprefix('amendment-')}" if name != "agreement" else project
        then = by_signing(records, key, workshop.today).records
        return "、".join(map(then.party_name, records.agreements[project].in_order))
    college = records.college
    agreement = agreement_of(records, project, workshop.today) if project in records.agreements else None
    sheet = sheet_named(name)
    if sheet is not None and sheet.by_office:
        return college.office.name if college and college.office else ""
    responsible = agreement.responsible if agreement else None
    implementer = (responsible.implementer if responsible else None) or ""
    return college.department_name(implementer) if college and implementer else ""


def _number(workshop: Workshop, name: str, file: str) -> str:
    """The number (文号) that the record of a document bears; a form about an agreement bears none of its own."""
    found = kind_of(file)
    if found is None or name.endswith("-form") or name in ("internship", "apprentice"):
        return ""
    record = found[0].of(workshop.records).get(found[1])
    return getattr(record, "number", "") or ""


def _signed(workshop: Workshop, project: str, name: str) -> Signed | None:
    """What is registered of the signing of an agreement or an amendment."""
    signing = workshop.records.signings.get(project)
    if signing is None or name == "agreement":
        return signing
    return next((one for one in signing.amendments if name == f"amendment-{one.amendment}"), None)


def _scanned(workshop: Workshop, project: str, name: str) -> bool:
    """Whether the paper that was signed is kept elsewhere as a scan."""
    signed = _signed(workshop, project, name)
    return signed is not None and signed.scan is not None


def _day(workshop: Workshop, name: str, file: str) -> date | None:
    """The day a document bears: its record's, or that of signing."""
    found = kind_of(file)
    if found is None:
        return None
    kind, key = found
    records, record = workshop.records, found[0].of(workshop.records).get(key)
    if kind.name == "amendment" and name in (f"amendment-{record.id}" if record else "",):
        signed, agreement = (
            _signed(workshop, key.split("/")[0], name),
            records.agreements.get(key.split("/")[0]),
        )
        return signed_by_all(signed, agreement.party_ids) if agreement else None
    if kind.name == "agreement":
        return signed_on(records, key) if name == "agreement" else None
    if kind.name == "exit":
        return ended_on(records, key)
    dated = getattr(record, "date", None) or getattr(record, "reported_on", None)
    return dated if isinstance(dated, date) else None


def _with_pdf(workshop: Workshop, pieces: list[DossierPiece]) -> list[DossierPiece]:
    """The pieces with those PDFs that hold all their text; as they are where LibreOffice is not to be had."""
    try:
        made = printed({piece.file: piece.paper for piece in pieces}, workshop.templates)
    except PdfError:
        return pieces
    return [
        piece if made[piece.file].lost else replace(piece, pdf=made[piece.file].content) for piece in pieces
    ]


def _kin(context: Context, kin: Family | None) -> Mapping[str, str]:
    """The agreements that belong together, each in a dossier of its own: by title and the number of the dossier."""

    def named(keys: Iterable[str]) -> str:
        return "、".join(f"{context.words.project(key)}（案卷{key}）" for key in keys if key != context.key)

    return {
        "framework": named((kin.framework,)) if kin else "",
        "specific": named(kin.specific) if kin else "",
    }


def _catalogued(on: date) -> str:
    """A day as archives write it in the contents of a file: eight digits."""
    return f"{on:%Y%m%d}"


def _facts(workshop: Workshop, context: Context, pieces: list[DossierPiece]) -> Mapping[str, object]:
    kept = workshop.records.attachments.get(context.key)
    kin = family(context.records, context.key)
    return {
        **of_project(context),
        **_kin(context, kin),
        "today": day(context.day),
        "state": state(context.records, context.key, context.day, context.approved).label,
        "pieces": [
            {
                "title": piece.title,
                "note": piece.note,
                "number": piece.number,
                "by": piece.by,
                "on": _catalogued(piece.on) if piece.on else "",
                "pages": number(piece.pages) if piece.pages else "",
            }
            for piece in pieces
        ],
        "kept": [
            {
                "kind": context.words.choice(one.kind, "attachments", "items", "*", "kind"),
                "title": one.title,
                "on": _catalogued(one.date) if one.date else NOTHING,
                "pages": number(one.pages),
                "place": text(one.kept_at),
                "digest": one.sha256[:16] or NOTHING,
            }
            for one in (kept.items.values() if kept else ())
        ],
    }
