"""Tables of training bases go into their agreements, lists of students leave nothing behind but a number."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.source import load
from tests.cli.running import CommandLine, Said
from tests.college import AGREEMENT
from tests.desk import ledgers

PROGRESS = "agreements/projects/example/progress/2026.yaml"
ROSTER: list[list[Any]] = [
    ["2026年学生岗位实习名册"],
    ["序号", "姓名", "学号", "专业", "班级", "实习单位", "身份证号", "联系电话"],
    [1, "学生甲", "20240101", "数控技术", "数控2401", ledgers.CHENGUANG, "140105198001011234", "13900000000"],
    [2, "学生乙", "20240102", "数控技术", "数控2401", "同上", "", ""],
    [3, "学生丙", "20240203", "数控技术", "数控2402", ledgers.CHENGUANG, "", ""],
    [4, "学生丙", "20240203", "数控技术", "数控2402", ledgers.CHENGUANG, "", ""],
    ["合计", 4],
]


def brought(cli: CommandLine, rows: list[list[Any]], agreed: str = "") -> Said:
    cli.home.write(ledgers.book(rows), "台账.xlsx")
    return cli.coop("import", "ledger", "台账.xlsx", "--yes", "--with", agreed)


@pytest.fixture
def goal(cli: CommandLine) -> CommandLine:
    """The agreement has a goal of interns for the year."""
    text = cli.home.text()
    cli.home.write(
        text.replace("goals:\n", "goals:\n  interns-2026: {year: 2026, measure: interns, quantity: 30}\n", 1)
    )
    return cli


def everything(cli: CommandLine) -> str:
    return "".join(path.read_text("utf-8") for path in sorted(cli.home.root.rglob("*.yaml")))


def test_a_list_of_names_becomes_one_figure_and_no_name_is_said_or_kept(goal: CommandLine) -> None:
    before = everything(goal)
    said = brought(goal, ROSTER)
    assert said.code == 1 and "“序号”“姓名”“身份证号”“联系电话”没有读" in said.out
    assert "数控技术 数控2401：2 人" in said.out and "学号重复，只数一次" in said.out
    assert "1. 晨光样例数控装备有限公司 2026 年 3 人：写进" in said.out and everything(goal) == before
    said = brought(goal, ROSTER, agreed="1")
    data: Any = load(PROGRESS, goal.home.text(PROGRESS).encode()).data
    assert data["goals"] == {"interns-2026": {"actual": 3}} and data["stage"] == "draft"
    for private in ("学生甲", "20240101", "1401051980", "13900000000"):
        assert private not in everything(goal) and private not in said.out + said.err
    assert "要您定的" not in brought(goal, ROSTER).out, "the same list brings nothing new"


def test_numbers_by_class_add_up_and_what_is_no_number_is_told(goal: CommandLine) -> None:
    rows: list[list[Any]] = [
        ["年度", "专业", "班级", "项目编号", "实习人数"],
        ["2026年", "数控技术", "数控2401", "example", "２０人"],
        ["2026年", "机电", "机电2401", "example", 7],
        ["2026年", "机电", "机电2402", "example", "若干"],
        ["2024级", "机电", "机电2403", "example", 3],
    ]
    said = brought(goal, [["学生实习人数统计"], *rows], agreed="1")
    assert "example 2026 年 27 人" in said.out and "“若干”读不成人数" in said.out
    assert "看不出是哪一年的" in said.out
    assert "interns-2026: {actual: 27}" in goal.home.text(PROGRESS)


def test_without_a_goal_or_with_progress_by_halves_the_number_is_only_told(cli: CommandLine) -> None:
    rows: list[list[Any]] = ROSTER[:4]
    assert "没有 2026 年“接收岗位实习学生”的目标" in brought(cli, rows).out
    assert (
        "没有找到对应的协议"
        in brought(cli, [*rows[:2], [1, "甲", "1", "", "", "从没听说的公司", "", ""]]).out
    )


def test_a_base_joins_the_agreement_it_is_built_under(cli: CommandLine) -> None:
    cli.home.change("stage: submitted", "stage: draft")
    rows: list[list[Any]] = [["基地名称", "项目编号", "地点", "校内外", "工位数", "主要设备"]]
    rows.append(["精密测量实训室", "example", "样本市例子路1号", "校内", 24, "三坐标测量机2台"])
    said = brought(cli, rows)
    assert said.code == 1 and "设备（三坐标测量机 2 台）写进“企业投入·设备”；是企业投入的才同意" in said.out
    text = cli.home.text()
    assert "name: 精密测量实训室" in text and "capacity: 24" in text and "三坐标" not in text
    assert brought(cli, rows, agreed="1").code == 0 and "三坐标测量机" in cli.home.text()
    assert brought(cli, rows).out.count("新的 0 条，库里已有 1 条") == 1
    rows[1][4] = 30
    said = brought(cli, rows)
    assert said.code == 1 and "库里是“24”，改成这个" in said.out and "capacity: 24" in cli.home.text()
    assert "capacity: 30" not in cli.home.text() and brought(cli, rows, agreed="1").code == 0
    data: Any = load(AGREEMENT, cli.home.text().encode()).data
    assert [one["name"] for one in data["co_building"][0]["bases"]] == ["数控实训中心", "精密测量实训室"]


def test_a_final_agreement_gets_a_base_only_where_somebody_agrees(cli: CommandLine) -> None:
    rows: list[list[Any]] = [
        ["基地名称", "共建企业", "地点"],
        ["精密测量实训室", ledgers.CHENGUANG, "样本市例子路1号"],
    ]
    old = cli.home.text()
    said = brought(cli, rows)
    assert said.code == 1 and "已经定稿" in said.out and cli.home.text() == old
    assert brought(cli, rows, agreed="1").code == 0 and "精密测量实训室" in cli.home.text()
    lost = brought(cli, [rows[0], ["某实训室", ledgers.YUNFAN, "某处"]])
    assert lost.code == 1 and "和这家企业还没有协议" in lost.out
