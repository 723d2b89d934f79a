"""The table of documents: which record is printed in which wording and layout, and where it goes.

A new document is one wording file under `templates/` and one line in `SHEETS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pipeline.compose import (
    facts_amendment,
    facts_interns,
    facts_plan,
    facts_progress,
    facts_project,
    facts_year,
)
from pipeline.compose.frames import blank_frame, draft_frame, form_frame, official_frame, plain_frame
from pipeline.compose.sheet import Sheet
from pipeline.kernel.document import Body, Frame
from pipeline.kernel.structs import replace
from pipeline.record.kinds import (
    AGREEMENT,
    AMENDMENT,
    APPRAISAL,
    COLLEGE,
    EVALUATION,
    EXIT,
    INSPECTION,
    KINDS,
    MEETING,
    PLAN,
    PLAN_APPROVAL,
    POLICY,
    PROGRESS,
    SCHEME,
    SIGNING,
    SUMMARY,
    SURVEY,
    Kind,
)
from pipeline.record.model.work import Meeting
from pipeline.standing.agreement_wordings import wording_of
from pipeline.standing.as_signed import by_signing
from pipeline.standing.as_written import by_assessment, by_inspection, by_meeting, by_summary, by_year

AGREEMENT_SHEET = Sheet(
    kind=AGREEMENT,
    folder="projects/{project}",
    file="agreement",
    wording=wording_of,
    layout="contract",
    frame=draft_frame,
    prints=lambda agreement: agreement.origin is None,
    known=by_signing,
    archive=5,
)


def _official(kind: Kind, folder: str, file: str, wording: str, **more: Any) -> Sheet:
    """An official document (GB/T 9704) in a wording of its own."""
    return Sheet(
        kind=kind,
        folder=folder,
        file=file,
        wording=lambda record: wording,
        layout="official",
        frame=official_frame,
        numbering="official",
        **more,
    )


def _of_a_meeting(meeting: Meeting) -> Iterator[str]:
    """The agreements that decisions are about, and the meetings whose decisions were heard."""
    for decision in meeting.decisions.values():
        yield AGREEMENT.path.format(project=decision.project)
    for heard in meeting.follow_up:
        yield MEETING.path.format(date=heard.meeting)


def _form(kind: Kind, file: str, name: str, **more: Any) -> Sheet:
    """A form of a project, drawn in Word."""
    return Sheet(
        kind=kind,
        folder=_PROJECT,
        file=file,
        wording=lambda record: f"forms/{name}",
        layout=f"forms/{name}",
        frame=form_frame,
        **more,
    )


def _contract(kind: Kind, file: str, wording: str, frame: Callable[[Body], Frame], **more: Any) -> Sheet:
    """A document of a project that is to be signed."""
    return Sheet(
        kind=kind,
        folder=_PROJECT,
        file=file,
        wording=lambda record: wording,
        layout="contract",
        frame=frame,
        **more,
    )


def _has_interns(forms: tuple[str, ...]) -> bool:
    """Whether the students placed are interns, or interns too; apprentices have a paper of their own."""
    return "apprenticeship" not in forms or "internship" in forms


_PROJECT = "projects/{project}"
_WHOLE = replace(COLLEGE, label="全校")
"""The college as what a sheet of a year is about; no record is approved as such a sheet."""
_PLANNED = (AGREEMENT, SIGNING, AMENDMENT, PLAN_APPROVAL)
_ALL = KINDS

COMPARISON, REDLINE = "amendment-{id}-comparison", "amendment-{id}-redline"
"""The file of what an amendment does to its agreement; the build puts a redline of the agreement beside it."""

SHEETS: tuple[Sheet, ...] = (
    AGREEMENT_SHEET,
    _official(SURVEY, _PROJECT, "survey", "survey", facts=facts_project.survey, reads=(POLICY,), archive=1),
    _official(SCHEME, _PROJECT, "scheme", "scheme", facts=facts_project.scheme, archive=2),
    _form(
        APPRAISAL,
        "appraisal",
        "opinion-form",
        facts=facts_project.of_project,
        prints=lambda appraisal: appraisal.waiver is None,
        archive=3,
    ),
    _official(
        APPRAISAL,
        _PROJECT,
        "appraisal",
        "appraisal-waiver",
        facts=facts_project.of_project,
        prints=lambda appraisal: appraisal.waiver is not None,
        archive=3,
    ),
    _form(
        AGREEMENT,
        "approval-form",
        "approval-form",
        facts=facts_project.approval,
        prints=lambda agreement: agreement.origin is None or agreement.origin.kind != "legacy",
        archive=4,
        by_office=True,
    ),
    _contract(
        AGREEMENT,
        "internship",
        "internship-agreement",
        blank_frame,
        facts=facts_interns.tripartite,
        prints=lambda agreement: (
            bool(agreement.interns) and not agreement.framework and _has_interns(agreement.forms)
        ),
        archive=6,
    ),
    _contract(
        AGREEMENT,
        "apprentice",
        "apprentice-agreement",
        blank_frame,
        facts=facts_interns.tripartite,
        prints=lambda agreement: "apprenticeship" in agreement.forms and not agreement.framework,
        archive=6,
    ),
    _contract(
        AMENDMENT,
        "amendment-{id}",
        "amendment",
        draft_frame,
        facts=facts_amendment.amendment,
        known=by_signing,
        archive=7,
    ),
    _contract(
        AMENDMENT,
        COMPARISON,
        "amendment-comparison",
        plain_frame,
        facts=facts_amendment.comparison,
        archive=7,
    ),
    _official(PROGRESS, _PROJECT, "progress-{period}", "progress", facts=facts_progress.progress, archive=8),
    _official(
        INSPECTION,
        _PROJECT,
        "inspection-{id}",
        "inspection",
        facts=facts_project.inspection,
        known=by_inspection,
        archive=9,
        by_office=True,
    ),
    _form(
        INSPECTION,
        "rectification-{id}",
        "rectification-notice",
        facts=facts_project.inspection,
        # A problem of which nothing is written yet, as a new draft has one, is nobody's to put right.
        prints=lambda inspection: any(one.text for one in inspection.findings.values()),
        archive=10,
        by_office=True,
    ),
    _form(
        EVALUATION,
        "evaluation-{year}",
        "evaluation-form",
        facts=facts_project.evaluation,
        reads=(POLICY,),
        archive=11,
        by_office=True,
    ),
    _official(EXIT, _PROJECT, "exit", "exit", facts=facts_project.exit_report, archive=12),
    _official(PLAN, "plans/{year}", "{department}", "plan", facts=facts_plan.plan, reads=_PLANNED),
    _official(
        _WHOLE,
        "plans/{year}",
        "college",
        "plan-college",
        facts=facts_plan.college_plan,
        years=facts_plan.plan_years,
        reads=_PLANNED,
    ),
    _official(
        MEETING,
        "meetings/{date}",
        "minutes",
        "minutes",
        facts=facts_plan.minutes,
        known=by_meeting,
        names_files=_of_a_meeting,
    ),
    _official(
        SUMMARY,
        "reports/{year}",
        "{department}",
        "report",
        facts=facts_year.report,
        dated=True,
        known=by_summary,
        reads=_ALL,
    ),
    _official(
        _WHOLE,
        "reports/{year}",
        "college",
        "report-college",
        facts=facts_year.college_report,
        years=facts_year.summary_years,
        dated=True,
        known=by_year,
        reads=_ALL,
    ),
    _official(
        _WHOLE,
        "reports/{year}",
        "assessment",
        "assessment",
        facts=facts_year.assessment,
        years=facts_year.assessed_years,
        dated=True,
        known=by_assessment,
        reads=_ALL,
    ),
)
"""Every document that records are printed as."""

DOSSIER_SHEET = _official(AGREEMENT, "dossiers/{project}", "dossier", "dossier")
"""The contents of a project's dossier; printed only by the dossier itself, which tells it what it holds."""


APPROVAL_FORM = "-approval-form"
"""Ends the file name of the approval form of anything but an agreement, beside the document's own name."""


def sheet_named(name: str) -> Sheet | None:
    """The sheet of a project's document by its file name; an approval form is kept with what it is about."""
    subject = name.removesuffix(APPROVAL_FORM)
    return next((sheet for sheet in SHEETS if sheet.folder == _PROJECT and sheet.makes(subject)), None)
