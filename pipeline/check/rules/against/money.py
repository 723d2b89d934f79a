"""H04: amounts in prose against the lists, and instalments against the price."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.check.rules.against.against_fields import against_fields
from pipeline.check.rules.against.line_names import called_by, ends_of
from pipeline.check.rules.against.sides import spot
from pipeline.check.rules.figures import WHOLE
from pipeline.check.rules.missing import is_framework
from pipeline.check.rules.read_once import RecordProse
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, Way, rule
from pipeline.kernel.chinese import plain_number, yuan
from pipeline.kernel.finding import Severity
from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import replace
from pipeline.prose.facts import Amount, Share
from pipeline.prose.numerals import number
from pipeline.prose.passages import Sentence, facts_of
from pipeline.record.model import Agreement, Records

_TOTAL = late(
    r"(?:总价值?|总额|总投入|总投资|总值|合计|共计|总计|价值共|投入共|投入为|共计?(?:投入|出资|投资)(?:设备|技术|资源|软件|[、和与及等])*价值|折合|折算为?|作价|估值)(?:[，,](?=计|为|共|折|约))?[^，。；0-9]{0,10}\Z"
)
_LEAST = late(r"(?:投入|出资|投资)[^，。；0-9]{0,6}(?:不低于|不少于|至少)[^，。；0-9]{0,4}\Z")
_WORTH = late(r"(?:投入|提供)(?:的)?(?:总)?价值[^，。；0-9]{0,6}\Z")
_OF_ALL = late(r"的?(?:全部)?(?:设备|装备)(?:和|与|及|、)(?:软件|技术|资源)")
_FIRM = late("(?:乙方|企业|公司)[^，。；]{0,8}(?:投入|出资|投资)")
_PUT_IN = late("投入|设备|装备|出资|投资")
_PRICE = late(
    r"(?:单价|每[台套件项个]|价值|作价|总价|价格|金额|价款|售价|计价|折价|合计|共计|总计|总共)[^，。；]{0,8}\Z"
)
_EACH, _BESIDE = late("每[台套件项个座](?:的)?\\Z"), 2
"""What stands before a name whose price follows, and how many characters may stand between."""
_OF_LIST = late("投入(?:合计|总)|总投入|总投资|投入价值合计")
"""What is said of all lines, though one is named before."""
_PART = late(
    r"(?:第[一二三四五六1-6](?:期|次|笔|批|年|阶段)|首[期付笔款次]|首付|中期|尾款|余款|末期|签约后?|签订后|验收后?|质保期?满?|质保金|结项|到货后?|交付后?|预付款?|进度款|定金|完工后)[^，。；]{0,10}\Z"
)
_EQUAL = late(
    "分([一二两三四五六七八九十0-9]{1,3})(?:次|期|笔|批)[^，。；]{0,8}[，,]?(?:每|各)(?:次|期|笔|批)[^，。；]{0,6}?(?=[0-9壹贰叁肆伍陆柒捌玖一二三四五六七八九十])"
)
_ROW = late("分([二两三四五六七八九十0-9]{1,2})(?:次|期|笔|批)[^，。；：:]{0,8}[，：:]")
_TWO = 2
_SUM = late(r"(?:总价款?|总额|合计|共计|经费|价款|服务费|合同款|费用|总计|共|款项)[^，。；]{0,8}\Z")


@rule(
    "H04",
    title="条文里的金额和清单一致，分期加得拢",
    clause="指南（草案）8.4 企业投入方式；民法典 470",
    why="总价写了两个、分期加起来不是总价，付款时按哪个都有人不认。",
    hint="核对金额；总额和单价只在清单里写，条文写“按清单”；分期相加等于总价。",
    ways={
        "total": "“{words}”，而清单里投入合计是 {total} 元",
        "item": "“{words}”，而清单里“{name}”是{price}",
        "parts": "“{words}”：各期加起来是 {sum}，总价是 {total}",
        "unmatched": Way(
            message="“{words}”：各期加起来是 {sum} 元，和协议里写的 {total} 元都对不上",
            severity=Severity.WARNING,
        ),
    },
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
@against_fields
def amounts_agree_with_the_lists(
    agreement: Agreement, reading: RecordProse, records: Records
) -> Iterator[Fault]:
    """A price is one number."""
    for sentence in reading.prose.having(_sums, "元", "%", "百分之", "成"):
        if reading.fields[sentence.number][0] in ("recitals", "inputs", "resources", "costs"):
            continue
        fault = (
            _parts(agreement, reading, sentence)
            or _item(agreement, reading, sentence)
            or _total(agreement, reading, sentence)
        )
        if fault:
            yield fault


def _sums(text: str) -> bool:
    return any(isinstance(fact, Amount | Share) for fact in facts_of(text))


def _total(agreement: Agreement, reading: RecordProse, sentence: Sentence) -> Fault | None:
    inputs = agreement.inputs
    of_fund = agreement.funding is not None and "出资" in sentence.text
    if inputs is None or of_fund or not _PUT_IN.search(sentence.text):
        return None
    known: set[Decimal] = set()
    for fact in sentence.facts:
        said = isinstance(fact, Amount) and _of_all(sentence.text, fact)
        if not said or not isinstance(fact, Amount):
            continue
        if not known:
            # What a firm puts in is never what it uses of the college.
            firm = _FIRM.search(sentence.text)
            known = set(_known(replace(agreement, resources=None) if firm else agreement))
        if fact.yuan not in known and (said == "all" or fact.yuan > max(known)):
            values = {
                "words": sentence.text[: fact.end],
                "total": yuan(inputs.sum if inputs.total is None else inputs.total),
            }
            return spot(reading, sentence, "total", fact.start, ("inputs", "total"), **values)
    return None


def _of_all(text: str, fact: Amount) -> str:
    """Whether an amount is said of `all` that is put in, or to be the `least` of it; empty where of something else."""
    before = text[: fact.start]
    if _LEAST.search(before):
        return "least"
    return "all" if _TOTAL.search(before) or (_WORTH.search(before) and _OF_ALL.match(text, fact.end)) else ""


def _known(agreement: Agreement) -> Iterator[Decimal]:
    """Every amount the lists hold or add up to."""
    whole = Decimal(0)
    for part in (agreement.inputs, agreement.resources):
        if part is None:
            continue
        kinds: dict[str, Decimal] = {}
        for kind, _, item in part.lines:
            amount = item.amount or Decimal(0)
            kinds[kind] = kinds.get(kind, Decimal(0)) + amount
            yield from (amount, item.unit_price or amount)
        yield from kinds.values()
        yield part.sum
        if part.total is not None:
            yield part.total
        yield kinds.get("equipment", Decimal(0)) + kinds.get("technology", Decimal(0))
        whole += part.sum
    yield whole
    costs = [cost.estimate for cost in agreement.costs if cost.estimate is not None]
    yield from (*costs, sum(costs, Decimal(0)))


def _item(agreement: Agreement, reading: RecordProse, sentence: Sentence) -> Fault | None:
    if not any(isinstance(fact, Amount) for fact in sentence.facts):
        return None
    lines = list(agreement.inputs.lines) if agreement.inputs else []
    ends = ends_of(item.name for _, _, item in lines)
    for kind, index, item in lines:
        name = called_by(item.name or "", sentence.text, ends)
        if not name:
            continue
        known = {item.unit_price, item.amount, item.value} - {None}
        named = sentence.text.find(name) + len(name)
        for fact in sentence.facts:
            whole = _OF_LIST.search(sentence.text[named : fact.start])
            if isinstance(fact, Amount) and 0 <= fact.start - named <= 16 and known and not whole:
                between = sentence.text[named : fact.start]
                each = _EACH.search(sentence.text[: named - len(name)]) and len(between) <= _BESIDE
                priced = each or _PRICE.search(between)
                if fact.yuan not in known and priced:
                    price = "、".join(
                        f" {yuan(amount)} 元" for amount in sorted(amount for amount in known if amount)
                    )
                    values = {"words": sentence.text[: fact.end], "name": item.name, "price": price}
                    return spot(reading, sentence, "item", fact.start, ("inputs", kind, index), **values)
                return None
    return None


def _parts(agreement: Agreement, reading: RecordProse, sentence: Sentence) -> Fault | None:
    """Instalments that do not make up the price, in yuan or in per cent."""
    text = sentence.text
    amounts = [fact for fact in sentence.facts if isinstance(fact, Amount)]
    shares = [fact for fact in sentence.facts if isinstance(fact, Share)]
    parts = [fact for fact in amounts if _PART.search(_clause_to(text, fact.start))]
    if len(parts) >= 2:
        total = sum((fact.yuan for fact in parts), Decimal(0))
        price = next(
            (fact for fact in amounts if fact not in parts and _SUM.search(text[: fact.start])), None
        )
        if price is not None:
            if price.yuan == total:
                return None
            values = {"words": text, "sum": f"{yuan(total)} 元", "total": f"{yuan(price.yuan)} 元"}
            return spot(reading, sentence, "parts", price.start, **values)
        return _unmatched(agreement, reading, sentence, total)
    equal = _EQUAL.search(text)
    if equal and len(amounts) == 1 and (times := number(equal[1])):
        return _unmatched(agreement, reading, sentence, times * amounts[0].yuan)
    row = _ROW.search(text)
    listed = [fact for fact in amounts if row and fact.start >= row.end()]
    if row and len(listed) >= _TWO and number(row[1]) == len(listed):
        return _unmatched(agreement, reading, sentence, sum((fact.yuan for fact in listed), Decimal(0)))
    of_parts = [fact for fact in shares if _PART.search(_clause_to(text, fact.start))]
    whole = sum((fact.percent for fact in of_parts), Decimal(0))
    if len(of_parts) >= 2 and (
        whole > WHOLE or (whole < WHOLE and re.search("付清|全部付完|三次|两次|四次", text))
    ):
        return spot(
            reading,
            sentence,
            "parts",
            of_parts[0].start,
            words=text,
            sum=f"{plain_number(whole)}%",
            total="100%",
        )
    return None


def _clause_to(text: str, at: int) -> str:
    return text[max(text.rfind(mark, 0, at) for mark in "，：") + 1 : at]


_PRICES = late(r"(?:总价款?|总额|价款|服务费|合同款|开发费|费用总)[^，。；]{0,10}\Z")


def _unmatched(
    agreement: Agreement, reading: RecordProse, sentence: Sentence, total: Decimal
) -> Fault | None:
    """Where the price stands elsewhere: the sum must be one of the amounts the agreement knows."""
    prices = [
        fact.yuan
        for one in (reading, reading.beside and reading.beside[0])
        for other in (
            one.prose.sentences("总价", "总额", "价款", "服务费", "合同款", "开发费") if one else ()
        )
        if one is not reading or other.start != sentence.start
        for fact in other.facts
        if isinstance(fact, Amount) and _PRICES.search(other.text[: fact.start])
    ]
    if not prices or total in prices or total in set(_known(agreement)):
        return None
    words = " 元、".join(yuan(price) for price in dict.fromkeys(prices))
    return spot(reading, sentence, "unmatched", 0, words=sentence.text, sum=yuan(total), total=words)
