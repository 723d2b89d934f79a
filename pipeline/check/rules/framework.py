"""F01–F03: a letter of intent is no agreement, does not look like one, and does not bind like one."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules.missing import gap_ways, written
from pipeline.check.rules.read_once import prose_of
from pipeline.check.rules.rule import READING_SINCE, Fault, fault, rule
from pipeline.kernel.finding import Severity
from pipeline.prose.grammar import classes, denied, pattern
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
        "unprinted": "意向书不印{what}，写在这里等于没有写",
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
    for field, what in _FIRM.items():
        if getattr(agreement, field) or field in agreement.declined:
            yield fault("binding", field, what=what)
    for field, what in _UNPRINTED.items():
        if getattr(agreement, field):
            yield fault("unprinted", field, what=what)
    if agreement.notices and agreement.notices.delivery:
        yield fault("unprinted", "notices", "delivery", what="送达方式")


_FIRM = {
    "obligations": "各方的权利和义务",
    "inputs": "企业投入",
    "resources": "占用学院资源",
    "costs": "成本分担",
    "revenue": "收入分配",
    "funding": "出资",
    "payments": "款项支付",
    "accounts": "收付款账户",
    "donation": "捐赠",
    "termination": "合同终止",
    "breach": "违约责任",
    "interns": "实习人数",
    "interns_by_year": "各年度实习人数",
    "safety": "安全条款",
    "insurance": "保险条款",
    "insurances": "保险清单",
    "ip": "知识产权",
    "goals": "年度目标",
}
"""What only an agreement can settle; a letter prints none of it."""
_UNPRINTED = {
    "costs_lacking": "成本的说明",
    "place_of_performance": "履行地点",
    "quality": "质量与验收",
    "force_majeure": "不可抗力",
    "personal_data": "个人信息保护",
    "effectiveness": "生效条件",
    "changes": "变更与转让",
    "annexes": "自有附件",
}
"""What does no harm in a letter, but is not printed either."""


_BINDING = (
    ("breach", pattern("!(?:违约金|违约责任|赔偿损失|罚款|(?:赔偿|支付) ~ MONEY)")),
    (
        "exclusive",
        pattern(
            "!(?:独家|唯一|排他|排它|优先于其他|专属|(?:不得|不再|不能)(?:与|同|和|向)[^，。；]{0,10}(?:其他|第三|他方|别的)[^，。；]{0,10}(?:合作|签|洽谈|接触))"
        ),
    ),
    (
        "interns",
        pattern(
            "!(?:接收|接纳|安排|选派|派遣|输送|录用|招录|聘用) .. (?:STUDENT|全部|全体|[0-9]+名|[0-9]+人|实习)"
        ),
    ),
    ("duty", pattern("(?:SIDE) .. !(?:应当?|必须|须|负责|保证|承诺|有义务|确保)")),
    ("paid", pattern("!(?:支付|缴纳|付给|投入|出资|拨付|提供) ~ MONEY")),
)
_ONLY_MEANT = classes(
    "拟|计划|意向|愿意|探讨|研究|商议|协商|洽谈|探索|争取|希望|力争|考虑|以正式协议|另行签|另签|条件成熟|优先录用|优先考虑|保密|诚信|可以|初步|参观|考察|调研|供参考"
)


@rule(
    "F03",
    title="意向书的文字不写约束双方的话",
    clause="法释〔2023〕13号 6；民法典 495",
    why="标题叫意向书，正文写了谁应当做什么、违约怎么赔，就可能被认定为合同或者预约；那时没有论证和审批过的内容也要履行。",
    hint="改成“拟”“意向”“另行协商”；已经谈定的，去掉 framework，按正式协议写。",
    ways={
        "breach": "“{words}”是违约责任，意向书不能这样写",
        "exclusive": "“{words}”是排他的约定，和意向书固定的“不排他”相反",
        "interns": "“{words}”是在安排学生实习或者录用，意向书不能安排",
        "duty": "“{words}”给一方定了义务，意向书没有这样的约束力",
        "paid": "“{words}”约定了投入或者付款，意向书不能约定",
    },
    severity=Severity.WARNING,
    since=READING_SINCE,
    skips=_is_agreement,
)
def letter_of_intent_binds_nobody(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Words bind whatever the paper is called."""
    reading = prose_of(agreement)
    for sentence in reading.prose.sentences(*_BINDING_WORDS):
        path, text = reading.paths[sentence.number], sentence.text
        if path[0] not in _FREE or _ONLY_MEANT.search(text):
            continue
        for way, shape in _BINDING:
            match = next(
                (match for match in shape.find(text) if way == "exclusive" or not denied(text, match)), None
            )
            if match:
                offset = reading.prose.offset(sentence.start + match.start())
                yield Fault(way=way, at=path, values={"words": text}, offset=offset)
                break


_FREE = frozenset({"purpose", "scope", "form_details", "contents", "other_terms", "term"})
_BINDING_WORDS = (
    *(
        "违约",
        "赔偿",
        "罚款",
        "独家",
        "唯一",
        "排他",
        "排它",
        "专属",
        "优先于",
        "不得",
        "不再",
        "不能",
        "接收",
        "接纳",
        "安排",
    ),
    *(
        "选派",
        "派遣",
        "输送",
        "录用",
        "招录",
        "聘用",
        "应",
        "必须",
        "须",
        "负责",
        "保证",
        "承诺",
        "义务",
        "确保",
    ),
    *("支付", "缴纳", "付给", "投入", "出资", "拨付", "提供"),
)


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
