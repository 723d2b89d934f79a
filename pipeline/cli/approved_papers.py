"""What the approval trail gives to documents that are made: nothing where the college keeps none."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from pipeline.cli.app import CLEAN
from pipeline.cli.location import Here
from pipeline.cli.trailing import kept, say_losses
from pipeline.git.errors import GitError
from pipeline.kernel.ready import Ready
from pipeline.kernel.structs import Struct, field
from pipeline.output.make import Workshop
from pipeline.record.model.governance import Governance
from pipeline.standing.proof import Approved

if TYPE_CHECKING:
    from pipeline.approval.trail.inspect import Trail


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
    return _papers_of(trail, place, folders, files)


def _papers_of(
    trail: Trail, place: Here, folders: Collection[str] | None, files: Collection[str] | None
) -> ApprovedPapers:
    """What a trail gives to the documents of some folders (or records' files), or of all."""
    from pipeline.approval.trail.current_words import CurrentWords  # many colleges keep no trail
    from pipeline.approval.trail.opinions import boxes
    from pipeline.approval.trail.papers import working
    from pipeline.approval.trail.verdicts import verdicts

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
