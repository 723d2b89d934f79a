"""Markdown that no document can show is found where it stands, all of it, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.compose.fields import faults
from pipeline.compose.lint import suspect
from tests.college import SmallCollege


def found(home: SmallCollege, *lines: str, key: str = "purpose") -> list[tuple[int, int, str]]:
    """Line in the field (from 1), column and name of each finding of a field written as a block."""
    old = next(line for line in home.text().split("\n") if line.startswith(f"{key}: "))
    home.change(old, f"{key}: |\n" + "\n".join(f"  {line}".rstrip() for line in lines))
    top = home.text()[: home.text().index(f"{key}: |")].count("\n") + 1
    return [
        (finding.place.line - top, finding.place.column, finding.message.partition("：")[2])
        for finding in home.check().findings
        if finding.code == "M01"
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("180 人", "", "# 目标"), [(3, 3, "标题")]),
        (("180 人", "", "目标", "----"), [(3, 3, "标题")]),
        (("180 人", "", "详见[附件](http://example.com)"), [(3, 3, "链接")]),
        (("180 人", "![图](a.png)"), [(1, 3, "图片")]),
        (("180 人", "", "运行 `make`"), [(3, 3, "代码")]),
        (("180 人", "", "```", "码", "```"), [(3, 3, "代码块")]),
        (("180 人", "", "    码"), [(3, 3, "代码块（行首空了四格以上）")]),
        (("180 人", "", "> 引用"), [(3, 3, "引用")]),
        (("180 人", "", "***", "", "二"), [(3, 3, "分隔线")]),
        (
            ("180 人", "", "| 项 | 数 |", "|---|---|", "| 机床 | 数控 | 2 |"),
            [(5, 3, "表格这一行比表头多 1 格")],
        ),
        (("180 人", "", "- 甲", "-", "- 乙"), [(4, 3, "没有内容的列表项")]),
        (("180 人", "", "1. 甲", "1."), [(4, 3, "没有内容的列表项")]),
        (("180 人**", "", "二"), [(1, 3, "没有配成对的“**”，会原样印出星号")]),
    ],
)
def test_what_cannot_be_typeset_is_found_at_its_line(
    home: SmallCollege, lines: tuple[str, ...], expected: list[tuple[int, int, str]]
) -> None:
    assert found(home, *lines) == expected


def test_all_faults_of_a_field_are_told_at_once(home: SmallCollege) -> None:
    made = found(
        home, "180 人", "", "# 一", "", "见 `码` 和[二](http://example.com)", "", "> 三", "", "- 甲", "- # 四"
    )
    assert [(line, what) for line, _, what in made] == [
        (3, "标题"),
        (5, "代码"),
        (5, "链接"),
        (7, "引用"),
        (10, "标题"),
    ]


def test_lists_bold_and_tables_are_welcome(home: SmallCollege) -> None:
    lines = (
        "不少于 **180** 名，*其中*：",
        "",
        "- 甲",
        "  1. 乙",
        "",
        "| 项 | 数 |",
        "|---|---:|",
        "| **台** | 2 |",
    )
    assert found(home, *lines) == []
    assert home.check().findings == ()


def test_a_field_of_one_line_may_hold_any_sign(home: SmallCollege) -> None:
    home.change("title: 数控实训基地共建与订单培养", "title: 'A*B* # `码` [x](y) {{7*7}} ![图](z) **'")
    assert home.check().findings == ()


def test_a_fault_in_an_item_of_a_list_is_found_too(home: SmallCollege) -> None:
    home.change("在设备进场前完成地面加固和配电", "'> 在设备进场前完成配电'")
    (finding,) = home.check().findings
    assert (finding.code, finding.place) == ("M01", home.spot("> 在设备"))


@given(st.text("甲乙A1 \n\t-*+#>=~`[]()!|\\_.:“。", max_size=30))
def test_the_cheap_test_lets_no_fault_pass(text: str) -> None:
    if any(faults(text)):
        assert suspect(text)
