"""People and training counted from September to August, beside the calendar year."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.record.model import Records
from pipeline.standing.academic_years import academic_years, ledger
from pipeline.standing.labels import Labels
from pipeline.standing.ledgers import LedgerContext
from tests.college import EXAMPLES, SCHEMAS, SmallCollege, college

PRACTICE = """kind: teacher-practice
person: hei-yangben
enterprise: chenguang-cnc
department: mechanical
start: %s
end: %s
task: 顶岗
"""
TRAINING = "kind: training\ntitle: 培训\ndate: %s\nstaff: 40\nperson_days: 80\n"
TODAY = date(2027, 1, 10)


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    """A teacher at work over the turn of an academic year, trainings before and after it, interns by halves."""
    made = college(tmp_path)
    shutil.copytree(EXAMPLES / "_lived", made.root, dirs_exist_ok=True)
    made.write(PRACTICE % ("2026-08-01", "2026-09-30"), "agreements/placements/2026-hei.yaml")
    made.write(TRAINING % "2026-08-31", "agreements/events/one.yaml")
    made.write(TRAINING % "2026-09-01", "agreements/events/two.yaml")
    name = "agreements/projects/example/agreement.yaml"
    made.change("goals:\n", "goals:\n  interns-2026: {year: 2026, measure: interns, quantity: 30}\n", name)
    for period, count in (("2026-h1", 12), ("2026-h2", 18)):
        text = f"reported_on: 2026-12-30\nsummary: 实习\ngoals:\n  interns-2026: {{actual: {count}}}\n"
        made.write(text, f"agreements/projects/example/progress/{period}.yaml")
    return made


def _records(home: SmallCollege) -> Records:
    return home.check().register.records


def test_each_stands_in_the_academic_year_it_happened_in(home: SmallCollege) -> None:
    years, undivided = academic_years(_records(home), TODAY)
    assert [one.name for one in years.values()] == ["2025—2026学年", "2026—2027学年"]
    assert [len(one.people["teacher-practice"]) for one in years.values()] == [1, 1]
    assert [(one.trained, one.person_days) for one in years.values()] == [(40, Decimal(80))] * 2
    assert [one.interns for one in years.values()] == [12, 18]
    assert undivided == ()


def test_a_report_of_a_whole_calendar_year_is_told_to_fit_into_none(home: SmallCollege) -> None:
    for period in ("2026-h1", "2026-h2"):
        home.path(f"agreements/projects/example/progress/{period}.yaml").unlink()
    text = "reported_on: 2026-12-30\nsummary: 实习\ngoals:\n  interns-2026: {actual: 30}\n"
    home.write(text, "agreements/projects/example/progress/2026.yaml")
    records = _records(home)
    grid = ledger(LedgerContext(words=Labels(records=records, schemas=SCHEMAS), today=TODAY))
    assert "example/2026" in grid.notes[-1] and "按季度或者按月填报" in grid.notes[-1]


def test_a_college_may_begin_its_year_in_another_month(home: SmallCollege) -> None:
    policy = "agreements/policy.yaml"
    home.write(home.text(policy) + "academic_year_start: 8\n", policy)
    years, _ = academic_years(_records(home), TODAY)
    assert [one.trained for one in years.values()] == [0, 80]
