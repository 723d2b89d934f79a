"""How values are printed: in Chinese, by the schema's type, and as a visible gap where they are missing."""

from __future__ import annotations

import pytest

from pipeline.kernel.codes.templating import WordingError
from tests.college import COLLEGE, SmallCollege
from tests.compose.samples import blocks, composed, drop, lines, put, record_path, runs_of


def printed(home: SmallCollege, expression: str) -> str:
    (line,) = lines(blocks(home, "{{ " + expression + " }}"))
    return line


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a.title", "数控实训基地共建与订单培养"),
        ("a.term.start", "2026年9月1日"),
        ("a.inputs.total", "¥1,020,000.00"),
        ("a.interns", "30"),
        ("a.copies.total", "4"),
        ("a.copies.each", "甲方2、乙方2"),
        ("a.costs.at(1).shares", "甲方60%、乙方40%"),
        ("a.costs.at(1).kind", "运行成本"),
        ("a.inputs.equipment.at(0).ownership", "乙方"),
        ("a.inputs.equipment.at(0).quantity", "2"),
        ("a.inputs.equipment.at(0).delivered_by", "2026年9月1日"),
        ("a.forms", "共建实训基地、订单培养"),
        ("a.parties.college.signatory", "白样本"),
        ("a.parties.enterprises", "晨光样例数控装备有限公司"),
        ("a.responsible.implementer", "机械工程系"),
        ("a.responsible.supporting", "财务处"),
        ("a.effectiveness.condition", "各方签字盖章并经甲方履行完合同审批手续"),
        ("a.dispute.method", "诉讼"),
        ("college.office.name", "校企合作办公室"),
        ("college.legal_representative", "白样本"),
        ("parties[1].contact.name", "褐样例"),
    ],
)
def test_a_value_is_printed_in_its_chinese_form(home: SmallCollege, expression: str, expected: str) -> None:
    assert printed(home, expression) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("60", "60%"), ("33.5", "33.5%"), ("12.50", "12.5%"), ("100.00", "100%"), ("0", "0%")],
)
def test_a_share_is_printed_without_needless_zeros(home: SmallCollege, written: str, expected: str) -> None:
    home.change("{college: 60, chenguang-cnc: 40}", f"{{college: {written}, chenguang-cnc: 40}}")
    assert printed(home, "a.costs.at(1).shares.at('college')") == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("2", "2"), ("2.50", "2.5"), ("0.5", "0.5"), ("1200", "1,200"), ("86000", "86,000")],
)
def test_a_quantity_is_printed_plainly_with_its_thousands_marked(
    home: SmallCollege, written: str, expected: str
) -> None:
    home.change("quantity: 2, unit: 台", f"quantity: {written}, unit: 台")
    assert printed(home, "a.inputs.equipment.at(0).quantity") == expected


def test_an_id_that_names_nobody_is_printed_as_it_is(home: SmallCollege) -> None:
    home.change("signatory: bai-yangben", "signatory: nobody")
    home.change("implementer: mechanical", "implementer: nowhere")
    made = blocks(home, "{{ a.parties.college.signatory }}、{{ a.responsible.implementer }}")
    assert lines(made) == ["nobody、nowhere"]


def test_a_flag_is_yes_or_no(home: SmallCollege) -> None:
    home.change("approval_no: 样校资〔2026〕8号}", "approval_no: 样校资〔2026〕8号, lease: true}")
    assert printed(home, "a.resources.premises.at(0).lease") == "是"


@pytest.mark.parametrize(
    ("expression", "expected", "path"),
    [
        ("a.purpose", "【待补充：合作目的】", "purpose"),
        ("a.term.end", "【待补充：结束日期】", "term.end"),
        ("a.term | years", "【待补充：开始日期】", "term.start"),
        ("a.inputs.total", "【待补充：投入合计（元）】", "inputs.total"),
        ("a.inputs.total | words", "【待补充：投入合计（元）】", "inputs.total"),
        ("a.majors | join_words", "【待补充：对应专业】", "majors"),
        ("a.copies.each.at('college')", "【待补充：份数】", "copies.each.college"),
        ("parties[1].breach", "【待补充：一方的违约责任】", "breach.chenguang-cnc"),
    ],
)
def test_what_is_missing_is_a_gap_that_names_its_label_and_path(
    home: SmallCollege, expression: str, expected: str, path: str
) -> None:
    drop(home, "purpose", "term", "inputs", "copies", "breach", "majors")
    (run,) = runs_of(blocks(home, "{{ " + expression + " }}"))
    assert (run.text, run.gap, record_path(run)) == (expected, True, path)


def test_a_blank_value_is_a_gap_too(home: SmallCollege) -> None:
    put(home, "purpose", "  ")
    (run,) = runs_of(composed(home, "{{ a.purpose }}").body.blocks)
    assert (run.text, run.gap) == ("【待补充：合作目的】", True)


def test_a_declared_none_gives_its_reason_from_its_place(home: SmallCollege) -> None:
    drop(home, "revenue")
    home.write(home.text() + "revenue: {none: 基地不对外*开放*服务}\n")
    wording = "{% if a.revenue.none %}理由：{{ a.revenue.none }}{% else %}有{% endif %}"
    _, reason = runs_of(blocks(home, wording))
    assert (reason.text, record_path(reason)) == ("基地不对外*开放*服务", "revenue.none")


def test_conditions_see_absence_zero_and_choice(home: SmallCollege) -> None:
    drop(home, "majors")
    wording = (
        "{% if a.majors %}专业{% endif %}{% if a.interns %}实习{% endif %}"
        '{% if a.dispute.method == "court" %}法院{% endif %}'
        '{% if "training-base" in a.forms %}基地{% endif %}{% if a.inputs.none %}无投入{% endif %}'
    )
    assert lines(blocks(home, wording)) == ["实习法院基地"]
    home.change("interns: 30", "interns: 0")
    assert lines(blocks(home, wording)) == ["法院基地"]


def test_a_value_that_is_no_list_cannot_be_looped_over(home: SmallCollege) -> None:
    with pytest.raises(WordingError, match="合作项目名称不是清单"):
        blocks(home, "{% for word in a.title %}{{ word }}{% endfor %}")


def test_a_value_of_the_college_names_the_colleges_file(home: SmallCollege) -> None:
    (run,) = runs_of(blocks(home, "{{ college.address }}"))
    assert (run.origin.file, run.origin.path) == (COLLEGE, "address")
