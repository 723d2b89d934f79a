"""The ledgers of a college that has lived a year: what stands in them, and that a second look changes nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.kernel.grid import Grid
from pipeline.standing import ledgers, open_matters, partners
from pipeline.standing.agenda import actions, remedies
from pipeline.standing.days import days
from pipeline.standing.labels import Labels
from pipeline.standing.ledgers import LedgerContext
from pipeline.standing.packs import packs
from tests.college import SCHEMAS, TEMPLATES, SmallCollege
from tests.living import TODAY, living

REMEDIES = "agreements/projects/example/inspections/2026-05.yaml"
MEETING = "agreements/meetings/2026-02-26.yaml"


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    return living(tmp_path)


def context(home: SmallCollege, today: date = TODAY) -> LedgerContext:
    return LedgerContext(words=Labels(records=home.check().register.records, schemas=SCHEMAS), today=today)


def reported(home: SmallCollege, title: str, year: int) -> Grid:
    [pack] = [one for one in packs(TEMPLATES)[0] if one.title == title]
    return pack.table(context(home), year)


def only(grid: Grid) -> dict[str, object]:
    [row] = grid.rows
    return dict(zip([column.head for column in grid.columns], row, strict=True))


def test_an_agreement_stands_with_its_state_dates_and_sums(home: SmallCollege) -> None:
    row = only(ledgers.agreements(context(home)))
    assert row["项目名称"] == "数控实训基地共建与订单培养"
    assert row["合作方式"] == "共建实训基地、订单培养"
    assert (row["状态"], row["签订日期"], row["生效日期"]) == ("履行中", date(2025, 6, 20), date(2025, 9, 1))
    assert (row["合同审批日期"], row["期限止"]) == (date(2025, 6, 1), date(2028, 8, 31))
    assert (row["企业投入（元）"], row["占用学院资源（元）"]) == (Decimal("1020000.00"), Decimal("900000.00"))
    assert row["签署件存放处"] == "档案室"


def test_a_ledger_says_of_which_day_it_is_and_what_it_could_not_read(home: SmallCollege) -> None:
    home.write("name: [", "agreements/enterprises/yunfan-software.yaml")
    notes = partners.ledger(context(home)).notes
    assert "截至 2026年11月23日" in notes[0]
    assert any("yunfan-software" in note for note in notes)


def test_a_partner_stands_with_what_it_put_in_and_when_it_was_last_met(home: SmallCollege) -> None:
    grid = partners.ledger(context(home))
    row = dict(zip(grid.column("名称"), grid.rows, strict=True))["晨光样例数控装备有限公司"]
    found = dict(zip([column.head for column in grid.columns], row, strict=True))
    assert (found["投入（元）"], found["最近联系日期"]) == (Decimal("1020000.00"), date(2026, 4, 18))
    assert (found["合作条件核定"], found["信用状况"]) == ("具备条件", "正常")


def test_what_records_call_their_own_items_stands_in_no_ledger(home: SmallCollege) -> None:
    """d1 and humidity are for who types the records; a ledger says what was decided and found."""
    made = context(home)
    ids = {one.id for one in actions(made.records)} | {one.id for one in remedies(made.records)}
    shown = {
        cell
        for of in (open_matters.rectifications, open_matters.decisions)
        for row in of(made).rows
        for cell in row
    }
    assert ids and not ids & shown


def test_a_problem_is_overdue_the_day_after_its_term(home: SmallCollege) -> None:
    def stand(today: date) -> tuple[object, ...]:
        return open_matters.rectifications(context(home, today)).column("状态")

    assert stand(date(2026, 9, 30)) == ("已整改", "整改中")
    assert stand(date(2026, 10, 1)) == ("已整改", "逾期 1 天")
    home.change("result: passed", "result: failed", REMEDIES)
    assert stand(TODAY)[0] == "复查未通过"


def test_a_decision_stands_as_later_meetings_heard_of_it(home: SmallCollege) -> None:
    grid = open_matters.decisions(context(home))
    assert grid.column("议定事项") == ("完成配电改造", "完成毕业生跟踪调查")
    assert grid.column("办结日期") == (date(2026, 2, 20), None)
    assert grid.column("状态") == ("已办结，逾期 21 天", "逾期 207 天")


def test_the_platform_asks_for_visits_by_demand(home: SmallCollege) -> None:
    grid = reported(home, "访企拓岗数据", 2026)
    assert grid.column("可提供岗位数") == (8, None)
    assert grid.column("接受实习生人数") == (12, 4)
    assert grid.column("牵头拜访人职务") == ("系部主任", "系部主任")
    assert reported(home, "访企拓岗数据", 2025).rows == ()


def test_the_platform_asks_for_courses_developed_together(home: SmallCollege) -> None:
    row = only(reported(home, "共同开发课程", 2026))
    assert (row["课程号"], row["课程名"], row["学校负责人"]) == ("460103K01", "五轴编程", "黑样本")


def test_a_project_of_two_majors_is_counted_once(home: SmallCollege) -> None:
    lived = "agreements/projects/example/agreement.yaml"
    home.change("majors: [数控技术]", "majors: [数控技术, 机械制造]", lived)
    grid = reported(home, "产学合作数据", 2026)
    assert grid.column("专业号") == ("数控技术", "机械制造")
    assert grid.column("共同开发课程门数") == (1, 0)
    assert set(grid.column("合作开始年月")) == {"202509"}
    assert len(set(grid.column("主键"))) == 2


def test_the_calendar_holds_what_is_due_and_forgets_what_is_done(home: SmallCollege) -> None:
    found = {entry.uid.split("@")[0]: entry for entry in days(context(home))}
    assert found["expiry-example"].day == date(2028, 8, 31)
    assert found["expiry-example"].lead == 180
    assert found["rectification-example-2026-05-guards"].day == date(2026, 9, 30)
    assert "rectification-example-2026-05-mentors" not in found
    assert "decision-2026-02-26-survey" in found and "decision-2026-01-08-wiring" not in found
    assert found["task-2026-mechanical-course"].day == date(2026, 10, 31)
    assert "task-2026-mechanical-forum" not in found


def test_the_month_without_a_meeting_keeps_its_entry_when_the_meeting_is_held(home: SmallCollege) -> None:
    def december() -> list[date]:
        return [entry.day for entry in days(context(home)) if entry.uid.startswith("meeting-2026-12")]

    assert december() == [date(2026, 12, 31)]
    home.write(
        home.text(MEETING).replace(
            "follow_up:\n  - {meeting: 2026-01-08, decision: wiring, done_on: 2026-02-20, note: 已验收}\n", ""
        ),
        "agreements/meetings/2026-12-10.yaml",
    )
    assert december() == [date(2026, 12, 10)]


def test_no_name_in_the_calendar_depends_on_the_day(home: SmallCollege) -> None:
    names = [entry.uid for entry in days(context(home))]
    assert len(names) == len(set(names))
    later = {entry.uid for entry in days(context(home, date(2026, 11, 30)))}
    assert later == set(names)
