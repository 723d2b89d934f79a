"""What the approval trail adds to `coop build`: frames of approved texts, approval forms, final documents."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from pipeline.approvals.places import GOVERNANCE
from pipeline.build.jobs import Job
from pipeline.build.make import Workshop
from pipeline.build.run import Outcome, State, build, plan
from pipeline.check import Report, examine
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.place import HOME, Here
from pipeline.cli.trailing import committed, subject_named
from pipeline.document import Document
from pipeline.finding import Finding
from pipeline.git import GitError, Repository
from pipeline.trail.papers import final, working
from pipeline.trail.scene import Scene, file_of

FINAL = "final"
"""The folder of final documents inside the build folder."""


def given(place: Here, pin: str, base: str) -> Mapping[str, Mapping[str, Document]]:
    """Approved texts in their frames, and approval forms; nothing where the college keeps no trail yet."""
    if not (place.root / GOVERNANCE).is_dir():
        return {}
    try:
        repository = Repository.around(place.root)
        if repository is not None and not repository.has_commits():
            return {}
        trail = committed(place, "HEAD", pin, base)
    except GitError as error:
        click.echo(f"审批记录没有核验，全部按草稿生成：{error.message}", err=True)
        return {}
    scene = Scene(register=place.report.register, schemas=place.schemas, templates=place.templates)
    return working(trail, scene)


def finalise(
    place: Here,
    ids: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path,
    pin: str,
    base: str,
    today: date,
) -> int:
    """Make final documents of what is approved at HEAD; what is not, or lacks anything, is refused with its reason."""
    trail = committed(place, "HEAD", pin, base)
    wanted = tuple(map(subject_named, ids)) or tuple(trail.states)
    report = examine(trail.scene.register, place.schemas, today)
    lacking = {subject: found for subject in wanted if (found := _lacking(report, subject))}
    made, refused = final(trail, [subject for subject in wanted if subject not in lacking])
    templates = trail.scene.templates
    workshop = Workshop(
        templates=templates,
        schemas=place.schemas,
        records=trail.scene.register.records,
        formats=formats,
        given=made,
    )
    some = tuple(Job(folder=folder, documents=(), sources=()) for folder in sorted(made))
    due = plan(place.report, workshop, HOME, out / FINAL, some)
    outcomes = list(build(due, workshop, out / FINAL))
    for job in (*due.fresh, *(outcome.job for outcome in outcomes if outcome.state is State.BUILT)):
        _told(out / FINAL / job.folder)
    for outcome in outcomes:
        _faults(outcome)
    for refusal in refused:
        click.echo(f"没有生成定稿 {refusal.subject}：{refusal.reason}")
    for subject, found in lacking.items():
        click.echo(f"没有生成定稿 {subject}：还有 {len(found)} 处不合定稿的要求，第一处 {_said(found[0])}")
    broken = due.refused or lacking or any(outcome.state is State.REFUSED for outcome in outcomes)
    return FOUND if refused or broken else CLEAN


def _lacking(report: Report, subject: str) -> tuple[Finding, ...]:
    """What in a subject's file keeps it from being final, also what a draft may lack and a spent waiver covered."""
    return tuple(found for found in report.of_file(file_of(subject)) if found.blocks_final)


def _said(finding: Finding) -> str:
    return f"{finding.place} {finding.code} {finding.message}"


def _told(folder: Path) -> None:
    """Each final Word file with its SHA-256, for the signing record."""
    for path in sorted(folder.glob("*.docx")):
        click.echo(f"定稿 {path}\n   SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


def _faults(outcome: Outcome) -> None:
    for found in outcome.findings:
        click.echo(f"{found.severity.label} {found.code} {found.place.file}：{found.message}")
