"""H03: who bears or gets which part, in prose and in the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from pipeline.check.rules.against.against_fields import against_fields
from pipeline.check.rules.against.sides import PARTY, called, mentions, party_of, spot
from pipeline.check.rules.figures import WHOLE
from pipeline.check.rules.missing import is_framework
from pipeline.check.rules.read_once import RecordProse
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, rule
from pipeline.kernel.chinese import plain_number
from pipeline.kernel.finding import DataPath
from pipeline.kernel.late_pattern import late
from pipeline.prose.facts import Fact, Ratio, Share
from pipeline.prose.grammar import without_exceptions
from pipeline.prose.passages import Sentence, facts_of
from pipeline.record.model import Agreement, Records

_HALVES = late(
    "各自?(?:承担|负担|出资|出|占|分|得|分摊|享有)?(?:一半|半数|50%|百分之五十|五成)|平均(?:分摊|承担|分担|分配|负担)|均摊|平分|均分|五五|对半|各半(?![天日年月学])"
)
_WHOLLY = late(
    rf"由?(?P<one>{PARTY})(?:全部|全额|独自|单独|一律|完全)(?:予以)?(?:承担|负担|支付)|(?:全部|全额|均|一律|完全)由(?P<two>{PARTY})(?:予以)?(?:承担|负担|支付)"
    rf"|(?:收入|收益|利润|所得)(?:全部|全额|均|一律)?归(?P<three>{PARTY})(?:所有|享有|支配)?(?=[，。；]|\Z)"
)
_REST = late(rf"(?:其余|余下|剩余|余额)[^，。；]{{0,12}}?(?:由|归)(?P<party>{PARTY})")
_BEARING = late(
    "承担|负担|分担|分摊|均摊|平摊|比例(?:结算|支付)|对半|各半(?![天日年月学])|[一二三四五六七八九]{2}开|出资|出[0-9一二三四五六七八九]|支付"
)
_INCOME = late("收入|收益|利润|分成|分配|所得|盈余|结余|权益|[得拿][0-9一二三四五六七八九]|占")
_NOT_SHARED = late(
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
    on=AGREED,
)
@against_fields
def shares_agree_with_the_tables(
    agreement: Agreement, reading: RecordProse, records: Records
) -> Iterator[Fault]:
    """A cost is borne once."""
    for sentence in reading.prose.having(
        _sharing, "承担", "负担", "分", "开", "摊", "出", "占", "得", "拿", "半", "归", "比例"
    ):
        if reading.fields[sentence.number][0] in ("ip", "quality"):
            continue
        text = without_exceptions(sentence.text)
        if (total := _all_shares(text, sentence.facts)) > WHOLE:
            yield spot(reading, sentence, "over", 0, words=sentence.text, sum=plain_number(total))
            continue
        stated = shares_told(text, sentence.facts, agreement.in_order)
        total = sum(stated.values(), Decimal(0))
        if not stated:
            continue
        if len(stated) > 1 and total > WHOLE:
            yield spot(reading, sentence, "over", 0, words=sentence.text, sum=plain_number(total))
        else:
            yield from _against_table(agreement, reading, sentence, stated)


def _sharing(text: str) -> bool:
    """Whether a sentence says who bears or gets which part of something."""
    if _NOT_SHARED.search(text):
        return False
    parted = any(isinstance(fact, Share | Ratio) for fact in facts_of(text))
    text = without_exceptions(text)
    if not parted and not _HALVES.search(text) and not _WHOLLY.search(text):
        return False
    return bool(_BEARING.search(text) or _INCOME.search(text))


def shares_told(text: str, facts: tuple[Fact, ...], parties: tuple[str, ...]) -> dict[str, Decimal]:
    """What each party bears or gets by the words, in per cent."""
    if _HALVES.search(text) and len(parties) > 1:
        return {party: (WHOLE / len(parties)).quantize(Decimal("0.01")).normalize() for party in parties}
    whole = _WHOLLY.search(text)
    if whole:
        party = party_of(whole["one"] or whole["two"] or whole["three"], parties)
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


_SHARED_OUT = late("(?:分配|分成|分担|分摊|出资|承担|收益)[^，。；]{0,4}?比例(?:如下|为|是|：|:|按)")


def _all_shares(text: str, facts: tuple[Fact, ...]) -> Decimal:
    """All that a sentence shares out, to whomever, in per cent; nothing where it shares nothing out."""
    shared = _SHARED_OUT.search(text)
    if not shared:
        return Decimal(0)
    parts = (fact.percent for fact in facts if isinstance(fact, Share) and fact.start >= shared.end())
    return sum(parts, Decimal(0))


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
    if not rows or reading.fields[sentence.number][0] in ("costs", "revenue"):
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


def _pairs(proper: str) -> tuple[str, ...]:
    """The two halves of a name of four: 对外培训 is meant by 培训 too."""
    return (proper[:2], proper[2:]) if len(proper) == 4 else ()


_COMMON = late("费用|支出|成本|收入|收益|服务|[费和与及、的等]")


def _named(item: str, text: str) -> bool:
    """Whether a text names a row of a table, by its name or by all that is proper to it."""
    proper = _COMMON.sub("", item)
    return (
        item in text
        or any(pair in text for pair in _pairs(proper))
        or (len(proper) >= 2 and (proper in text or (len(proper) <= 4 and set(proper) <= set(text))))
    )
