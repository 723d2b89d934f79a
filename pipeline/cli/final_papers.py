"""`coop build --final`: the final documents of what is approved."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

import click

from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.papers import Finals, final
from pipeline.approval.trail.papers import place as papers_place
from pipeline.check.run import Report, examine
from pipeline.cli.app import FOUND
from pipeline.cli.location import HOME, Here
from pipeline.cli.opened_trail import committed
from pipeline.cli.terminal import from_here
from pipeline.cli.trailing import beside_records, say_losses, subject_named
from pipeline.kernel.codes.verifying import OLDER_WORDING
from pipeline.kernel.finding import Finding
from pipeline.kernel.overlay import laid_over
from pipeline.output.build import JobOutcome, JobState, build, plan
from pipeline.output.jobs import Job
from pipeline.output.make import Workshop
from pipeline.record.places import file_of

_RESTYLED = (
    f"提示 {OLDER_WORDING.code} 送审时冻结的版式，现在的程序排不出来了，定稿按现在的版式排。"
    "这份定稿只有现在的版式认得；要长期核验得过，请重新送审，或者用送审时的那一版程序出定稿。"
)
_EDITED = "记录改过，还没有提交。定稿印的是批准的文字，不含这些改动；改动要作数，请提交以后重新送审。"
FINAL = "final"
"""The folder of final documents inside the build folder."""


def finalise(
    place: Here,
    ids: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path,
    pin: str,
    bases: Sequence[str],
    today: date,
) -> int:
    """Make final documents of what is approved at HEAD; what is not, or lacks anything, is refused with its reason."""
    trail = committed(place, "HEAD", pin, bases)
    wanted = tuple(map(subject_named, ids)) or tuple(trail.states)
    report = examine(trail.current.register, place.schemas, today)
    lacking = {subject: found for subject in wanted if (found := _lacking(report, subject))}
    made = final(trail, [subject for subject in wanted if subject not in lacking], HOME / "templates")
    laid = {f"layout/{name}.docx": content for name, content in made.layouts.items()}
    keep = laid_over(trail.current.templates, laid)
    workshop = Workshop(
        templates=Path(keep.name),
        schemas=place.schemas,
        records=trail.current.register.records,
        formats=formats,
        given=made.given,
    )
    some = tuple(Job(folder=folder, documents=(), sources=()) for folder in sorted(made.given))
    due = plan(place.report, workshop, out / FINAL, some, anew=True)
    outcomes = list(build(due, workshop, out / FINAL))
    for job in (*due.fresh, *(outcome.job for outcome in outcomes if outcome.state is JobState.BUILT)):
        _list_finals(out / FINAL / job.folder)
    for outcome in outcomes:
        _faults(outcome)
    _not_as_asked(made)
    _edited_since(trail, place, set(wanted) - lacking.keys())
    for subject, found in lacking.items():
        click.echo(f"没有生成定稿 {subject}：还有 {len(found)} 处不合定稿的要求，第一处 {_said(found[0])}")
    for subject in (*(refusal.subject for refusal in made.refused), *lacking):
        _warned(out / FINAL, trail, subject)
    broken = due.refused or lacking or any(outcome.state is JobState.REFUSED for outcome in outcomes)
    return FOUND if made.refused or broken else say_losses(trail)


def _not_as_asked(made: Finals) -> None:
    """Say what could not be printed as it was frozen, and what was refused."""
    for subject in made.restyled:
        click.echo(f"{subject}：{_RESTYLED}")
    for refusal in made.refused:
        click.echo(f"没有生成定稿 {refusal.subject}：{refusal.reason}")


def _edited_since(trail: Trail, place: Here, subjects: Collection[str]) -> None:
    """Say of which subjects the records lie there otherwise than they were approved: the final is of what was approved."""
    for subject, state in beside_records(trail, place).states.items():
        if subject in subjects and state.stage is not trail.states[subject].stage:
            click.echo(f"提示 {subject}：{_EDITED}")


def _warned(folder: Path, trail: Trail, subject: str) -> None:
    """A final document made earlier still lies there, though it is none any more."""
    entry = trail.current.entry(subject)
    if entry is None:
        return
    inner, name = papers_place(entry)
    for path in sorted((folder / inner).glob(f"{name}.*")):
        click.echo(f"   以前生成的 {from_here(path)} 已经不是定稿，不要再用")


def _lacking(report: Report, subject: str) -> tuple[Finding, ...]:
    """What in a subject's file keeps it from being final, also what a draft may lack and a spent waiver covered."""
    return tuple(found for found in report.of_file(file_of(subject)) if found.blocks_final)


def _said(finding: Finding) -> str:
    return f"{finding.place} {finding.code} {finding.message}"


def _list_finals(folder: Path) -> None:
    """Each final Word file with its SHA-256, for the signing record."""
    for path in sorted(folder.glob("*.docx")):
        click.echo(f"定稿 {from_here(path)}\n   SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


def _faults(outcome: JobOutcome) -> None:
    for found in outcome.findings:
        click.echo(f"{found.severity.label} {found.code} {found.place.file}：{found.message}")
