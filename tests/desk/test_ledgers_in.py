"""Eight ledgers in eight layouts: no cell comes in wrong, few are asked, what is lost is told."""

from __future__ import annotations

import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.desk.ledger_layout import LedgerLayout, layout
from pipeline.desk.ledger_rows import LedgerRow, ledger_rows
from pipeline.record.model import Records
from pipeline.record.register import load
from pipeline.record.register.by_name import named
from pipeline.returned.filled_book import read_book
from tests.college import SCHEMAS, college
from tests.desk.ledgers import CHENGUANG, SAMPLES, Sample, book


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    return load(college(Path(tmp_path_factory.mktemp("college"))).root, SCHEMAS).records


def taken(sample: Sample, records: Records) -> tuple[LedgerLayout, list[LedgerRow]]:
    [rows] = read_book(sample.content).sheets.values()
    found = layout(rows)
    assert found is not None
    schema = SCHEMAS[found.kind.kind.name]
    return found, list(ledger_rows(rows, found, schema, lambda word, sort: named(word, sort, records)))


@pytest.mark.parametrize("name", SAMPLES)
def test_no_cell_comes_in_wrong(name: str, records: Records) -> None:
    sample = SAMPLES[name]()
    found, rows = taken(sample, records)
    assert found.kind.name == sample.kind
    assert [row.data for row in rows] == list(sample.rows)
    assert sum(len(row.asked) for row in rows) == sample.asked
    assert sum(len(row.refused) for row in rows) == sample.refused


def test_few_cells_are_asked(records: Records, capsys: pytest.CaptureFixture[str]) -> None:
    count: Counter[str] = Counter()
    for sample in SAMPLES.values():
        for row in taken(sample(), records)[1]:
            count.update(sure=len(row.values), asked=len(row.asked), refused=len(row.refused))
    share = count["asked"] / count.total()
    with capsys.disabled():
        sys.stdout.write(f"\n{len(SAMPLES)} ledgers: {dict(count)}, {share:.1%} asked\n")
    assert count["sure"] > 90 and share <= 0.15


def test_what_is_not_taken_in_is_told_by_its_head(records: Records) -> None:
    assert taken(SAMPLES["old_agreements"](), records)[0].states == ("履行状态",)
    assert taken(SAMPLES["staff"](), records)[0].private == ("身份证号",)
    assert taken(SAMPLES["starred"](), records)[0].unused == ("备注栏",)


def test_a_code_kept_as_a_number_is_told_as_lost(records: Records) -> None:
    [cell] = taken(SAMPLES["two_heads"](), records)[1][0].refused
    assert cell.where == "Sheet!C5" and "后几位已经丢了" in cell.reason


def test_a_part_of_a_name_is_asked_about(records: Records) -> None:
    [_, _, row] = taken(SAMPLES["old_agreements"](), records)[1]
    [cell] = row.asked
    assert cell.reason == "“云帆样例软件”是不是“云帆样例软件有限公司”（yunfan-software）"
    assert cell.value == ["yunfan-software"]
    assert not named("云帆样例软件", "enterprise", records).whole
    assert named("云帆样例软件有限公司", "enterprise", records).whole


def test_remarks_beside_a_name_are_asked_and_a_number_beside_a_person_is_a_number(records: Records) -> None:
    rows = [
        ["企业名称", "统一社会信用代码", "联系人及电话", "注册资本"],
        ["远山样例机械有限公司（原远山机械厂）", "'91149999MA99E0075B", "郗样乙 13800000000", "伍佰万元整"],
        ["碧水样例食品厂①", "无", "郗样丙13900000000/0350-1234567", "约伍万元"],
    ]
    first, second = taken(Sample(kind="enterprise", content=book(rows), rows=()), records)[1]
    assert [cell.value for cell in (*first.asked, *second.asked)] == [
        "远山样例机械有限公司",
        "碧水样例食品厂",
    ]
    assert first.data == {
        "credit_code": "91149999MA99E0075B",
        "contact": {"name": "郗样乙", "phone": "13800000000"},
        "registered_capital": Decimal("5000000.00"),
    }
    assert second.data == {} and {cell.where for cell in second.refused} == {"Sheet!C3", "Sheet!D3"}


def test_a_term_that_ends_before_it_begins_is_refused(records: Records) -> None:
    rows = [
        ["项目名称", "合作企业", "起始日期", "终止日期"],
        ["样例项目", CHENGUANG, "2027-8-31", "2024-9-1"],
    ]
    [row] = taken(Sample(kind="agreement", content=book(rows), rows=()), records)[1]
    assert "term" not in row.data and "比开始日期" in row.refused[0].reason


def test_where_a_teacher_was_sent_is_no_post_of_the_teachers(records: Records) -> None:
    rows = [["姓名", "部门", "挂职企业", "天数", "岗位"], ["白样本", "机械工程系", CHENGUANG, "60", "工艺员"]]
    found, [row] = taken(Sample(kind="placement", content=book(rows), rows=()), records)
    assert found.kind.name == "placement"
    assert row.data["enterprise"] == "chenguang-cnc" and row.data["task"] == "工艺员"
