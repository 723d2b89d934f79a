"""H19 and H20: what the words say of insurance, of payments and of common funds, against their fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.check.rules.against.against_fields import against_fields
from pipeline.check.rules.against.divided import shares_told
from pipeline.check.rules.against.sides import PARTY, called, mentions, party_of, spot
from pipeline.check.rules.figures import WHOLE
from pipeline.check.rules.missing import is_framework
from pipeline.check.rules.read_once import RecordProse
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, rule
from pipeline.kernel.chinese import plain_number, yuan
from pipeline.kernel.finding import DataPath
from pipeline.kernel.late_pattern import late
from pipeline.prose.facts import Amount, Day
from pipeline.prose.numerals import number
from pipeline.prose.passages import Sentence
from pipeline.record.model import Agreement, Records
from pipeline.record.model.clauses import CoverageLine, Funding, Instalment

_SUM_INSURED = late(r"(?:保额|保险金额|限额|额度|投保金额)[^，。；0-9]{0,10}\Z")
_AT_LEAST = late(r"(?:不低于|不少于|至少)[^，。；0-9]{0,4}\Z")
_INSURER = late(
    rf"(?:由)?(?P<party>{PARTY})(?:应当?|须|负责|统一|为|给|出资|自行|[^，。；]{{2,8}}?(?=投保|购买)){{0,4}}(?:[^，。；]{{0,6}})(?:投保|购买|办理|缴纳保费|承担保费)"
)
_HELPS = late("配合|协助|督促|监督|提醒|协调|委托")
_FOR = late(r"(?:为|给|替|代|向|对)\Z")
_TOGETHER = late(r"(?:和|与|及|同|、|委托|授权)\Z")
_PAYS = late(
    rf"(?:由)?(?P<party>{PARTY})(?!收到|收款|开具)(?:应当?|须|负责|需)?[^，。；]{{0,16}}?(?:支付|付给|付清|汇付|付款)"
)
_CURRENCIES = {
    "USD": "美元",
    "EUR": "欧元",
    "GBP": "英镑",
    "JPY": "日元",
    "HKD": "港元",
    "SGD": "新加坡元",
    "AUD": "澳大利亚元",
    "CAD": "加拿大元",
    "CHF": "瑞士法郎",
    "KRW": "韩元",
}
_FOREIGN = late(
    rf"(?P<sum>[0-9][0-9,]*(?:\.[0-9]+)?万?|[一二三四五六七八九十百千万]+)(?P<name>{'|'.join(_CURRENCIES.values())})"
)
_GIVES = late(rf"(?P<party>{PARTY})(?:各)?(?:认缴)?出资(?:额)?(?:为|人民币)*\Z")
_FUND = late(r"出资(?:总额|合计|共计)[^，。；0-9]{0,6}\Z")


@rule(
    "H19",
    title="条文里的保险和 insurances 一致",
    clause="职业教育法 50；民法典 470",
    why="谁投保、保多少写了两样，出了事才发现没有人投，或者赔的比写的少。",
    hint="险种、投保方和保险金额只在 insurances 里写，条文写“按保险清单”。",
    ways={
        "amount": "“{words}”，而 insurances 里“{kind}”的保险金额是 {amount} 元",
        "payer": "“{words}”，而 insurances 里“{kind}”由{payer}投保",
    },
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
@against_fields
def insurance_is_told_once(agreement: Agreement, reading: RecordProse, records: Records) -> Iterator[Fault]:
    """A risk is insured by whom the list names, for as much as it names."""
    for sentence in reading.prose.sentences("险") if agreement.insurances else ():
        if reading.fields[sentence.number][0] == "insurances":
            continue
        for index, line in enumerate(agreement.insurances):
            if line.kind and _names(line.kind, sentence.text):
                yield from _insured(agreement, reading, sentence, line, index)
                break


def _names(kind: str, text: str) -> bool:
    short = kind.replace("保险", "险")
    return kind in text or short in text or ("意外" in kind and "意外险" in text)


def _insured(
    agreement: Agreement, reading: RecordProse, sentence: Sentence, line: CoverageLine, index: int
) -> Iterator[Fault]:
    text, path = sentence.text, ("insurances", index)
    match = _INSURER.search(text)
    party, at = _insures(match.group(), agreement.in_order) if match else ("", 0)
    if match and party and line.payer and party != line.payer:
        values = {"words": text, "kind": line.kind, "payer": called(agreement, line.payer)}
        yield spot(reading, sentence, "payer", match.start() + at, path, **values)
    for fact in sentence.facts:
        if not isinstance(fact, Amount) or line.amount is None or not _SUM_INSURED.search(text[: fact.start]):
            continue
        least = _AT_LEAST.search(text[: fact.start])
        if fact.yuan > line.amount if least else fact.yuan != line.amount:
            values = {"words": text, "kind": line.kind, "amount": yuan(line.amount)}
            yield spot(reading, sentence, "amount", fact.start, path, **values)


def _insures(words: str, parties: tuple[str, ...]) -> tuple[str, int]:
    """Who insures by some words, and where that is said; "" where they do not tell.

    The last party before the verb, unless it is the one insured; who only helps or reminds does not insure.
    """
    party, at, end = "", 0, 0
    for one in mentions(words, parties):
        between = words[end : one.start]
        if end and _TOGETHER.search(between):
            return "", 0
        if not end or not _FOR.search(between):
            party, at = one.party, one.start
        end = one.end
    return ("", 0) if _HELPS.search(words, end) else (party, at)


@rule(
    "H20",
    title="条文里的款项、出资和 payments、funding 一致",
    clause="民法典 470、510",
    why="金额、币种、付款的一方或者日期写了两样，到期时付多少、谁付都说不清。",
    hint="款项只在 payments 里写，出资只在 funding 里写，条文写“按款项支付一条”。",
    ways={
        "amount": "“{words}”，而 payments 里“{item}”是 {amount}",
        "payer": "“{words}”，而 payments 里“{item}”由{payer}支付",
        "due": "“{words}”，而 payments 里“{item}”的付款日期是 {due}",
        "shares": "“{words}”，而 funding 里的出资比例是{shares}",
        "sum": "“{words}”，而 funding 里{what}是 {sum} 元",
    },
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
@against_fields
def sums_are_told_once(agreement: Agreement, reading: RecordProse, records: Records) -> Iterator[Fault]:
    """What is to be paid or put into a common fund is one sum, by one party, on one day."""
    items = [one.item for one in agreement.payments]
    for index, one in enumerate(agreement.payments):
        # Several payments for one thing are held against the words together, at the first of them.
        for sentence in () if one.item in items[:index] else reading.prose.naming(one.item or ""):
            if reading.fields[sentence.number][0] != "payments":
                yield from _payment(agreement, reading, sentence, one, ("payments", index))
    if agreement.funding:
        for sentence in reading.prose.sentences("出资"):
            if reading.fields[sentence.number][0] != "funding":
                yield from _funded(agreement, reading, sentence, agreement.funding)


def _payment(
    agreement: Agreement, reading: RecordProse, sentence: Sentence, one: Instalment, path: DataPath
) -> Iterator[Fault]:
    text = sentence.text
    values = {"words": text, "item": one.item}
    alike = [other for other in agreement.payments if other.item == one.item]
    match = _PAYS.search(text)
    party = party_of(match["party"], agreement.in_order) if match else ""
    if match and party and all(other.payer and party != other.payer for other in alike):
        payer = "、".join(dict.fromkeys(called(agreement, other.payer or "") for other in alike))
        yield spot(reading, sentence, "payer", match.start("party"), path, payer=payer, **values)
    place = _other_sum(sentence, one, alike)
    if place is not None and one.amount is not None:
        amount = "、".join(
            f"{yuan(other.amount)} {_CURRENCIES.get(other.currency or '', '元')}"
            for other in alike
            if other.amount is not None
        )
        yield spot(reading, sentence, "amount", place, path, amount=amount, **values)
    days = [fact for fact in sentence.facts if isinstance(fact, Day)]
    dated = "付" in text and len(days) == 1 and re.match("之?前|以前|付", text[days[0].end :])
    if dated and all(other.due and not days[0].earliest <= other.due <= days[0].latest for other in alike):
        due = "、".join(str(other.due) for other in alike)
        yield spot(reading, sentence, "due", days[0].start, path, due=due, **values)


def _other_sum(sentence: Sentence, one: Instalment, alike: list[Instalment]) -> int | None:
    """Where a sentence that names a payment tells one other sum, or one in another money.

    Of several payments for one thing the sum of each is right, and that of all of them.
    """
    text, foreign = sentence.text, _FOREIGN.search(sentence.text)
    if foreign:
        own = [other for other in alike if _CURRENCIES.get(other.currency or "") == foreign["name"]]
        return None if own and number(foreign["sum"]) in _sums(own) else foreign.start()
    amounts = [fact for fact in sentence.facts if isinstance(fact, Amount)]
    if len(amounts) != 1 or one.currency or re.search("其中|折合|每|违约|逾期|余款|剩余", text):
        return None
    own = [other for other in alike if not other.currency]
    return amounts[0].start if amounts[0].yuan not in _sums(own) else None


def _sums(payments: list[Instalment]) -> set[Decimal | None]:
    """What may be told of payments for one thing: each of them, and their total."""
    each: list[Decimal | None] = [one.amount for one in payments]
    return {*each, sum((amount for amount in each if amount is not None), Decimal(0))}


def _funded(
    agreement: Agreement, reading: RecordProse, sentence: Sentence, funding: Funding
) -> Iterator[Fault]:
    text, field = sentence.text, ("funding",)
    stated = shares_told(text, sentence.facts, agreement.in_order)
    if stated and any(funding.shares.get(party, Decimal(0)) != share for party, share in stated.items()):
        words = "、".join(
            f"{called(agreement, party)} {plain_number(share)}%" for party, share in funding.shares.items()
        )
        yield spot(reading, sentence, "shares", 0, field, words=text, shares=words)
        return
    for fact in sentence.facts:
        if not isinstance(fact, Amount) or funding.total is None:
            continue
        match, whole = _GIVES.search(text[: fact.start]), _FUND.search(text[: fact.start])
        party = party_of(match["party"], agreement.in_order) if match else ""
        meant = funding.total * funding.shares.get(party, Decimal(0)) / WHOLE if party else funding.total
        if (party or whole) and fact.yuan != meant:
            what = f"{called(agreement, party)}的出资" if party else "出资总额"
            yield spot(reading, sentence, "sum", fact.start, field, words=text, what=what, sum=yuan(meant))
            return
