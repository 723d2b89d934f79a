"""Single sentences of agreements that others wrote: what is said stays whole, what is fixed is read."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.desk.papers import paper_terms
from pipeline.desk.papers.headed import headed, unmarked
from pipeline.desk.papers.outline import PaperArticle
from pipeline.kernel.finding import DataPath

SIDES = {"甲方": "college", "乙方": "chenguang-cnc"}


@pytest.mark.parametrize(
    "text",
    [
        "1+X证书培训每年两期。",
        "5G实训室一间。",
        "3D打印课程。",
        "2台五轴加工中心。",
        "12名工程师授课。",
        "1.5米长的导轨。",
        "1.5 米长的导轨。",
        "2、3号车间用于实训。",
        "一、二年级学生参加。",
        "（CNC）加工实训。",
        "A、B两条产线。",
        "-5℃环境试验。",
        "30%的课时由企业承担。",
    ],
)
def test_words_that_begin_with_a_number_stay_whole(text: str) -> None:
    assert unmarked(text) == text


@pytest.mark.parametrize(
    "mark",
    [
        "1、",
        "1.",
        "1. ",
        "12．",
        "1）",
        "1)",
        "（1）",
        "(12)",
        "（一）",
        "1.1 ",
        "2.1.3 ",
        "①",
        "一、",
        "a)",
        "• ",
    ],
)
def test_the_number_of_a_paragraph_is_left_out(mark: str) -> None:
    assert unmarked(f"{mark}共建实训室。") == "共建实训室。"
    assert unmarked("1.2甲方提供场地。") == "甲方提供场地。"


def _sure(title: str, text: str) -> dict[DataPath, Any]:
    article = PaperArticle(label="第一条", title=title, head=0, own="", body=(1,))
    return {one.path: one.value for one in headed(article, [(1, text)], SIDES) if one.sure}


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("任何一方均可依法向甲方所在地有管辖权的人民法院提起诉讼。", "甲方所在地有管辖权的人民法院"),
        ("协商不成的，向甲方所在地人民法院起诉。", "甲方所在地人民法院"),
        ("协商不成的，由样本市人民法院管辖，可以起诉。", "样本市人民法院"),
        ("争议发生时应在合同签订地人民法院诉讼解决。", "合同签订地人民法院"),
        ("协商不成的，提交样本仲裁委员会仲裁。", "样本仲裁委员会"),
        ("向有管辖权的人民法院起诉。", None),
        ("任何一方不得向甲方所在地人民法院起诉。", None),
        ("向甲方或乙方所在地人民法院起诉。", None),
    ],
)
def test_the_court_is_named_without_the_words_before_it(text: str, body: str | None) -> None:
    assert _sure("争议解决", text).get(("dispute", "body")) == body


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("任何一方可提前30日书面通知对方解除本协议。", 30),
        ("一方不履行义务的，另一方可提前30日通知解除。", 30),
        ("甲方可以不提前30日通知乙方而解除。", None),
        ("甲方免于提前30日通知。", None),
    ],
)
def test_days_of_notice_are_those_that_must_be_kept(text: str, days: int | None) -> None:
    assert _sure("协议终止", text).get(("termination", "notice_days")) == days


def test_a_term_is_read_without_what_comes_after_it() -> None:
    text = "合作期限为三年，自签字之日起算，期满无异议自动延长一年。"
    found = {one.path[-1]: (one.value, one.doubt) for one in paper_terms.term([(0, text, "")])}
    assert found == {"basis": ("signing", ""), "months": (36, "")}


def test_a_plain_promise_to_pay_is_still_sure() -> None:
    text = "甲方应不迟于验收后十日向乙方支付技术服务费2万元。"
    [one] = paper_terms.payments([(0, text, "")], SIDES)
    assert one.sure and one.value["amount"] == 20000


@pytest.mark.parametrize("title", ["保密", "知识产权", "保险", "合作内容", "违约责任", "合作地点"])
@pytest.mark.parametrize("text", ["不适用", "无。", "/", "____", "待定", "本协议不涉及。", "双方另行约定"])
def test_an_article_that_says_nothing_gives_no_field(title: str, text: str) -> None:
    assert _sure(title, text) == {}


def test_a_short_article_still_says_something() -> None:
    assert _sure("合作内容", "共建实训室。") and _sure("保密", "保密两年。") and _sure("合作地点", "校内")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("违约责任", "乙方不承担违约责任。"),
        ("违约责任", "甲方逾期的，无须赔偿。"),
        ("乙方义务", "不承担培训费用。"),
        ("甲方责任", "甲方无需提供场地。"),
    ],
)
def test_what_a_side_need_not_do_is_asked(title: str, text: str) -> None:
    assert _sure(title, text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "合作期限叁年，自签字之日起生效，原2021年9月1日至2024年8月31日的协议同时废止。",
        "原协议期限为2021年9月1日至2024年8月31日，现延长至2027年8月31日。",
        "合作期限由2021年9月1日至2024年8月31日变更为五年。",
    ],
)
def test_the_term_of_an_earlier_agreement_is_no_sure_term(text: str) -> None:
    found = list(paper_terms.term([(0, text, "合作期限")]))
    assert found and not any(one.sure for one in found)


@pytest.mark.parametrize(
    "text", ["甲方向乙方支付的费用20万元由第三人垫付。", "甲方向乙方支付的费用2万元由学生会承担。"]
)
def test_what_somebody_else_pays_is_asked(text: str) -> None:
    assert not any(one.sure for one in paper_terms.payments([(0, text, "")], SIDES))
