"""A Word file or PDF dropped on the page: a partner's answer to one of our documents, or an agreement of another hand."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.approval.trail.current_words import NotComposedError
from pipeline.approval.trail.recognise import Candidate
from pipeline.compose.word_back import Answer, Handling
from pipeline.desk.about_approved import about_changing
from pipeline.desk.checked import Desk, DeskError
from pipeline.desk.fresh import with_drafts
from pipeline.desk.named import choices, names
from pipeline.desk.page_templates import page
from pipeline.desk.papers.draft import PaperDraft, PaperFile, draft
from pipeline.desk.papers.paper_words import field_named, names_of, value_told
from pipeline.desk.papers.proposal import Proposal
from pipeline.desk.papers.reading import PaperReading, read_agreement
from pipeline.desk.papers.trial import new_findings
from pipeline.desk.partner_file import Workplace, against, compared_with, document_of
from pipeline.desk.saving import put_planned
from pipeline.desk.seen import must_be_as_seen, seen
from pipeline.desk.word_offer import Offer, offer
from pipeline.kernel.structs import replace
from pipeline.paper.layout_error import LayoutError
from pipeline.record.change import plan
from pipeline.record.kinds import AGREEMENT, kind_of
from pipeline.record.schema.label_at import label_at
from pipeline.returned.edits import Returned
from pipeline.returned.xml import UnreadableError

Given = Mapping[str, Any]
ANSWER, DRAFT, SIGNED = "answer", "draft", "signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedFile:
    """A file as the page sent it; `sort` is what an editor says it is, `agreed` the numbers that were ticked.

    `ours` tells that it was recognised as made from a document of ours, whatever the editor says it is.
    """

    name: str
    content: bytes
    sort: str
    department: str
    kept_at: str
    agreed: frozenset[int]
    ours: bool = False


def _dropped(given: Given) -> DroppedFile:
    try:
        content = base64.b64decode(str(given["content"]), validate=True)
    except binascii.Error as error:
        raise DeskError("文件没有传完整，请再拖一次") from error
    return DroppedFile(
        name=str(given["name"])[:200],
        content=content,
        sort=str(given.get("sort", "")),
        department=str(given.get("department", "")),
        kept_at=str(given.get("kept_at", "")).strip(),
        agreed=frozenset(one for one in given.get("agreed", ()) if isinstance(one, int)),
        ours=given.get("ours") is True,
    )


def word(desk: Desk, given: Given) -> Mapping[str, Any]:
    """What a file says and what would be written; nothing is written here."""
    file = _dropped(given)
    try:
        found = _document(desk, file) if file.sort in ("", ANSWER) else None
        file = replace(file, sort="") if file.sort == ANSWER and found is None else file
        return _answer(desk, file, found) if found else _paper(desk, file)
    except (UnreadableError, LayoutError) as error:
        raise DeskError(f"{file.name}：{error}") from error


def write_word(desk: Desk, given: Given) -> Mapping[str, Any]:
    """Write what is sure and what was ticked; gives the record to open next."""
    file = _dropped(given)
    try:
        if file.sort == ANSWER:
            found = _document(desk, file)
            if found is None:
                raise DeskError("认不出这是哪份文书的文件了，请再拖一次")
            must_be_as_seen(
                given, _answer_seen(desk, *_offered(desk, replace(file, agreed=frozenset()), found))
            )
            made, _ = _offered(desk, file, found)
            planned, opens = made.planned, found.sheet.source(found.key)
        else:
            reading = _reading(desk, file)
            drawn = _drawn(desk, file, reading)
            if drawn.barred:
                raise DeskError(f"没有写入：{drawn.barred}")
            must_be_as_seen(given, _paper_seen(desk, file, reading))
            planned = plan(desk.root, drawn.changes, desk.schemas)
            opens = AGREEMENT.file(drawn.project)
    except (UnreadableError, LayoutError) as error:
        raise DeskError(f"{file.name}：{error}") from error
    return {
        "files": put_planned(desk, planned),
        "open": opens,
        "digest": hashlib.sha256(file.content).hexdigest(),
    }


def _work(desk: Desk) -> Workplace:
    return Workplace(
        root=desk.root,
        schemas=desk.schemas,
        templates=desk.templates,
        report=desk.report(),
        today=desk.today(),
    )


def _document(desk: Desk, file: DroppedFile) -> Candidate | None:
    """The document of ours that a Word file was made from; None for any other."""
    if file.content.lstrip()[:5] == b"%PDF-":
        return None
    try:
        return document_of(_work(desk), file.content)[0]
    except NotComposedError:
        return None


def _offered(desk: Desk, file: DroppedFile, found: Candidate) -> tuple[Offer, Returned]:
    work = _work(desk)
    version, result = compared_with(work, found, file.content)
    made = offer(
        work, found, version.document, result, lambda made: against(work, made, file.content), file.agreed
    )
    return made, result


def _answer_seen(desk: Desk, made: Offer, result: Returned) -> str:
    """What the page shows of a partner's answer before anything is ticked."""
    return seen(made.planned, (_rows(desk, made), result.others, result.status))


def _paper_seen(desk: Desk, file: DroppedFile, reading: PaperReading) -> str:
    """What the page shows of another's agreement, whatever is ticked and wherever the paper is kept."""
    drawn = _drawn(desk, replace(file, agreed=frozenset(), kept_at=""), reading)
    words = names_of(reading, desk.report().register.records)
    asked = [_told(desk, one, words) for one in reading.asked]
    return seen(plan(desk.root, drawn.changes, desk.schemas), (drawn.project, asked))


def _answer(desk: Desk, file: DroppedFile, found: Candidate) -> Mapping[str, Any]:
    """The page about a partner's answer."""
    made, result = _offered(desk, replace(file, agreed=frozenset()), found)
    # Of what is asked, nobody has ticked anything yet; the warning has to be read before.
    touched = {one.file for one in made.answers if one.operations and one.way is not Handling.LIST}
    html = page(
        "word_answer",
        called=found.called,
        rows=_rows(desk, made),
        others=result.others,
        status=result.status,
        warnings=list(about_changing(desk.report().register.records, sorted(touched))),
        findings=made.findings,
        files=sorted(made.planned.files),
        read_only=desk.read_only,
    )
    return {"html": html, "title": file.name, "sort": ANSWER, "seen": _answer_seen(desk, made, result)}


def _rows(desk: Desk, made: Offer) -> list[Mapping[str, Any]]:
    return [_row(desk, number, one) for number, one in enumerate(made.answers, start=1)]


def _row(desk: Desk, number: int, one: Answer) -> Mapping[str, Any]:
    kind = kind_of(one.file)
    words = names(desk.report().register.records)
    places = [
        label_at(desk.schemas[kind[0].name], operation.path, words) for operation in one.operations if kind
    ]
    sort = {Handling.WRITE: "write", Handling.ASK: "ask", Handling.LIST: "list"}[one.way]
    return {
        "number": number,
        "sort": sort if one.operations or sort == "list" else "list",
        "clause": one.edit.clause,
        "old": one.edit.old,
        "new": one.edit.new,
        "fields": places,
        "reason": one.reason,
    }


def _reading(desk: Desk, file: DroppedFile) -> PaperReading:
    records = with_drafts(desk, desk.report().register.records)
    schema = desk.schemas[AGREEMENT.name]
    return read_agreement(file.content, records, _data(desk), schema, legacy=file.sort == SIGNED)


def _data(desk: Desk) -> Mapping[str, Any]:
    return {name: entry.source.data for name, entry in desk.report().register.entries.items()}


def _drawn(desk: Desk, file: DroppedFile, reading: PaperReading) -> PaperDraft:
    return draft(
        reading,
        file.agreed,
        PaperFile(name=file.name, kept_at=file.kept_at, legacy=file.sort == SIGNED),
        with_drafts(desk, desk.report().register.records),
        _data(desk),
        today=desk.today(),
        department=file.department,
    )


def _told(desk: Desk, one: Proposal, words: Mapping[str, str]) -> Mapping[str, str]:
    field = field_named(one, desk.schemas, words)
    value = value_told(one, desk.schemas, words)
    return {"field": field, "value": value, "where": one.where, "doubt": one.doubt}


def _paper(desk: Desk, file: DroppedFile) -> Mapping[str, Any]:
    """The page about an agreement of another hand."""
    reading = _reading(desk, file)
    made = _drawn(desk, file, reading)
    records = desk.report().register.records
    words = names_of(reading, records)

    def told(one: Proposal) -> Mapping[str, str]:
        return _told(desk, one, words)

    planned = plan(desk.root, made.changes, desk.schemas)
    html = page(
        "word_paper",
        sort=file.sort or DRAFT,
        ours=file.ours,
        department=file.department,
        kept_at=file.kept_at,
        departments=choices(records, AGREEMENT, "", ("department",))["department"],
        sides=len(reading.sides),
        sure=[told(one) for one in reading.proposals if not one.doubt and one.value is not None],
        asked=[
            (number, told(one), number in file.agreed) for number, one in enumerate(reading.asked, start=1)
        ],
        differing=[{**told(one), "value": one.said} for one in reading.proposals if one.record == "differs"],
        kept=made.kept,
        around=[one for one in reading.outline.paper.around if one.where not in ("脚注", "尾注")],
        secret=reading.secret_where,
        findings=new_findings(desk.report(), planned, desk.root, desk.schemas, desk.today()),
        barred=made.barred or "；".join(one.reason for one in planned.refusals),
        file=AGREEMENT.file(made.project),
        read_only=desk.read_only,
    )
    return {
        "html": html,
        "title": file.name,
        "sort": file.sort or DRAFT,
        "seen": _paper_seen(desk, file, reading),
    }
