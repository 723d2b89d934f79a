"""Facts of the year's documents: summaries and the departments' assessment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pipeline.compose.context import NOTHING, Context, day, number, rate, score, some, text, wan
from pipeline.compose.facts_plan import listed, measure_line, merged
from pipeline.kernel.chinese import date_words
from pipeline.prose.unmarked import unmarked
from pipeline.record.kinds import SUMMARY
from pipeline.record.model import Records
from pipeline.record.model.agreement import Inputs
from pipeline.record.model.names import itemised
from pipeline.standing.academic_years import academic_years
from pipeline.standing.agenda import Action, Remedy
from pipeline.standing.annual import Annual, annual, in_wan
from pipeline.standing.as_agreed import agreements_of
from pipeline.standing.assessment import PARTS, Assessment, assessments
from pipeline.standing.former_names import changes_in
from pipeline.standing.goals import Progressing, TaskReach
from pipeline.standing.open_matters import remedy_words
from pipeline.standing.portfolio import spans
from pipeline.standing.state import ProjectState


def summary_years(records: Records) -> Iterable[int]:
    """The years of which any department has written a summary."""
    return sorted({summary.year for summary in records.summaries.values()})


def assessed_years(records: Records) -> Iterable[int]:
    """The years with a summary, where the college's policy takes supervision into the assessment (10.2)."""
    policy = records.policy.assessment if records.policy else None
    return summary_years(records) if policy and policy.included else ()


def report(context: Context) -> Mapping[str, object]:
    """A department's summary: the figures of its year beside its own words."""
    summary = context.records.summaries[context.key]
    figures = annual(context.records, summary.year, context.day, summary.department, context.approved)
    return {"department": context.words.department(summary.department), **_figures(context, figures)}


def college_report(context: Context) -> Mapping[str, object]:
    """The college's summary: the figures of all, department by department, and the departments' words."""
    year = int(context.key)
    summaries = {one.department: key for key, one in context.records.summaries.items() if one.year == year}
    planned = {one.department for one in context.records.plans.values() if one.year == year}
    teaching = context.records.college.teaching if context.records.college else ()
    order = listed(context, {*summaries, *planned, *teaching})
    texts = [
        (context.words.department(name), context.wrap(SUMMARY, summaries[name]))
        for name in order
        if name in summaries
    ]
    words = list(_words(context, [name for name in order if name in summaries], summaries))
    return {
        "academic": list(_academic(context, year)),
        "own": [value.college for _, value in texts if value.college],
        "effects": merged((name, value.effects) for name, value in texts),
        "problems": merged((name, value.problems) for name, value in texts),
        "next_year": merged((name, value.next_year) for name, value in texts),
        **_figures(context, annual(context.records, year, context.day, approved=context.approved)),
        "written": day(
            max((context.records.summaries[key].date or date.min for key in summaries.values()), default=None)
        ),
        "told": any(not one["leads"] for one in words),
        "highlighted": any(value.highlights for _, value in texts),
        "words": words,
        "each": [
            _department(context, annual(context.records, year, context.day, name, context.approved))
            for name in order
            if name in planned or _teaches(context, name)
        ],
    }


def _words(
    context: Context, departments: list[str], summaries: Mapping[str, str]
) -> Iterator[Mapping[str, object]]:
    """What each department wrote; an office that comes first `leads`: its text is that of the whole college."""
    for index, name in enumerate(departments):
        yield {
            "department": context.words.department(name),
            "leads": index == 0 and not _teaches(context, name),
            "value": context.wrap(SUMMARY, summaries[name]),
        }


def _academic(context: Context, year: int) -> Iterator[Mapping[str, str]]:
    """The academic years that a calendar year has a part in, as far as anything is recorded of them."""
    found, _ = academic_years(context.records, context.day)
    for begins in (year - 1, year):
        if begins in found:
            one = found[begins]
            practice, lecturers, mentors = (number(len(people)) for people in one.people.values())
            yield {
                "name": one.name,
                "practice": practice,
                "lecturers": lecturers,
                "mentors": mentors,
                "interns": number(one.interns),
                "trained": number(one.trained),
            }


def _teaches(context: Context, department: str) -> bool:
    return context.records.college is not None and department in context.records.college.teaching


def _department(context: Context, one: Annual) -> Mapping[str, str]:
    return {
        "name": context.words.department(one.department),
        "working": number(len(one.working)),
        "inputs": wan(one.put_in),
        "tasks": number(one.tasks),
        "done": number(one.tasks_done),
        "open": number(len(one.open_remedies)),
        "mark": score(one.mean_mark),
    }


def _figures(context: Context, one: Annual) -> Mapping[str, object]:
    return {**_state_of(context, one), **_work(context, one), **_supervision(context, one)}


def _state_of(context: Context, one: Annual) -> Mapping[str, object]:
    """What there is on the day, what was aimed at and reached, what came in."""
    return {
        "year": str(one.year),
        "day": day(one.day),
        "today": day(context.day),
        "total": number(len(_known(context, one))),
        "standing": _standing(context, one),
        "working": number(len(one.working)),
        "partners": number(one.partners),
        "put_in": wan(one.put_in),
        "changes": "；".join(_changes(context, one)),
        "signed": [context.words.project(project) for project in one.signed],
        "signed_later": [context.words.project(project) for project in _not_begun(context, one)],
        "ended": [context.words.project(project) for project in one.ended],
        "measures": [measure_line(context, measure) for measure in one.measures],
        "inputs": [
            {
                "name": _input(context, kind),
                "wan": wan(one.inputs[kind]),
                "bar": str(in_wan(one.inputs[kind])),
            }
            for kind in itemised(Inputs)
            if one.inputs[kind]
        ],
        "received": some(one.money.received),
        "spent": some(one.money.spent),
    }


def _work(context: Context, one: Annual) -> Mapping[str, object]:
    """The plans' tasks, and the work of the year by number."""
    rows = [row for plan in one.plans for row in plan.tasks]
    return {
        "tasks": number(one.tasks),
        "tasks_done": number(one.tasks_done),
        "task_rows": [_task_row(context, row) for row in rows],
        "overdue_tasks": [row.task.name for row in rows if row.standing is Progressing.OVERDUE],
        "meetings": number(one.counts.meetings),
        "visits": number(one.counts.visits),
        "researches": number(one.counts.researches),
        "events": _kinds(context, one.counts.events, "event", "场"),
        "placements": _kinds(context, one.counts.placements, "placement", "人次"),
    }


def _supervision(context: Context, one: Annual) -> Mapping[str, object]:
    """Inspections, what is still open, and the marks."""
    return {
        "inspections": number(one.counts.inspections),
        "untold": number(one.counts.untold),
        "findings": number(one.counts.findings),
        "rectified": number(one.counts.rectified),
        "open_remedies": [_remedy(context, remedy) for remedy in one.open_remedies],
        "open_actions": [_action(context, action) for action in one.open_actions],
        "marks": [
            {"name": context.words.project(project), "total": score(mark.total), "grade": text(mark.grade)}
            for project, mark in one.marks.items()
        ],
    }


def _input(context: Context, kind: str) -> str:
    found = context.words.schemas["agreement"].at(("inputs", kind))
    return found.label if found else kind


def _known(context: Context, one: Annual) -> list[ProjectState]:
    """The states that can be told: of a year gone by, only of agreements that had begun; of today, of all."""
    begun = (ProjectState.IN_FORCE, ProjectState.EXPIRING, ProjectState.EXPIRED, ProjectState.ENDED)
    return [now for now in one.standing.values() if one.day == context.day or now in begun]


def _changes(context: Context, one: Annual) -> Iterator[str]:
    """The partners that were renamed or taken over in the year: the same partner, under another name.

    With whom the cooperation was over before the year is no partner of it.
    """
    over = {span.project for span in spans(context.records, one.standing) if span.end < date(one.year, 1, 1)}
    agreements = agreements_of(context.records, [key for key in one.standing if key not in over], one.day)
    # As signed and as agreed since: an amendment that names the successor does not undo that it took over this year.
    signed = [context.records.agreements[project] for project in agreements]
    partners = {party for agreement in (*agreements.values(), *signed) for party in agreement.party_ids[1:]}
    for change in changes_in(context.records, partners, one.year, one.day):
        done = f"由{change.after}承继" if change.taken_over else f"改称{change.after}"
        yield f"{change.before}自{day(change.day)}起{done}"


def _not_begun(context: Context, one: Annual) -> list[str]:
    """What was signed in the year and is not among the projects told of, since its term had not begun."""
    return [project for project in one.signed if one.standing[project] not in _known(context, one)]


def _standing(context: Context, one: Annual) -> str:
    """How many projects are in each state, in words."""
    known = _known(context, one)
    return "、".join(f"{now.label}{known.count(now)}项" for now in dict.fromkeys(known))


def _kinds(context: Context, found: Mapping[str, int], kind: str, unit: str) -> str:
    parts = [f"{context.words.choice(key, kind, 'kind')}{count}{unit}" for key, count in found.items()]
    return "、".join(parts)


def _task_row(context: Context, row: TaskReach) -> Mapping[str, str]:
    return {
        "name": row.task.name,
        "owner": text(context.words.person(row.task.owner)),
        "target": NOTHING if row.target is None else f"{number(row.target)}{row.unit}",
        "actual": NOTHING if row.actual is None else f"{number(row.actual)}{row.unit}",
        "rate": rate(row.rate),
        "standing": row.standing.label,
        "note": "，".join(filter(None, (f"{date_words(row.done_on)}完成" if row.done_on else "", row.note))),
    }


def _remedy(context: Context, one: Remedy) -> Mapping[str, str]:
    return {
        "project": context.words.project(one.project),
        "text": unmarked(one.defect.text),
        "owner": text(context.words.person(one.defect.owner) or context.words.party(one.defect.party)),
        "due": day(one.defect.due),
        "stand": remedy_words(one, context.day),
    }


def _action(context: Context, one: Action) -> Mapping[str, str]:
    late = f"逾期{(context.day - one.due).days}天" if one.due and one.overdue(context.day) else "办理中"
    return {
        "meeting": day(one.meeting),
        "text": unmarked(one.decision.text),
        "owner": text(context.words.person(one.decision.owner)),
        "due": day(one.due),
        "stand": late,
    }


def assessment(context: Context) -> Mapping[str, object]:
    """Every teaching department's parts with weight and score, and its total (10.2)."""
    found = assessments(context.records, int(context.key), context.day, context.approved)
    policy = context.records.policy.assessment if context.records.policy else None
    weights = policy.weights if policy else {}
    return {
        "year": context.key,
        "today": day(context.day),
        "waiting": number(sum(one.unevaluated for one in found)),
        "heads": list(PARTS.values()),
        "weights": "、".join(f"{number(weights.get(key))}%" for key in PARTS),
        "rows": [
            {
                "name": context.words.department(one.department),
                "scores": [_UNSCORED if part.score is None else score(part.score) for part in one.parts],
                "total": _UNSCORED if one.total is None else score(one.total),
                "rank": _rank(one, found),
                "projects": number(one.projects),
                "late": "；".join(one.late) or "没有逾期",
                "bases": [{"part": PARTS[part.key], "basis": part.basis} for part in one.parts],
            }
            for one in found
        ],
    }


_UNSCORED = "不计分"


def _rank(one: Assessment, all_: tuple[Assessment, ...]) -> str:
    """A department's place among those with projects at work; alike totals share one."""
    if not one.projects or one.total is None:
        return "不排名"
    better = [other for other in all_ if other.projects and other.total and other.total > one.total]
    return str(len(better) + 1)
