"""What a partner changed on paper, as changes of the records that it was printed from: worked out and tried before it is offered."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from pipeline.approval.trail.current_words import CurrentWords
from pipeline.approval.trail.recognise import Candidate
from pipeline.compose.word_back import Answer, Handling, answers, bare
from pipeline.desk.papers.trial import new_findings
from pipeline.desk.partner_file import Workplace
from pipeline.kernel.document import Document
from pipeline.kernel.finding import Finding
from pipeline.kernel.structs import replace
from pipeline.record.change import FileEdit, Planned, plan
from pipeline.record.register import load
from pipeline.record.tree import Overlaid
from pipeline.returned.edits import Edit, Returned
from pipeline.source.edit import Insert, Operation, Remove, Set

_ROUNDS = 4
"""How often what does not print as the partner wrote it is taken out and the rest tried again."""

Compare = Callable[[Document], Returned]
"""The returned file against a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What would be written: the files, the answers with what was found about each, what a check newly finds then."""

    planned: Planned
    answers: tuple[Answer, ...]
    findings: tuple[Finding, ...]


def offer(
    place: Workplace,
    found: Candidate,
    document: Document,
    result: Returned,
    compare: Compare,
    accepted: Container[int],
) -> Offer:
    """Work out what can be written of a returned file, of doubtful edits only the `accepted` ones (from 1).

    The result is composed and compared with the file once more: what would not print as the partner wrote it is
    not written.
    """
    made = list(
        answers(result, document, place.report.register, place.schemas, found.sheet.source(found.key))
    )
    wanted = {at for at in range(len(made)) if at + 1 in accepted}
    for _ in range(_ROUNDS):
        made = [
            replace(one, way=Handling.WRITE) if at in wanted and one.operations else one
            for at, one in enumerate(made)
        ]
        chosen = {at: one for at, one in enumerate(made) if one.way is Handling.WRITE}
        planned = plan(place.root, _changes(tuple(chosen.values())), place.schemas)
        faults = {
            at: fault
            for at, fault in _faults(place, found, planned, chosen, compare).items()
            if fault.way is Handling.LIST or at not in wanted
        }
        if not faults:
            break
        made = [faults.get(at, one) for at, one in enumerate(made)]
    else:
        planned = Planned()
        made = [replace(one, way=Handling.ASK) if one.way is Handling.WRITE else one for one in made]
    found_new = new_findings(place.report, planned, place.root, place.schemas, place.today)
    return Offer(planned=planned, answers=tuple(made), findings=found_new if planned.files else ())


def _changes(chosen: Sequence[Answer]) -> tuple[FileEdit, ...]:
    """One change for each file: values first, then lists from their ends on, so that no index moves."""
    found: dict[str, list[Operation]] = {}
    for one in chosen:
        found.setdefault(one.file, []).extend(one.operations)
    return tuple(FileEdit(file=file, operations=tuple(_ordered(some))) for file, some in found.items())


def _ordered(operations: Sequence[Operation]) -> list[Operation]:
    values = list({one.path: one for one in operations if isinstance(one, Set)}.values())
    lists = [one for one in operations if isinstance(one, Insert | Remove)]
    lists.reverse()
    lists.sort(key=lambda one: (one.path[:-1], int(one.path[-1]), isinstance(one, Remove)), reverse=True)
    return [*values, *lists]


def _faults(
    place: Workplace, found: Candidate, planned: Planned, chosen: Mapping[int, Answer], compare: Compare
) -> dict[int, Answer]:
    """Which answers are not written after all, by their place: refused, or for a person to decide."""
    if planned.refusals:
        return {
            at: replace(one, way=Handling.LIST, operations=(), reason=refusal.reason)
            for refusal in planned.refusals
            for at, one in chosen.items()
            if one.file == refusal.file
            and (not refusal.path or any(step.path == refusal.path for step in one.operations))
        }
    if not planned.files:
        return {}
    register = load(Overlaid(place.root, planned.files), place.schemas)
    current = CurrentWords(register=register, schemas=place.schemas, templates=place.templates)
    left = compare(current.composer.compose(found.sheet, found.key)).edits
    left = tuple(edit for edit in left if bare(edit.old) != bare(edit.new))
    reason = "写进去以后有别的字跟着变，对方的文件里没有一起改；核对过再写"
    return {
        at: replace(one, way=Handling.ASK, reason=reason)
        for at, one in chosen.items()
        if any(_still(one, edit) for edit in left)
    }


def _still(one: Answer, left: Edit) -> bool:
    """Whether an edit is still there after it was written, or what it was written into differs elsewhere."""
    if bare(left.new) == bare(one.edit.new) and (one.edit.new or left.old == one.edit.old):
        return True
    paths = {".".join(map(str, o.path)) for o in one.operations if isinstance(o, Set)}
    touched = left.touched if left.placed else ()
    return any(each.origin.file == one.file and each.origin.path in paths for each in touched)
