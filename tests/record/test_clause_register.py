"""Every clause of the draft is served, and everything that is named as serving it exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.check.catalogue import CODES
from pipeline.check.handbook import conformity
from pipeline.check.handbook.conformity import VIEWS, explained, page, proof, provisions
from pipeline.check.rules.table import RULES
from pipeline.cli.app import _COMMANDS
from pipeline.compose.document_names import DOCUMENTS
from pipeline.record import clause_register
from pipeline.record.clause_register import STRENGTHS, Provision, asked
from pipeline.record.kinds import KINDS
from pipeline.record.schema import SchemaError
from tests.college import ROOT, SCHEMAS

PROVISIONS = provisions()
each_clause = pytest.mark.parametrize("provision", PROVISIONS, ids=lambda one: str(one.shown))

LISTS = {"5.5": "e", "5.6": "f", "6.1": "i", "6.2": "g", "7": "f", "8.3": "d"}
"""The draft's lists and the letter of their last item, counted in its text."""


def test_every_clause_and_list_item_of_the_draft_is_there_once_in_its_order() -> None:
    numbers = [one.number for one in PROVISIONS]
    assert len(set(numbers)) == len(numbers)
    chapters = [int(re.match("[0-9]+", number)[0]) for number in numbers]  # type: ignore[index]
    assert chapters == sorted(chapters) and set(chapters) == set(range(1, 11))
    for clause, last in LISTS.items():
        letters = [number[-1] for number in numbers if re.fullmatch(rf"{re.escape(clause)}[a-z]", number)]
        assert letters == [chr(code) for code in range(ord("a"), ord(last) + 1)]


@each_clause
def test_a_clause_is_served_by_something(provision: Provision) -> None:
    assert provision.served
    assert re.search(r"[\u4e00-\u9fff]", provision.text)


@each_clause
def test_what_a_clause_names_exists(provision: Provision) -> None:
    for name in provision.records:
        kind, _, path = name.partition(".")
        assert kind in SCHEMAS, name
        assert not path or SCHEMAS[kind].at(tuple(path.split("."))) is not None, name
    assert set(provision.rules) <= set(CODES)
    assert set(provision.documents) <= set(DOCUMENTS)
    assert set(provision.views) <= set(VIEWS)


@each_clause
def test_what_must_be_done_has_a_rule(provision: Provision) -> None:
    if provision.strength == "shall":
        assert provision.rules, "应"


@each_clause
def test_a_clause_names_a_test_that_is_there(provision: Provision) -> None:
    name = proof(provision)
    file, _, story = name.partition("::")
    assert (ROOT / file).exists(), name
    if story:
        story, _, kind = story.rstrip("]").partition("[")
        assert f"def {story}(" in (ROOT / file).read_text()
        assert kind in {one.name for one in KINDS}


def test_every_rule_on_cooperation_serves_a_clause() -> None:
    serving = {code for one in PROVISIONS for code in one.rules}
    own = {rule.info.code for rule in RULES if rule.info.code[0] in "EGCOPVXQU"}
    assert own - serving == set()


def test_every_kind_of_record_serves_a_clause() -> None:
    serving = {name.partition(".")[0] for one in PROVISIONS for name in one.records}
    assert {kind.name for kind in KINDS} - serving == {
        "waivers"
    }  # a waiver serves no clause: it lets one pass


def test_documents_and_views_are_no_empty_names() -> None:
    templates = {path.stem for path in (ROOT / "templates").rglob("*.md")}
    assert set(DOCUMENTS) == templates
    pages = {f"site/{path.stem}" for path in (ROOT / "pipeline" / "site" / "pages").glob("*.html")}
    verbs = {f"coop/{verb}" for verb in _COMMANDS}
    named = (*(ROOT / "pipeline" / "standing").glob("*.py"), *(ROOT / "templates" / "packs").glob("*.yaml"))
    reports = "".join(path.read_text(encoding="utf-8") for path in named)
    for view in VIEWS:
        assert view in pages | verbs or view.removeprefix("ledger/") in reports, view


def test_no_document_or_view_is_named_for_nothing() -> None:
    named = {name for one in PROVISIONS for name in (*one.documents, *one.views)}
    assert set(DOCUMENTS) - named == {"agreement-letter"}
    assert set(VIEWS) - named == set()


def test_the_page_has_a_row_for_each_clause_with_its_strength_and_its_test() -> None:
    rows = [line for line in page(SCHEMAS).splitlines() if line.startswith("| ") and "`" in line]
    assert len(rows) == len(PROVISIONS)
    for row, provision in zip(rows, PROVISIONS, strict=True):
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert cells[:3] == [provision.shown, STRENGTHS[provision.strength], provision.text]
        assert cells[-1] == f"`{proof(provision)}`"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("8.3", ["8.3", "8.3 a)", "8.3 b)", "8.3 c)", "8.3 d)", "8.3 末段"]),
        ("指南（草案）6.1 a)", ["6.1 a)"]),
        ("6.1i", ["6.1 i)"]),
        ("第 9.1 条", ["9.1"]),
        ("1", ["1 第一段", "1 第二段"]),
        ("8.9", []),
        ("民法典 470", []),
        ("", []),
    ],
)
def test_a_clause_is_found_however_it_is_typed(text: str, found: list[str]) -> None:
    assert [one.shown for one in asked(PROVISIONS, text)] == found


def test_an_explanation_names_records_rules_and_views_in_words() -> None:
    lines = list(explained(asked(PROVISIONS, "9.1"), SCHEMAS))
    assert lines[0] == "9.1（陈述）每月一次校企合作例会"
    assert "  记录　例会（meeting）" in lines
    assert "  规则　Q01　每月开一次例会" in lines
    assert "  展示　网站：工作例会" in lines


@pytest.mark.parametrize(
    "text",
    [
        "clauses: {'1': {strength: must, text: 某条}}",
        "clauses: {'1': {strength: shall}}",
        "clauses: {'1': {strength: shall, text: 某条, rule: [E01]}}",
        "clauses: [",
    ],
)
def test_a_register_that_is_written_wrongly_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "standard.yaml").write_text(text)
    with pytest.raises(SchemaError):
        clause_register.load(tmp_path)


def test_a_register_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SchemaError):
        clause_register.load(tmp_path)


def test_the_register_lies_beside_the_schemas() -> None:
    assert (conformity.SCHEMAS / "standard.yaml").is_file()
