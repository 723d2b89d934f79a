"""An agreement as its amendments leave it: its text before one of them and after it.

The signed agreement's own record never changes. What an amendment sets exactly (term, goals) is composed anew;
what it says in words takes the place of the words it names where those stand in the named field, and is
otherwise added at the end of the clause it names, marked as the amendment's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipeline.kernel.chinese import date_words
from pipeline.kernel.document import (
    Block,
    Document,
    Heading,
    Origin,
    Paragraph,
    Run,
    Runs,
    Signature,
    Table,
    plain,
)
from pipeline.kernel.structs import Struct, replace
from pipeline.kernel.walk import mapped
from pipeline.paper.redline_text import TextDifference, differences
from pipeline.prose.unmarked import unmarked
from pipeline.record.kinds import AGREEMENT, AMENDMENT
from pipeline.record.model import Agreement, Records, under
from pipeline.record.model.after_signing import Amendment, ClauseChange
from pipeline.record.model.records import with_one
from pipeline.standing.as_agreed import with_added

Compose = Callable[[Records, str], Document]
"""Composes a project's agreement from some records."""


class Amended(Struct, frozen=True, kw_only=True):
    """The agreement before an amendment and after it."""

    before: Document
    after: Document

    @property
    def differences(self) -> tuple[TextDifference, ...]:
        """What the amendment does to the text, clause by clause."""
        return differences(self.before.body, self.after.body)


def amended(records: Records, key: str, compose: Compose) -> Amended | None:
    """The agreement around the amendment with a key; None where the college has not composed it itself."""
    amendment = records.amendments[key]
    agreement = records.agreements.get(amendment.project)
    if agreement is None or agreement.origin is not None:
        return None
    earlier = [one for one in under(records.amendments, amendment.project) if one.id < amendment.id]
    return Amended(
        before=_as_amended(records, agreement, amendment.project, earlier, compose),
        after=_as_amended(records, agreement, amendment.project, [*earlier, amendment], compose),
    )


def _as_amended(
    records: Records, agreement: Agreement, project: str, some: Sequence[Amendment], compose: Compose
) -> Document:
    """The agreement with some amendments, in order."""
    for one in some:
        term, agreed = one.term, agreement.term
        # Set anew before composing: the wording prints a term in several places, and all of them must change.
        if term and agreed:  # what an amendment does not speak of stays as agreed
            term = replace(term, start=term.start or agreed.start, renewal=term.renewal or agreed.renewal)
        agreement = replace(agreement, term=term or agreement.term, goals={**agreement.goals, **one.goals})
        agreement = with_added(agreement, one)
    document = compose(with_one(records, AGREEMENT.within, project, agreement), project)
    blocks = list(document.body.blocks)
    for one in some:
        for index, change in enumerate(one.changes):
            origin = Origin(file=AMENDMENT.file(f"{project}/{one.id}"), path=f"changes.{index}.now")
            blocks = _changed(blocks, AGREEMENT.file(project), change, one, origin)
        if one.ends_on:
            said = f"本协议自{date_words(one.ends_on)}起终止，该日为合作的最后一日。"
            origin = Origin(file=AMENDMENT.file(f"{project}/{one.id}"), path="ends_on")
            blocks = _added(blocks, _end(blocks), one, said, origin)
    return replace(document, body=replace(document.body, blocks=tuple(blocks)))


def _changed(
    blocks: list[Block], file: str, change: ClauseChange, by: Amendment, origin: Origin
) -> list[Block]:
    """The blocks with one change: in the words it names, or behind the clause it names."""
    was, now = plain_words(change.was), plain_words(change.now)

    def of_field(run: Run) -> bool:
        of_change = run.origin.path == change.field or run.origin.path.startswith(f"{change.field}.")
        return run.origin.file == file and of_change

    made = [mapped(block, lambda runs: _replaced(runs, of_field, was, now)) for block in blocks]
    # Words that no longer stand there (an earlier amendment has replaced them) are not searched elsewhere: the
    # change is put behind its clause, marked with the amendment, for people to see.
    if was and made != blocks:
        return made
    return _added(blocks, _place(blocks, change, of_field), by, now, origin)


def plain_words(text: str) -> str:
    """A text of an amendment as it is put into the agreement: on one line, without marks."""
    return " ".join(unmarked(text).split())


def _replaced(runs: Runs, of_field: Callable[[Run], bool], was: str, now: str) -> Runs:
    """The runs with the old words replaced where they stand in the field, where a later amendment finds the new ones."""
    of_change = plain(tuple(run for run in runs if of_field(run)))
    if not was or was not in of_change:
        return runs
    before, _, after = of_change.partition(was)
    first = next(index for index, run in enumerate(runs) if of_field(run))
    new = (
        Run(text=before, origin=runs[first].origin),
        Run(text=now, origin=runs[first].origin),
        Run(text=after, origin=runs[first].origin),
    )
    rest = tuple(run for run in runs[first:] if not of_field(run))
    return (*runs[:first], *(run for run in new if run.text), *rest)


def _added(blocks: list[Block], at: int, by: Amendment, said: str, origin: Origin) -> list[Block]:
    return [
        *blocks[:at],
        Paragraph(runs=(Run(text=added_by(by)), Run(text=said, origin=origin))),
        *blocks[at:],
    ]


def added_by(amendment: Amendment) -> str:
    """The mark in front of words that an amendment adds, which tells them from those it rewords."""
    return f"〔{amendment.number or '补充协议' + amendment.id}〕"


def _place(blocks: Sequence[Block], change: ClauseChange, of_field: Callable[[Run], bool]) -> int:
    """Behind which block a change belongs that replaces no words: by its clause, by its field, else at the end."""
    starts = [index for index, block in enumerate(blocks) if _opens(block)]
    named = next((start for start in starts if _is_named(blocks[start], change.clause)), None)
    if named is not None:
        return next((start for start in starts if start > named), len(blocks))
    of_it = [index for index, block in enumerate(blocks) if any(map(of_field, _runs(block)))]
    return of_it[-1] + 1 if of_it else _end(blocks)


def _opens(block: Block) -> bool:
    """Whether an article, an annex or the signatures begin here."""
    annex = isinstance(block, Paragraph) and block.style in ("annex", "centred", "note")
    return (isinstance(block, Heading) and block.level == 1) or annex or isinstance(block, Signature)


def _is_named(block: Block, clause: str) -> bool:
    if not isinstance(block, Heading) or not clause:
        return False
    title = plain(block.runs)
    return bool(block.number and block.number in clause) or any(
        part and part in title for part in (clause, clause.partition("一条")[0].partition("第")[0])
    )


def _end(blocks: Sequence[Block]) -> int:
    """Before the signatures, or at the very end."""
    return next((at for at, block in enumerate(blocks) if isinstance(block, Signature)), len(blocks))


def _runs(block: Block) -> Iterator[Run]:
    if isinstance(block, Table):
        yield from (run for row in block.rows for cell in row for run in cell.runs)
    else:
        yield from getattr(block, "runs", ())
