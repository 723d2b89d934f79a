"""The pages in docs/ are what the program says today, and the page of rules tells every code."""

from __future__ import annotations

import re

import pytest

from pipeline.check.catalogue import CODES
from pipeline.check.handbook import PAGES, record_pages
from pipeline.check.handbook.rule_pages import FAMILIES, page
from pipeline.check.rules.table import RULES
from pipeline.record.kinds import KINDS
from tests.college import ROOT, SCHEMAS


@pytest.mark.parametrize("name", PAGES)
def test_the_written_page_is_not_stale(name: str) -> None:
    written = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert written == PAGES[name](SCHEMAS), f"docs/{name} is stale: run coop docs"


def test_every_family_of_codes_has_a_title() -> None:
    assert {code[0] for code in CODES} <= set(FAMILIES)


def test_every_code_has_its_section_with_title_reason_and_clause() -> None:
    sections = page(SCHEMAS).split("\n### ")[1:]
    assert len(sections) == len(CODES)
    for section in sections:
        code = CODES[section[:3]]
        assert section.startswith(f"{code.code}　{code.title}\n")
        assert code.why in section and code.clause in section and code.hint in section


def test_every_rule_shows_lines_that_fail_and_all_its_messages() -> None:
    for section in page(SCHEMAS).split("\n### ")[1:]:
        rule = next((rule for rule in RULES if rule.info.code == section[:3]), None)
        if rule:
            assert "通不过：\n\n```yaml\n" in section
            assert section.count("\n- ") >= 3 + len(rule.ways)


def test_the_page_hides_nothing_and_leaves_no_fence_open() -> None:
    text = page(SCHEMAS)
    assert re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e]", text) is None
    assert text.count("```") % 2 == 0


def test_the_page_is_the_same_every_time() -> None:
    assert page(SCHEMAS) == page(SCHEMAS)


def test_the_page_of_records_names_every_kind_its_place_and_every_field() -> None:
    text = record_pages.page(SCHEMAS)
    for kind in KINDS:
        section = text.split(f'<a id="{kind.name}"></a>')[1].split("<a id=")[0]
        assert kind.label in section
        named = [path for path, field in SCHEMAS[kind.name].walk() if field.key != "*"]
        assert section.count("\n| `") == len(named)
    assert "`agreements/projects/<项目编号>/inspections/<编号>.yaml`" in text
