"""The gap report: each element present, missing, declared not to apply or waived, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from pipeline.check.gap_report import Element, ElementStanding, Gaps
from pipeline.kernel.finding import Severity
from tests.college import AGREEMENT, SCHEMAS, SmallCollege, college

WAIVERS = "agreements/projects/example/waivers.yaml"


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> SmallCollege:
    return college(tmp_path)


def _element(home: SmallCollege, code: str) -> Element:
    found = Gaps(home.check(), SCHEMAS["agreement"]).elements("example")
    assert [element.code for element in found] == [f"E{number:02}" for number in range(1, 13)]
    return found[int(code[1:]) - 1]


def _page(home: SmallCollege) -> str:
    return Gaps(home.check(), SCHEMAS["agreement"]).page("example")


def test_a_whole_agreement_has_all_twelve_with_their_lines(home: SmallCollege) -> None:
    for number in range(1, 13):
        element = _element(home, f"E{number:02}")
        assert (element.standing, element.notes) == (ElementStanding.PRESENT, ())
        assert element.line > 0
    assert _element(home, "E08").line == home.spot("costs:").line
    assert "要素已齐" in _page(home)


def test_what_is_left_open_is_missing_with_its_line(home: SmallCollege) -> None:
    home.change("account: 学校统一账户", "account: 待定")
    element = _element(home, "E09")
    assert element.standing is ElementStanding.MISSING
    line = home.spot("account: 待定").line
    assert any(f"（第 {line} 行）" in note for note in element.notes)
    assert "离正式文本还差 **1** 处" in _page(home)


def test_a_value_of_the_wrong_shape_leaves_its_element_open(home: SmallCollege) -> None:
    home.change("notice_days: 60", "notice_days: 六十")
    assert _element(home, "E10").standing is ElementStanding.MISSING


def test_an_element_in_a_part_that_cannot_be_read_is_open(home: SmallCollege) -> None:
    home.change("title: 数控", "title: '数控")
    assert _element(home, "E01").standing is ElementStanding.MISSING


def test_what_is_declared_not_to_apply_shows_its_reason(home: SmallCollege) -> None:
    text = home.text()
    start, end = text.index("revenue:"), text.index("termination:")
    home.write(text[:start] + "revenue: {none: 基地不对外服务}\n" + text[end:])
    element = _element(home, "E09")
    assert (element.standing, element.notes) == (ElementStanding.DECLINED, ("基地不对外服务",))


def test_what_is_waived_says_so(home: SmallCollege) -> None:
    home.change("purpose: 三年内联合培养数控技术技能人才不少于 180 名", "purpose: 待定")
    home.write("waivers: [{code: E02, reason: 先签, person: hei-yangben, until: 2027-01-01}]\n", WAIVERS)
    element = _element(home, "E02")
    assert element.standing is ElementStanding.WAIVED
    assert "先签" in element.notes[0]


def test_a_file_that_cannot_be_read_still_gets_its_report(home: SmallCollege) -> None:
    home.write(b"\xff\xfe\xff")
    text = _page(home)
    assert "协议文件读不出来" in text and "Y01" in text


def test_the_report_is_tables_of_text_whatever_a_title_holds(home: SmallCollege) -> None:
    home.change("title: 数控实训基地共建与订单培养", "title: 甲 | <img src=x> [x](javascript:1) *b* 待定")
    html = MarkdownIt("commonmark").enable("table").render(_page(home))
    assert "<img" not in html and "<a " not in html and "<em>" not in html
    rows = [row.count("<td") for row in html.split("<tr>")[2:14]]
    assert rows == [4] * 12


def test_a_draft_that_lacks_something_tells_what_a_final_text_still_needs(home: SmallCollege) -> None:
    home.change("stage: submitted", "stage: draft")
    home.change("place_of_performance: 样本市例子路1号数控实训中心\n", "")
    home.change("purpose: 三年内联合培养数控技术技能人才不少于 180 名\n", "")
    report = home.check()
    assert {finding.severity for finding in report.of_file(AGREEMENT)} == {Severity.WARNING}
    needed = [finding.code for finding in report.of_file(AGREEMENT) if finding.blocks_final]
    assert "E02" in needed
    assert f"离正式文本还差 **{len(needed)}** 处" in _page(home)


def test_the_report_says_what_was_compared_and_what_is_left_to_the_lawyer(home: SmallCollege) -> None:
    page = _page(home)
    assert "要素齐全不等于内容无误" in page
    assert "| H05 | 条文里的份数和 copies 一致 | 没有发现 |" in page
    assert "## 程序判断不了，请法务看" in page
    home.write(home.text() + "other_terms:\n  - 本协议一式六份\n")
    assert "| H05 | 条文里的份数和 copies 一致 | **1 处** |" in _page(home)
