"""H01: what the words say of the term."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.check.rules.against.against_fields import against_fields
from pipeline.check.rules.against.sides import clause_at, spot
from pipeline.check.rules.missing import is_framework
from pipeline.check.rules.read_once import RecordProse
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, rule
from pipeline.kernel.late_pattern import late
from pipeline.prose.facts import Day, Span
from pipeline.prose.grammar import denied
from pipeline.prose.passages import Sentence
from pipeline.prose.reader import betweens
from pipeline.record.model import Agreement, Records
from pipeline.record.model.clauses import Term

_TERM = late(
    r"(?:本|该)?(?:协议书?|合同)的?(?:有效|存续|履行|执行|合作)?(?:期限|期间|有效期|年限|期)限?|(?:履行|存续|执行|合作)(?:期限|期间|周期|年限|时间|期)"
    r"|有效期限?|(?:协议书?|合同)(?:执行|履行|存续|延续)(?=[到至])|合作关系|(?:约定|双方|决定|开展|同意)合作(?=[^，。；]{0,4}[0-9一二两三四五六七八九十壹贰叁肆伍]+个?[年月])|(?:合作|协议)[^。；]{0,12}为期|为期(?=[^，。；]{1,8}的合作)|(?:合作|协议|合同)[^。；0-9]{0,6}自[^。；]{4,24}(?:持续|维持|延续|存续)|(?:协议书?|合同|(?<![轮期次])合作)(?=自[^。；至]{4,30}至[^。；]{4,20}(?:终止|止|失效|届满|期满))|(?:协议书?|合同)(?:从|自)[^，。；]{2,12}(?:算起|起算|起计|起)[，,]?(?:共|为期|合作|有效|执行|履行){1,2}(?=[0-9一二两三四五六七八九十]{1,3}个?[年月])|到期日|截止日|终止日|届满日|期满日|(?:终止|结束|届满|到期)时间|(?:协议书?|合同|合作)(?=[^，。；]{0,4}(?:于|在|到|至)[^，。；]{4,16}(?:到期|届满|期满|失效|终止|为止|止))"
)
_RUNS_OUT = late(r"(?:之日)?(?:到期|届满|期满|失效|终止|结束|为止|止)(?![^，。；]{0,2}[前后])")
_OF_AGREEMENT = late(
    r"(?<![原旧期他充该租])(?:本?协议书?|本?合同|合作(?:关系|期)?)(?:执行|履行|有效|存续|实施)?(?:将|应)?(?:于|在|到|至|止于)\Z"
)
_OTHER_TERM = late(
    r"保密|质保|保修|租|意向书|原协议|原合同|上一轮|前一轮|实习|试用|试运行|服务期|培养|学徒|补充协议|续签|(?<!存)续期|续约|延长|整改|宽限|许可|任期|授权|投标|采购|延续|展期|担保|订单班|每届|课题|专利"
)
_ENDS = late(
    r"(?:(?:到期|终止|届满|期满|结束|截止)(?:日期?|时间)|截止|(?:有效|合作|履行|存续)?期(?:限)?(?:截至|截止[到至]?|[至到])|合作至|(?:存续|延续|持续|维持|履行|进行|执行|有效|开展|合作关系)(?:到|至))(?:期)?(?:为|是|：|:)?\Z"
)
_SAYS = late(
    r"(?:关系|周期|期限|时间|期)?(?:[，,]?系?指)?为?(?:自[^，。；]{1,10}起(?:算|计)?的?)?(?:限|为|是|共|计|即|定|暂|约|满|自|起|算|期|间|维持|持续|连续|保持|[，,](?=共计|共|合计|为期)|[：:（(]){0,8}"
)

_CHANGED = late("(?:限|期)?(?:由|从)[^，。；]{2,8}(?:改|变更|调整|修改)(?:为|至|到)")


def months_between(start: date, end: date) -> int | None:
    """Whole months from one day to another, both included; None where months do not fit."""
    after = end + timedelta(days=1)
    return (after.year - start.year) * 12 + after.month - start.month if after.day == start.day else None


@rule(
    "H01",
    title="条文里的合作期限和 term 一致",
    clause="指南（草案）8.4 合同期限",
    why="条文写五年、期限栏写三年，签出去就是两个期限，到期、续签、清算都说不清。",
    hint="以谈定的为准：改条文，或者改 term；条文里不必再写一遍期限。",
    ways={
        "length": "“{words}”，而 term 从 {start} 到 {end}，是{length}",
        "days": "“{words}”，而 term 写的是 {start} 到 {end}",
        "open": "“{words}”，而 term 写的是不约定终止日期（open）",
        "months": "“{words}”，而 term 写的是起算后{length}（months）",
    },
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
@against_fields
def says_the_term_once(agreement: Agreement, reading: RecordProse, records: Records) -> Iterator[Fault]:
    """Two terms in one agreement are none."""
    term = agreement.term
    if term is None:
        return
    if term.start is None or term.end is None:
        yield from _undated(term, reading)
    elif term.start < term.end:
        values = {"start": term.start, "end": term.end, "length": _length(term.start, term.end)}
        for sentence, match in _of_term(reading):
            found = (
                _endless(sentence)
                or (reading.beside and _prolonged(sentence, term.end))
                or _other_days(sentence, match, term.start, term.end)
                or _other_length(sentence, match, months_between(term.start, term.end), term.start)
            )
            if found:
                way, start, end = found
                yield spot(reading, sentence, way, start, ("term",), words=sentence.text[start:end], **values)


def _of_term(reading: RecordProse) -> Iterator[tuple[Sentence, re.Match[str]]]:
    """The sentences that speak of the term, and where."""
    words = ("期", "合作", "年限", "执行", "履行", "截止", "终止", "届满", "失效", "为止", "结束时间")
    for sentence in reading.prose.having(_speaks_of_term, *words):
        match = _speaks_of_term(sentence.text)
        if match and reading.fields[sentence.number][0] not in ("term", "recitals"):
            yield sentence, match


def _speaks_of_term(text: str) -> re.Match[str] | None:
    return _TERM.search(text) or _ENDLESS.search(text)


def _undated(term: Term, reading: RecordProse) -> Iterator[Fault]:
    """A length or an end beside a term without end, or another length than is counted from the signing."""
    if not (term.open or term.months):
        return
    way = "open" if term.open else "months"
    values = {} if term.months is None else {"length": _years(term.months)}
    for sentence, match in _of_term(reading):
        found = _other_length(sentence, match, term.months, None) or (
            _any_end(sentence) if term.open else None
        )
        if found:
            _, start, end = found
            yield spot(reading, sentence, way, start, ("term",), words=sentence.text[start:end], **values)


def _any_end(sentence: Sentence) -> tuple[str, int, int] | None:
    """The day on which a sentence has the agreement end."""
    text = sentence.text
    for fact in sentence.facts:
        ends = isinstance(fact, Day) and (_ENDS.search(text[: fact.start]) or _runs_out(text, fact))
        if ends and not _OTHER_TERM.search(text):
            return "open", fact.start, fact.end
    return None


_ENDLESS = late(
    "(?:协议书?|合同|合作)[^，。；不]{0,6}(?:长期有效|永久有效|无固定期限|无限期|不约定(?:终止日期|期限)|不设期限|不定期(?!限?检|召|开))"
    "|(?<!保密)(?<!质保)(?:协议书?|合同)的?有效期限?为?(?:永久|长期|不限|无期限)"
)


def _endless(sentence: Sentence) -> tuple[str, int, int] | None:
    """Where a sentence has the agreement go on without end, though the term has one."""
    match = _ENDLESS.search(sentence.text)
    return ("days", *match.span()) if match and not denied(sentence.text, match) else None


_PROLONGED = late("(?:合作|协议|合同|有效)[^，。；0-9]{0,10}(?:延长|顺延|延期|延续|展期|续签|续期)[到至]")


def _prolonged(sentence: Sentence, end: date) -> tuple[str, int, int] | None:
    """The day to which an amendment prolongs the term, where that is not the day of its own term."""
    match = _PROLONGED.search(sentence.text)
    for fact in sentence.facts if match else ():
        if match and isinstance(fact, Day) and fact.start == match.end():
            return None if fact.earliest <= end <= fact.latest else ("days", match.start(), fact.end)
    return None


def _length(start: date, end: date) -> str:
    months = months_between(start, end)
    if months is None:
        return f" {(end - start).days + 1} 日"
    return _years(months)


def _years(months: int) -> str:
    years, rest = divmod(months, 12)
    return (f" {years} 年" if years else "") + (f" {rest} 个月" if rest else "")


def _other_days(
    sentence: Sentence, match: re.Match[str], start: date, end: date
) -> tuple[str, int, int] | None:
    for fact in sentence.facts:
        if isinstance(fact, Day) and _ENDS.search(sentence.text[: fact.start]):
            alike = fact.earliest <= end <= fact.latest or bool(_OTHER_TERM.search(sentence.text))
            return None if alike else ("days", fact.start, fact.end)
        if (
            isinstance(fact, Day)
            and _runs_out(sentence.text, fact)
            and not fact.earliest <= end <= fact.latest
        ):
            return "days", fact.start, fact.end
    for between in betweens(sentence.text, sentence.facts):
        words = sentence.text[: between.start]
        if between.start < match.start() or _OTHER_TERM.search(words):
            continue
        first, last = between.first, between.last
        alike = first.earliest <= start <= first.latest and last.earliest <= end <= last.latest
        if not alike:
            return "days", match.start(), between.end
    return None


def _runs_out(text: str, day: Day) -> bool:
    """Whether the agreement is said to end on a day (本协议于…到期)."""
    return bool(
        _RUNS_OUT.match(text, day.end)
        and _OF_AGREEMENT.search(text[: day.start])
        and not _OTHER_TERM.search(text[: day.start])
    )


def _other_length(
    sentence: Sentence, match: re.Match[str], months: int | None, start: date | None
) -> tuple[str, int, int] | None:
    for fact in sentence.facts:
        if not isinstance(fact, Span) or fact.start < match.end() or fact.months is None:
            continue
        between = sentence.text[match.end() : fact.start]
        clause, _ = clause_at(sentence.text, match.start())
        if not (_SAYS.fullmatch(between) or _CHANGED.fullmatch(between)) or _OTHER_TERM.search(
            sentence.text[clause : fact.start]
        ):
            continue
        moment = _within(between, fact, months) or re.match("内|后|以内|之内|前", sentence.text[fact.end :])
        if fact.months != months and not moment:
            return "length", match.start(), fact.end
        begun = next(
            (one for one in sentence.facts if isinstance(one, Day) and _begins(sentence.text, one)), None
        )
        if start and begun and not begun.earliest <= start <= begun.latest:
            return "days", begun.start, begun.end
    return None


def _within(between: str, span: Span, months: int | None) -> bool:
    """Whether a length names a moment inside the term: 合作期满一年时."""
    return between.endswith("满") and (span.months or 0) < (months or 0)


def _begins(text: str, day: Day) -> bool:
    """Whether a term is said to begin on a day (自…起)."""
    return text[: day.start].endswith(("自", "从")) and text.startswith("起", day.end)
