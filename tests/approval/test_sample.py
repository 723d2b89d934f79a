"""The sample college's own trail: everything on record, nothing wrong, nothing said beyond L0."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from pipeline.approval.trail.final_file import Verdict, examine
from pipeline.approval.trail.inspect import inspect, unpacked
from pipeline.approval.trail.papers import working
from pipeline.kernel.document import PAGE, Block, Document, Form, Runs, Table, plain
from pipeline.kernel.finding import Severity
from pipeline.record.rounds.decision import decide
from tests.college import ROOT, SCHEMAS, TEMPLATES
from tests.output.sample_papers import documents, papers


def test_most_subjects_are_approved_on_record_and_one_waits() -> None:
    trail = inspect(unpacked(ROOT), None, SCHEMAS, TEMPLATES, only=())
    rules = trail.chain.current
    assert rules is not None
    assert not [found for found in trail.all_findings if found.severity is Severity.ERROR]
    assert not [found for one in trail.dossiers.values() for found in one.findings]
    decided = {name: decide(one, rules.rules, pinned=False) for name, one in trail.dossiers.items()}
    complete = {name for name, one in decided.items() if one.complete}
    waiting = set(decided) - complete
    assert waiting == {"projects/2026-bl-001/agreement"}
    assert {name.split("/")[0] for name in complete} == {"projects", "plans"}
    assert {name.rpartition("/")[2] for name in complete} >= {"agreement", "01"}
    bases = {vote.statement.basis for one in trail.dossiers.values() for vote in one.votes}
    assert bases == {"claimed", "paper"}


def test_every_round_is_what_its_record_composes_to() -> None:
    """After a change of wording: `python -m tests.approval.refreeze`."""
    trail = inspect(unpacked(ROOT), None, SCHEMAS, TEMPLATES)
    changed = {name: [str(one) for one in state.differences] for name, state in trail.states.items()}
    assert {name: some for name, some in changed.items() if some} == {}


def test_the_form_of_a_plan_is_called_after_it_and_dated_in_words() -> None:
    made = documents()["trail plan-approval-form"]
    tables = [block for block in made.body.blocks if isinstance(block, Table)]
    told = [[plain(cell.runs) for cell in row] for table in tables for row in table.rows]
    assert made.body.title == "年度计划审批表"
    assert "协议编号" not in {row[0] for row in told}
    (drafter,) = [row[1] for row in told if row[0] == "起草人"]
    assert re.fullmatch(r"[\u4e00-\u9fff]{2,4}", drafter)  # a name, not the id of the records
    dates = [row[3] for row in told if row[0] == "分管副院长"]
    assert len(dates) == 1 and re.fullmatch(r"202\d年\d+月\d+日", dates[0])


def _rows(made: Document) -> dict[str, list[str]]:
    """The rows of all tables by their first cell."""
    tables = [block for block in made.body.blocks if isinstance(block, Table)]
    rows = [[plain(cell.runs) for cell in row] for table in tables for row in table.rows]
    return {row[0]: row[1:] for row in rows}


def test_the_form_of_an_amendment_is_that_of_a_contract_and_says_of_which() -> None:
    """In a dossier it stands beside that of the agreement."""
    assert documents()["trail amendment-approval-form"].body.title == "合同审批表（补充协议）"


def test_the_form_of_an_amendment_prints_what_only_the_records_hold() -> None:
    rows = _rows(documents()["trail amendment-approval-form"])
    assert rows["会议纪要号"] == ["院长办公会〔2026〕9号"]
    assert rows["归口部门"] == ["赵样图", "同意（只有登记，审批记录里没有）", "2026年6月25日"]
    assert rows["院长"][0] == "李示言" and "L0 有记录" in rows["院长"][1], (
        "of a role of the rules the trail tells"
    )


def test_so_does_that_of_an_agreement_which_marks_it_in_the_same_words() -> None:
    trail = inspect(unpacked(ROOT), None, SCHEMAS, TEMPLATES)
    given = working(trail, trail.current)["projects/2025-im-001"]["approval-form"].document
    assert given.body.title == "合同审批表（合作协议）"
    said = [plain(runs) for block in given.body.blocks for runs in _runs(block)]
    assert any("赵样图（只有登记，审批记录里没有）" in text for text in said), said
    assert sum("只有登记" in text for text in said) == 1, "what the trail tells is not marked"


def _runs(block: Block) -> Iterator[Runs]:
    if isinstance(block, Form):
        for one in block.fields:
            yield from one.lines


@pytest.mark.parametrize("name", ["trail plan", "final plan"])
def test_a_plan_keeps_the_page_numbers_of_an_official_document(name: str) -> None:
    made = documents()[name]
    assert made.layout == "official" and made.frame.footer == f"— {PAGE} —"
    assert "文字" in made.frame.status and "L0" not in made.frame.status and made.frame.header == ""


@pytest.mark.parametrize("name", ["final plan", "final agreement", "final amendment"])
def test_what_is_printed_as_final_verifies(name: str) -> None:
    trail = inspect(unpacked(ROOT), None, SCHEMAS, TEMPLATES)
    verdict = examine(trail, "定稿.docx", papers()[name].word, TEMPLATES)
    assert verdict.verdict is Verdict.GENUINE and verdict.findings == ()
