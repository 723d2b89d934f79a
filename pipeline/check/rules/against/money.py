"""H03 and H04: shares and amounts in prose against the tables and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from pipeline.check.rules.against.sides import PARTY, called, mentions, party_of, spot
from pipeline.check.rules.figures import WHOLE
from pipeline.check.rules.missing import is_framework
from pipeline.check.rules.read_once import RecordProse, prose_of
from pipeline.check.rules.rule import READING_SINCE, Fault, Way, rule
from pipeline.kernel.chinese import plain_number, yuan
from pipeline.kernel.finding import DataPath, Severity
from pipeline.prose.facts import Amount, Fact, Ratio, Share
from pipeline.prose.grammar import without_exceptions
from pipeline.prose.passages import Sentence
from pipeline.record.model import Agreement, Records

_HALVES = re.compile(
    "各自?(?:承担|负担|出|占|分|得|分摊|享有)?(?:一半|半数|50%|百分之五十|五成)|平均(?:分摊|承担|分担|分配|负担)|均摊|平分|均分|五五|对半|各半"
)
_WHOLLY = re.compile(
    rf"由?(?P<one>{PARTY})(?:全部|全额|独自|单独|一律|完全)(?:予以)?(?:承担|负担|支付)|(?:全部|全额|均|一律|完全)由(?P<two>{PARTY})(?:予以)?(?:承担|负担|支付)"
)
_REST = re.compile(rf"(?:其余|余下|剩余|余额)[^，。；]{{0,12}}?(?:由|归)(?P<party>{PARTY})")
_BEARING = re.compile("承担|负担|分担|分摊|均摊|平摊|出资|出[0-9一二三四五六七八九]|支付")
_INCOME = re.compile("收入|收益|利润|分成|分配|所得|盈余|权益|得[0-9一二三四五六七八九]|占")
_NOT_SHARED = re.compile(
    "违约|赔偿|暂缓|考核|成绩|绩效|合格率|满意度|出勤|就业率|首付|预付|尾款|学分|课时|孔隙|偏差"
)


@rule(
    "H03",
    title="条文里的分担、分配比例和表里的一致",
    clause="指南（草案）8.4 运行成本的承担方和承担责任、开放服务收入分配方案",
    why="同一笔费用条文写一个比例、表里写一个比例，结算时各拿各的说。",
    hint="比例只在 costs、revenue 的表里写，条文写“按分担表”；合计应为 100%。",
    ways={
        "differs": "“{words}”，而表里“{item}”是{shares}",
        "over": "“{words}”：各方比例加起来是 {sum}%，超过了 100%",
    },
    skips=is_framework,
    since=READING_SINCE,
)
def shares_agree_with_the_tables(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """A cost is borne once."""
    reading = prose_of(agreement)
    for sentence in reading.prose.sentences("承担", "负担", "分", "摊", "出", "占", "得", "半"):
        if reading.paths[sentence.number][0] in ("ip", "quality") or _NOT_SHARED.search(sentence.text):
            continue
        text = without_exceptions(sentence.text)
        stated = _shares(text, sentence.facts, agreement.in_order)
        total = sum(stated.values(), Decimal(0))
        if not stated or not (_BEARING.search(text) or _INCOME.search(text)):
            continue
        if len(stated) > 1 and total > WHOLE:
            yield spot(reading, sentence, "over", 0, words=sentence.text, sum=plain_number(total))
        else:
            yield from _against_table(agreement, reading, sentence, stated)


def _shares(text: str, facts: tuple[Fact, ...], parties: tuple[str, ...]) -> dict[str, Decimal]:
    """What each party bears or gets by the words, in per cent."""
    if _HALVES.search(text) and len(parties) > 1:
        return {party: (WHOLE / len(parties)).quantize(Decimal("0.01")).normalize() for party in parties}
    whole = _WHOLLY.search(text)
    if whole:
        party = party_of(whole["one"] or whole["two"], parties)
        return {party: WHOLE, **{other: Decimal(0) for other in parties if other != party}} if party else {}
    stated: dict[str, Decimal] = {}
    for fact in facts:
        if isinstance(fact, Share):
            party = _whose(text, fact, parties)
            if party:
                stated.setdefault(party, fact.percent)
        elif isinstance(fact, Ratio) and len(fact.parts) == len(parties) and "违约" not in text:
            stated = stated or dict(zip(parties, fact.percents, strict=True))
    rest = _REST.search(text)
    if rest and stated and (party := party_of(rest["party"], parties)):
        stated.setdefault(party, WHOLE - sum(stated.values(), Decimal(0)))
    return stated


def _whose(text: str, share: Share, parties: tuple[str, ...]) -> str:
    """The party a share belongs to: named right after it (的归甲方), else the last one named in its clause."""
    after = re.match(rf"(?:的部分|的费用)?(?:归|由)({PARTY})", text[share.end :])
    if after:
        return party_of(after[1], parties)
    start = max(text.rfind(mark, 0, share.start) for mark in "，,；、") + 1
    before = [mention for mention in mentions(text[start : share.start], parties) if mention.party]
    return before[-1].party if before else ""


def _against_table(
    agreement: Agreement, reading: RecordProse, sentence: Sentence, stated: Mapping[str, Decimal]
) -> Iterator[Fault]:
    rows = [row for row in _rows(agreement) if _named(row[1], sentence.text)]
    if not rows or reading.paths[sentence.number][0] in ("costs", "revenue"):
        return
    if any(_alike(shares, stated) for _, _, shares in rows):
        return
    path, item, shares = rows[0]
    words = "、".join(f"{called(agreement, party)} {plain_number(share)}%" for party, share in shares.items())
    yield spot(reading, sentence, "differs", 0, path, words=sentence.text, item=item, shares=words)


def _alike(shares: Mapping[str, Decimal], stated: Mapping[str, Decimal]) -> bool:
    return all(shares.get(party, Decimal(0)) == percent for party, percent in stated.items())


def _rows(agreement: Agreement) -> Iterator[tuple[DataPath, str, Mapping[str, Decimal]]]:
    for index, cost in enumerate(agreement.costs):
        if cost.item and cost.shares:
            yield ("costs", index, "shares"), cost.item, cost.shares
    for index, benefit in enumerate(agreement.revenue.items if agreement.revenue else ()):
        if benefit.item and benefit.shares:
            yield ("revenue", "items", index, "shares"), benefit.item, benefit.shares


_COMMON = re.compile("费用|支出|成本|收入|收益|服务|[费和与及、的等]")


def _named(item: str, text: str) -> bool:
    """Whether a text names a row of a table, by its name or by all that is proper to it."""
    proper = _COMMON.sub("", item)
    return item in text or (
        len(proper) >= 2 and (proper in text or (len(proper) <= 4 and set(proper) <= set(text)))
    )


_TOTAL = re.compile(r"(?:总价值?|总额|总投入|总投资|总值|合计|共计|总计|价值共|投入为)[^，。；0-9]{0,10}\Z")
_PUT_IN = re.compile("投入|设备|装备|出资|投资")
_PRICE = re.compile(r"(?:单价|每[台套件项个]|价值|作价|总价|价格|金额|价款|售价|计价|折价)[^，。；]{0,8}\Z")
_PART = re.compile(
    r"(?:第[一二三四五六1-6](?:期|次|笔|批|年|阶段)|首[期付笔款次]|首付|中期|尾款|余款|末期|签约后?|签订后|验收后?|质保期?满?|质保金|结项|到货后?|交付后?|预付款?|进度款|定金|完工后)[^，。；]{0,10}\Z"
)
_SUM = re.compile(r"(?:总价款?|总额|合计|共计|经费|价款|服务费|合同款|费用|总计|共|款项)[^，。；]{0,8}\Z")


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
)
def amounts_agree_with_the_lists(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """A price is one number."""
    reading = prose_of(agreement)
    for sentence in reading.prose.sentences("元", "%", "百分之", "成"):
        if reading.paths[sentence.number][0] in ("recitals", "inputs", "resources", "costs"):
            continue
        fault = (
            _parts(agreement, reading, sentence)
            or _item(agreement, reading, sentence)
            or _total(agreement, reading, sentence)
        )
        if fault:
            yield fault


def _total(agreement: Agreement, reading: RecordProse, sentence: Sentence) -> Fault | None:
    inputs = agreement.inputs
    if inputs is None or not _PUT_IN.search(sentence.text):
        return None
    for fact in sentence.facts:
        if (
            isinstance(fact, Amount)
            and _TOTAL.search(sentence.text[: fact.start])
            and fact.yuan not in set(_known(agreement))
        ):
            values = {
                "words": sentence.text[: fact.end],
                "total": yuan(inputs.sum if inputs.total is None else inputs.total),
            }
            return spot(reading, sentence, "total", fact.start, ("inputs", "total"), **values)
    return None


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
    for kind, index, item in agreement.inputs.lines if agreement.inputs else ():
        if not item.name or item.name not in sentence.text:
            continue
        known = {item.unit_price, item.amount, item.value} - {None}
        named = sentence.text.find(item.name) + len(item.name)
        for fact in sentence.facts:
            if isinstance(fact, Amount) and 0 <= fact.start - named <= 16 and known:
                if fact.yuan not in known and _PRICE.search(sentence.text[named : fact.start]):
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


_PRICES = re.compile(r"(?:总价款?|总额|价款|服务费|合同款|开发费|费用总)[^，。；]{0,10}\Z")


def _unmatched(
    agreement: Agreement, reading: RecordProse, sentence: Sentence, total: Decimal
) -> Fault | None:
    """Where the price stands elsewhere: the sum must be one of the amounts the agreement knows."""
    prices = [
        fact.yuan
        for other in reading.prose.sentences("总价", "总额", "价款", "服务费", "合同款", "开发费")
        if other.start != sentence.start
        for fact in other.facts
        if isinstance(fact, Amount) and _PRICES.search(other.text[: fact.start])
    ]
    if not prices or total in prices or total in set(_known(agreement)):
        return None
    words = " 元、".join(yuan(price) for price in dict.fromkeys(prices))
    return spot(reading, sentence, "unmatched", 0, words=sentence.text, sum=yuan(total), total=words)
