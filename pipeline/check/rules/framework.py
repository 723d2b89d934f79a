"""F01 and F02: a letter of intent is no agreement, and does not look like one."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules.missing import gap_ways, written
from pipeline.check.rules.rule import Fault, fault, rule
from pipeline.record.model import Agreement, Records


def _is_agreement(agreement: Agreement) -> bool:
    return not agreement.framework


@rule(
    "F01",
    title="意向书单独成文，不写协议才有的内容",
    clause="法释〔2023〕13号 6；职业教育法 40",
    why="意向书只表示愿意合作，不算协议，代替不了 8.4 要求的协议；写进投入、费用、违约责任，到底算哪一种就会有争议。",
    hint="只表达意向的，forms 只写 framework，删去投入、成本、收入、违约责任；已经谈定的，删去 framework，按正式协议写。",
    ways={
        "mixed": "合作意向（framework）只能单独写，不能和{forms}写在一起；意向书不算协议",
        "binding": "意向书里写了{what}，这是正式协议的内容；意向书不算协议，不能代替它",
    },
    skips=_is_agreement,
)
def letter_of_intent_stands_alone(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """A letter without a contract to come is not even a preliminary one, so nothing firm belongs in it."""
    others = [form for form in agreement.forms if form != "framework"]
    if others:
        yield fault("mixed", "forms", forms=" " + "、".join(others) + " ")
        return
    firm = (
        ("inputs", agreement.inputs, "企业投入"),
        ("resources", agreement.resources, "占用学院资源"),
        ("costs", agreement.costs, "成本分担"),
        ("revenue", agreement.revenue, "收入分配"),
        ("breach", agreement.breach, "违约责任"),
    )
    for field, value, what in firm:
        if value:
            yield fault("binding", field, what=what)


@rule(
    "F02",
    title="意向书写明名称和目的",
    clause="指南（草案）8.2；法释〔2023〕13号 6",
    why="意向书也要让人看得出谁和谁打算做什么，才好据此开展调研和洽谈。",
    hint="title 写意向的名称，purpose 写打算合作做什么。",
    ways=gap_ways(),
    skips=_is_agreement,
)
def letter_of_intent_says_what_is_meant(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Little is asked of a letter, but a name and a purpose are."""
    yield from written(agreement.title, "意向书名称", "title")
    yield from written(agreement.purpose, "合作目的", "purpose")
