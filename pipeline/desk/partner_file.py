"""A Word file that came back from a partner: which document it is, and against which version it is to be read."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.approval.trail.current_words import CurrentWords, NotComposedError
from pipeline.approval.trail.frame import STATUS
from pipeline.approval.trail.recognise import Candidate, Recognised, candidate, recognise
from pipeline.approval.trail.revisions import at_commit, earlier
from pipeline.check.run import Report
from pipeline.git.errors import GitError
from pipeline.kernel.document import Document
from pipeline.kernel.home import HOME
from pipeline.paper.named_layout import layout
from pipeline.record.places import file_of
from pipeline.record.schema import Schema
from pipeline.returned.edits import Returned, returned

NOW = "现在的文件"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """The college that a file is read for: its folder, schemas, templates, what is known of it, and the day."""

    root: Path
    schemas: Mapping[str, Schema]
    templates: Path
    report: Report
    today: date | None


def document_of(place: Workplace, content: bytes, subject: str = "") -> tuple[Candidate, str]:
    """The document that the file came from, and how that is known. Raises NotComposedError, UnreadableError."""
    current = CurrentWords(register=place.report.register, schemas=place.schemas, templates=place.templates)
    if subject:
        named = candidate(current, file_of(subject))
        if named is None:
            raise NotComposedError(f"没有 {file_of(subject)}，或者它不印成文书")
        return named, "由 --of 指定"
    guess = recognise(current, content)
    if not guess.candidates:
        raise NotComposedError(
            "认不出这是哪份文书的文件：没有一份文书的文字与它相近。请用 --of 指定，如 --of 2026-im-001"
        )
    if not guess.clear:
        raise NotComposedError(_several(guess))
    return guess.candidates[0], f"凭{guess.by}认出，{guess.candidates[0].share:.0%} 的文字相同"


def _several(guess: Recognised) -> str:
    names = "\n".join(f"  --of {one.subject}　{one.called}" for one in guess.candidates)
    return f"有几份文书都和它相近，分不清是哪一份，请用 --of 指定：\n{names}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentVersion:
    """One version of a document, and what people call it."""

    called: str
    document: Document


def compared_with(
    place: Workplace, found: Candidate, content: bytes, rev: str = ""
) -> tuple[SentVersion, Returned]:
    """The version that the file is nearest to, and what was changed in it."""
    printed = (found.sheet, found.key)
    if rev:
        made = at_commit(place.root, rev, found.subject, place.schemas, HOME / "templates", printed)
        version = SentVersion(called=f"提交 {made.name}", document=made.document)
        return version, against(place, made.document, content)
    best = against(place, found.document, content)
    version = SentVersion(called=NOW, document=found.document)
    with suppress(GitError):  # without a history there is but one version
        for made in earlier(place.root, found.subject, place.schemas, HOME / "templates", printed):
            if not best.edits:
                break
            result = against(place, made.document, content)
            if len(result.edits) < len(best.edits):
                called = f"提交 {made.name}（{made.author}，{made.date[:10]}），它与这个文件最接近；库里的文字后来改过"
                version, best = SentVersion(called=called, document=made.document), result
    return version, best


def against(place: Workplace, document: Document, content: bytes) -> Returned:
    """What a file changes of a document."""
    sent = layout(place.templates, document.layout).render(document)
    return returned(document, content, sent, STATUS)
