"""A project goes to another department in the middle of a year: who answers, in whose plan and report it stands."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from pipeline.record.model import Records
from pipeline.site import organisation, projects
from pipeline.site.site_data import Edition
from pipeline.site.write import see
from pipeline.standing.annual import annual
from pipeline.standing.as_of import as_of
from pipeline.standing.goals import plan_reach
from pipeline.standing.handed_over import implementer_on, implementers_in
from pipeline.standing.labels import Labels
from pipeline.standing.ledgers import LedgerContext, agreements
from pipeline.standing.next_move import next_move
from pipeline.standing.portfolio import by_department
from pipeline.standing.watched import watched
from tests.college import EXAMPLES, SCHEMAS, SmallCollege, college

PLAN = """stage: submitted
tasks:
  one: {name: 联合培养, project: example, goal: trained-2026, target: 60, unit: 人, due: 2026-12-20, owner: %s}
  two: {name: 共同开发课程, project: example, goal: courses-2026, target: 2, unit: 门, due: 2026-12-20, owner: %s}
"""


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    """The small college whose project went from 机械工程系 to 信息工程系 on 1 March 2026."""
    made = college(tmp_path)
    shutil.copytree(EXAMPLES / "_lived", made.root, dirs_exist_ok=True)
    shutil.copytree(EXAMPLES / "O11" / "pass", made.root, dirs_exist_ok=True)
    return made


def _records(home: SmallCollege) -> Records:
    return home.check().register.records


def test_the_ledger_of_a_day_names_who_carries_it_then(home: SmallCollege) -> None:
    records = _records(home)
    for day, department, manager in (
        (date(2026, 2, 28), "机械工程系", "黑样本"),
        (date(2026, 3, 1), "信息工程系", "橙样本"),
    ):
        words = Labels(records=as_of(records, day), schemas=SCHEMAS)
        (row,) = agreements(LedgerContext(words=words, today=day)).rows
        assert (department in row, manager in row) == (True, True)
        assert implementer_on(records, "example", day) == {"机械工程系": "mechanical"}.get(
            department, "information"
        )


def test_a_handover_dated_ahead_is_not_told_as_done(home: SmallCollege) -> None:
    records = _records(home)
    words = Labels(records=records, schemas=SCHEMAS)
    for day, department in ((date(2026, 2, 28), "机械工程系"), (date(2026, 3, 1), "信息工程系")):
        (row,) = agreements(LedgerContext(words=words, today=day)).rows
        assert department in row
        move = next_move(records, "example", day)
        assert move and move.who.startswith(department)


def test_a_year_is_told_by_who_has_it_at_its_end(home: SmallCollege) -> None:
    records, day = _records(home), date(2027, 1, 20)
    assert annual(records, 2025, day, "mechanical").standing.keys() == {"example"}
    assert not annual(records, 2025, day, "information").standing
    assert annual(records, 2026, day, "information").standing.keys() == {"example"}
    assert not annual(records, 2026, day, "mechanical").standing


@pytest.mark.parametrize("edition", list(Edition))
def test_both_editions_count_it_where_it_is_on_their_day(home: SmallCollege, edition: Edition) -> None:
    report = home.check()
    for day, has, lacks in (
        (date(2026, 2, 28), "mechanical", "information"),
        (date(2026, 3, 1), "information", "mechanical"),
    ):
        counts = by_department(report.register.records, day)
        assert (counts[has], counts.get(lacks, 0)) == (1, 0)
        site = see(report, SCHEMAS, day, home.root / "build", edition)
        agreement = site.agreements["example"].responsible
        assert agreement and agreement.implementer == has
        pages = {page.name: page for page in organisation.pages(site, projects.rows(site))}
        for name, held in ((has, ["example"]), (lacks, [])):
            page = pages.get(f"departments/{name}.html")
            assert [row.project for row in page.content["rows"]] == held if page else not held


def test_the_calendar_asks_who_has_it_now_for_the_evaluation(home: SmallCollege) -> None:
    records = _records(home)
    for day, department in ((date(2026, 2, 28), "mechanical"), (date(2026, 3, 1), "information")):
        asked = {one.department for one in watched(records, day) if one.kind == "绩效评价"}
        assert asked == {department}


def test_both_plans_of_the_year_may_hold_it_and_the_first_has_to(home: SmallCollege) -> None:
    assert implementers_in(_records(home), "example", 2026) == ("mechanical", "information")
    assert implementers_in(_records(home), "example", 2027) == ("information",)
    home.write(PLAN % ("hei-yangben", "hei-yangben"), "agreements/plans/2026/mechanical.yaml")
    home.write(PLAN % ("cheng-yangben", "cheng-yangben"), "agreements/plans/2026/information.yaml")
    assert _plans(home) == []
    home.write("stage: submitted\ntasks: {}\n", "agreements/plans/2026/information.yaml")
    assert _plans(home) == []
    home.write("stage: submitted\ntasks: {}\n", "agreements/plans/2026/mechanical.yaml")
    assert _plans(home) == ["P01", "P01"]


def _plans(home: SmallCollege) -> list[str]:
    return [one.code for one in home.check().findings if one.code in ("P01", "P03")]


def test_a_project_of_december_owes_no_year(home: SmallCollege) -> None:
    """Its plan was approved before it began; and the weeks before it began do not make its tasks late."""
    home.write("stage: submitted\ntasks: {}\n", "agreements/plans/2026/mechanical.yaml")
    name = "agreements/projects/example/agreement.yaml"
    home.write(home.text(name).replace("start: 2025-09-01", "start: 2026-12-10"), name)
    assert _plans(home) == ["P01", "P01"]
    approval = "departments:\n  mechanical: {on: 2026-01-20, by: bai-yangben}\n"
    home.write(approval, "agreements/plans/2026/approval.yaml")
    assert _plans(home) == []
    home.write(PLAN % ("hei-yangben", "hei-yangben"), "agreements/plans/2026/mechanical.yaml")
    tasks = plan_reach(_records(home), "2026/mechanical", date(2026, 12, 11)).tasks
    assert [task.behind(date(2026, 12, 11)) for task in tasks] == [False, False]
