"""Numbers of headings and clauses: an agreement's articles and an official document's levels."""

from __future__ import annotations

from pipeline.compose.builder import Builder
from pipeline.compose.inline import InlineScope
from pipeline.kernel.document import Block, Figure, Form, Heading, Origin, Paragraph, Party

WORDING = """
## 总体要求

1. 甲
1. 乙

### 目标

1. 一

#### 课程

1. 一
1. 二

## 保障

### 组织
"""


def built(text: str, numbering: str) -> tuple[Block, ...]:
    return Builder(InlineScope(origin=Origin(file="w.md")), lambda name: None, numbering).build(text)


def numbers(text: str, numbering: str) -> list[str]:
    return [block.number for block in built(text, numbering) if isinstance(block, Heading | Paragraph)]


def test_an_official_document_counts_down_its_four_levels() -> None:
    assert numbers(WORDING, "official") == [
        "一、", "（一）", "（二）", "（三）", "1.", "2.", "（1）", "（2）", "二、", "（一）",
    ]  # fmt: skip


def test_an_agreement_has_articles_parts_and_clauses() -> None:
    text = WORDING.replace("#### 课程\n", "")
    assert numbers(text, "article")[:4] == ["第一条", "（一）", "（二）", "（一）"]


def test_the_number_of_an_article_stands_apart_and_that_of_a_section_does_not() -> None:
    leads = [
        next(block.lead for block in built(WORDING.replace("####", "###"), way) if isinstance(block, Heading))
        for way in ("article", "official")
    ]
    assert leads == ["第一条　", "一、"]


def test_minutes_begin_with_time_place_and_names() -> None:
    text = "[[details]]\n\n- 时间：2026年3月5日\n- 出席：李示言、王示例\n\n[[end]]\n"
    (party,) = built(text, "official")
    assert isinstance(party, Party) and party.role == ""
    assert [label for label, _ in party.lines] == ["时间", "出席"]


def test_who_issues_it_and_when_close_an_official_document() -> None:
    blocks = built("[[closing]]\n\n云栖学院\n\n2026年3月5日\n\n[[end]]\n", "official")
    assert [block.style for block in blocks if isinstance(block, Paragraph)] == ["closing", "closing"]


def test_a_chart_is_a_caption_and_a_table() -> None:
    table = "| 年 | 学校 | 企业 |\n| --- | --- | --- |\n| 2025年 | 1,200.50 | |\n"
    (figure,) = built(f"[[figure bar 万元]]\n\n图1　投入\n\n{table}\n[[end]]\n", "official")
    assert isinstance(figure, Figure) and figure.unit == "万元" and figure.categories == ("2025年",)
    assert [series.values for series in figure.series] == [("1200.50",), ("",)]


def test_a_form_keeps_labels_and_paragraphs() -> None:
    (form,) = built("[[form]]\n\n- 合同名称：**产业**学院\n\n  另一段\n- 备注：\n\n[[end]]\n", "official")
    assert isinstance(form, Form)
    assert [(field.label, len(field.lines)) for field in form.fields] == [("合同名称", 2), ("备注", 0)]
