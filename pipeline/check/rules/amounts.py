"""L21: an amount that is written twice, in figures and in words, is the same amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.check.rules.read_once import readable
from pipeline.check.rules.rule import Fault, rule
from pipeline.kernel.chinese import MOST_YUAN, amount_in_words, yuan
from pipeline.kernel.late_pattern import late
from pipeline.record.model import Agreement, Records

_WORDS = r"(?P<{0}>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{{1,40}}[元圆][零壹贰叁肆伍陆柒捌玖角分整正]{{0,8}})"
_FIGURE = r"[¥￥]?\s{{0,2}}(?P<{0}>[0-9]{{1,3}}(?:[,，][0-9]{{3}}){{1,5}}(?:\.[0-9]{{1,2}})?|[0-9]{{1,15}}(?:\.[0-9]{{1,2}})?)\s?(?P<{0}_unit>万?)元?"
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_BETWEEN = r"[（(，,、\s]{0,3}(?:[即计]|大写|小写|金额|人民币|[：:]){0,4}"
_TWICE = late(
    _FIGURE.format("first").removesuffix("元?")
    + "元"
    + _BETWEEN
    + _WORDS.format("then")
    + "|"
    + _WORDS.format("said")
    + _BETWEEN
    + _FIGURE.format("second")
)


@rule(
    "L21",
    title="金额的大写和小写一致",
    clause="民法典 470",
    why="大小写不一致时按哪个算，各有各的说法，习惯上以大写为准，可能不是双方谈定的数。",
    hint="核对金额，把大写改成和数字一致。",
    waivable=False,
    ways={"differs": "{figure} 元的大写应为{right}，写的是{words}"},
)
def says_amounts_alike(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """By custom the words prevail, so that a slip in them changes the price."""
    for path, text in readable(agreement, *_CAPITALS):
        for match in _TWICE.finditer(text):
            amount = _amount(match)
            group = "then" if match["then"] else "said"
            words = match[group]
            right = amount_in_words(amount).removeprefix("人民币") if amount <= MOST_YUAN else words
            if _folded(words) != _folded(right):
                values = {"figure": yuan(amount), "right": right, "words": words}
                yield Fault(way="differs", at=path, values=values, offset=match.start(group))


def _amount(match: re.Match[str]) -> Decimal:
    """The figures of a match in yuan; 万 counts."""
    side = "first" if match["first"] else "second"
    amount = Decimal(re.sub("[,，]", "", match[side]))
    return amount * 10_000 if match[f"{side}_unit"] else amount


def _folded(words: str) -> str:
    """Words for an amount without what people write in two ways: 圆, 正, a closing 整, zeros in between."""
    return re.sub(r"[整正]|零角|零分|零", "", words.replace("圆", "元")).removeprefix("元")
