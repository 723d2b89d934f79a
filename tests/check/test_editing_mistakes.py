"""What hands do to a file: each mistake is told once, at its line, with the text to type."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.college import AGREEMENT, SmallCollege, college

MISTAKES = {
    "a thousands separator in braces": (
        r"unit_price: [0-9]+\.00",
        "unit_price: 86,000.00",
        "Y22",
        "86000.00",
    ),
    "a day in words": (r"start: 2026-09-01", "start: 2026年9月1日", "S04", "2026-09-01"),
    "a day with strokes": (r"start: 2026-09-01", "start: 2026/9/1", "S04", "2026-09-01"),
    "a day with dots": (r"start: 2026-09-01", "start: 2026.9.1", "S04", "2026-09-01"),
    "an enterprise by its name": (
        r"enterprises: \[chenguang-cnc\]",
        "enterprises: [晨光样例数控装备有限公司]",
        "S04",
        "chenguang-cnc",
    ),
    "a person by his name": (r"signatory: bai-yangben", "signatory: 白样本", "S04", "bai-yangben"),
    "a person nobody registered": (
        r"signatory: bai-yangben",
        "signatory: 马样九",
        "S04",
        "先在 agreements/college.yaml 的 people 里加上",
    ),
    "ids between wide commas": (
        r"enterprises: \[chenguang-cnc\]",
        "enterprises: [chenguang-cnc，xingchen]",
        "S04",
        "chenguang-cnc, xingchen",
    ),
    "an enterprise nobody registered": (
        r"enterprises: \[chenguang-cnc\]",
        "enterprises: [朝霞虚构机床有限公司]",
        "S04",
        "coop new 企业",
    ),
    "a demanded field by its label": (r"acceptance: ", "验收办法: ", "S03", "改字段名"),
    "a demanded field misspelt": (r"signatory: ", "signatry: ", "S03", "改字段名"),
    "a wrong total": (r"(?m)^  total: [0-9.]+", "  total: 1.00", "E06", "1020000.00"),
    "an ending in the title": (r"(?m)^title: .*", "title: 数控实训基地合作协议书", "R08", "数控实训基地"),
    "an item without a dash": (r"term: \{", "other_terms:\n  - 甲\n  乙丙丁\nterm: {", "Y03", "- 乙丙丁"),
    "a wide space before an item": (
        r"term: \{",
        "other_terms:\n\u3000- 甲方提供\nterm: {",
        "Y03",
        "  - 甲方提供",
    ),
    "a pasted number": (
        r"term: \{",
        "other_terms:\n  - 2、双方另行签订保密协议\nterm: {",
        "R09",
        "写成 双方另行签订保密协议",
    ),
    "a telephone in curly quotes": (
        r"name: 蓝样本",
        "name: 蓝样本, phone: “0571-12345678”",
        "S06",
        "'0571-12345678'",
    ),
    "a telephone in corner brackets": (
        r"name: 蓝样本",
        "name: 蓝样本, phone: 「0571-12345678」",
        "S06",
        "'0571-12345678'",
    ),
    "a telephone in wide digits": (
        r"name: 蓝样本",
        "name: 蓝样本, phone: ０５７１－１２３４５６７８",
        "Y22",
        "'0571-12345678'",
    ),
    "a telephone with a long dash": (
        r"name: 蓝样本",
        "name: 蓝样本, phone: 0571—12345678",
        "S06",
        "'0571-12345678'",
    ),
    "a quote closed otherwise": (
        r"name: 蓝样本",
        'name: 蓝样本, phone: “0571-12345678"',
        "Y03",
        "'0571-12345678'",
    ),
    "a price with a unit": (r"unit_price: [0-9]+\.00", "unit_price: 86000元", "S04", "86000.00"),
    "a price with wide separators": (r"unit_price: [0-9]+\.00", "unit_price: 86，000.00", "Y22", "86000.00"),
    "a day in wide digits": (r"start: 2026-09-01", "start: ２０２６-０９-０１", "Y22", "2026-09-01"),
    "a day in Chinese numerals": (r"start: 2026-09-01", "start: 二〇二六年九月一日", "S04", "2026-09-01"),
    "an enterprise by its short name": (
        r"enterprises: \[chenguang-cnc\]",
        "enterprises: [晨光样例数控]",
        "S04",
        "chenguang-cnc",
    ),
    "a number in circles": (
        r"term: \{",
        "other_terms:\n  - ②双方另行签订保密协议\nterm: {",
        "R09",
        "写成 双方另行签订保密协议",
    ),
    "two stops": (r"term: \{", "other_terms:\n  - 双方另行签订保密协议。。\nterm: {", "R09", "“。”"),
    "a title with book marks": (
        r"(?m)^title: .*",
        "title: 《数控实训基地》校企合作协议",
        "R08",
        "数控实训基地",
    ),
    "a pasted table": (
        r"(?m)^scope: .*$",
        "scope:\n| 名称 | 数量 |\n| --- | --- |\n| 机床 | 2 |",
        "Y03",
        "字段名: |",
    ),
}


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    return college(tmp_path)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_once_with_what_to_type(name: str, home: SmallCollege) -> None:
    old, new, code, literal = MISTAKES[name]
    text, count = re.subn(old, new, home.text(), count=1)
    assert count == 1
    home.write(text)
    (found,) = home.check().findings
    changed = next(
        number
        for number, (one, other) in enumerate(
            zip(text.split("\n"), text.replace(new, "\0" * len(new), 1).split("\n"), strict=False), 1
        )
        if one != other
    )
    assert found.code == code and literal in found.hint
    assert changed <= found.place.line <= changed + new.count("\n")


def test_a_list_inside_a_long_text_keeps_its_numbers(home: SmallCollege) -> None:
    """README says to write lists so; who followed the hint had a list that began with 2."""
    line = "text: 共同制定数控技术专业人才培养方案，每学年修订一次"
    listed = '"1. 共同制定培养方案；\\n2. 每学年修订一次。"'
    assert line in home.text()
    home.write(home.text().replace(line, f"text: {listed}"))
    assert "R09" not in [one.code for one in home.check().findings]


def test_the_hint_on_a_pasted_number_is_one_line(home: SmallCollege) -> None:
    home.write(home.text().replace("term: {", 'other_terms: ["2、另签保密协议\\n此后两年有效"]\nterm: {'))
    (found,) = (one for one in home.check().findings if one.code == "R09")
    assert found.hint == "删去“2、”，写成 另签保密协议"


def test_a_form_that_cannot_be_read_is_not_missed_in_the_contents_as_well(home: SmallCollege) -> None:
    text = home.text().replace("forms: [training-base, order-class]", "forms: [Apprenticeship]")
    home.write(text.replace("{code: C2,", "{code: C3,", 1))
    codes = [one.code for one in home.check().findings]
    assert "S05" in codes and "L16" not in codes


@pytest.mark.parametrize("name", ["agreement.yml", "agreement.yaml.txt"])
def test_a_wrong_ending_of_the_name_asks_to_rename(name: str, home: SmallCollege) -> None:
    path = home.path(AGREEMENT)
    path.rename(path.with_name(name))
    first = next(found for found in home.check().findings if found.place.file.endswith(name))
    assert first.code == "D01" and "agreement.yaml" in first.hint
