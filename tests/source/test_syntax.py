"""A syntax error is told so that the editor knows what to type, and it hides nothing else of the file."""

from __future__ import annotations

import pytest

from pipeline.kernel.finding import Finding
from pipeline.source import load


def only(text: str) -> Finding:
    (finding,) = load("x.yaml", text.encode()).findings
    assert finding.code == "Y03"
    return finding


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("title：甲\nstage: draft\n", "1:6", "全角冒号", "title: ……"),
        ("a: 1\ntitle：甲\n", "2:6", "全角冒号", "title: ……"),
        ("a:\n\tb: 1\n", "2:1", "制表符", "空格"),
        ("a:\n  b: 1\n　　c: 2\n", "3:1", "全角空格", "半角空格"),
        ("a: “甲, 乙: 丙\n", "1:9", "冒号不该", "中文引号"),
        ("a: {b: “甲, 乙”}\n", "1:8", "中文引号", "引号"),
        ('a: "甲”\n', "1:4", "没有收尾", "中文引号"),
        ('a: "甲\nb: "乙"\n', "1:4", "第 2 行", "末尾补上"),
        ("a: '甲\n", "1:4", "没有收尾", "末尾补上"),
        ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> 别人\n", "1:1", "冲突标记", "留下正确的一边"),
        ("a: [甲, 乙\nb: 1\n", "1:4", "[", "补上 ]"),
        ("a: {b: 1\nc: 1\n", "1:4", "{", "补上 }"),
        ("a: {b: 1}}\n", "1:10", "多了一个 }", "删去"),
        ("a: ［甲］: 1\n", "1:4", "不是英文的括号", "英文的 [ ]"),
        ("a: @甲\n", "1:4", "@", "引号"),
        ("a: **甲**\n", "1:4", "*", "引号"),
        ('a: "D:\\合同"\n', "1:7", "反斜杠", "单引号"),
        ('a: "\\ud800"\n', "1:7", "转义", "直接写"),
        ("a: - 甲\n", "1:4", "同一行", "另起一行"),
        ("a:\n  - 甲\n － 乙: 1\n", "3:2", "短横线", "- ……"),
        ("a: |甲\n  乙\n", "1:4", "竖线", "下一行"),
        ("a: 1\n: 2\n", "2:1", "没有键", "写上键"),
        ("stage:draft\na: 1\n", "1:6", "没有空格", "stage: ……"),
    ],
)
def test_a_mistake_is_explained_at_its_place(text: str, place: str, message: str, hint: str) -> None:
    finding = only(text)
    assert str(finding.place) == f"x.yaml:{place}"
    assert message in finding.message
    assert hint in finding.hint


def test_a_broken_section_is_set_aside_and_the_others_are_read() -> None:
    source = load("x.yaml", "a: 1\nb: c: d\n# 注\ne: [1\nf: yes\ng: 甲\n".encode())
    assert [(finding.code, finding.place.line) for finding in source.findings] == [
        ("Y03", 2),
        ("Y03", 4),
        ("Y20", 5),
    ]
    assert source.data == {"a": 1, "f": "yes", "g": "甲"}
    assert source.broken == {("b",), ("e",), ("f",)}


def test_twenty_broken_sections_are_twenty_findings() -> None:
    source = load("x.yaml", "".join(f"k{number}: a: b\n" for number in range(20)).encode())
    assert [finding.place.line for finding in source.findings] == list(range(1, 21))
    assert source.data is None


def test_a_long_broken_file_is_not_parsed_over_and_over() -> None:
    source = load("x.yaml", "".join(f"k{number}: a: b\n" for number in range(60_000)).encode())
    assert 1 <= len(source.findings) < 5


def test_two_conflicts_are_two_findings_and_nothing_else() -> None:
    conflict = "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> 别人\n"
    source = load("x.yaml", (conflict + "b: 1\n" + conflict).encode())
    assert [finding.place.line for finding in source.findings] == [1, 7]


def test_full_width_colons_that_yaml_takes_for_text_are_found() -> None:
    text = "a:\n  - name：甲\n  - 说明：乙\n  - {b：丙}\nc: tel：0351\nd:\n  e：丁\nf: |\n  g：戊\n"
    source = load("x.yaml", text.encode())
    assert [(finding.place.line, finding.place.column) for finding in source.findings] == [
        (2, 9),
        (4, 7),
        (7, 4),
    ]


def test_the_place_of_a_second_record_is_its_line_of_dashes() -> None:
    source = load("x.yaml", "---\na: 1\n--- # 另一份\nb: yes\n".encode())
    assert [str(finding.place) for finding in source.findings] == ["x.yaml:3:1"]
    assert source.data == {"a": 1}


def test_a_syntax_error_hides_no_reference_behind_it() -> None:
    source = load("x.yaml", "a: &x 甲\nb: c: d\ne: *x\nf: !!str 1\n".encode())
    assert [(finding.code, finding.place.line) for finding in source.findings] == [
        ("Y05", 1),
        ("Y03", 2),
        ("Y05", 3),
        ("Y05", 4),
    ]
    assert source.data == {"a": "甲", "e": "", "f": 1}


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("a:\n  - 甲。\n  乙。\n", "3:3", "  - 乙。"),
        ("a:\n  - 甲。\nb:\n  - 乙\n  {c: 1}\n", "5:3", "  - {c: 1}"),
        ("a: 1\nb:\n  c: 1\n　d:\n  e: 2\n", "4:1", "  d:"),
        ("a: | 甲 | 乙 |\n|---|---|\n| 1 | 2 |\nb: 1\n", "1:4", "a: | ，表格从下一行写起"),
        ("a: {b: 甲，c: 乙}\n", "1:9", "英文逗号"),
    ],
)
def test_the_literal_text_to_type_is_told_once(text: str, place: str, hint: str) -> None:
    finding = only(text)
    assert (str(finding.place), hint in finding.hint) == (f"x.yaml:{place}", True)
    assert "续行" not in finding.hint
