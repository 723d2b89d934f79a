"""Values in a wording stay verbatim and know their field; the words around them know their line."""

from __future__ import annotations

import pytest

from pipeline.kernel.document import Paragraph
from tests.college import SmallCollege
from tests.compose.samples import blocks, composed, drop, lines, put, record_path, runs_of, wording_line

DECEPTIVE = [
    "A*B*公司",
    "**不是加粗**",
    "甲方 A&B <公司> \"x\" 'y'",
    "机床 | 数控",
    "{{7*7}} 与 {% if x %}",
    "[[page-break]]",
    "[[signature]]",
    "# 不是标题",
    "1. 不是编号",
    "- 不是清单",
    "`不是代码`",
    "[不是](http://example.com)链接",
    "____",
    "\\*反斜杠\\",
    "两  个空格",
    "  首尾空格",
    "|",
]


@pytest.mark.parametrize("text", DECEPTIVE)
@pytest.mark.parametrize(
    "wording",
    [
        "项目是{{ a.title }}。",
        "{{ a.title }}",
        "1. {{ a.title }}",
        "- 称{{ a.title }}",
        "| 名 |\n|---|\n| {{ a.title }} |",
    ],
    ids=["in a sentence", "alone", "as a clause", "as an item", "in a cell"],
)
def test_a_value_is_never_read_as_markdown_or_bracket(home: SmallCollege, wording: str, text: str) -> None:
    made = blocks(home, wording, title=text)
    (value,) = [run for run in runs_of(made) if record_path(run) == "title"]
    assert value.text.strip() == text.strip()
    assert (value.strong, value.emphasis) == (False, False)
    assert len(lines(made)) == (2 if "|---|" in wording else 1)


def test_a_value_takes_the_style_of_the_words_around_it(home: SmallCollege) -> None:
    made = blocks(home, "甲**“{{ a.title }}”**乙{{ a.title }}**“丙”**丁", title="A*B")
    styled = [(run.text, run.strong) for run in runs_of(made)]
    assert styled == [
        ("甲", False),
        ("“", True),
        ("A*B", True),
        ("”", True),
        ("乙", False),
        ("A*B", False),
        ("“丙”", True),
        ("丁", False),
    ]


def test_words_keep_the_line_they_stand_on_also_in_loops_and_behind_conditions(home: SmallCollege) -> None:
    wording = """开头一行
第二行

{% if a.title %}
条件之后
{% endif %}
{% if a.title %}同一行里{% endif %}

{# 说明 #}
{% for p in parties %}
1. 由{{ p.role }}负责**到底**
{% endfor %}

一式{{ a.copies.total }}份，其中
{%- for p in parties %}
{{ p.role }}执一份，
{%- endfor %}
各份相同
"""
    made = blocks(home, wording)
    worded = [run for run in runs_of(made) if run.origin.line]
    assert len(worded) >= 12
    for run in worded:
        assert run.text in wording_line(home.root, run), run
    numbers = {run.text: run.origin.line for run in worded}
    assert (numbers["开头一行"], numbers["第二行"], numbers["条件之后"], numbers["同一行里"]) == (1, 2, 5, 7)
    assert (numbers["负责"], numbers["到底"], numbers["各份相同"]) == (11, 11, 18)


def test_lines_of_wording_join_as_each_script_does(home: SmallCollege) -> None:
    made = blocks(home, "上一行\n下一行\n\nfirst\nsecond\n\n合同\n{{ a.title }}\nend", title="Title")
    assert lines(made) == ["上一行下一行", "first second", "合同Title end"]


def test_equal_neighbours_become_one_run(home: SmallCollege) -> None:
    (paragraph,) = blocks(home, "一 * 二 * 三")
    assert isinstance(paragraph, Paragraph)
    assert [run.text for run in paragraph.runs] == ["一 * 二 * 三"]


def test_a_gap_is_marked_and_names_its_field(home: SmallCollege) -> None:
    drop(home, "purpose")
    (paragraph,) = composed(home, "目的：{{ a.purpose }}").body.blocks
    assert isinstance(paragraph, Paragraph)
    run = paragraph.runs[-1]
    assert (run.text, run.gap, record_path(run)) == ("【待补充：合作目的】", True, "purpose")


def test_blanks_at_the_ends_of_a_paragraph_are_no_part_of_it(home: SmallCollege) -> None:
    made = blocks(home, "{{ a.title }}\n\n“{{ a.title }}”", title="  甲 乙  ")
    assert lines(made) == ["甲 乙", "“  甲 乙  ”"]


def test_a_field_of_one_line_keeps_its_spaces_inside_a_sentence(home: SmallCollege) -> None:
    put(home, "title", "甲  乙")
    (paragraph,) = composed(home, "“{{ a.title }}”").body.blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.runs[1].text == "甲  乙"
