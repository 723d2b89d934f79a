"""What the approval trail adds to `coop build`: frames of approved texts, approval forms, final documents."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from pipeline.approval.trail.current_words import CurrentWords
from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.opinions import boxes
from pipeline.approval.trail.papers import Finals, final, working
from pipeline.approval.trail.papers import place as papers_place
from pipeline.approval.trail.verdicts import verdicts
from pipeline.check.run import Report, examine
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.location import HOME, Here
from pipeline.cli.terminal import from_here
from pipeline.cli.trailing import committed, kept, say_losses, subject_named
from pipeline.git.errors import GitError
from pipeline.kernel.codes.verifying import OLDER_WORDING
from pipeline.kernel.finding import Finding
from pipeline.kernel.overlay import laid_over
from pipeline.kernel.ready import Ready
from pipeline.kernel.structs import Struct, field
from pipeline.output.build import JobOutcome, JobState, build, plan
from pipeline.output.jobs import Job
from pipeline.output.make import Workshop
from pipeline.record.model.governance import Governance
from pipeline.record.places import file_of
from pipeline.standing.proof import Approved

_RESTYLED = (
    f"提示 {OLDER_WORDING.code} 送审时冻结的版式，现在的程序排不出来了，定稿按现在的版式排。"
    "这份定稿只有现在的版式认得；要长期核验得过，请重新送审，或者用送审时的那一版程序出定稿。"
)
FINAL = "final"
"""The folder of final documents inside the build folder."""


class ApprovedPapers(Struct, frozen=True, kw_only=True):
    """What the trail gives to a build.

    `documents` by folder and name are approved texts in their frames, and approval forms; `boxes` are those of the
    approval form by the names of the roles. `exit_code` is what a known loss ends the command with.
    """

    documents: Mapping[str, Mapping[str, Ready]] = field(default_factory=dict)
    approved: Approved = field(default_factory=dict)
    boxes: Mapping[str, str] = field(default_factory=dict)
    exit_code: int = CLEAN

    def workshop(self, place: Here, formats: tuple[str, ...], today: date) -> Workshop:
        """What makes the college's documents in these formats."""
        return Workshop(
            templates=place.templates,
            schemas=place.schemas,
            records=place.report.register.records,
            formats=formats,
            given=self.documents,
            today=today,
            approved=self.approved,
            boxes=self.boxes,
            drafts=place.report.register.drafted,
        )


def known(
    place: Here,
    pin: str,
    bases: Sequence[str],
    folders: Collection[str] | None = None,
    files: Collection[str] | None = None,
) -> ApprovedPapers:
    """What the trail at HEAD gives, to some folders (or records' files) or all; nothing where the college keeps none yet."""
    try:
        trail = kept(place, pin, bases)
    except GitError as error:
        if bases:
            raise
        click.echo(f"审批记录没有核验，全部按草稿生成：{error.message}", err=True)
        return ApprovedPapers()
    if trail is None:
        return ApprovedPapers()
    current = CurrentWords(
        register=place.report.register,
        schemas=place.schemas,
        templates=place.templates,
        tracing=place.tracing,
    )
    rules = trail.chain.current.rules if trail.chain.current else Governance()
    return ApprovedPapers(
        documents=working(trail, current, folders, files),
        approved=verdicts(trail),
        boxes=boxes(rules),
        exit_code=say_losses(trail),
    )


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
