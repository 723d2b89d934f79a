"""The public edition: only what may be shown to anyone is copied into it, so that nothing new ever slips out.

Amounts, contacts, findings, drafts and every free text stay behind; texts may hold any of the others. What was
written for the public (the introduction and the pictures of a project) and the names of milestones are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import replace
from pipeline.record.model import Agreement, College, Department, Enterprise, Records, Term
from pipeline.record.model.after_signing import Attachments
from pipeline.record.model.clauses import Content, Parties, Responsible
from pipeline.record.model.college import Group
from pipeline.record.model.cooperation import CoBuilding, Docking, Goal
from pipeline.record.model.enterprise import Affiliation, FormerName, Successor
from pipeline.record.model.execution import MilestoneDone, Progress, Reached
from pipeline.record.model.preparation import Scheme, Step
from pipeline.site.site_data import Edition, SiteData
from pipeline.standing.agreed import ended_on, goals_of, term_of
from pipeline.standing.as_agreed import agreements_of
from pipeline.standing.former_names import family_head, name_on
from pipeline.standing.portfolio import LIVE
from pipeline.standing.state import ProjectState

_SHOWN = (*LIVE, ProjectState.EXPIRED, ProjectState.ENDED)
"""Projects that may be shown: those whose agreement took effect or is about to."""

_MONEY = frozenset({"service-income", "equipment-value", "other"})
"""Goals counted in yuan or in who knows what."""


def public(site: SiteData) -> SiteData:
    """The same college on the same day as anyone may see it; states are those that the full records tell."""
    standing = {project: state for project, state in site.standing.items() if state in _SHOWN}
    records = _shown(site.records, standing, site.today)
    return replace(
        site,
        records=records,
        standing=standing,
        findings=(),
        elements={},
        files={},
        approved={},
        wordings={},
        trail={},
        proofs={},
        edition=Edition.PUBLIC,
    )


def _shown(records: Records, projects: Mapping[str, ProjectState], day: date) -> Records:
    agreements = {
        project: _agreement(records, agreement)
        for project, agreement in agreements_of(records, projects, day).items()
    }
    named = {party for agreement in agreements.values() for party in agreement.party_ids}
    named |= {family_head(records, party, day) for party in named}
    return Records(
        college=_college(records.college) if records.college else None,
        agreements=agreements,
        enterprises={
            key: _enterprise(records, one, day) for key, one in records.enterprises.items() if key in named
        },
        progress={
            key: _progress(one, agreements[one.project])
            for key, one in records.progress.items()
            if one.project in agreements
        },
        schemes={key: _milestones(one) for key, one in records.schemes.items() if key in agreements},
        attachments={key: _introduced(one) for key, one in records.attachments.items() if key in agreements},
    )


def _milestones(scheme: Scheme) -> Scheme:
    steps = {key: Step(name=one.name, due=one.due) for key, one in scheme.schedule.items()}
    # A name with figures in it may hold an amount; it is not for everybody.
    return Scheme(
        project=scheme.project,
        schedule={key: one for key, one in steps.items() if not _FIGURE.search(one.name)},
    )


_FIGURE = late(r"[0-9]{3,}(?!(?:人(?!民币)|名|个|门|学时|课时|次)|[0-9])|[元￥¥@]|万")


def _introduced(kept: Attachments) -> Attachments:
    return Attachments(project=kept.project, introduction=kept.introduction, pictures=kept.pictures)


def _agreement(records: Records, agreement: Agreement) -> Agreement:
    parties, responsible = agreement.parties, agreement.responsible
    return Agreement(
        project=agreement.project,
        stage=agreement.stage,
        number=agreement.number,
        title=agreement.title,
        forms=agreement.forms,
        majors=agreement.majors,
        industry=agreement.industry,
        contents=tuple(Content(code=one.code) for one in agreement.contents),
        parties=Parties(enterprises=parties.enterprises) if parties else None,
        responsible=Responsible(implementer=responsible.implementer) if responsible else None,
        term=_term(records, agreement.project),
        docking=tuple(Docking(code=one.code) for one in agreement.docking),
        co_building=tuple(CoBuilding(code=one.code) for one in agreement.co_building),
        goals={
            key: Goal(year=goal.year, measure=goal.measure, quantity=goal.quantity)
            for key, goal in goals_of(records, agreement.project).items()
            if goal.measure not in _MONEY
        },
    )


def _term(records: Records, project: str) -> Term | None:
    """The term as agreed last, cut where the cooperation ended before it."""
    term, ended = term_of(records, project), ended_on(records, project)
    end = min((day for day in (term.end, ended) if day), default=None) if term else None
    return Term(start=term.start, end=end) if term else None


def _progress(progress: Progress, agreement: Agreement) -> Progress:
    figures = {
        key: Reached(actual=one.actual) for key, one in progress.goals.items() if key in agreement.goals
    }
    return Progress(
        project=progress.project,
        period=progress.period,
        goals=figures,
        staff=progress.staff,
        milestones={key: MilestoneDone(done_on=one.done_on) for key, one in progress.milestones.items()},
    )


def _enterprise(records: Records, enterprise: Enterprise, day: date) -> Enterprise:
    """What everybody may know of an enterprise on a day: no name to come, no successor before it has taken over.

    Who answers for it in the end is told at once, as those in between may not be shown.
    """
    heir, head = enterprise.successor, enterprise.affiliation
    answers = family_head(records, enterprise.id, day)
    known = records.enterprises.get(answers, enterprise)
    begun = heir is not None and heir.since is not None and heir.since <= day
    return Enterprise(
        id=enterprise.id,
        name=name_on(enterprise, day),
        kind=enterprise.kind,
        industry=enterprise.industry,
        scale=enterprise.scale,
        certified=enterprise.certified,
        former_names=tuple(
            FormerName(name=one.name, until=one.until)
            for one in enterprise.former_names
            if one.until and one.until < day
        ),
        successor=Successor(enterprise=answers, since=heir.since)
        if heir and begun and known is not enterprise
        else None,
        affiliation=head
        and Affiliation(
            kind=head.kind,
            name=name_on(known, day) if head.kind == "branch" and known is not enterprise else head.name,
        ),
    )


def _college(college: College) -> College:
    return College(
        name=college.name,
        short_name=college.short_name,
        departments={
            key: Department(name=one.name, kind=one.kind) for key, one in college.departments.items()
        },
        groups={key: Group(leader_post=one.leader_post) for key, one in college.groups.items()},
    )
