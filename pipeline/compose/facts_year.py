"""Facts of the year's documents: summaries and the departments' assessment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from pipeline.compose.context import NOTHING, Context, day, number, rate, score, text, yuan
from pipeline.compose.facts_plan import listed, measure_line
from pipeline.prose.markdown_parser import unmarked
from pipeline.record.model import Records
from pipeline.record.model.agreement import Inputs
from pipeline.record.model.names import itemised
from pipeline.record.register.kinds import SUMMARY
from pipeline.standing.agenda import Action, Remedy
from pipeline.standing.annual import Annual, annual, in_wan
from pipeline.standing.assessment import PARTS, assessments
from pipeline.standing.goals import Progressing, TaskReach
from pipeline.standing.open_matters import remedy_words
from pipeline.standing.state import ProjectState


def summary_years(records: Records) -> Iterable[int]:
    """The years of which any department has written a summary."""
    return sorted({summary.year for summary in records.summaries.values()})


def assessed_years(records: Records) -> Iterable[int]:
    """The years with a summary, where the college's policy takes supervision into the assessment (10.2)."""
    policy = records.policy.assessment if records.policy else None
    return summary_years(records) if policy and policy.included else ()


def report(desk: Context) -> Mapping[str, object]:
    """A department's summary: the figures of its year beside its own words."""
    own = desk.records.summaries[desk.key]
    figures = annual(desk.records, own.year, desk.day, own.department, desk.approved)
    return {"department": desk.words.department(own.department), **_figures(desk, figures)}


def college_report(desk: Context) -> Mapping[str, object]:
    """The college's summary: the figures of all, department by department, and the departments' words."""
    year = int(desk.key)
    told = {one.department: key for key, one in desk.records.summaries.items() if one.year == year}
    planned = {one.department for one in desk.records.plans.values() if one.year == year}
    teaching = desk.records.college.teaching if desk.records.college else ()
    order = listed(desk, {*told, *planned, *teaching})
    return {
        **_figures(desk, annual(desk.records, year, desk.day, approved=desk.approved)),
        "written": day(
            max((desk.records.summaries[key].date or date.min for key in told.values()), default=None)
        ),
        "words": [
            {
                "department": desk.words.department(name),
                "leads": index == 0 and not _teaches(desk, name),
                "value": desk.wrap(SUMMARY, told[name]),
            }
            for index, name in enumerate(name for name in order if name in told)
        ],
        "each": [
            _department(desk, annual(desk.records, year, desk.day, name, desk.approved))
            for name in order
            if name in planned or _teaches(desk, name)
        ],
    }


def _teaches(desk: Context, department: str) -> bool:
    return desk.records.college is not None and department in desk.records.college.teaching


def _department(desk: Context, one: Annual) -> Mapping[str, str]:
    return {
        "name": desk.words.department(one.department),
        "working": number(len(one.working)),
        "inputs": str(in_wan(one.put_in)),
        "tasks": number(one.tasks),
        "done": number(one.tasks_done),
        "open": number(len(one.open_remedies)),
        "mark": score(one.mean_mark),
    }


def _figures(desk: Context, one: Annual) -> Mapping[str, object]:
    return {**_state_of(desk, one), **_work(desk, one), **_supervision(desk, one)}


def _state_of(desk: Context, one: Annual) -> Mapping[str, object]:
    """What there is on the day, what was aimed at and reached, what came in."""
    return {
        "year": str(one.year),
        "day": day(one.day),
        "today": day(desk.day),
        "total": number(len(_known(desk, one))),
        "standing": _standing(desk, one),
        "working": number(len(one.working)),
        "partners": number(one.partners),
        "put_in": str(in_wan(one.put_in)),
        "signed": [desk.words.project(project) for project in one.signed],
        "ended": [desk.words.project(project) for project in one.ended],
        "measures": [measure_line(desk, measure) for measure in one.measures],
        "inputs": [
            {"name": _input(desk, kind), "wan": str(in_wan(one.inputs[kind]))}
            for kind in itemised(Inputs)
            if one.inputs[kind]
        ],
        "received": yuan(one.money.received),
        "spent": yuan(one.money.spent),
    }


def _work(desk: Context, one: Annual) -> Mapping[str, object]:
    """The plans' tasks, and the work of the year by number."""
    rows = [row for plan in one.plans for row in plan.tasks]
    return {
        "tasks": number(one.tasks),
        "tasks_done": number(one.tasks_done),
        "task_rows": [_task_row(desk, row) for row in rows],
        "overdue_tasks": [row.task.name for row in rows if row.standing is Progressing.OVERDUE],
        "meetings": number(one.counts.meetings),
        "visits": number(one.counts.visits),
        "researches": number(one.counts.researches),
        "events": _kinds(desk, one.counts.events, "event", "场"),
        "placements": _kinds(desk, one.counts.placements, "placement", "人次"),
    }


def _supervision(desk: Context, one: Annual) -> Mapping[str, object]:
    """Inspections, what is still open, and the marks."""
    return {
        "inspections": number(one.counts.inspections),
        "findings": number(one.counts.findings),
        "rectified": number(one.counts.rectified),
        "open_remedies": [_remedy(desk, remedy) for remedy in one.open_remedies],
        "open_actions": [_action(desk, action) for action in one.open_actions],
        "marks": [
            {"name": desk.words.project(project), "total": score(mark.total), "grade": text(mark.grade)}
            for project, mark in one.marks.items()
        ],
    }


def _input(desk: Context, kind: str) -> str:
    found = desk.words.schemas["agreement"].at(("inputs", kind))
    return found.label if found else kind


def _known(desk: Context, one: Annual) -> list[ProjectState]:
    """The states that can be told: of a year gone by, only of agreements that had begun; of today, of all."""
    begun = (ProjectState.IN_FORCE, ProjectState.EXPIRING, ProjectState.EXPIRED, ProjectState.ENDED)
    return [now for now in one.standing.values() if one.day == desk.day or now in begun]


def _standing(desk: Context, one: Annual) -> str:
    """How many projects are in each state, in words."""
    known = _known(desk, one)
    return "、".join(f"{now.label} {known.count(now)} 项" for now in dict.fromkeys(known))


def _kinds(desk: Context, found: Mapping[str, int], kind: str, unit: str) -> str:
    parts = [f"{desk.words.choice(key, kind, 'kind')} {count} {unit}" for key, count in found.items()]
    return "、".join(parts)


def _task_row(desk: Context, row: TaskReach) -> Mapping[str, str]:
    return {
        "name": row.task.name,
        "owner": text(desk.words.person(row.task.owner)),
        "target": NOTHING if row.target is None else f"{number(row.target)}{row.unit}",
        "actual": NOTHING if row.actual is None else f"{number(row.actual)}{row.unit}",
        "rate": rate(row.rate),
        "standing": row.standing.label,
    }


def _remedy(desk: Context, one: Remedy) -> Mapping[str, str]:
    return {
        "project": desk.words.project(one.project),
        "text": unmarked(one.defect.text),
        "owner": text(desk.words.person(one.defect.owner) or desk.words.party(one.defect.party)),
        "due": day(one.defect.due),
        "stand": remedy_words(one, desk.day),
    }


def _action(desk: Context, one: Action) -> Mapping[str, str]:
    late = f"逾期 {(desk.day - one.due).days} 天" if one.due and one.overdue(desk.day) else "办理中"
    return {
        "meeting": day(one.meeting),
        "text": unmarked(one.decision.text),
        "owner": text(desk.words.person(one.decision.owner)),
        "due": day(one.due),
        "stand": late,
    }


def assessment(desk: Context) -> Mapping[str, object]:
    """Every teaching department's parts with weight and score, and its total (10.2)."""
    found = assessments(desk.records, int(desk.key), desk.day, desk.approved)
    policy = desk.records.policy.assessment if desk.records.policy else None
    weights = policy.weights if policy else {}
    return {
        "year": desk.key,
        "today": day(desk.day),
        "heads": [f"{label}（{number(weights.get(key))}）" for key, label in PARTS.items()],
        "rows": [
            {
                "name": desk.words.department(one.department),
                "scores": [score(part.score) for part in one.parts],
                "total": score(one.total),
                "bases": [{"part": PARTS[part.key], "basis": part.basis} for part in one.parts],
            }
            for one in found
        ],
    }
