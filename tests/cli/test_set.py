"""`coop set` and `coop fix`: shown first, written when asked, and nothing else moves."""

from __future__ import annotations

import pytest

from tests.cli.running import CommandLine
from tests.college import ENTERPRISE


def test_one_field_is_set(cli: CommandLine) -> None:
    old = cli.home.text()
    said = cli.coop("set", "example", "合作项目名称", "新的项目", "--yes")
    assert said.code == 0
    assert "-title: 数控实训基地共建与订单培养\n+title: 新的项目\n" in said.out
    assert cli.home.text() == old.replace("title: 数控实训基地共建与订单培养", "title: 新的项目")


@pytest.mark.parametrize(
    ("field", "value", "written"),
    [
        ("inputs.equipment[1].unit_price", "48万元", "unit_price: 480000.00"),
        ("term.end", "2028年8月31日", "end: 2028-08-31"),
        ("responsible.manager", "蓝样本", "manager: lan-yangben"),
        ("inputs.equipment[1].ownership", "乙方", "ownership: chenguang-cnc"),
        ("forms", "订单培养", "forms: [order-class]"),
        ("interns", "35人", "interns: 35"),
        ("majors[2]", "模具设计", "majors: [数控技术, 模具设计]"),
    ],
)
def test_values_are_taken_as_people_write_them(
    cli: CommandLine, field: str, value: str, written: str
) -> None:
    assert cli.coop("set", "example", field, value, "--yes").code == 0
    assert written in cli.home.text()


def test_a_company_goes_by_its_name_and_an_element_is_declared_none(cli: CommandLine) -> None:
    assert cli.coop("set", "晨光样例数控装备有限公司", "address", "样本市新路1号", "--yes").code == 0
    assert "address: 样本市新路1号\n" in cli.home.text(ENTERPRISE)
    assert cli.coop("set", "example", "revenue", "--none", "不对外开放服务", "--yes").code == 0
    assert (
        "revenue: {none: 不对外开放服务}\n" in cli.home.text() or "none: 不对外开放服务\n" in cli.home.text()
    )


def test_what_is_unknown_is_told_and_nothing_is_written(cli: CommandLine) -> None:
    old = cli.home.text()
    assert "没有字段" in cli.coop("set", "example", "nothing", "甲", "--yes").err
    assert "没有找到" in cli.coop("set", "elsewhere", "title", "甲", "--yes").err
    assert "没有找到" in cli.coop("set", "example", "responsible.manager", "赵某人", "--yes").err
    assert cli.home.text() == old


def test_without_a_yes_nothing_is_written(cli: CommandLine) -> None:
    old = cli.home.text()
    assert cli.coop("set", "example", "title", "新的项目").code != 0
    assert cli.home.text() == old


def test_everything_with_one_right_answer_is_mended(cli: CommandLine) -> None:
    clean = cli.home.text()
    for right, wrong in (
        ("unit_price: 480000.00", "unit_price: 480,000.00"),
        ("delivered_by: 2026-09-01", "delivered_by: 2026年9月1日"),
        ("interns: 30", "interns: ３０人"),
        ("manager: hei-yangben", "manager: 黑样本"),
        ("title: 数控实训基地共建与订单培养", "title: 数控实训基地共建与订单培养协议书"),
        ("  total: 1020000.00", "　total: 1,020,000.00"),
        ("method: court", "method: 诉讼"),
        ("forms: [training-base, order-class]", "forms: training-base、order-class"),
    ):
        cli.home.change(right, wrong)
    for _ in range(3):  # what is mended may bring to light what stood behind it
        cli.coop("fix", "--yes")
    assert cli.home.text() == clean
    assert cli.coop("fix", "--yes").out == "没有只有一种改法的问题。\n"
