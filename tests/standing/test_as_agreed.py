"""An amendment that has been signed changes the figures everywhere; one that has not, changes none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.record.model import Records
from pipeline.record.register import load
from pipeline.standing.agreed import term_of
from pipeline.standing.annual import annual
from pipeline.standing.as_agreed import agreement_of
from pipeline.standing.as_of import as_of
from pipeline.standing.labels import Labels
from pipeline.standing.ledgers import LedgerContext, agreements
from pipeline.standing.partners import brought, ledger
from pipeline.standing.portfolio import by_department, by_enterprise
from tests.college import SCHEMAS, SmallCollege
from tests.living import TODAY, living

AMENDMENT = "agreements/projects/example/amendments/01.yaml"
SIGNING = "agreements/projects/example/signing.yaml"
SIGNED = """
amendments:
  - amendment: "01"
    parties:
      college: {signatory: 白样本, signed_on: 2026-06-20, seal: 样本职业技术学院, sealed_on: 2026-06-20}
      chenguang-cnc: {signatory: 朱样例, signed_on: 2026-06-18, seal: 晨光样例数控装备有限公司, sealed_on: 2026-06-18}
    review:
      legal: {counsel: 样例律师事务所, on: 2026-06-10, opinion: 可以签署}
      approvals: [{role: 分管领导, by: bai-yangben, on: 2026-06-15}]
"""
CHANGE = "kind: amendment\ntitle: 补充协议\nreason: 情况变化\n"
LINE = "{name: 三坐标测量机, quantity: 1, unit: 台, unit_price: 100000.00, ownership: chenguang-cnc, delivered_by: 2026-08-20}"


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    found = living(tmp_path / "college")
    for name in (SIGNING, AMENDMENT):
        text = found.text(name)
        found.write(text.split("\namendments:")[0] + "\n" if name == SIGNING else text, name)
    return found


def amended(home: SmallCollege, change: str, *, signed: bool = True) -> Records:
    home.write(CHANGE + change, AMENDMENT)
    if signed:
        home.write(home.text(SIGNING) + SIGNED, SIGNING)
    return load(home.root, SCHEMAS).records


def put_in(records: Records) -> tuple[Decimal, Decimal, Decimal]:
    """What the enterprises put in, as the ledger of agreements, that of partners and the yearly report tell it."""
    context = LedgerContext(words=Labels(records=records, schemas=SCHEMAS), today=TODAY)
    return (
        agreements(context).total("企业投入（元）"),
        ledger(context).total("投入（元）"),
        annual(records, 2026, TODAY).put_in,
    )


def before(home: SmallCollege) -> Decimal:
    found = put_in(amended(home, "", signed=False))
    assert len(set(found)) == 1 and found[0]
    return found[0]


@pytest.mark.parametrize(
    "change",
    [
        f"inputs: {{equipment: [{LINE}]}}\n",
        "changes: [{{field: inputs.total, was: 原合计, now: {total} 元}}]\n",
    ],
    ids=["lines are added", "the total is set"],
)
def test_inputs_follow_once_the_amendment_is_signed(home: SmallCollege, change: str) -> None:
    old = before(home)
    text = change.format(total=old + 100_000) if "{total}" in change else change
    assert set(put_in(amended(home, text, signed=False))) == {old}
    records = amended(home, text)
    assert set(put_in(records)) == {old + 100_000}
    assert brought(records)["chenguang-cnc"] == old + 100_000
    inputs = agreement_of(records, "example").inputs
    assert inputs and inputs.total == inputs.sum == old + 100_000
    original = records.agreements["example"].inputs
    assert original and original.total == old


def test_the_department_and_the_manager_follow(home: SmallCollege) -> None:
    home.change(
        "  finance: {name: 财务处, kind: function}",
        "  finance: {name: 财务处, kind: function}\n  software: {name: 软件系, kind: teaching}",
        "agreements/college.yaml",
    )
    records = amended(
        home,
        "changes: [{field: responsible.implementer, was: 机械工程系, now: 由软件系实施},"
        " {field: responsible.manager, was: 黑样本, now: 由绿样本负责}]\n",
    )
    assert by_department(records, TODAY) == {"software": 1, "mechanical": 0}
    assert annual(records, 2026, TODAY, "software").working == ("example",)
    responsible = agreement_of(records, "example").responsible
    assert responsible and responsible.manager == "lv-yangben"


def test_the_parties_follow_and_the_agreement_stays_in_force(home: SmallCollege) -> None:
    records = amended(
        home,
        "changes: [{field: parties.enterprises, was: 乙方, now: 晨光样例数控装备有限公司和云帆样例软件有限公司}]\n",
    )
    assert by_enterprise(records)["yunfan-software"] == ("example",)
    assert annual(records, 2026, TODAY).partners == 2


def test_costs_follow(home: SmallCollege) -> None:
    records = amended(home, "changes: [{field: costs.0.shares.college, was: 原比例, now: 改为 55%}]\n")
    assert agreement_of(records, "example").costs[0].shares["college"] == 55


def test_words_that_hold_no_single_value_change_nothing(home: SmallCollege) -> None:
    old = before(home)
    records = amended(home, "changes: [{field: inputs.total, was: 原合计, now: 由 1000 元改为 2000 元}]\n")
    assert set(put_in(records)) == {old}


def test_a_renewal_lengthens_the_term_only_from_its_signing(home: SmallCollege) -> None:
    records = amended(home, "term: {end: 2031-12-31}\n")
    earlier = as_of(records, date(2026, 6, 19))
    ends = [term.end for one in (earlier, records) if (term := term_of(one, "example"))]
    assert ends[0] != ends[1] == date(2031, 12, 31)


@pytest.mark.parametrize(
    "now",
    [
        "投入总额由 {old:,} 元改为 {new:,} 元",
        "原投入 {old} 元，现增加到 {new} 元",
        "2026年8月20日起，投入总额调整为人民币 {new} 元",
        "追加后为 {new} 元，原为 {old} 元",
    ],
)
def test_of_several_values_the_new_one_is_taken(home: SmallCollege, now: str) -> None:
    old = before(home)
    words = now.format(old=old.quantize(Decimal(1)), new=(old + 100_000).quantize(Decimal(1)))
    records = amended(home, f"changes: [{{field: inputs.total, was: 原数, now: '{words}'}}]\n")
    assert set(put_in(records)) == {old + 100_000}


def test_words_with_several_new_values_change_nothing_and_are_told(home: SmallCollege) -> None:
    old = before(home)
    words = f"由{old}元调整为{old + 100_000}元，其中设备 50000 元"
    change = f"changes: [{{field: inputs.total, was: 原数, now: '{words}'}}]\n"
    assert set(put_in(amended(home, change))) == {old}
    amended(home, change, signed=False)
    home.write(home.text(SIGNING).split("\namendments:")[0] + "\n", SIGNING)
    assert any("看不出 inputs.total 改成了多少" in one.message for one in home.check().findings)
