"""Sentences the law does not let stand are found, and the honest ones that sound like them are not."""

from __future__ import annotations

import re
from decimal import Decimal
from importlib import import_module
from pkgutil import iter_modules

import pytest

from pipeline.check.rules import forbidden
from pipeline.check.rules.amounts import says_amounts_alike
from pipeline.check.rules.forbidden.fees import takes_no_fees_from_students
from pipeline.check.rules.forbidden.harm import exempts_nobody_from_injury
from pipeline.check.rules.forbidden.penalties import has_moderate_damages
from pipeline.check.rules.forbidden.sayings import Saying
from pipeline.check.rules.rule import Rule
from pipeline.record.model import Agreement, Item, Records

_LITERAL_MARK = re.compile(r"(?<!\(\?)(?<!\(\?<)!")
"""An exclamation mark that begins no lookahead."""


def test_every_marked_word_of_a_shape_is_taken_as_the_verb_and_not_as_a_mark_in_the_text() -> None:
    modules = [import_module(one.name) for one in iter_modules(forbidden.__path__, f"{forbidden.__name__}.")]
    sayings = [
        one
        for module in modules
        for group in vars(module).values()
        if isinstance(group, tuple)
        for one in group
    ]
    shapes = [shape.text for one in sayings if isinstance(one, Saying) for shape in one.shapes]
    assert len(shapes) > 100
    assert [shape for shape in shapes if _LITERAL_MARK.search(shape)] == []


def _ways(rule: Rule, text: str) -> list[str]:
    agreement = Agreement(safety=text, breach={"college": (text,)}) if rule is has_moderate_damages else None
    return [fault.way for fault in rule.check(agreement or Agreement(safety=text), Records())]


@pytest.mark.parametrize(
    "text",
    [
        "实习期间发生伤亡，与学院无关。",
        "学徒受伤的，公司概不负责",
        "学生在企业发生意外的，后果自负",
        "发生人身伤害事故的，由学生本人自行承担",
        "企业不承担任何安全责任",
        "对实习学生的人身损害免除企业的赔偿责任；其他照常",
        "学生上下班途中死亡、受伤的，企业不负赔偿责任",
    ],
)
def test_a_sentence_that_exempts_from_injury_is_found(text: str) -> None:
    assert _ways(exempts_nobody_from_injury, text) in (["injury"], ["borne"])


@pytest.mark.parametrize(
    "text",
    [
        "任何一方不得以学生有过错为由拒绝承担人身伤害的赔偿责任",
        "发生工伤的，由企业承担工伤保险责任，学校不承担责任",
        "因不可抗力致人员伤亡的，不承担违约责任",
        "本条不免除任何一方对人身伤害应负的责任",
        "意外险不包含与实训无关的活动",
        "发生安全事故的，双方立即救治，与保险公司联系理赔",
        "约定人身伤害免责的条款无效",
        "企业承担学生实习期间的安全责任",
    ],
)
def test_a_sentence_that_settles_or_keeps_liability_is_left_alone(text: str) -> None:
    assert _ways(exempts_nobody_from_injury, text) == []


@pytest.mark.parametrize("text", ["逾期不交资料的，后果自负", "对设备闲置，企业不承担任何责任"])
def test_a_sentence_that_shrugs_off_everything_is_only_warned_about(text: str) -> None:
    assert _ways(exempts_nobody_from_injury, text) == ["sweeping"]


@pytest.mark.parametrize(
    "text",
    [
        "学生不服从管理的，缴纳管理费",
        "学生离开岗位的，缴纳培训费",
        "向每名实习生收取管理费 300 元",
        "学生须向企业缴纳押金",
        "就业服务费由学生承担",
        "从实习生的报酬中扣除管理费",
        "可以向学生收取押金，但不得收取培训费",
        "实习责任险由学生自行出资，保费由学生自理",
    ],
)
def test_a_fee_taken_from_students_is_found(text: str) -> None:
    assert _ways(takes_no_fees_from_students, text) in (["charged"], ["deducted"])


@pytest.mark.parametrize(
    "text",
    [
        "擅自调整学徒计划的，承担医院因此增加的费用",
        "逾期提交学生名单的，承担企业因此增加的费用",
        "变更学徒培养方案未通知企业的，承担由此增加的培训费",
        "减少学生人数的，承担企业空置岗位的费用",
        "不得向学生收取押金、管理费和就业服务费",
        "学校为每名实习学生缴纳保险费",
        "学生不承担保险费",
        "任何一方都不得要求学生支付培训费",
        "向参训职工收取培训费",
        "学生交流活动的服务费由企业承担",
        "企业每月向学生支付报酬，不收取管理费",
    ],
)
def test_a_sentence_that_spares_students_or_charges_others_is_left_alone(text: str) -> None:
    assert _ways(takes_no_fees_from_students, text) == []


@pytest.mark.parametrize(
    ("text", "percent"),
    [("支付价款 31% 的违约金", "31"), ("违约金为百分之四十", "40"), ("违约金为投入总额的百分之百", "100")],
)
def test_high_damages_are_named_with_their_rate(text: str, percent: str) -> None:
    agreement = Agreement(breach={"college": (text,)})
    assert [fault.values["percent"] for fault in has_moderate_damages.check(agreement, Records())] == [
        percent
    ]


@pytest.mark.parametrize(
    "text",
    [
        "支付价款 30% 的违约金",
        "违约金为百分之十五",
        "违约金以实际损失的 130% 为限",
        "到课率低于 90% 的，补足课时。违约金另计",
    ],
)
def test_moderate_damages_are_left_alone(text: str) -> None:
    assert _ways(has_moderate_damages, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "经费 1409.50 元（大写：人民币壹仟肆佰零玖元伍角整）",
        "经费人民币叁拾万元整（小写：¥300,000.00）",
        "经费 30 万元（叁拾万元正）",
        "经费 0.5 元（大写零元伍角）",
        "经费 300000 元，其中叁拾万元整用于设备以外的，另立账户",
    ],
)
def test_amounts_that_agree_are_left_alone(text: str) -> None:
    assert _ways(says_amounts_alike, text) == []


def test_amounts_that_differ_are_told_with_the_right_words() -> None:
    (fault,) = says_amounts_alike.check(Agreement(safety="经费 30 万元（大写：叁万元整）"), Records())
    assert fault.values == {"figure": "300,000.00", "right": "叁拾万元整", "words": "叁万元整"}


def test_an_amount_beyond_words_is_left_alone() -> None:
    assert _ways(says_amounts_alike, "经费 999999999999999 万元（大写：叁万元整）") == []


def test_every_text_of_the_agreement_is_read() -> None:
    agreement = Agreement(other_terms=("按季结算", "学徒受伤的，公司概不负责"))
    (fault,) = exempts_nobody_from_injury.check(agreement, Records())
    assert (fault.at, fault.offset) == (("other_terms", 1), 0)


def test_a_line_s_amount_is_rounded_to_the_cent_like_the_pages() -> None:
    line = Item(quantity=Decimal("0.5"), unit_price=Decimal("0.25"))
    assert line.amount == Decimal("0.13")
