"""`coop read --apply`: what a partner changed on paper, written into the records that it was printed from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import takewhile

import click

from pipeline.approval.trail.recognise import Candidate
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import confirmed
from pipeline.cli.location import Here
from pipeline.cli.trailing import git_steps, slug
from pipeline.compose.word_back import Answer, Handling
from pipeline.desk.about_approved import about_approved
from pipeline.desk.word_offer import Offer
from pipeline.kernel.finding import Finding, Severity
from pipeline.kernel.visible import escape_controls
from pipeline.record.change import put
from pipeline.returned.edits import Edit
from pipeline.source.edit import Insert, Operation, Remove, Set, shown

_LONGEST, _AROUND = 70, 8


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
    if made.planned.files:
        yield from _checked(made.findings)


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


def _checked(new: Sequence[Finding]) -> Iterator[str]:
    """What the check says of the result that it does not say now."""
    if not new:
        yield "\n写进去以后检查过：没有新的问题。"
        return
    yield f"\n写进去以后检查，会多出 {len(new)} 个问题，请先想好怎么办："
    for one in new:
        yield escape_controls(f"  {one.place} {one.severity.label} {one.code} {one.message}")


def write(made: Offer, place: Here, found: Candidate, name: str, content: bytes, *, sure: bool) -> int:
    """Put the offer in place after a yes, and say how to commit it; nothing is committed here."""
    left = any(one.way is not Handling.WRITE for one in made.answers)
    if not made.planned.files:
        click.echo("\n没有可以写进记录的改动。")
        return FOUND if left else CLEAN
    for line in about_approved(place.register.records, made.planned):
        click.echo(escape_controls(line))
    if not sure and not confirmed("\n写进上面列的文件吗？"):
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
    return FOUND if left or any(one.severity is Severity.ERROR for one in made.findings) else CLEAN


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
