"""Printed text changed where it came from: the marks of Markdown stay, or the change is refused."""

from __future__ import annotations

import pytest

from pipeline.compose.reworded import prints, reworded, with_paragraph, without_paragraph

RAW = "三年内联合培养不少于 **180** 名学生，\n其中**订单班**两个。\n\n第二段。\n"
PRINTED = "三年内联合培养不少于 180 名学生，其中订单班两个。"


@pytest.mark.parametrize(
    ("old", "new", "made"),
    [
        ("三年", "五年", RAW.replace("三年", "五年")),
        ("180", "200", RAW.replace("180", "200")),
        ("订单班", "现代学徒制班", RAW.replace("订单班", "现代学徒制班")),
        ("两个。", "两个以上。", RAW.replace("两个。", "两个以上。")),
        ("学生，其中", "学员，其中", RAW.replace("学生，", "学员，")),
        ("三年内", "", RAW.replace("三年内", "")),
    ],
)
def test_a_change_goes_to_its_place_between_the_marks(old: str, new: str, made: str) -> None:
    assert reworded(RAW, PRINTED, PRINTED.replace(old, new, 1)) == made


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("80 名学生", "80 位学生"),
        ("不少于 180", "约百"),
        ("其中订单班两", "其中学徒两"),
        ("三年", "*三*年"),
        ("三年", "三|年"),
    ],
)
def test_what_touches_a_mark_or_brings_one_is_left_to_a_person(old: str, new: str) -> None:
    changed = PRINTED.replace(old, new, 1)
    made = reworded(RAW, PRINTED, changed)
    assert made is None or prints(made.split("\n\n")[0], changed)


def test_words_at_the_edge_of_bold_are_refused() -> None:
    assert reworded("共 **180** 人", "共 180 人", "共 180余 人") is None
    assert reworded("**180** 人", "180 人", "约180 人") is None


def test_a_text_that_stands_there_twice_is_not_guessed() -> None:
    assert reworded("甲方负责。\n\n甲方负责。", "甲方负责。", "乙方负责。") is None


def test_stars_that_are_no_marks_stay() -> None:
    assert (
        reworded(r"板材 1200\*2400 毫米", "板材 1200*2400 毫米", "板材 1200*2440 毫米")
        == r"板材 1200\*2440 毫米"
    )


def test_paragraphs_come_and_go_whole() -> None:
    assert without_paragraph(RAW, "第二段。") == RAW.partition("\n\n")[0] + "\n"
    assert without_paragraph("只有一段。", "只有一段。") is None
    assert with_paragraph(RAW, "第二段。", "第三段。") == RAW.rstrip("\n") + "\n\n第三段。\n"
    assert with_paragraph(RAW, "没有这段。", "第三段。") is None
