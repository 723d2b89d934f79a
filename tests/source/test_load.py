"""What a well-written record becomes, and what becomes of one with faults."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pipeline.kernel.codes import loading
from pipeline.source import Value, load
from pipeline.source.counted import MOST

AGREEMENT = """\
# 示例协议
stage: submitted
title: 智能制造产业学院共建项目
forms: [industry-college, training-base]
purpose: |
  面向高端装备制造岗位群，三年内联合培养不少于 **180** 名学生。

  - 开发课程
inputs:
  equipment:
    - {name: 五轴加工中心, model: VMC-850, quantity: 2, unit_price: 480000.00, open: true}
shares: {college: 60, xingchen-equipment: 40}
revenue: {none: 基地不对外开放服务}
term: {start: 2026-09-01, end: 2029-08-31}
note: '010010'
blank:
"""


def test_a_record_becomes_plain_typed_data() -> None:
    source = load("agreement.yaml", AGREEMENT.encode())
    assert source.findings == ()
    assert source.text == AGREEMENT
    assert source.data == {
        "stage": "submitted",
        "title": "智能制造产业学院共建项目",
        "forms": ["industry-college", "training-base"],
        "purpose": "面向高端装备制造岗位群，三年内联合培养不少于 **180** 名学生。\n\n- 开发课程\n",
        "inputs": {
            "equipment": [
                {
                    "name": "五轴加工中心",
                    "model": "VMC-850",
                    "quantity": 2,
                    "unit_price": Decimal("480000.00"),
                    "open": True,
                }
            ]
        },
        "shares": {"college": 60, "xingchen-equipment": 40},
        "revenue": {"none": "基地不对外开放服务"},
        "term": {"start": date(2026, 9, 1), "end": date(2029, 8, 31)},
        "note": "010010",
        "blank": None,
    }


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0", 0),
        ("-7", -7),
        ("1.50", Decimal("1.50")),
        ("-0.5", Decimal("-0.5")),
        ("2026-09-01", date(2026, 9, 1)),
        ("true", True),
        ("false", False),
        ("", None),
        ("''", ""),
        ("'1'", "1"),
        ('"true"', "true"),
        ("'2026-02-30'", "2026-02-30"),
        ("12:30:45", "12:30:45"),
        ("2026-9-1", "2026-9-1"),
        ("0351-7654321", "0351-7654321"),
        ("'甲''乙'", "甲'乙"),
        ('"甲\\n乙"', "甲\n乙"),
    ],
)
def test_a_value_is_read_as_written(written: str, meant: Value) -> None:
    source = load("x.yaml", f"key: {written}\n".encode())
    assert source.findings == ()
    assert source.data == {"key": meant}
    assert type(source.data["key"]) is type(meant)


def test_money_keeps_its_places() -> None:
    data = load("x.yaml", b"price: 480000.00\n").data
    assert data is not None and str(data["price"]) == "480000.00"


def test_keys_are_always_text() -> None:
    source = load("x.yaml", "no: 甲\n2026: 乙\n2026-09-01: 丙\ntrue: 丁\n".encode())
    assert source.data == {"no": "甲", "2026": "乙", "2026-09-01": "丙", "true": "丁"}


def test_all_faults_of_a_file_are_told_at_once() -> None:
    text = "a: yes\nb: 007\nc: 2026-02-30\nd: 1e5\na: 2\ne: &x 甲\nf: 甲\u200b乙\ng: nan\nh: @x\ni: '\n"
    codes = [finding.code for finding in load("x.yaml", text.encode()).findings]
    assert codes == ["Y20", "Y21", "Y19", "Y22", "Y04", "Y05", "Y09", "Y22", "Y03", "Y03"]


def test_a_doubtful_value_stays_as_text_and_is_marked() -> None:
    source = load("x.yaml", b"phone: 13800001111\nterm: {end: 2026-02-30}\nsum: 1.00\n")
    assert source.data == {"phone": "13800001111", "term": {"end": "2026-02-30"}, "sum": Decimal("1.00")}
    assert source.broken == {("phone",), ("term", "end")}


def test_of_two_equal_keys_the_first_counts_and_both_are_in_doubt() -> None:
    source = load("x.yaml", b"term: {end: 1, end: 2}\n")
    assert source.data == {"term": {"end": 1}}
    assert source.broken == {("term", "end")}
    assert [str(place) for place in source.findings[0].related] == ["x.yaml:1:8"]


def test_a_hidden_character_is_left_out_of_the_data_and_its_place_is_marked() -> None:
    source = load("x.yaml", "na\u200bme: 甲\nlist:\n  - 乙\u202e\n  - 丙\n# \u2060\n".encode())
    assert source.data == {"name": "甲", "list": ["乙", "丙"]}
    assert source.broken == {("name",), ("list", 0)}


def test_a_key_behind_a_separator_stays_in_its_comment() -> None:
    source = load("x.yaml", "title: 甲\n# 说明\u2028stage: submitted\n# 说明\rstage: submitted\n".encode())
    assert source.data == {"title": "甲"}


def test_an_alias_stands_for_nothing() -> None:
    source = load("x.yaml", "a: &x 甲\nb: [*x, *x]\n".encode())
    assert source.data == {"a": "甲", "b": ["", ""]}
    assert source.broken == {("a",), ("b", 0), ("b", 1)}


def test_a_flood_of_one_fault_is_told_so_often_and_then_counted() -> None:
    source = load("x.yaml", ("list:\n" + "  - yes\n" * (MOST + 150)).encode())
    assert len(source.findings) == MOST + 1
    assert "还有 150 处" in source.findings[-1].message
    assert source.findings[-1].place.line == MOST + 2
    assert len(source.broken) == MOST + 150


def test_a_text_cut_by_a_sharp_is_told() -> None:
    source = load("x.yaml", "item: 设备 #3 机床\nnote: 设备 # 备用\n".encode())
    assert [(finding.code, str(finding.place)) for finding in source.findings] == [("Y25", "x.yaml:1:10")]
    assert source.data == {"item": "设备", "note": "设备"}


@pytest.mark.parametrize(
    ("written", "raw"),
    [
        ("{price: 86,000.00}", "86,000.00"),
        ("{price: 86, 000.00}", "86, 000.00"),
        ("{price: 1,086,000.00, open: true}", "1,086,000.00"),
        ("{price: 86,\n  000}", "86,\n  000"),
        ("{price: 86, # 单价\n  000}", "86, # 单价\n  000"),
        ("{price: 86,000 元}", "86,000 元"),
    ],
)
def test_a_number_that_a_comma_has_torn_is_told_whole(written: str, raw: str) -> None:
    source = load("a.yaml", f"asset: {written}\n".encode())
    assert source.data is not None and source.data["asset"]["price"] == raw  # type: ignore[call-overload, index]
    assert [one.code for one in source.findings] == [loading.NUMBER.code]
    assert not load("a.yaml", b"a: {years: [2024, 2025], b: 1, c: 2026-09-01, d: 12}\n").findings
