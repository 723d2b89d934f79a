"""What the trail gives to the build: approved texts in their frames, approval forms, final documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pipeline.approval.blocks import body
from pipeline.approval.trail.approval_form import form, proof_line
from pipeline.approval.trail.current_words import CurrentWords, NotComposedError, layout_of, sheet_of
from pipeline.approval.trail.differences import differences
from pipeline.approval.trail.frame import final_frame, working_frame
from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.opinions import FORM, filled
from pipeline.approval.trail.subject_state import SubjectState, not_approved
from pipeline.kernel.codes.verifying import LAYOUT
from pipeline.kernel.document import Document
from pipeline.paper.layout_lint import lint
from pipeline.record.kinds import AGREEMENT
from pipeline.record.places import file_of, subject_of
from pipeline.record.register import Entry
from pipeline.record.rounds.canonical import CanonicalError

Given = dict[str, dict[str, Document]]
"""Output folder → file name without ending → document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalRefusal:
    """A subject that is not made final, and why (Chinese)."""

    subject: str
    reason: str
    code: str = ""


def working(trail: Trail, current: CurrentWords) -> Given:
    """Approved subjects as they stand in the work tree, framed as approved only where the words are the same.

    Everything else keeps the draft's frame that its sheet gives it. Subjects with rounds get their form.
    """
    given: Given = {}
    for subject, state in trail.states.items():
        entry = current.entry(subject)
        if entry is None or state.words is None:
            continue
        folder, name = place(entry)
        given.setdefault(folder, {})[form_name(name)] = _form(trail, current, state)
        document = _approved(state, current, subject) if state.approved else None
        if document is not None:
            given[folder][name] = document
    return given


def _approved(state: SubjectState, current: CurrentWords, subject: str) -> Document | None:
    """The work tree's document in the frame of an approved one; None where it says anything else."""
    try:
        now = current.composed(subject)
    except NotComposedError:
        return None
    if state.words is None or now.document is None or differences(state.words, now, current, subject):
        return None
    return replace(now.document, frame=working_frame(now.document.body, state, now.document.layout))


def final(trail: Trail, wanted: Iterable[str]) -> tuple[Given, tuple[FinalRefusal, ...]]:
    """The frozen words of approved subjects as final documents, with their forms; and what is refused."""
    given: Given = {}
    refused = []
    for subject in wanted:
        state, entry = trail.state(subject), trail.current.entry(subject)
        if not state.approved or state.words is None or entry is None:
            refused.append(FinalRefusal(subject=subject, reason=why_not(trail, state)))
            continue
        folder, name = place(entry)
        try:
            frozen = body(state.words.body)
        except CanonicalError as error:
            refused.append(FinalRefusal(subject=subject, reason=f"送审文本不完好：{error}"))
            continue
        layout = layout_of(subject)
        faults = layout_faults(trail.current.templates, layout)
        if faults:
            refused.append(
                FinalRefusal(subject=subject, reason=f"{LAYOUT.code} {faults[0]}", code=LAYOUT.code)
            )
            continue
        document = Document(
            kind=entry.kind.name,
            layout=layout,
            body=frozen,
            frame=final_frame(frozen, state.words.digest, layout),
        )
        given.setdefault(folder, {}).update(
            {name: document, form_name(name): _form(trail, trail.current, state)}
        )
    return given, tuple(refused)


def why_not(trail: Trail, state: SubjectState) -> str:
    """Why a subject cannot be final: its state, who is missing, what changed."""
    rules = trail.chain.current.rules if trail.chain.current else None
    missing = "、".join(rules.role(role) for role in state.decision.missing) if rules else ""
    changed = "；".join(str(one) for one in state.differences[:3])
    parts = (not_approved(state), f"还缺：{missing}" if missing else "", changed)
    return "，".join(part for part in parts if part)


@lru_cache(maxsize=16)
def layout_faults(templates: Path, layout: str) -> tuple[str, ...]:
    """What in a layout would be printed although nobody approves it; Chinese, empty for a clean one."""
    try:
        content = (templates / "layout" / f"{layout}.docx").read_bytes()
    except OSError:
        return (f"读不到版式 {layout}.docx",)
    return tuple(f"版式 {layout}.docx：{fault.message}" for fault, _ in lint(content, signed=True))


def _form(trail: Trail, current: CurrentWords, state: SubjectState) -> Document:
    """The college's own form for an agreement, ours for what else is approved."""
    words, version = state.words, trail.chain.current
    if words is None or version is None:
        raise ValueError("a form needs a round and rules")
    project = AGREEMENT.key_in(file_of(state.subject))
    made = filled(current, state, version.rules, project, proof_line(state, trail.chain)) if project else None
    if made is not None:
        return made
    number, records = words.official_number, current.register.records
    return form(state, trail.chain, records, str(words.body[0]["title"]), number)


def form_name(name: str) -> str:
    """The form's name beside its document's."""
    return FORM if name == "agreement" else f"{name}-{FORM}"


def place(entry: Entry) -> tuple[str, str]:
    """The output folder and file name of a subject's document."""
    sheet = sheet_of(entry)
    if sheet is not None:
        return sheet.place(entry.id)
    path = subject_of(entry.source.name)
    return path.rpartition("/")[0], path.rpartition("/")[2]
