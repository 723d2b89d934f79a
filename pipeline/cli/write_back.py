"""`coop read --apply`: what a partner changed on paper, written into the records that it was printed from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

import click

from pipeline.approval.trail.current_words import CurrentWords
from pipeline.approval.trail.recognise import Candidate
from pipeline.check.run import Report, examine
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.location import Here
from pipeline.cli.trailing import git_steps, slug
from pipeline.compose.word_back import Answer, Handling, answers, bare
from pipeline.kernel.document import Document
from pipeline.kernel.finding import Finding, Severity
from pipeline.kernel.structs import replace
from pipeline.kernel.visible import escape_controls
from pipeline.record.change import FileEdit, Planned, plan, put
from pipeline.record.register import load
from pipeline.record.tree import Overlaid
from pipeline.returned.edits import Edit, Returned
from pipeline.source.edit import Insert, Operation, Remove, Set, shown

_ROUNDS = 4
"""How often what does not print as the partner wrote it is taken out and the rest tried again."""
_LONGEST, _AROUND = 70, 8

Compare = Callable[[Document], Returned]
"""The returned file against a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What would be written: the files, the answers with what was found about each, and the report on the result."""

    planned: Planned
    answers: tuple[Answer, ...]
    report: Report | None


def offer(
    place: Here,
    found: Candidate,
    document: Document,
    result: Returned,
    compare: Compare,
    accepted: Collection[int],
) -> Offer:
    """Work out what can be written of a returned file, of doubtful edits only the `accepted` ones (from 1).

    The result is composed and compared with the file once more: what would not print as the partner wrote it is
    not written.
    """
    made = list(
        answers(result, document, place.report.register, place.schemas, found.sheet.source(found.key))
    )
    wanted = {number - 1 for number in accepted if 1 <= number <= len(made)}
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
    report = _report(place, planned) if planned.files else None
    return Offer(planned=planned, answers=tuple(made), report=report)


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
    place: Here, found: Candidate, planned: Planned, chosen: Mapping[int, Answer], compare: Compare
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


def _report(place: Here, planned: Planned) -> Report:
    return examine(load(Overlaid(place.root, planned.files), place.schemas), place.schemas, place.today)


def offer_lines(made: Offer, place: Here) -> Iterator[str]:
    """What would be written, what a person decides, and what is only listed."""
    numbered = list(enumerate(made.answers, start=1))
    groups = (
        (Handling.WRITE, "可以写进记录的"),
        (Handling.ASK, "请您定夺的（同意的用 --with 加编号，如 --with 2,5）"),
        (Handling.LIST, "只列出、不写的"),
    )
    for way, title in groups:
        some = [(number, one) for number, one in numbered if one.way is way]
        if some:
            yield f"\n{title} {len(some)} 处："
        for number, one in some:
            yield from (escape_controls(line) for line in _answer_lines(number, one, place))
    if made.report is not None:
        yield from _checked(made.report, place)


def _answer_lines(number: int, one: Answer, place: Here) -> Iterator[str]:
    edit = one.edit
    yield f"{number}.【{edit.clause}】{f'　{edit.where}' if edit.where else ''}"
    if edit.old and not one.operations:
        yield f"   原文：{_short(edit.old)}"
    if not one.operations:
        yield f"   对方：{_short(edit.new) or '（删去）'}"
    for operation in one.operations:
        yield f"   {_where(one.file, operation, place)}：{_does(operation, edit)}"
    if one.reason:
        yield f"   {one.reason}"


def _where(file: str, operation: Operation, place: Here) -> str:
    entry = place.report.register.entries.get(file)
    spot = str(entry.source.place(operation.path)) if entry else file
    return f"{spot} 的 {shown(operation.path)}"


def _does(operation: Operation, edit: Edit) -> str:
    if isinstance(operation, Remove):
        return "删掉这一项"
    if isinstance(operation, Insert):
        value = operation.value
        said = "，".join(f"{key}: {one}" for key, one in value.items()) if isinstance(value, dict) else value
        return f"加一项 {_short(str(said))}"
    value = str(operation.value) if isinstance(operation, Set) else ""
    if len(value) <= _LONGEST and "\n" not in value:
        return f"改为 {value}"
    return "“{}” → “{}”".format(*_window(edit.old, edit.new))


def _window(old: str, new: str) -> tuple[str, str]:
    """Where two long texts differ, with a few letters around."""
    first = _alike(old, new)
    last = _alike(old[first:][::-1], new[first:][::-1])
    begin = max(0, first - _AROUND)

    def cut(text: str) -> str:
        end = len(text) - last
        behind = text[end : end + _AROUND]
        return f"{'…' * bool(begin)}{text[begin:end]}{behind}{'…' * (end + _AROUND < len(text))}"

    return cut(old), cut(new)


def _alike(one: str, other: str) -> int:
    """How many letters two texts have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _checked(report: Report, place: Here) -> Iterator[str]:
    """What the check says of the result that it does not say now."""
    new = _new(report, place)
    if not new:
        yield "\n写进去以后检查过：没有新的问题。"
        return
    yield f"\n写进去以后检查，会多出 {len(new)} 个问题，请先想好怎么办："
    for one in new:
        yield escape_controls(f"  {one.place} {one.severity.label} {one.code} {one.message}")


def _new(report: Report, place: Here) -> list[Finding]:
    before = {(one.code, one.place.file, one.message) for one in place.report.findings}
    return [
        one
        for one in report.findings
        if (one.code, one.place.file, one.message) not in before and one.severity is not Severity.INFO
    ]


def write(made: Offer, place: Here, found: Candidate, name: str, content: bytes, *, sure: bool) -> int:
    """Put the offer in place after a yes, and say how to commit it; nothing is committed here."""
    left = any(one.way is not Handling.WRITE for one in made.answers)
    if not made.planned.files:
        click.echo("\n没有可以写进记录的改动。")
        return FOUND if left else CLEAN
    if not sure and not click.confirm("\n写进上面列的文件吗？", default=False):
        click.echo("没有写。")
        return FOUND
    refused = put(place.root, made.planned)
    for refusal in refused:
        click.echo(f"没有写：{refusal.file} {refusal.reason}")
    if refused:
        return FOUND
    digest = hashlib.sha256(content).hexdigest()
    message = f"采纳对方对《{found.document.body.title}》的修改\n\n来自 {name}\nSHA-256 {digest}"
    click.echo(git_steps(place, sorted(made.planned.files), f"answer-{slug(found.subject)}", message))
    return FOUND if left or _new_errors(made, place) else CLEAN


def _new_errors(made: Offer, place: Here) -> bool:
    report = made.report
    return report is not None and any(one.severity is Severity.ERROR for one in _new(report, place))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
