"""Figures that papers, ledgers and pages of the sample print, counted once more from the YAML files by other hands.

Nothing of the program's counting is used here: PyYAML reads the files, plain Python adds up, and what is printed is
searched for as text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from pipeline.compose.composer import Composer
from pipeline.compose.sheets import SHEETS
from pipeline.output.ledger_files import LEDGERS
from pipeline.paper import xlsx
from pipeline.paper.markdown import render
from pipeline.site.write import files, see
from pipeline.standing.labels import Labels
from pipeline.standing.ledgers import LedgerContext
from tests.college import ROOT, SCHEMAS, TEMPLATES
from tests.sample import REPORT

HOME = ROOT / "agreements"
TODAY = date(2026, 11, 28)
ON: Any = True
"""What plain PyYAML makes of the key `on`."""
WRITTEN = date(2026, 1, 26)
"""The day the last department wrote its report of 2025."""


@cache
def raw(pattern: str) -> dict[str, Any]:
    found = sorted(HOME.glob(pattern))
    return {path.relative_to(HOME).as_posix(): yaml.safe_load(path.read_text("utf-8")) for path in found}


def money(value: object) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))


def project_of(name: str) -> str:
    return name.split("/")[1]


@cache
def paper(folder: str, file: str, key: str, day: date = TODAY) -> str:
    [sheet] = [one for one in SHEETS if (one.folder, one.file) == (folder, file)]
    composer = Composer(TEMPLATES, SCHEMAS, REPORT.register.records, day)
    return render(composer.compose(sheet, key)).replace("\\", "")


@cache
def ledger(title: str) -> tuple[dict[str, Any], ...]:
    context = LedgerContext(words=Labels(records=REPORT.register.records, schemas=SCHEMAS), today=TODAY)
    [grid] = [grid for make in LEDGERS if (grid := make(context)).title == title]
    book = openpyxl.load_workbook(BytesIO(xlsx.render(grid)))
    rows: dict[int, dict[str, Any]] = {}
    for sheet in book.worksheets:
        cells = [list(row) for row in sheet.iter_rows(values_only=True)]
        head = next(index for index, row in enumerate(cells) if row[0] == "序号")
        for row in cells[head + 1 :]:
            if isinstance(row[0], int | float):
                rows.setdefault(int(row[0]), {}).update(zip(cells[head], row, strict=True))
    return tuple(rows[number] for number in sorted(rows))


@cache
def page(name: str) -> str:
    seen = see(REPORT, SCHEMAS, TODAY, ROOT / "nothing-built-here")
    content = next(content for file, content in files(seen) if file == name)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", content.decode())))


def row(text: str, first: str) -> list[str]:
    """The cells of a table's line by its first cell."""
    line = next(one for one in text.splitlines() if one.startswith(f"| {first} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def figure(text: str, pattern: str) -> str:
    found = re.search(pattern, text)
    assert found, pattern
    return found[1]


def report() -> str:
    return paper("reports/{year}", "college", "2025")


def test_meetings_visits_and_inspections_of_the_year() -> None:
    meetings = [name for name in raw("meetings/*.yaml") if name.startswith("meetings/2025")]
    visits = [one for one in raw("visits/*.yaml").values() if one["date"].year == 2025]
    inspections = [one for one in raw("projects/*/inspections/*.yaml").values() if one["date"].year == 2025]
    assert figure(report(), r"全年召开校企合作工作例会(\d+)次") == str(len(meetings))
    assert figure(report(), r"走访企业(\d+)次") == str(len(visits))
    assert figure(report(), r"本年度督查(\d+)次") == str(len(inspections))


def problems(year: int) -> list[dict[str, Any]]:
    looked = [one for one in raw("projects/*/inspections/*.yaml").values() if one["date"].year == year]
    return [
        problem
        for one in looked
        for problem in (one.get("findings") or {}).values()
        if isinstance(problem, dict)
    ]


def test_problems_found_and_rectified_when_the_report_was_written() -> None:
    done = [one["rectification"] for one in problems(2025) if "rectification" in one]
    rectified = [one for one in done if one["done_on"] <= WRITTEN and one.get("result") != "failed"]
    assert figure(report(), r"发现问题(\d+)个") == str(len(problems(2025)))
    assert figure(report(), r"已完成整改(\d+)个") == str(len(rectified))


@pytest.mark.parametrize("way", ["received", "spent"])
def test_money_of_the_year(way: str) -> None:
    paid = [one for report in raw("projects/*/progress/*.yaml").values() for one in report.get(way) or ()]
    total = sum((money(one["amount"]) for one in paid if one[ON].year == 2025), Decimal(0))
    word = {"received": "收到合作款项", "spent": "支出"}[way]
    assert figure(report(), rf"{word}([0-9,.]+)元") == f"{total:,.2f}".removesuffix(".00")


def goals(year: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each goal of a year as agreed last: an amendment replaces the agreement's of its name."""
    for name, agreement in raw("projects/*/agreement.yaml").items():
        project = project_of(name)
        agreed = dict(agreement.get("goals") or {})
        for amendment in raw(f"projects/{project}/amendments/*.yaml").values():
            agreed |= amendment.get("goals") or {}
        yield from ((project, key, goal) for key, goal in agreed.items() if goal["year"] == year)


def reached(project: str, goal: str) -> Decimal:
    reports = raw(f"projects/{project}/progress/*.yaml").values()
    told = [one["goals"][goal]["actual"] for one in reports if goal in (one.get("goals") or {})]
    return sum((Decimal(str(one)) for one in told), Decimal(0))


@pytest.mark.parametrize(
    ("measure", "label"),
    [
        ("trained", "培养学生"),
        ("interns", "接收岗位实习学生"),
        ("courses", "共同开发课程"),
        ("part-time-teachers", "企业兼职教师"),
        ("teacher-practice", "教师企业实践"),
        ("service-income", "技术服务收入"),
    ],
)
def test_what_was_aimed_at_and_reached(measure: str, label: str) -> None:
    mine = [(project, key, goal) for project, key, goal in goals(2025) if goal["measure"] == measure]
    target = sum((Decimal(str(goal["quantity"])) for _, _, goal in mine), Decimal(0))
    actual = sum((reached(project, key) for project, key, _ in mine), Decimal(0))
    _, _, projects, said, done, rate = row(report(), label)
    assert (projects, said.replace(",", ""), done.replace(",", "")) == (
        str(len({project for project, _, _ in mine})),
        str(target),
        str(actual),
    )
    assert rate == f"{(actual * 100 / target).quantize(Decimal('0.1'))}%"


def test_agreements_signed_in_the_year() -> None:
    signings = raw("projects/*/signing.yaml").values()
    days = [
        max(one[day] for one in signing["parties"].values() for day in ("signed_on", "sealed_on"))
        for signing in signings
    ]
    assert figure(report(), r"本年度新签协议(\d+)项") == str(sum(day.year == 2025 for day in days))


@pytest.mark.parametrize(
    ("kind", "label"), [("teacher-practice", "教师企业实践"), ("part-time-teacher", "企业人员兼职任教")]
)
def test_people_who_changed_sides(kind: str, label: str) -> None:
    some = [one for one in raw("placements/*.yaml").values() if one["kind"] == kind]
    there = [one for one in some if one["start"].year == 2025]
    assert figure(report(), rf"人员互聘：.*?{label}(\d+)人次") == str(len(there))


def test_tasks_of_the_plans() -> None:
    plans = [one for name, one in raw("plans/2025/*.yaml").items() if not name.endswith("approval.yaml")]
    assert figure(report(), r"各部门本年度计划任务共(\d+)项") == str(sum(len(one["tasks"]) for one in plans))


def test_tasks_and_money_of_the_next_plan() -> None:
    plans = [one for name, one in raw("plans/2026/*.yaml").items() if not name.endswith("approval.yaml")]
    tasks = [task for one in plans for task in one["tasks"].values()]
    total = sum((money(task.get("budget", 0)) for task in tasks), Decimal(0))
    text = paper("plans/{year}", "college", "2026")
    assert figure(text, r"安排任务(\d+)项") == str(len(tasks))
    assert figure(text, r"经费([0-9,.]+)元") == f"{total:,.2f}".removesuffix(".00")


def test_weight_and_money_of_a_departments_plan() -> None:
    plan = raw("plans/2026/*.yaml")["plans/2026/intelligent-manufacturing.yaml"]
    text = paper("plans/{year}", "{department}", "2026/intelligent-manufacturing")
    tasks = plan["tasks"].values()
    assert figure(text, r"任务共(\d+)项") == str(len(tasks))
    assert figure(text, r"权重合计(\d+)%") == str(sum(task["weight"] for task in tasks))
    total = sum((money(task.get("budget", 0)) for task in tasks), Decimal(0))
    assert figure(text, r"经费合计([0-9,.]+)元") == f"{total:,.2f}".removesuffix(".00")


LINES = ("equipment", "technology", "facilities", "premises", "capital", "knowledge", "management")


def amount(line: dict[str, Any]) -> Decimal:
    return (
        money(line["value"])
        if "value" in line
        else money(Decimal(str(line["quantity"])) * Decimal(str(line["unit_price"])))
    )


def test_what_an_agreement_brings_in_stands_in_the_ledger() -> None:
    for name, agreement in raw("projects/*/agreement.yaml").items():
        lists = [agreement.get("inputs") or {}]
        lists += [
            one.get("inputs") or {} for one in raw(f"projects/{project_of(name)}/amendments/*.yaml").values()
        ]
        total = sum(
            (amount(line) for some in lists for kind in LINES for line in some.get(kind) or ()), Decimal(0)
        )
        [line] = [one for one in ledger("协议台账") if one["项目编号"] == project_of(name)]
        if agreement["forms"] != ["framework"]:
            assert money(line["企业投入（元）"] or 0) == total, name


def test_every_agreement_partner_goal_and_decision_has_its_line() -> None:
    assert len(ledger("协议台账")) == len(raw("projects/*/agreement.yaml"))
    assert len(ledger("合作企业台账")) == len(raw("enterprises/*.yaml"))
    assert len(ledger("年度目标台账")) == sum(len(list(goals(year))) for year in range(2024, 2031))
    decisions = [key for one in raw("meetings/*.yaml").values() for key in one.get("decisions") or ()]
    assert len(ledger("会议议定事项")) == len(decisions)
    assert len(ledger("整改台账")) == sum(len(problems(year)) for year in (2024, 2025, 2026))


def test_every_delivery_stands_in_the_ledger_with_who_received_it() -> None:
    told = [
        one for report in raw("projects/*/progress/*.yaml").values() for one in report.get("deliveries") or ()
    ]
    arrived = sum(Decimal(str(one["到货数量"])) for one in ledger("设备台账") if one["到货数量"])
    assert arrived == sum(Decimal(str(one["quantity"])) for one in told)


def test_the_front_page_counts_what_there_is() -> None:
    assert figure(page("index.html"), r"合作项目 (\d+) 个") == str(len(raw("projects/*/agreement.yaml")))


def test_a_projects_page_tells_goals_as_they_were_reached() -> None:
    text = page("projects/2025-im-001.html")
    mine = [(key, goal) for project, key, goal in goals(2026) if project == "2025-im-001"]
    for key, goal in mine:
        assert f"{goal['quantity']}" in text and f"{reached('2025-im-001', key)}" in text


def test_a_report_printed_on_three_days_is_one_report() -> None:
    days = (WRITTEN, TODAY, date(2027, 3, 1))
    for file, key in (
        ("college", "2025"),
        ("{department}", "2025/intelligent-manufacturing"),
    ):
        assert len({paper("reports/{year}", file, key, day) for day in days}) == 1, file
    # An assessment waits for the evaluations of the year, which come two months after the reports.
    days = (date(2026, 3, 20), TODAY, date(2027, 3, 1))
    assert len({paper("reports/{year}", "assessment", "2025", day) for day in days}) == 1


def test_nothing_of_the_programs_counting_is_used_here() -> None:
    imports = [
        line
        for line in Path(__file__).read_text("utf-8").splitlines()
        if line.startswith(("from ", "import "))
    ]
    counting = (
        "year_figures",
        "goals",
        "annual",
        "work_counts",
        "deliveries",
        "portfolio",
        "agenda",
        "agreed",
    )
    assert not [line for line in imports if "standing" in line and any(one in line for one in counting)]
