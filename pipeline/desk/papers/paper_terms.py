"""What single sentences of a foreign agreement fix: its number, its term, the copies, the payments, the day of signing."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from pipeline.desk.papers.outline import PaperOutline, compact
from pipeline.desk.papers.proposal import Proposal
from pipeline.prose.facts import Amount, Between, Count, Day, Fact, Span
from pipeline.prose.passages import Prose, Sentence
from pipeline.prose.reader import betweens

_TERM = re.compile(
    r"(?:合作|协议|合同|有效|本协议)[^，。；]{0,6}(?:期限?|有效期)|有效期|合作时间|合同期|期限为|期限[：:]"
)
_NOT_TERM = re.compile(
    r"试用|保修|质保|质量保证|付款|支付|交货|租赁期|保密|实习期|服务期|培训期|续签|届满前|通知"
)
_FROM = re.compile(
    r"自(?:本(?:协议|合同))?(?:(?:各方|双方|甲乙双方|三方)?(签[订署字章约][^，。]{0,12}?)|(生效))之日起"
)
_TERM_WORDS = re.compile(
    r"[，。；、：:（）()\s]|本?(?:协议|合同|合作)|有效|期限|期(?!满)|时间|自|从|起|至|到|止|为|的|共|计|即|于|双方|约定|[—\-–~～]|限|以内"
)
_NUMBER = re.compile(r"(?:协议|合同|文件)?\s*编\s*号\s*[：:]\s*([^\s，。；：:]{4,40})")
_NUMBER_FORM = re.compile(r"[0-9A-Za-z\-\u4e00-\u9fff〔〕()（）]{4,40}")
_EACH = re.compile(r"([甲乙丙丁])方(?:执|持|存|保存|保留|留存)")
_ALL = re.compile(
    r"(?:双方|各方|甲乙双方|甲、乙双方|三方|甲乙丙三方)(?:各|分别|均)(?:自)?(?:执|持|存|保存|留存)"
)
_COPY_WORDS = re.compile(
    r"[，。；、：:（）()\s]|本?(?:协议|合同)(?:书)?|一式|共|正本|各方|双方|三方|[甲乙丙丁]|方|各|自|分别|均|执|持|存|保存|留|具有|同等|法律效力|效力|每份|的"
)
_PAYS = re.compile(
    r"([甲乙丙丁])方(?:应|须|需|将|同意)?(?:当)?(?:[^甲乙丙丁，。]{0,30}?)(?:向([甲乙丙丁])方)?[^甲乙丙丁，。]{0,12}?(?:支付|缴纳|交纳)([^，。；0-9¥￥]{0,20}?(?:费用?|款|金|经费|报酬))"
)
_NO_PAYMENT = re.compile(
    r"违约|赔偿|不(?![超高低少多迟晚含足])|未(?!来)|[无毋](?:需|须|权)|没有|免于|免除|免予|免交|免收|[暂停]缓|暂停|停止|拒绝|取消"
    r"|退还|返还给|如果|(?:如|若)(?!下)|逾期"
)
"""What is no payment that was agreed, or only one in a case that may never come."""
_SIGNED = re.compile(r"签[订署约字]?\s*(?:日\s*期|时\s*间)|日\s*期|签[订署]于|年\s*月\s*日")


_SUPPOSED = re.compile(
    r"的[，,]|时[，,]|情况下|情形下|假[如设]|[倘凡]|一旦|的话|除非|可以|可选|有权|视|拟|原则上|考虑|垫付|代付|代缴|由[^，。]{1,10}(?:承担|负担|支付)"
)
_LATER = re.compile(r"期满|届满|延长|延期|展期|顺延|续[约签期订]|再续")
"""Where a sentence begins to say what comes after the term, which is no part of it."""
_LOOSE_TERM = re.compile(
    r"不|未(?!来)|(?:如|若)(?!下)|[假倘]|除非|原(?!始|件)|此前|前期|前一|上一|废止|作废|[替取]代|改为|变更|调整|暂|一般|拟|左右|大约|至少|最[长短多少]|可(?:以|能)"
)


def number(paper: PaperOutline, *, legacy: bool) -> Iterator[Proposal]:
    """The paper's own number."""
    spots = [(place, one) for place in paper.front if (one := paper.line(place))]
    for place, line in (*spots, *((-1, one) for one in paper.paper.around)):
        found = _NUMBER.search(line.text)
        value = _closed(found[1].translate(_BRACKETS)) if found else ""
        if found and _NUMBER_FORM.fullmatch(value):
            doubt = "" if legacy else "这是对方编的号；本校的协议由校企合作办公室编号"
            whole = (place,) if place >= 0 and compact(line.text) == compact(found[0]) else ()
            yield Proposal(
                path=("number",), value=value, where=line.where, said=line.text, doubt=doubt, uses=whole
            )
            return


def _closed(text: str) -> str:
    """A number up to a bracket that is opened and not closed: HT-1（原编号."""
    opened = re.search(r"[（(〔](?=[^）)〕]*\Z)", text)
    return text[: opened.start()] if opened else text


_BRACKETS = str.maketrans({"[": "〔", "]": "〕", "【": "〔", "】": "〕", "－": "-", "—": "-"})


def term(spoken: Sequence[tuple[int, str, str]]) -> Iterator[Proposal]:
    """The term: from the sentences that fix one; `spoken` are places, texts, and the titles they stand under."""
    said = list(_terms(spoken))
    if not said:
        return
    place, sentence, value, doubt, title = said[0]
    others = {repr(sorted(one[2].items(), key=str)) for one in said}
    if len(others) > 1:
        doubt = doubt or "原件里写了不止一个期限"
    where = title or "正文"
    whole = not _TERM_WORDS.sub("", _without(sentence.text, sentence.facts))
    same = [text for at, text, _ in spoken if at == place]
    uses = (place,) if whole and len(same) == 1 and _only(same[0], sentence) else ()
    for key, one in value.items():
        yield Proposal(path=("term", key), value=one, where=where, said=sentence.text, doubt=doubt, uses=uses)


def _only(text: str, sentence: Sentence) -> bool:
    return len(compact(text)) <= len(sentence.text) + 2


def _terms(
    spoken: Sequence[tuple[int, str, str]],
) -> Iterator[tuple[int, Sentence, dict[str, Any], str, str]]:
    for place, text, title in spoken:
        titled = bool(re.search(r"期限|有效期|合作时间", title))
        for sentence in _sentences(text):
            if (titled or _TERM.search(sentence.text)) and not _NOT_TERM.search(sentence.text):
                value, doubt = _term_of(sentence)
                if value:
                    yield place, sentence, value, doubt, title


def _sentences(text: str) -> Iterator[Sentence]:
    prose = Prose([text])
    at = 0
    while at < len(prose.text):
        sentence = prose.sentence(at)
        yield sentence
        at = max(at + 1, sentence.start + len(sentence.text) + 1)


def _term_of(sentence: Sentence) -> tuple[dict[str, Any], str]:
    """Start and end, or months from an event, with what is not sure about them."""
    later = _LATER.search(sentence.text)
    head = sentence.text[: later.start()] if later else sentence.text
    found = [one for one in sentence.facts if one.start < len(head)]
    value, doubt = _term_facts(sentence, found)
    return value, doubt or ("看不出期限是不是这样定的" if _LOOSE_TERM.search(head) else "")


def _term_facts(sentence: Sentence, found: Sequence[Fact]) -> tuple[dict[str, Any], str]:
    pairs = list(betweens(sentence.text, found))
    spans = [one for one in found if isinstance(one, Span) and one.months]
    if pairs:
        return _from_days(pairs, spans)
    begun = _FROM.search(sentence.text)
    days = [one for one in found if isinstance(one, Day)]
    if len(spans) == 1 and begun and not days:
        return {"basis": "signing" if begun[1] else "effect", "months": spans[0].months}, ""
    if len(spans) == 1 and len(days) == 1 and days[0].exact:
        last = _after(days[0].earliest, spans[0].months or 0)
        return {
            "start": days[0].earliest,
            "end": last,
        }, f"结束日期是按{sentence.text[spans[0].start : spans[0].end]}算出来的"
    if len(spans) == 1 and not days:
        return {"basis": "signing", "months": spans[0].months}, "没有写从哪一天起算，按签字之日起算"
    return {}, ""


def _from_days(pairs: list[Between], spans: list[Span]) -> tuple[dict[str, Any], str]:
    first, last = pairs[0].first, pairs[0].last
    value = {"start": first.earliest, "end": last.latest}
    if len(pairs) > 1 or value["end"] <= value["start"]:
        return value, "起止日期要核对"
    if not (first.exact and last.exact):
        return value, "原件没有写到日"
    near = [_after(value["start"], one.months or 0) for one in spans]
    if any(abs((one - value["end"]).days) > 1 for one in near):
        return value, "写的年限和起止日期对不上"
    return value, ""


def _after(start: date, months: int) -> date:
    """The last day of so many months from a day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, monthrange(year, month + 1)[1]) if 1 <= year < 9999 else 1
    return date(min(max(year, 1), 9999), month + 1, day) - timedelta(days=1)


def _without(text: str, found: Sequence[Fact]) -> str:
    """A sentence without its facts and the words of an event that it counts from."""
    for one in sorted(found, key=lambda fact: fact.start, reverse=True):
        text = text[: one.start] + text[one.end :]
    return _FROM.sub("", text)


def copies(spoken: Sequence[tuple[int, str, str]], sides: Mapping[str, str]) -> Iterator[Proposal]:
    """How many copies there are, and who has how many."""
    for place, text, title in spoken:
        for sentence in _sentences(text):
            found = [one for one in sentence.facts if isinstance(one, Count) and one.unit == "份"]
            if "一式" not in sentence.text or not found:
                continue
            total, each = int(found[0].number), _each(sentence.text, found[1:], sides)
            doubt = "" if each and sum(each.values()) == total else "各方份数合计和总份数对不上"
            whole = not doubt and not _COPY_WORDS.sub("", _without(sentence.text, found))
            uses = (place,) if whole and _only(text, sentence) else ()
            if len(each) == len(sides) and 1 < total < 100:
                value = {"total": total, "each": each}
                yield Proposal(
                    path=("copies",),
                    value=value,
                    where=title or "正文",
                    said=sentence.text,
                    doubt=doubt,
                    uses=uses,
                )
            return


def _each(text: str, found: Sequence[Count], sides: Mapping[str, str]) -> dict[str, int]:
    if _ALL.search(text) and len(found) == 1:
        return dict.fromkeys(sides.values(), int(found[0].number))
    each: dict[str, int] = {}
    for mark in _EACH.finditer(text):
        following = next((one for one in found if 0 <= one.start - mark.end() <= 4), None)
        side = sides.get(f"{mark[1]}方")
        if following and side:
            each[side] = int(following.number)
    return each


def payments(spoken: Sequence[tuple[int, str, str]], sides: Mapping[str, str]) -> Iterator[Proposal]:
    """Who pays whom how much; only where one sentence says one amount."""
    count = 0
    for _, text, title in spoken:
        for sentence in _sentences(text):
            paid = _PAYS.search(sentence.text)
            amounts = [one for one in sentence.facts if isinstance(one, Amount)]
            payer = sides.get(f"{paid[1]}方") if paid else None
            if not paid or not payer or not amounts or _NO_PAYMENT.search(f"{title}{sentence.text}"):
                continue
            payee = sides.get(f"{paid[2]}方") if paid[2] else None
            doubt = _pay_doubt(sentence.text, amounts, payee)
            if payee is None:
                others = [one for one in sides.values() if one != payer]
                payee = others[0] if len(others) == 1 else None
            if payee is not None and payee != payer:
                item = re.sub(r"\A(?:的|本协议|本合同|人民币|合计|共计)+", "", paid[3])
                value = {"item": item, "payer": payer, "payee": payee, "amount": amounts[0].yuan}
                yield Proposal(
                    path=("payments", count),
                    value=value,
                    where=title or "正文",
                    said=sentence.text,
                    doubt=doubt,
                )
                count += 1


def _pay_doubt(sentence: str, amounts: Sequence[Amount], payee: str | None) -> str:
    values = {one.yuan for one in amounts}
    if len(values) > 1:
        words = {one.capital for one in amounts}
        return "大写和小写的金额不一致" if len(amounts) == 2 and len(words) == 2 else "一句里写了几个金额"
    if re.search(r"每[年月人学期次生名]|/[年月人]|不[超高低少]|以上|以下|约|以内|起|至多|至少", sentence):
        return "金额不是一个定数，或者要乘以期数、人数"
    if _SUPPOSED.search(sentence):
        return "看不出是不是一定要付"
    return "" if payee else "没有写付给谁"


def signed_days(paper: PaperOutline, sides: Mapping[str, str]) -> Iterator[Proposal]:
    """The day of signing, from the signatures, else from the line that names it at the head."""
    for places in (paper.signatures, paper.front):
        found = [
            (day, where) for place in places for where, text in _said_at(paper, place) for day in _days(text)
        ]
        if found:
            break
    else:
        return
    days = sorted({day for day, _ in found})
    said = "、".join(day.isoformat() for day in days)
    doubt = "" if len(days) == 1 else f"签署处写了几个日期：{said}"
    for side in sides.values():
        path = ("parties", side, "signed_on")
        yield Proposal(record="signing", path=path, value=days[-1], where=found[0][1], said=said, doubt=doubt)


def _said_at(paper: PaperOutline, place: int) -> Iterator[tuple[str, str]]:
    line, grid = paper.line(place), paper.grid(place)
    if line:
        yield line.where, line.text
    elif grid:
        yield from ((grid.where, cell) for row in grid.rows for cell in row)


def _days(text: str) -> Iterator[date]:
    """The days that a line of signatures names."""
    if _SIGNED.search(text) or re.fullmatch(r"[\s0-9年月日零〇一二三四五六七八九十./\-]+", text):
        for sentence in _sentences(text):
            yield from (one.earliest for one in sentence.facts if isinstance(one, Day) and one.exact)
