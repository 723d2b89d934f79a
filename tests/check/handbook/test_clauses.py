"""Asking for a clause in the ways people write one, and being told who serves it."""

from __future__ import annotations

import pytest

from pipeline.check.handbook.clause_pages import GUIDE, CitedClause, cited, serving
from tests.college import SCHEMAS


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("8.4", [(GUIDE, "8.4")]),
        ("指南（草案）8.4 合作目的", [(GUIDE, "8.4")]),
        ("指南（草案）8.4 合作具体内容、7", [(GUIDE, "8.4"), (GUIDE, "7")]),
        ("民法典 470、507", [("民法典", "470"), ("民法典", "507")]),
        ("民法典502", [("民法典", "502")]),
        ("《民法典》第 502 条", [("民法典", "502")]),
        ("职业教育法", [("职业教育法", "")]),
        ("7；民法典 577", [(GUIDE, "7"), ("民法典", "577")]),
        ("法释〔2023〕13号 65", [("法释〔2023〕13号", "65")]),
    ],
)
def test_a_citation_is_read_as_its_clauses(text: str, clauses: list[tuple[str, str]]) -> None:
    assert [(clause.source, clause.number) for clause in cited(text)] == clauses


def test_a_chapter_covers_its_sections_and_a_law_all_its_articles_but_470_is_not_47() -> None:
    assert CitedClause(source=GUIDE, number="8").covers(CitedClause(source=GUIDE, number="8.4"))
    assert CitedClause(source="民法典").covers(CitedClause(source="民法典", number="470"))
    assert not CitedClause(source="民法典", number="47").covers(CitedClause(source="民法典", number="470"))


def test_all_twelve_elements_and_their_fields_serve_8_4() -> None:
    lines = serving("8.4", SCHEMAS)
    for number in range(1, 13):
        assert any(line.startswith(f"规则 E{number:02}　") for line in lines)
    assert any("costs" in line for line in lines)


def test_an_article_is_served_by_the_rule_that_cites_it() -> None:
    assert any(line.startswith("规则 L11") for line in serving("民法典第502条", SCHEMAS))


def test_what_nobody_serves_gives_nothing() -> None:
    assert serving("9999", SCHEMAS) == ()
    assert serving("没有这部法", SCHEMAS) == ()
