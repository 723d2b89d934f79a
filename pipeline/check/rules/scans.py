"""L12, L15 and L18: sentences that the law does not let stand, wherever in the agreement they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.check.rules.figures import plain
from pipeline.check.rules.missing import is_framework
from pipeline.check.rules.placeholders import sentences
from pipeline.check.rules.read_once import readable_sentences
from pipeline.check.rules.rule import Fault, Way, rule
from pipeline.kernel.finding import Severity
from pipeline.record.model import Agreement, Records

_HARM = r"(?:伤亡|伤害|受伤|死亡|伤残|致残|残疾|工伤|身故|猝死|人身)"
_MISHAP = rf"(?:{_HARM}|意外|事故)"
_SIDE = r"(?:甲方|乙方|丙方|学校|学院|校方|企业|公司|单位|我方|对方|双方|各方)"
_STUDENT = r"(?:实习学生|实习生|学生|学徒|家长)"
_NOT_LIABLE = re.compile(
    rf"{_MISHAP}[^。；]{{0,40}}?(?P<apart>与{_SIDE}[^。；，,]{{0,4}}?无关(?!的)|概不负责|后果自负|责任自负)"
    rf"|{_HARM}[^。；]{{0,40}}?(?P<free>(?:概不|不予|不|无需|无须|免予)(?:承担|负)(?![^。；，,]{{0,6}}违约)"
    r"[^。；，,]{0,12}?(?:责任|赔偿|责)|(?<!不)免除[^。；，,]{0,12}?责任)"
    rf"|{_HARM}[^。；]{{0,30}}?(?P<own>{_STUDENT}[^。；，,]{{0,10}}?自行(?:承担|负责))"
    r"|(?P<outright>(?:概不|不|无需)(?:承担|负)(?:任何|一切)*(?:人身|伤亡|安全|工伤)[^。；，,]{0,10}责任)"
)
_SWEEPING = re.compile(r"后果自负|概不负责|一切责任自负|(?:不承担|不负)(?:任何|一切)责任")
_ALLOTTED = re.compile(rf"由(?:{_SIDE}|责任方|过错方|保险)[^。；，,]{{0,12}}(?:承担|负责|赔偿|处理)|故意")
"""Who of the parties pays, or what a person did on purpose, may be settled; that is no exemption as such."""
_FORBIDDEN = re.compile(r"不得|禁止|严禁|不应|不允许|不能因|无效|不因此|并不|不可抗力")


_SHRUGS = ("无关", "概不", "自负", "免除", "自行", "不承担", "不负", "不予", "无需", "无须", "免予")
"""One of these stands in whatever the patterns above find."""


@rule(
    "L12",
    title="没有免除人身伤害责任的话",
    clause="民法典 506",
    why="免除造成对方人身损害责任的条款无效，写了也挡不住赔偿，只会让人误以为不用管安全。",
    hint="删掉这句话，改写发生伤害后谁救治、谁报告、保险怎样赔付。",
    waivable=False,
    ways={
        "injury": "“{words}”免除了人身伤害的责任，这样的约定无效",
        "sweeping": Way(
            message="“{words}”什么责任都推开了，人身伤害、故意和重大过失的责任是推不掉的",
            severity=Severity.WARNING,
        ),
    },
)
def exempts_nobody_from_injury(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Who hurts a person answers for it; no wording changes that, and it is worst where students work."""
    for path, start, sentence in readable_sentences(agreement, *_SHRUGS):
        if _FORBIDDEN.search(sentence):
            continue
        match = _NOT_LIABLE.search(sentence)
        way = "injury"
        if match is None or _ALLOTTED.search(sentence):
            match, way = _SWEEPING.search(sentence), "sweeping"
        if match:
            group = match.lastgroup or 0
            words = match[group]
            yield Fault(way=way, at=path, values={"words": words}, offset=start + match.start(group))


_FEE = r"(?:押金|保证金|培训费|管理费|实习费|实习材料费|就业服务费|安置费|介绍费|中介费|服务费|报酬提成|责任险|保险费|保费)"
_CHARGED = re.compile(
    rf"向[^。；，,]{{0,8}}{_STUDENT}[^。；，,]{{0,12}}?(?:收取|收缴|扣取|征收|预收|收)[^。；，,]{{0,16}}?{_FEE}"
    rf"|(?P<payer>{_STUDENT})(?:本人|个人|自行|自愿|须|需|应当?|每人|按月)*(?:向[^。；，,]{{1,8}}?)?"
    rf"(?:缴纳|交纳|支付|承担|负担|预交|自付)(?!的)[^。；，,]{{0,12}}?{_FEE}"
    rf"|{_FEE}[^。；，,]{{0,12}}?由{_STUDENT}(?:本人|个人|自行|及其家长|或家长)*(?:缴纳|交纳|支付|承担|负担|自理|出)"
    rf"|从{_STUDENT}[^。；，,]{{0,6}}(?:报酬|工资|补贴|津贴)中[^。；，,]{{0,8}}(?:扣除|扣取|提取)[^。；，,]{{0,10}}{_FEE}"
)
_FEES = ("押金", "保证金", "费", "提成", "责任险")
"""One of these stands in every word for a fee."""
_ON_BEHALF = re.compile(r"[为给替代][^。；，,]{0,8}\Z")
_DENIED = re.compile(
    r"不得|不能|禁止|严禁|不允许|不应|杜绝|不[向由收]|不再|无需|无须|不需|不必|免收|免交|不负担|不承担"
)


@rule(
    "L15",
    title="不以安排实习的名义向学生收费",
    clause="职业教育法 42、50",
    why="法律不许以介绍工作、安排实习实训的名义向学生收费；押金、管理费、就业服务费都在内。",
    hint="删掉这句话，费用改由学校或企业承担，写进 costs。",
    waivable=False,
    ways={"charged": "“{words}”是向实习学生收费，法律不允许"},
)
def takes_no_fees_from_students(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """A student pays nothing for being placed, whatever the fee is called."""
    for path, start, sentence in readable_sentences(agreement, *_FEES):
        match = _CHARGED.search(sentence)
        if match is None or _DENIED.search(sentence[: match.end()]):
            continue
        if not (match["payer"] and _ON_BEHALF.search(sentence[: match.start()])):
            yield Fault(way="charged", at=path, values={"words": match.group()}, offset=start + match.start())


_PERCENT = re.compile(
    r"(?P<figure>[0-9]{1,4}(?:\.[0-9]{1,2})?)\s?[%％]|百分之(?P<words>[一二三四五六七八九十百]{1,5})"
)
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}
_LOSS = re.compile(r"损失的|所受损失|实际损失")
_MOST = Decimal(30)


@rule(
    "L18",
    title="违约金不明显过高",
    clause="民法典 585；法释〔2023〕13号 65",
    why="违约金超过损失百分之三十的，一般会被认定过高而调低，定高了反而不好主张。",
    hint="按可能造成的损失定违约金，或写明损失怎样计算。",
    ways={"high": "违约金定为 {percent}%；比实际损失高出三成以上的，对方可以请求减少"},
    severity=Severity.WARNING,
    skips=is_framework,
)
def has_moderate_damages(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """A court cuts liquidated damages that go far beyond the loss."""
    for party, items in agreement.breach.items():
        for index, text in enumerate(items):
            for start, sentence in sentences(text):
                if "违约金" not in sentence or _LOSS.search(sentence):
                    continue
                for match in _PERCENT.finditer(sentence):
                    rate = _rate(match)
                    if rate > _MOST:
                        at = ("breach", party, index)
                        offset = start + match.start()
                        yield Fault(way="high", at=at, values={"percent": plain(rate)}, offset=offset)


def _rate(match: re.Match[str]) -> Decimal:
    """The per cent of a match, in figures or in words up to 一百."""
    if match["figure"]:
        return Decimal(match["figure"])
    words = match["words"]
    if "百" in words:
        return Decimal(100)
    tens, ten, ones = words.rpartition("十")
    return Decimal((_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0))
