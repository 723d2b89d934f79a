"""What a pull request changes in composed text: for a lawyer, who reviews sentences and not YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.approval.trail.compare import Difference, facts, fields, sentences
from pipeline.approval.trail.current_words import Composed, CurrentWords, NotComposedError, kind_of_subject
from pipeline.approval.trail.inspect import words_of
from pipeline.git.objects import Snapshot
from pipeline.record.schema import Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One subject that says something else: `before` or `now` is None where it is new or gone."""

    subject: str
    before: Composed | None
    now: Composed | None
    differences: tuple[Difference, ...]


def changed(
    old: Snapshot, new: Snapshot, schemas: Mapping[str, Schema], templates: Path
) -> Iterator[Changed]:
    """Every subject whose fields, facts or text differ between two commits, in order."""
    (before, _kept), (now, _also) = (words_of(shot, schemas, templates) for shot in (old, new))
    for subject in sorted({*before.subjects(), *now.subjects()}):
        was, is_now = _composed(before, subject), _composed(now, subject)
        found = tuple(_differences(was, is_now, now, subject))
        if found or (was is None) != (is_now is None):
            yield Changed(subject=subject, before=was, now=is_now, differences=found)


def _composed(current: CurrentWords, subject: str) -> Composed | None:
    try:
        return current.composed(subject)
    except NotComposedError:
        return None


def _differences(
    was: Composed | None, now: Composed | None, current: CurrentWords, subject: str
) -> Iterator[Difference]:
    if was is None or now is None:
        return
    kind = kind_of_subject(subject)
    yield from fields(was.fields, now.fields, current.schemas[kind.name].root if kind else None)
    yield from facts(was.facts, now.facts)
    if was.body != now.body:
        yield from sentences(was.body, now.body)


def page(found: tuple[Changed, ...], base: str, head: str) -> str:
    """The changes as Markdown, to be read in the pull request."""
    lines = [f"# 合成文字的改动（{base[:12]} → {head[:12]}）", ""]
    if not found:
        lines.append("没有一份要审批的文书的文字、字段或事实有改动。")
    for one in found:
        state = "新增" if one.before is None else "删去或排不出来" if one.now is None else "改动"
        lines += [f"## {one.subject}（{state}）", ""]
        lines += [f"- {_escaped(str(difference))}" for difference in one.differences]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _escaped(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#|" else sign for sign in text)
