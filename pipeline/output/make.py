"""Making a job's files: composed, framed, rendered, read back; whole, or findings instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pipeline.compose.composer import Composer
from pipeline.compose.frames import unfinished_frame
from pipeline.compose.sheets import COMPARISON, REDLINE
from pipeline.kernel.codes import building
from pipeline.kernel.codes.templating import WordingError
from pipeline.kernel.document import Document, Frame
from pipeline.kernel.finding import Finding, Place, Severity
from pipeline.kernel.ready import Ready
from pipeline.kernel.structs import Struct, field, replace
from pipeline.output.formats import FORMATS, PDF, LostTextError
from pipeline.output.jobs import Job, document_name
from pipeline.output.kept_papers import KeptPapers, Printed
from pipeline.paper.layout_error import LayoutError
from pipeline.paper.pdf import PdfError, convert, ragged
from pipeline.paper.view import UnprintableError
from pipeline.record.kinds import AMENDMENT
from pipeline.record.model import Records
from pipeline.record.schema import Schema
from pipeline.standing.proof import Approved


class Workshop(Struct, frozen=True, kw_only=True):
    """What a worker needs to make any job's files; plain data, sent once to each.

    `frames` replaces the frame of a document by its record's file; `today` and what the trail tells (`approved`)
    enter dated documents only. `given` holds documents that come ready-made, by folder and file name: in place of the job's own, or beside them.
    `boxes` are those of the approval form, by the names of the roles. `drafts` are the records as the paper of a draft
    sees them, by its file.
    """

    templates: Path
    schemas: Mapping[str, Schema]
    records: Records
    formats: tuple[str, ...]
    frames: Mapping[str, Frame] = field(default_factory=dict)
    today: date | None = None
    approved: Approved = field(default_factory=dict)
    given: Mapping[str, Mapping[str, Ready]] = field(default_factory=dict)
    boxes: Mapping[str, str] = field(default_factory=dict)
    drafts: Mapping[str, Records] = field(default_factory=dict)


Made = tuple[Job, dict[str, bytes], tuple[Finding, ...]]
"""A job, its files (none where anything barred it), and the findings of making them."""


def composer(workshop: Workshop) -> Composer:
    """The composer of a workshop."""
    return Composer(
        workshop.templates,
        workshop.schemas,
        workshop.records,
        workshop.today,
        workshop.approved,
        workshop.boxes,
    )


def make(
    workshop: Workshop, composed: Composer, some: Sequence[Job], kept: KeptPapers | None = None
) -> list[Made]:
    """All files of some jobs, the papers that are `kept` taken as they lie; PDFs are made of all of them in one call."""
    made = [_make(workshop, composed, job, kept if PDF not in workshop.formats else None) for job in some]
    return _with_pdf(workshop, made) if PDF in workshop.formats else [entry for entry, _ in made]


class Paper(NamedTuple):
    """A document to be printed, its Word file, and the record it is about."""

    document: Document
    word: bytes
    file: str


Drafted = tuple[Made, dict[str, Paper]]
"""A job made, and the papers of its PDFs by file name."""


def _make(workshop: Workshop, composed: Composer, job: Job, kept: KeptPapers | None) -> Drafted:
    files: Printed = {}
    papers: dict[str, Paper] = {}
    notes: list[Finding] = []
    compared = {
        name: key for sheet, key, name in map(document_name, job.documents) if sheet.file == COMPARISON
    }

    def printed(compose: Compose, name: str, file: str, records: Records) -> Printed:
        one = composed.over(records)
        document = compose(one)
        made: Printed = {}
        for end in _plain(workshop):
            render = partial(FORMATS[end], document, workshop.templates)
            entry = f"{name}.{end}"
            made[entry] = kept.rendered(job.folder, entry, document, render) if kept else render()
        if PDF in workshop.formats:
            papers[name] = Paper(document, _for_pdf(document, made.get(f"{name}.docx"), workshop), file)
        return made | (_redline(workshop, one, compared[name]) if name in compared else {})

    given = workshop.given.get(job.folder, {})
    for name, file, compose in documents(workshop, job):
        work = partial(printed, compose, name, file)
        try:
            # What comes ready-made is made of more than these records; of its files those are taken that say the same.
            if kept is None or file in workshop.drafts or name in given:
                files |= work(workshop.records)
            else:
                files |= kept.printed(job.folder, name, _mark(workshop, job, file), work)
        except (WordingError, LayoutError, LostTextError, UnprintableError) as error:
            found = _findings(error, Place(file=file))
            if file not in workshop.drafts:
                return (job, {}, found), {}
            notes += (replace(one, severity=Severity.WARNING) for one in found)
    return (job, files, tuple(notes)), papers


def _mark(workshop: Workshop, job: Job, file: str) -> str:
    """All that a paper is made of beside the records and the tools."""
    today = (workshop.today, sorted(workshop.approved.items())) if job.dated else None
    return repr((workshop.formats, workshop.frames.get(file), sorted(workshop.boxes.items()), today))


def _for_pdf(document: Document, made: bytes | None, workshop: Workshop) -> bytes:
    """The Word file that the PDF is made of: the one made already, but with the code that stands on the PDF alone."""
    code = document.frame.pdf_code
    if made and not code:
        return made
    coded = replace(document, frame=replace(document.frame, code=code)) if code else document
    return FORMATS["docx"](coded, workshop.templates)


def _redline(workshop: Workshop, composed: Composer, key: str) -> dict[str, bytes]:
    """Beside the comparison of an amendment: its agreement in Word, with what it changes as tracked changes."""
    made = composed.amended(key) if "docx" in workshop.formats else None
    if made is None:
        return {}
    from pipeline.output.redlined import of_amendment  # with it comes what reads XML

    content = of_amendment(workshop.templates, made, workshop.records.amendments[key])
    return {f"{REDLINE.format(**AMENDMENT.ids(key))}.docx": content}


Compose = Callable[[Composer], Document]
"""What makes a document with a composer of the records."""


def documents(workshop: Workshop, job: Job) -> Iterator[tuple[str, str, Compose]]:
    """Each document of a job: file name, the record it is about, and what makes it."""
    given = dict(workshop.given.get(job.folder, {}))
    for entry in (*job.documents, *job.drafts):
        sheet, key, name = document_name(entry)
        file = sheet.source(key)
        ready = given.pop(name, None)
        yield (
            name,
            file,
            partial(_composed, workshop, entry) if ready is None else partial(_same, ready),
        )
    for name, ready in given.items():
        yield name, next(iter(job.sources), job.folder), partial(_same, ready)


def _composed(workshop: Workshop, entry: tuple[int, str], composed: Composer) -> Document:
    sheet, key, _ = document_name(entry)
    drafted = workshop.drafts.get(sheet.source(key))
    if drafted is not None:
        document = composed.over(drafted).compose(sheet, key)
        return replace(document, frame=unfinished_frame(document.body))
    if sheet.file == COMPARISON:
        return composed.compose(sheet, key)  # it is about an amendment; the amendment's status is not its own
    return _framed(composed.compose(sheet, key), workshop.frames.get(sheet.source(key)))


def _same(ready: Ready, _: Composer) -> Document:
    return ready.document


def _plain(workshop: Workshop) -> tuple[str, ...]:
    return tuple(end for end in workshop.formats if end != PDF)


def _framed(document: Document, frame: Frame | None) -> Document:
    return replace(document, frame=frame) if frame else document


def _findings(error: Exception, place: Place) -> tuple[Finding, ...]:
    if isinstance(error, WordingError):
        return (error.finding,)
    if isinstance(error, LostTextError):
        return tuple(building.LOST_TEXT.at(place, difference) for difference in error.differences)
    code = building.UNPRINTABLE if isinstance(error, UnprintableError) else building.BAD_LAYOUT
    return (code.at(place, str(error)),)


class Print(NamedTuple):
    """A paper as PDF, and what of its text the pages lack (Chinese)."""

    content: bytes
    lost: tuple[str, ...]


def printed(papers: Mapping[str, Paper], templates: Path) -> dict[str, Print]:
    """The papers as PDF, in one call; what LibreOffice lost letters of is set ragged and made once more."""
    found = _prints(papers, {key: paper.word for key, paper in papers.items()}, templates)
    # LibreOffice drops a letter now and then where it stretches lines to both edges; ragged, they are all
    # there.
    torn = {key: ragged(papers[key].word) for key, one in found.items() if one.lost}
    return {**found, **_prints(papers, torn, templates)}


def _prints(papers: Mapping[str, Paper], words: Mapping[str, bytes], templates: Path) -> dict[str, Print]:
    made = convert(words, templates / "fonts.conf") if words else {}
    from pipeline.returned.pages import faults  # what reads PDF is loaded only when one is made

    return {key: Print(pdf, faults(papers[key].document, pdf)) for key, pdf in made.items()}


def _with_pdf(workshop: Workshop, made: Sequence[Drafted]) -> list[Made]:
    """Add the PDFs; where they cannot be had, everything else stands and a finding says so."""
    papers = {(number, name): paper for number, (_, some) in enumerate(made) for name, paper in some.items()}
    keys = {f"{number}/{name}": (number, name) for number, name in papers}
    try:
        prints = printed({key: papers[entry] for key, entry in keys.items()}, workshop.templates)
    except PdfError as error:
        note = building.NO_PDF.at(Place(file="build"), str(error))
        return [(job, files, (*found, note)) for (job, files, found), _ in made]
    results = [entry for entry, _ in made]
    for key, (number, name) in keys.items():
        job, files, found = results[number]
        content, lost = prints[key]
        place = Place(file=papers[number, name].file)
        notes = tuple(building.LOST_TEXT.at(place, f"{name}.pdf：{fault}") for fault in lost)
        added = {} if lost else {f"{name}.pdf": content}
        results[number] = (job, {**files, **added}, (*found, *notes))
    return results
