"""What the trail gives to the build: approved texts in their frames, approval forms, final documents."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from pathlib import Path

from pipeline.approval.blocks import body
from pipeline.approval.trail.approval_form import form, proof_line
from pipeline.approval.trail.current_words import CurrentWords, NotComposedError, layout_of, sheet_of
from pipeline.approval.trail.differences import says_the_same
from pipeline.approval.trail.frame import final_code, final_frame, working_frame
from pipeline.approval.trail.genuine import current_layout, final_layout, layout_faults
from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.opinions import FORM, filled
from pipeline.approval.trail.subject_state import SubjectState, not_approved
from pipeline.kernel.codes.verifying import LAYOUT
from pipeline.kernel.document import Document
from pipeline.kernel.ready import Ready
from pipeline.kernel.structs import Struct, replace
from pipeline.memory.value_marks import mark_of
from pipeline.record.kinds import AGREEMENT
from pipeline.record.places import file_of, subject_of
from pipeline.record.register import Entry
from pipeline.record.rounds.canonical import CanonicalError
from pipeline.record.rounds.frozen_words import FrozenWords

Given = dict[str, dict[str, Ready]]
"""Output folder → file name without ending → document."""


class FinalRefusal(Struct, frozen=True, kw_only=True):
    """A subject that is not made final, and why (Chinese)."""

    subject: str
    reason: str
    code: str = ""


def working(
    trail: Trail,
    current: CurrentWords,
    folders: Collection[str] | None = None,
    files: Collection[str] | None = None,
) -> Given:
    """Subjects as they stand in the work tree, framed as approved only where they are and the words are the same.

    Everything else keeps the draft's frame that its sheet gives it. Subjects with rounds get their form. Only those of
    some `folders`, and of some records' `files`, are looked at where these are named.
    """
    given: Given = {}
    for subject, state in trail.states.items():
        entry = current.entry(subject)
        if entry is None or state.words is None:
            continue
        folder, name = place(entry)
        if folders is not None and folder not in folders:
            continue
        if files is not None and entry.source.name not in files:
            continue
        if trail.chain.current is not None:
            # Without rules, under a pin that is not here, a form has nobody to ask.
            mark = _mark(state, state.words, trail)
            given.setdefault(folder, {})[form_name(name)] = Ready(mark, partial(_form, trail, current, state))
        document = _as_it_stands(state, state.words, current, entry) if state.approved else None
        if document is not None:
            given.setdefault(folder, {})[name] = document
    return given


def _mark(state: SubjectState, words: FrozenWords, trail: Trail) -> str:
    """All of the trail that a form tells: what was decided about which words, by which rules, and how far it is proven."""
    rules = trail.chain.current.digest if trail.chain.current else ""
    decided = mark_of(state.decision)
    said = repr(state.decision) if decided is None else decided.hex()
    return f"form {words.digest} {rules} {said} {proof_line(state, trail.chain)}"


def _as_it_stands(
    state: SubjectState, words: FrozenWords, current: CurrentWords, entry: Entry
) -> Ready | None:
    """The work tree's document, in the frame of an approved one where it says what was approved.

    None where it is to be composed for the build: it cannot be, or was composed as it was approved alone.
    """
    try:
        same = says_the_same(words, current)
        if same:
            return Ready(f"approved {words.number} {words.digest}", partial(_framed, state, words, current))
        alike = not entry.draft and current.composed(state.subject) is current.beside(words)
    except NotComposedError:
        return None
    return Ready("as it stands", partial(_now, words, current)) if alike else None


def _framed(state: SubjectState, words: FrozenWords, current: CurrentWords) -> Document:
    """A document that says what was approved, framed as such."""
    document = _now(words, current)
    return replace(document, frame=working_frame(document.body, state, document.layout))


def _now(words: FrozenWords, current: CurrentWords) -> Document:
    document = current.beside(words).document
    assert document is not None  # only frozen words have none
    return document


class Finals(Struct, frozen=True, kw_only=True):
    """Final documents with their forms, what is refused, and who could not be given the look that was frozen.

    `layouts` are those of before that some are printed in, by the name that the document calls its layout by.
    """

    given: Given
    refused: tuple[FinalRefusal, ...]
    layouts: Mapping[str, bytes]
    restyled: tuple[str, ...]


def final(trail: Trail, wanted: Iterable[str], templates: Path) -> Finals:
    """The frozen words of approved subjects as final documents; `templates` are those that come with the tool."""
    given: Given = {}
    refused: list[FinalRefusal] = []
    layouts: dict[str, bytes] = {}
    restyled: list[str] = []
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
        content, as_frozen = final_layout(trail, state.words, templates)
        faults = layout_faults(layout, content)
        if faults:
            refused.append(
                FinalRefusal(subject=subject, reason=f"{LAYOUT.code} {faults[0]}", code=LAYOUT.code)
            )
            continue
        called = layout
        if content != current_layout(trail, layout):
            called = f"{layout}-{hashlib.sha256(content).hexdigest()[:16]}"
            layouts[called] = content
        restyled += [] if as_frozen else [subject]
        frame = replace(
            final_frame(frozen, state.words.digest, layout), pdf_code=final_code(subject, state.words.digest)
        )
        document = Document(kind=entry.kind.name, layout=called, body=frozen, frame=frame)
        papers = {name: document, form_name(name): _form(trail, trail.current, state)}
        given.setdefault(folder, {}).update({called: Ready.of(one) for called, one in papers.items()})
    return Finals(given=given, refused=tuple(refused), layouts=layouts, restyled=tuple(restyled))


def why_not(trail: Trail, state: SubjectState) -> str:
    """Why a subject cannot be final: its state, who is missing, what changed."""
    rules = trail.chain.current.rules if trail.chain.current else None
    missing = "、".join(rules.role(role) for role in state.decision.missing) if rules else ""
    changed = "；".join(str(one) for one in state.differences[:3])
    parts = (not_approved(state), f"还缺：{missing}" if missing else "", changed)
    return "，".join(part for part in parts if part)


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
