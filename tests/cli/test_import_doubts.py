"""`coop import ledger` against what is kept: nothing is doubled, merged or changed that nobody agreed to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipeline.source import load
from tests.cli.running import CommandLine, Said
from tests.college import AGREEMENT, ENTERPRISE
from tests.desk import ledgers

HEADS: dict[str, list[Any]] = {
    "firms": ["企业名称", "统一社会信用代码", "企业性质"],
    "agreements": ["项目名称", "合作企业", "协议编号", "开始日期", "截止日期", "存放处"],
    "placements": ["类别", "教师", "企业", "系部", "开始日期", "结束日期", "岗位"],
}
FIRMS = 5
"""The companies of the small college."""
CODES = ("91149999MA99E0075B", "91149999MA99E00836")


def brought(cli: CommandLine, kind: str, *rows: list[Any], agreed: str = "") -> Said:
    cli.home.write(ledgers.book([HEADS[kind], *rows]), "台账.xlsx")
    return cli.coop("import", "ledger", "台账.xlsx", "--yes", "--with", agreed)


def count(cli: CommandLine, pattern: str) -> int:
    return len(list(cli.home.root.glob(f"agreements/{pattern}")))


def test_a_running_agreement_gets_no_origin_and_no_field_it_was_not_submitted_with(cli: CommandLine) -> None:
    kept: Any = load(AGREEMENT, cli.home.text().encode()).data
    row = [kept["title"], ledgers.CHENGUANG, None, None, None, "档案室3柜"]
    said = brought(cli, "agreements", row)
    assert said.code == 0 and "存放处“档案室3柜”：库里的协议不是建库以前签订的" in said.out
    assert load(AGREEMENT, cli.home.text().encode()).data == kept


@pytest.mark.parametrize(
    ("row", "doubt"),
    [
        ([ledgers.CHENGUANG, CODES[0], None], "库里叫这个名字的企业"),
        (["别名样例机械有限公司", None, None], "名称不同"),
    ],
)
def test_one_name_with_another_code_and_one_code_with_another_name_are_asked(
    cli: CommandLine, row: list[Any], doubt: str
) -> None:
    kept: Any = load(ENTERPRISE, cli.home.text(ENTERPRISE).encode()).data
    row[1] = row[1] or kept["credit_code"].lower()
    old = cli.home.text(ENTERPRISE)
    said = brought(cli, "firms", [row[0], row[1], "民营"])
    assert said.code == 1 and doubt in said.out and "这一行没有导入" in said.out
    assert cli.home.text(ENTERPRISE) == old and count(cli, "enterprises/*") == FIRMS
    assert brought(cli, "firms", [row[0], row[1], "民营"], agreed="all").code == 1
    assert cli.home.text(ENTERPRISE) == old, "a choice is made by its number only"
    assert brought(cli, "firms", [row[0], row[1], "民营"], agreed="1").code == 0
    assert "ownership: private" in cli.home.text(ENTERPRISE) and count(cli, "enterprises/*") == FIRMS


def test_rows_of_one_code_and_two_names_are_both_asked(cli: CommandLine) -> None:
    rows = [["甲样例机械厂", CODES[0], None], ["乙样例机械厂", CODES[0], None]]
    said = brought(cli, "firms", *rows)
    assert said.code == 1 and "和第 3 行信用代码相同，名称不同" in said.out and "和第 2 行" in said.out
    assert count(cli, "enterprises/*") == FIRMS
    assert brought(cli, "firms", *rows, agreed="2").code == 1
    assert count(cli, "enterprises/yi-*") == 1 and count(cli, "enterprises/*") == FIRMS + 1


def test_two_terms_of_one_agreement_are_not_taken_for_one(cli: CommandLine) -> None:
    first = ["旧订单班", ledgers.CHENGUANG, None, "2018-09-01", "2021-08-31", None]
    second = ["旧订单班", ledgers.CHENGUANG, None, "2021-09-01", "2024-08-31", None]
    assert brought(cli, "agreements", first).code == 0
    said = brought(cli, "agreements", second)
    assert said.code == 1 and "期限是 2018-09-01 至 2021-08-31；是另一份协议，另建一份" in said.out
    assert count(cli, "projects/*/agreement.yaml") == 2
    assert brought(cli, "agreements", second, agreed="2").code == 0
    assert count(cli, "projects/*/agreement.yaml") == 3
    said = brought(cli, "agreements", first, second)
    assert said.code == 1 and "第 3 行：和第 2 行名称、企业相同，期限不同，像是续签的另一份" in said.out
    assert count(cli, "projects/*/agreement.yaml") == 3


def test_a_corrected_day_makes_no_second_placement(cli: CommandLine) -> None:
    row = ["教师企业实践", "黑样本", ledgers.CHENGUANG, "机械工程系", "2025-07-01", "2025-07-31", "工艺员"]
    assert brought(cli, "placements", row).code == 0
    before = count(cli, "placements/*")
    row[4] = "2025-07-03"
    said = brought(cli, "placements", row)
    assert said.code == 1 and "2025-07-01 至 2025-07-31，工艺员）；是同一条，照这一行改" in said.out
    assert count(cli, "placements/*") == before
    said = brought(cli, "placements", row, agreed="1")
    assert said.code == 0 and "开始日期：改 “2025年7月1日” → “2025年7月3日”" in said.out
    assert count(cli, "placements/*") == before
    row[4], row[5] = "2026-07-01", "2026-07-31"
    assert brought(cli, "placements", row).code == 0
    assert count(cli, "placements/*") == before + 1


def test_a_number_nobody_means_stops_its_own_cell_only(cli: CommandLine) -> None:
    head = ["企业名称", "注册资本（元）", "职工人数", "地址"]
    rows = [
        ["远山样例机械有限公司", 1e300, 1e299, "样本市\u202e例子路1号"],
        ["碧水样例食品厂", 5, 40, "样本市\u00a0二路"],
    ]
    cli.home.write(ledgers.book([head, *rows]), "台账.xlsx")
    said = cli.coop("import", "ledger", "台账.xlsx", "--yes")
    assert said.code == 1 and "新的 2 条" in said.out
    for place in ("B2 ", "C2 ", "D2 "):
        assert f"Sheet!{place}" in said.out
    [firm] = cli.home.root.glob("agreements/enterprises/bi-shui*.yaml")
    assert "address: 样本市 二路" in firm.read_text("utf-8") and "staff: 40" in firm.read_text("utf-8")


def test_a_namesake_in_another_department_is_asked(cli: CommandLine) -> None:
    cli.home.write(
        ledgers.book([["姓名", "职务", "部门"], ["黑样本", "教师", "校企合作办公室"]]), "人员.xlsx"
    )
    said = cli.coop("import", "ledger", "人员.xlsx", "--yes")
    assert said.code == 1 and "在别的部门；是另一个人，另建一份" in said.out
    assert "已写入" not in said.out


def test_a_head_that_was_explained_once_is_known_the_next_time(cli: CommandLine) -> None:
    rows = [["甲方客户", "企业性质", "住所"], ["远山样例机械厂", "民营", "样本市例子路1号"]]
    cli.home.write(ledgers.book(rows), "台账.xlsx")
    assert "没有认出台账" in cli.coop("import", "ledger", "台账.xlsx").err
    wrong = cli.coop("import", "ledger", "台账.xlsx", "--column", "甲方客户=客户")
    assert wrong.code == 2 and "没有这个栏目：甲方客户=客户" in wrong.err
    told = ("--column", "甲方客户=企业名称", "--column", "住所=不导入", "--yes")
    said = cli.coop("import", "ledger", "台账.xlsx", *told)
    assert said.code == 0 and "“甲方客户” → 企业名称" in said.out and "记在 ledgers.yaml" in said.out
    assert "甲方客户: 企业名称" in cli.home.text("ledgers.yaml")
    again = cli.coop("import", "ledger", "台账.xlsx", "--yes")
    assert again.code == 0 and "库里已有 1 条" in again.out and "“住所”没有对应的栏目" in again.out
    cli.home.write("[", "ledgers.yaml")
    assert "ledgers.yaml 读不出来" in cli.coop("import", "ledger", "台账.xlsx").err


def test_heads_are_kept_after_a_yes_and_only_where_something_was_written(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.home.write(ledgers.book([["甲方客户", "企业性质"], ["远山样例机械厂", "民营"]]), "台账.xlsx")
    told = ("import", "ledger", "台账.xlsx", "--column", "甲方客户=企业名称")
    kept = cli.home.path("ledgers.yaml")
    monkeypatch.setattr("pipeline.cli.written.confirmed", lambda *_, **__: False)
    assert "记在" not in cli.coop(*told).out and not kept.exists()
    monkeypatch.setattr("pipeline.cli.written.confirmed", lambda *_, **__: True)
    assert "记在 ledgers.yaml" in cli.coop(*told).out and kept.exists()
    kept.unlink()
    assert "没有要写的" in cli.coop(*told, "--yes").out and not kept.exists()


def test_a_row_about_nobody_known_and_a_row_without_a_name_are_told_and_left_out(cli: CommandLine) -> None:
    row = ["教师企业实践", "没有的人", ledgers.CHENGUANG, "机械工程系", "2025-07-01", "2025-07-31", "工艺员"]
    before = count(cli, "placements/*")
    said = brought(cli, "placements", row)
    assert "第 2 行：缺少或读不懂“教师”，这一行没有导入" in said.out and count(cli, "placements/*") == before
    said = brought(cli, "firms", [None, CODES[0], None])
    assert "第 2 行：缺少或读不懂“企业名称”" in said.out and count(cli, "enterprises/*") == FIRMS


def test_a_value_that_the_record_could_not_hold_stays_out_and_the_rest_of_its_row_comes_in(
    cli: CommandLine,
) -> None:
    """A digit copied wrong: written down, it would be an error of the record that somebody has to look for."""
    said = brought(cli, "firms", ["远山样例机械有限公司", f"{CODES[0][:-1]}2", "民营"])
    assert said.code == 1 and "第 18 位（校验位）是“2”，按前面各位推算应为“B”" in said.out
    [firm] = cli.home.root.glob("agreements/enterprises/yuan-shan*.yaml")
    assert "credit_code" not in firm.read_text("utf-8") and "ownership" in firm.read_text("utf-8")
    assert [one.message for one in cli.home.check().findings if one.severity.label == "错误"] == []


def test_companies_that_came_as_drafts_are_known_to_the_agreements_that_come_after_them(
    cli: CommandLine,
) -> None:
    brought(cli, "firms", ["远山样例机械有限公司", CODES[0], "民营"])
    said = brought(cli, "agreements", ["订单班", "远山样例机械有限公司"])
    assert said.code == 0, said.out
    texts = [one.read_text("utf-8") for one in cli.home.root.glob("agreements/projects/*/agreement.yaml")]
    [made] = [one for one in texts if "订单班" in one]
    assert "enterprises: [yuan-shan" in made
    told = [one for one in cli.home.check().findings if "登记还是草稿" in one.message]
    assert [one.severity.label for one in told] == ["警告"], "both are drafts"


def test_a_formula_that_nobody_worked_out_is_told_and_is_no_empty_cell(cli: CommandLine) -> None:
    said = brought(
        cli, "agreements", ["订单班", ledgers.CHENGUANG, None, "=DATE(2024,3,1)", date(2027, 2, 28)]
    )
    assert said.code == 1 and "Sheet!D2 开始日期“”：公式 =DATE(2024,3,1) 没有算出结果" in said.out
