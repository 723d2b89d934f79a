"""Reading facts out of folded prose: one walk over its numerals, and what stands before and after each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from pipeline.kernel.late_pattern import late
from pipeline.prose.facts import Amount, Between, Count, Day, Fact, Ordinal, Ratio, Share, Span
from pipeline.prose.numerals import NUMERALS, number

_IN_WORDS = rf"[{NUMERALS}][{NUMERALS}万亿点]*"
_NUMBER = (
    r"(?<![A-Za-z0-9.\-_/])(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,3}(?:，[0-9]{3})+(?=(?:\.[0-9]{1,2})?万?元)|[0-9]+)"
    r"(?:\.[0-9]+)?[百千]?[万亿]{0,2}(?:(?<=万)[0-9]千)?"
    rf"|{_IN_WORDS}"
)
_YEAR = r"(?:19|20)[0-9]{2}|[一二][零〇一二三四五六七八九]{3}"
_FEW = r"[0-9]{1,2}|[零〇一二三四五六七八九十]{1,3}"
_EDGE = r"[月年]?(?:底|末|初|上旬|中旬|下旬)"
_UNITS = {
    "money": r"元(?:整|正)?(?![素件器旦宵])|块钱?",
    "share": r"[%‰]|成(?![果立员本品绩效功为长熟年人型交套都分就果份对])",
    "span": r"周年|年半|年(?![级度龄薪检报代会产假均])|个?月(?!份)|个?(?:工作|自然|日历)日|日(?![常期志报程本益均])|天|个?星期"
    r"|周(?![边期转年])|个?小时|个?学年|个?学期",
    "ordinal": r"[级届](?![别数])",
    "count": r"式?份(?![额内])|名|人次|人[天日月]|人(?![员才民事工身机力均为数体格口文])|位(?![置于])|平方米|[㎡台套件项门种本间亩批期次课条款章辆座处部只班座组份]|个(?!人)|学时|课时|分(?![之别配成担期])",
}
_UNIT = "|".join(f"(?P<{name}>{unit})" for name, unit in _UNITS.items())
_CENT = "壹贰叁肆伍陆柒捌玖一二三四五六七八九"
_FACT = late(
    rf"""(?x)(?=[0-9{NUMERALS}百千万半¥人第])(?:
    (?<![0-9A-Za-z])(?<![^0-9]-)(?P<year>{_YEAR})(?:年(?:度)?(?:(?P<month>{_FEW})月(?:份)?(?:(?P<day>{_FEW})[日号]|(?P<edge>底|末|初|上旬|中旬|下旬))?|(?P<late>底|末|初)|(?=[^0-9]|\Z))
      |(?=(?:[—–\-~～至到]|——)(?:19|20)[0-9]{{2}}年(?!级))
      |(?P<dot>[-/.])(?P<month2>[0-9]{{1,2}})(?P=dot)(?P<day2>[0-9]{{1,2}})(?![0-9]))
    | (?P<of>百分之|千分之|万分之|十分之)(?P<parts>{_NUMBER})
    | (?P<under>{_IN_WORDS})分之(?P<over>{_IN_WORDS})
    | (?<![0-9:：比])(?P<one>[0-9]{{1,3}})(?:[:：∶]|比)(?P<two>[0-9]{{1,3}})(?:[:：∶比](?P<three>[0-9]{{1,3}}))?(?![0-9])
    | (?P<open>[一二三四五六七八九])(?P<rest>[一二三四五六七八九])(?:分成|开(?![始展发设办])|分账|分担)
    | (?:人民币)(?P<jiao>[{_CENT}]角)?(?P<fen>[{_CENT}]分)?(?=整|[^{NUMERALS}]|\Z)
    | (?P<yearless>(?:{_FEW})月(?:(?:{_FEW})[日号]|底|末|初|上旬|中旬|下旬|份))
    | (?P<half>半)(?:个?(?P<half_unit>年|月))
    | (?P<before>¥|第)?(?P<number>{_NUMBER})(?:{_UNIT})?
    )"""
)
_OF = {"百分之": Decimal(1), "千分之": Decimal("0.1"), "万分之": Decimal("0.01"), "十分之": Decimal(10)}
_JIAO = late(
    r"(?:([零壹贰叁肆伍陆柒捌玖一二三四五六七八九])角)?(?:零?([壹贰叁肆伍陆柒捌玖一二三四五六七八九])分)?整?"
)
_CAPITAL = late("[壹贰叁肆伍陆柒捌玖拾佰仟]|零元")
_MONTHS = {"年": 12, "周年": 12, "学年": 12, "月": 1}
_DAYS = {"日": 1, "天": 1, "自然日": 1, "日历日": 1, "周": 7, "星期": 7}
_TO = late(r"(?:[起始]|之日|日|起?生效|，|（含(?:当日)?）)*(?:至|到|止于|—+|－|-|~|～)+")


def facts(text: str) -> Iterator[Fact]:
    """Every fact of a folded text, in order; a numeral without a unit is none."""
    at = 0
    while match := _FACT.search(text, at):
        fact = _fact(text, match)
        at = match.end() if fact is None else fact.end
        if fact is not None:
            yield fact


def _fact(text: str, match: re.Match[str]) -> Fact | None:
    start, end = match.span()
    if match["year"]:
        return _day(match)
    if match["of"]:
        value = number(match["parts"])
        return Share(start=start, end=end, percent=value * _OF[match["of"]]) if value is not None else None
    if match["under"]:
        return _fraction(match)
    if match["one"]:
        parts = tuple(Decimal(part) for part in match.group("one", "two", "three") if part)
        return Ratio(start=start, end=end, parts=parts) if all(parts) else None
    if match["open"]:
        first, second = number(match["open"]), number(match["rest"])
        whole = first is not None and second is not None and first + second == 10
        return Ratio(start=start, end=end, parts=(first, second)) if whole and first and second else None
    return _rarer(text, match)


def _rarer(text: str, match: re.Match[str]) -> Fact | None:
    """What is met less often; a day without its year is none, because nothing says which it is."""
    start, end = match.span()
    if match["half"]:
        unit = match["half_unit"]
        months, days = (6, None) if unit == "年" else (None, 15)
        return Span(start=start, end=end, value=Decimal("0.5"), unit=unit, months=months, days=days)
    if match["jiao"] or match["fen"]:
        values = [number(word[0]) or 0 if word else 0 for word in match.group("jiao", "fen")]
        return Amount(start=start, end=end, yuan=_cents(values), capital=True)
    value = number(match["number"]) if match["number"] else None
    return None if value is None else _counted(text, match, value)


def _day(match: re.Match[str]) -> Day | None:
    year = number(match["year"])
    month = match["month"] or match["month2"]
    day = match["day"] or match["day2"]
    values = [int(value) if (value := number(word)) is not None else 0 for word in (month, day) if word]
    made = Day(
        start=match.start(),
        end=match.end(),
        year=int(year or 0),
        month=values[0] if month else None,
        day=values[1] if day else None,
        edge=match["edge"] or match["late"] or "",
    )
    try:
        # Asked for its error only: 2026年2月30日 is no day, and must not be compared with one.
        _ = made.earliest
    except (ValueError, IndexError):
        return None
    return made


def _fraction(match: re.Match[str]) -> Share | None:
    under, over = number(match["under"]), number(match["over"])
    if not under or over is None or over > under:
        return None
    return Share(start=match.start(), end=match.end(), percent=over * 100 / under)


def _counted(text: str, match: re.Match[str], value: Decimal) -> Fact | None:
    """The fact of a numeral with what stands before and after it."""
    start, end, kind = match.start(), match.end(), match.lastgroup or ""
    unit = match[kind].removeprefix("个") if kind in _UNITS else ""
    if match["before"] == "第" or kind == "ordinal":
        return Ordinal(start=start, end=end, number=value, unit=unit or text[end : end + 1])
    if kind == "money" or match["before"] == "¥":
        return _amount(text, match, value)
    if kind == "share":
        times = {"%": Decimal(1), "‰": Decimal("0.1"), "成": Decimal(10)}[unit]
        return Share(start=start, end=end, percent=value * times)
    if kind == "span":
        return _span(start, end, value, unit, text)
    if kind == "count":
        return Count(start=start, end=end, number=value, unit="份" if unit == "式份" else unit or "个")
    return None


def _amount(text: str, match: re.Match[str], value: Decimal) -> Amount:
    end = match.end()
    rest = _JIAO.match(text, end)
    if rest and rest.end() > end:
        value += _cents([number(word) or 0 if word else 0 for word in rest.groups()])
        end = rest.end()
    capital = bool(_CAPITAL.search(match.group()))
    return Amount(start=match.start(), end=end, yuan=value, capital=capital)


def _cents(jiao_and_fen: Iterable[Decimal | int]) -> Decimal:
    jiao, fen = jiao_and_fen
    return Decimal(jiao) / 10 + Decimal(fen) / 100


def _span(start: int, end: int, value: Decimal, unit: str, text: str) -> Span:
    if unit == "年半":
        return Span(start=start, end=end, value=value, unit="年", months=int(value * 12) + 6)
    if unit in _MONTHS:
        months = value * _MONTHS[unit]
        more = _MONTHS_TOO.match(text, end) if unit != "月" else None
        if more and (rest := number(more[1])) is not None:
            months, end = months + rest, more.end()
        return Span(start=start, end=end, value=value, unit=unit, months=int(months))
    days = int(value * _DAYS[unit]) if unit in _DAYS else None
    return Span(start=start, end=end, value=value, unit=unit, days=days)


_MONTHS_TOO = late(rf"零?({_NUMBER})个月")


def betweens(text: str, found: Iterable[Fact]) -> Iterator[Between]:
    """Every pair of days that a 至 joins: 自2026年9月1日起至2029年8月31日止."""
    before: Day | None = None
    for fact in found:
        if not isinstance(fact, Day):
            continue
        if before is not None and _TO.fullmatch(text, before.end, fact.start):
            yield Between(start=before.start, end=fact.end, first=before, last=fact)
        before = fact
