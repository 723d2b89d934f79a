"""A Markdown field becomes paragraphs, list items and tables, and nothing of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.compose.fields import MOST_COLUMNS, faults, field_blocks
from pipeline.compose.inline import UnsupportedError
from pipeline.compose.values import Printed
from pipeline.kernel.document import ListItem, Origin, Table, plain
from tests.compose.samples import field, lines, runs_of


def test_paragraphs_part_at_an_empty_line() -> None:
    assert lines(field("一段\n接着\n\n二段\n")) == ["一段接着", "二段"]


def test_lists_keep_their_markers_and_their_depth() -> None:
    made = field("做三件事：\n\n1. 场地\n   - 一层\n   - 二层\n     1) 东区\n2. 师资\n")
    items = [(block.level, block.marker) for block in made if isinstance(block, ListItem)]
    assert items == [(1, "1."), (2, "·"), (2, "·"), (3, "1)"), (1, "2.")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. 甲\n1. 乙\n1. 丙", ["1. 甲", "2. 乙", "3. 丙"]),
        ("3. 甲\n3. 乙", ["3. 甲", "4. 乙"]),
        ("1. 甲\n2. 乙\n4. 丁", ["1. 甲", "2. 乙", "4. 丁"]),
        ("5. 甲", ["5. 甲"]),
    ],
    ids=[
        "all alike are counted",
        "from three",
        "a gap stays",
        "alone",
    ],
)
def test_numbers_are_the_ones_that_were_typed(text: str, expected: list[str]) -> None:
    assert lines(field(text)) == expected


@pytest.mark.parametrize("text", ["3.\n4. 乙", "- 甲\n-\n- 丙", "-"])
def test_a_marker_without_words_is_refused(text: str) -> None:
    with pytest.raises(UnsupportedError, match="没有内容的列表项"):
        field(text)


def test_what_stands_under_an_item_stays_behind_it() -> None:
    text = "- 甲\n\n  甲的第二段\n\n  | 项 | 数 |\n  |---|---|\n  | 台 | 2 |\n- 乙\n"
    assert lines(field(text)) == ["· 甲", "甲的第二段", "项 | 数", "台 | 2", "· 乙"]


def test_an_item_that_begins_with_a_table_keeps_its_marker() -> None:
    assert lines(field("- | 项 |\n  |---|\n  | 台 |\n")) == ["·", "项", "台"]


def test_a_table_has_as_many_cells_in_each_row_as_columns() -> None:
    (made,) = field("| 指标 | 一代 |\n|:---|---:|\n| 质量 | 1.8 \\| 1.5 |\n| 夹持力 |\n")
    assert isinstance(made, Table)
    assert (made.name, made.numeric) == ("columns-2", (1,))
    assert lines((made,)) == ["指标 | 一代", "质量 | 1.8 | 1.5", "夹持力 | "]
    assert {len(row) for row in made.rows} == {2}


def test_bold_in_a_cell_is_bold() -> None:
    (made,) = field("| 条件 |\n|---|\n| **一票否决**故障 |\n")
    assert [(run.text, run.strong) for run in runs_of((made,))] == [
        ("条件", False),
        ("一票否决", True),
        ("故障", False),
    ]


def test_every_run_keeps_the_path_of_its_field() -> None:
    origin = Origin(file="x.yaml", path="purpose")
    text = "一**二**\n\n- 三\n\n| 四 |\n|---|\n| 五 |\n"
    made = field_blocks(Printed(text=text, markdown=True, origin=origin))
    assert {run.origin for run in runs_of(made)} == {origin}


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("一\n\n# 标题", "标题", 3),
        ("一\n===", "标题", 1),
        ("一\n-", "标题", 1),
        ("见[附件](http://example.com)", "链接", 1),
        ("一\n\n![图](a.png)", "图片", 3),
        ("运行 `make`", "代码", 1),
        ("一\n\n```\n码\n```", "代码块", 3),
        ("一\n\n    码", "代码块（行首空了四格以上）", 3),
        ("> 引用", "引用", 1),
        ("一\n\n---\n\n二", "分隔线", 3),
        ("- 甲\n- # 乙", "标题", 2),
        ("| 项 | 数 |\n|---|---|\n| 机床 | 数控 | 2 |", "表格这一行比表头多 1 格", 3),
        ("|" + "列|" * 9 + "\n|" + "---|" * 9, f"超过 {MOST_COLUMNS} 列的表格", 1),
    ],
)
def test_what_no_document_can_hold_is_named_with_its_line(text: str, what: str, line: int) -> None:
    with pytest.raises(UnsupportedError) as caught:
        field(text)
    assert (caught.value.what, caught.value.line) == (what, line)
    assert [(error.what, error.line) for error in faults(text)] == [(what, line)]


WORD = st.text("甲乙丙丁学院企业实训ABCxyz019，。（）“”", min_size=1, max_size=8)
LINE = st.lists(
    st.one_of(WORD, WORD.map("**{}**".format), WORD.map("*{}*".format)), min_size=1, max_size=4
).map("、".join)
PARAGRAPH = st.lists(LINE.map("甲{}".format), min_size=1, max_size=3).map("\n".join)
BULLETS = st.lists(LINE, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {item}" for item in items))
NUMBERED = st.lists(LINE, min_size=1, max_size=3).map(
    lambda items: "\n".join(f"{number}. {item}" for number, item in enumerate(items, start=1))
)
NESTED = st.tuples(LINE, LINE, LINE).map(lambda three: "- {}\n  1. {}\n\n     又{}".format(*three))
TABLE = st.lists(st.tuples(LINE, LINE), min_size=1, max_size=3).map(
    lambda rows: "| 项 | 数 |\n|---|---|\n" + "\n".join(f"| {one} | {two} |" for one, two in rows)
)
FIELD = st.lists(st.one_of(PARAGRAPH, BULLETS, NUMBERED, NESTED, TABLE), min_size=1, max_size=4).map(
    "\n\n另外：\n\n".join  # lists that follow each other would be one
)


@given(FIELD)
def test_every_word_of_a_field_arrives_in_order(text: str) -> None:
    def bare(words: str) -> str:
        return "".join(sign for sign in words if sign not in " \n*|-.·")

    printed = "".join(lines(field(text)))
    assert bare(printed) == bare(text)


@given(st.text("甲A1 \n\t-*+#>=~`[]()!|\\_.:“。", max_size=40))
def test_whatever_is_typed_is_typeset_or_refused_and_never_vanishes(text: str) -> None:
    found = [error for error in faults(text) if "**" not in error.what]
    try:
        made = field(text)
    except UnsupportedError:
        assert found
        return
    assert not found
    printed = "".join(plain((run,)) for run in runs_of(made))
    assert [sign for sign in printed if sign in "甲A“。"] == [sign for sign in text if sign in "甲A“。"]
    assert bool(made) == bool(text.strip())
