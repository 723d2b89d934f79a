"""The year's work: plans with targets against what was reached, meetings with open decisions, supervision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.kernel.periods import later, months
from pipeline.record.model import Records
from pipeline.site.page import Page, grouped_by
from pipeline.site.site_data import SiteData
from pipeline.standing.agenda import actions, open_actions, open_remedies, remedies
from pipeline.standing.marks import mark


def pages(site: SiteData) -> Iterator[Page]:
    """Plans, meetings, supervision: pages of the internal edition."""
    if not site.internal:
        return
    yield Page(
        name="plans.html",
        template="plans",
        title="年度计划与完成情况",
        part="plans",
        content={"years": _years(site), "summaries": site.records.summaries},
    )
    yield _meetings(site)
    yield _supervision(site)


def _years(site: SiteData) -> list[tuple[int, list[str]]]:
    """Every year with its plans' keys, the latest year first."""
    years = sorted({plan.plan.year for plan in site.plans.values()}, reverse=True)
    return [(year, [key for key, plan in site.plans.items() if plan.plan.year == year]) for year in years]


def _meetings(site: SiteData) -> Page:
    records = site.records
    content = {
        "meetings": [records.meetings[key] for key in sorted(records.meetings, reverse=True)],
        "actions": {(action.meeting, action.id): action for action in actions(records)},
        "open_actions": open_actions(records),
        "calendar": list(_calendar(records, site.today)),
        "events": sorted(records.events.values(), key=lambda one: one.date or date.min, reverse=True),
    }
    return Page(name="meetings.html", template="meetings", title="工作例会", part="meetings", content=content)


def _calendar(records: Records, today: date) -> Iterator[tuple[int, int, str]]:
    """Every month of the last twelve: year, month, and `held`, `exempt`, `missing` or `coming` (9.1)."""
    held = {(one.date.year, one.date.month) for one in records.meetings.values() if one.date}
    policy = records.policy.meetings if records.policy else None
    since = policy.since if policy and policy.since else min((date(y, m, 1) for y, m in held), default=today)
    first = max(since, later(date(today.year, today.month, 1), -11))
    for year, month in months(first, today):
        if (year, month) in held:
            yield year, month, "held"
        elif policy and policy.exemption(year, month):
            yield year, month, "exempt"
        else:
            yield year, month, "coming" if (year, month) == (today.year, today.month) else "missing"


def _supervision(site: SiteData) -> Page:
    records = site.records
    policy = records.policy.evaluation if records.policy else None
    content = {
        "inspections": sorted(
            records.inspections.values(), key=lambda one: (one.date or date.min, one.project), reverse=True
        ),
        "remedies": grouped_by(remedies(records), lambda one: (one.project, one.inspection)),
        "open_remedies": open_remedies(records),
        "evaluations": [
            (one, mark(one, policy))
            for one in sorted(records.evaluations.values(), key=lambda one: (-one.year, one.project))
        ],
    }
    return Page(
        name="supervision.html",
        template="supervision",
        title="督查、整改与评价",
        part="supervision",
        content=content,
    )
