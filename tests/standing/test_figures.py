"""The figures of the whole college: each computed once, and right."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pipeline.kernel.structs import replace
from pipeline.record.model.execution import Evaluation, Score
from pipeline.standing import portfolio
from pipeline.standing.docking_matrix import CO_BUILDINGS, DOCKINGS, matrix
from pipeline.standing.goals import Progressing, plan_reach, rate, reached
from pipeline.standing.marks import Mark, mark
from pipeline.standing.state import ProjectState
from tests.sample import REPORT
from tests.site.everything import TODAY, agreement, records

RECORDS = records()
NEW, DAYS = date(2026, 1, 1), (date(2026, 6, 30), date(2026, 11, 28))
"""The year's first day, and two days in it."""
STANDING = portfolio.states(RECORDS, TODAY)


def test_every_project_is_counted_once_by_its_state() -> None:
    counted = portfolio.by_state(STANDING)
    assert sum(counted.values()) == 4
    assert (
        counted[ProjectState.IN_FORCE]
        == counted[ProjectState.EXPIRING]
        == counted[ProjectState.REVIEW]
        == counted[ProjectState.DRAFT]
        == 1
    )


def test_a_project_of_two_forms_counts_in_both() -> None:
    assert portfolio.by_form(RECORDS) == {"training-base": 4, "order-class": 1}


def test_a_department_without_projects_stands_there_with_none() -> None:
    lonely = replace(RECORDS, agreements={"p1": RECORDS.agreements["p1"]})
    assert portfolio.by_department(lonely, date(2026, 11, 28)) == {"machines": 1, "software": 0}


def test_inputs_and_resources_add_up_by_kind_and_letters_of_intent_promise_nothing() -> None:
    several = [agreement("a"), agreement("b"), agreement("c", forms=("framework",))]
    assert portfolio.inputs(several)["equipment"] == Decimal("1920000.00")
    assert portfolio.resources(several)["premises"] == Decimal("200000.00")
    assert sum(portfolio.inputs(several).values()) == Decimal("1920000.00")


def test_what_ends_this_year_is_in_force_and_not_over() -> None:
    spans = portfolio.spans(RECORDS, STANDING)
    assert spans[0].project == "p2"
    assert [span.project for span in portfolio.expiring(spans, TODAY, date(2026, 12, 31))] == ["p2"]
    assert portfolio.expiring(spans, date(2027, 1, 1), date(2027, 12, 31)) == ()


def test_the_matrix_holds_a_project_at_every_crossing_of_what_it_names() -> None:
    found = matrix(RECORDS)
    assert found.cells["D1", "B1"] == found.cells["D4", "B1"] == ("p1",)
    assert sum(len(projects) for projects in found.cells.values()) == 2
    assert len(found.cells) == len(DOCKINGS) * len(CO_BUILDINGS) == 30
    assert found.unplaced == ("p2", "p3", "p4")


def test_a_goal_is_measured_by_what_all_periods_tell() -> None:
    (goal,) = reached(RECORDS, "p1")
    assert (goal.actual, goal.rate, goal.goal.counted_in) == (Decimal(60), Decimal("75.0"), "人")
    (untold,) = reached(replace(RECORDS, progress={}), "p1")
    assert untold.actual is None and untold.rate is None


def test_a_rate_needs_a_target() -> None:
    assert rate(Decimal(1), Decimal(0)) is None
    assert rate(Decimal(1), Decimal(3)) == Decimal("33.3")


def test_a_task_takes_target_and_result_from_the_goal_it_serves() -> None:
    train, visit = plan_reach(RECORDS, "2026/machines", TODAY).tasks
    assert (train.target, train.actual, train.unit) == (Decimal(80), Decimal(60), "人")
    assert train.standing is Progressing.RUNNING
    assert visit.standing is Progressing.OVERDUE and visit.actual is None
    assert plan_reach(RECORDS, "2026/machines", TODAY).progress == Decimal("37.5")


def test_a_mark_is_weighted_and_what_does_not_apply_leaves_its_weight_to_the_rest() -> None:
    policy = RECORDS.policy.evaluation if RECORDS.policy else None
    whole = mark(RECORDS.evaluations["p1/2026"], policy)
    assert (whole.total, whole.grade) == (Decimal("89.0"), "合格")
    scores = {"goals": Score(score=Decimal(95)), "effect": Score(inapplicable="无收入")}
    assert mark(Evaluation(scores=scores), policy).total == Decimal("95.0")
    assert not mark(Evaluation(), policy).complete


def test_an_evaluation_that_judges_one_of_two_indicators_has_no_mark() -> None:
    """The one it had judged counted for both."""
    policy = RECORDS.policy.evaluation if RECORDS.policy else None
    half = mark(Evaluation(scores={"goals": Score(score=Decimal(95)), "effect": Score()}), policy)
    assert (half.total, half.complete) == (None, False)
    nothing = {"goals": Score(inapplicable="停课"), "effect": Score(inapplicable="无收入")}
    assert mark(Evaluation(scores=nothing), policy) == Mark(total=None)


def test_a_task_that_records_fulfil_is_counted_as_they_happen() -> None:
    records = REPORT.register.records
    by_day = {day: plan_reach(records, "2026/cooperation-office", day).tasks for day in DAYS}
    held = [
        len([one for one in records.meetings.values() if one.date and day >= one.date >= NEW]) for day in DAYS
    ]
    assert [tasks[0].actual for tasks in by_day.values()] == held
    assert 0 < held[0] < held[1]
    early, late = (tasks[1] for tasks in by_day.values())
    assert early.actual is not None and late.actual is not None and early.actual < late.actual


def test_what_lags_behind_the_time_gone_by_is_marked() -> None:
    records = REPORT.register.records
    meetings, *_ = plan_reach(records, "2026/cooperation-office", DAYS[0]).tasks
    assert meetings.standing is Progressing.RUNNING and not meetings.behind(DAYS[0])
    without = replace(records, meetings={})
    meetings, *_ = plan_reach(without, "2026/cooperation-office", DAYS[0]).tasks
    assert meetings.actual == 0 and meetings.behind(DAYS[0])
