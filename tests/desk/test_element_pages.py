"""On which page of a signed paper the twelve elements stand: read off the titles of its articles, where pages are known."""

from __future__ import annotations

import pytest

from pipeline.desk.papers.element_pages import elements
from pipeline.desk.papers.outline import outline
from pipeline.returned.running_text import PaperGrid, PaperLine, RunningText


def _located(*lines: str, page: int = 3) -> list[tuple[str, int, str]]:
    items = tuple(PaperLine(text=text, where="", page=page) for text in lines)
    found = elements(outline(RunningText(items=items, pages=9)))
    return [(one.value["element"], one.value["page"], one.value.get("clause", "")) for one in found]


@pytest.mark.parametrize(
    ("title", "element"),
    [
        ("合作范围", "E01"),
        ("合作目的和意义", "E02"),
        ("合作形式", "E03"),
        ("合作的主要内容", "E04"),
        ("甲方的权利和义务", "E05"),
        ("企业投入", "E06"),
        ("占用学院资源", "E07"),
        ("运行成本的承担", "E08"),
        ("收益分配", "E09"),
        ("协议的变更和解除", "E10"),
        ("违约责任", "E11"),
        ("合作期限", "E12"),
    ],
)
def test_an_article_is_where_its_element_stands(title: str, element: str) -> None:
    assert _located(f"第二条 {title}", "双方按附件执行。") == [(element, 3, "第二条")]


def test_nothing_is_located_by_a_title_of_two_things_or_an_article_that_says_nothing() -> None:
    assert _located("第一条 合作期限及付款方式", "见附件。", "第二条 违约责任", "不适用") == []
    assert _located("第一条 违约责任", "赔偿损失。", page=0) == [], "Word files have no pages"


def test_an_article_that_is_a_table_counts_and_each_element_once() -> None:
    head = PaperLine(text="第一条 企业投入", where="", page=2)
    grid = PaperGrid(rows=(("名称", "数量"), ("机床", "2")), where="")
    again = PaperLine(text="第二条 乙方投入", where="", page=4)
    found = list(elements(outline(RunningText(items=(head, grid, again), pages=4))))
    assert [(one.value["element"], one.value["page"]) for one in found] == [("E06", 2)]
