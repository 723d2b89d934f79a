"""H05, H09 and H11: copies, interns and quantities in prose against their fields; and interns that only prose knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.check.rules.against.against_fields import against_fields
from pipeline.check.rules.against.sides import PARTY, called, party_of, spot
from pipeline.check.rules.against.term_told import months_between
from pipeline.check.rules.missing import is_framework
from pipeline.check.rules.read_once import RecordProse
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, rule
from pipeline.kernel.chinese import plain_number
from pipeline.kernel.finding import DataPath
from pipeline.kernel.late_pattern import late
from pipeline.prose.facts import Count, Ordinal
from pipeline.prose.passages import Sentence, facts_of
from pipeline.record.model import Agreement, Records
from pipeline.record.model.clauses import Copies

_OTHER_PAPER = late(
    r"补充协议|报告|附件|三方|实习协议|清单|收据|验收|委托书|纪要|方案|图纸|申请|证书|教材|问卷|试卷|资料|意向|(?<!代)表(?!示)|手册|名册|台账|日志|承诺书|[交回验保运考]\S{0,2}单"
)
_HOW_MANY = late(r"(?:一式|壹式|正本一式|正本|协议书?共|合同共|文本共|共计?|本协议书?)[^，。；0-9]{0,4}\Z")
_EACH = late(
    rf"(?:(?P<all>双方|各方|三方|甲乙双方|甲、乙双方|协议各方)各?|(?P<one>{PARTY}))(?:方)?各?(?:执有?|持有?|留存?|存|保留|保存|得|保管)?\Z"
)


@rule(
    "H05",
    title="条文里的份数和 copies 一致",
    clause="民法典 470",
    why="份数写了两个，总有一方手里没有原件，归档也对不上。",
    hint="以要打印的份数为准，改条文或者改 copies。",
    ways={
        "total": "“{words}”，而 copies 写的是 {total} 份",
        "each": "“{words}”，而 copies 里{party}是 {each} 份",
    },
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
@against_fields
def says_the_copies_once(agreement: Agreement, reading: RecordProse, records: Records) -> Iterator[Fault]:
    """So many originals are made, and no other number."""
    if agreement.copies is None:
        return
    for sentence in reading.prose.having(_of_copies, "份"):
        fault = _copies(agreement, agreement.copies, reading, sentence)
        if fault:
            yield fault


def _of_copies(text: str) -> bool:
    return not _OTHER_PAPER.search(text) and bool(re.search("协议|合同|一式|壹式|各执|各持", text))


def _copies(agreement: Agreement, copies: Copies, reading: RecordProse, sentence: Sentence) -> Fault | None:
    for fact in sentence.facts:
        if not isinstance(fact, Count) or fact.unit != "份":
            continue
        before = sentence.text[: fact.start]
        if _HOW_MANY.search(before):
            if copies.total is not None and fact.number != copies.total:
                return spot(
                    reading,
                    sentence,
                    "total",
                    fact.start,
                    ("copies", "total"),
                    words=sentence.text,
                    total=copies.total,
                )
            continue
        match = _EACH.search(before)
        parties = _holders(match, agreement) if match else ()
        for party in parties:
            if party in copies.each and copies.each[party] != fact.number:
                values = {
                    "words": sentence.text,
                    "party": called(agreement, party),
                    "each": copies.each[party],
                }
                return spot(reading, sentence, "each", fact.start, ("copies", "each", party), **values)
    return None


def _holders(match: re.Match[str], agreement: Agreement) -> tuple[str, ...]:
    if match["all"]:
        return agreement.party_ids
    party = party_of(match["one"], agreement.in_order)
    return (party,) if party else ()


_INTERNS = late("实习|顶岗|跟岗|上岗|接[收纳](?:的|甲方)?学生")
_NOT_STUDENTS = late(
    r"(?:教师|导师|管理人员|工程师|员工|师傅|专家|人员|干部|老师|每名|每位|每个|每班|每组|岗位(?!实习)|负责人|专员|联络人)[^，。；0-9]{0,6}\Z"
)
_NO_STUDENTS = late(
    r"(?:[^，。；]{0,3})?(?:教师|导师|管理人员|工程师|员工|师傅|专家|干部|老师|专员|联络|指导|带教)"
)
_IN_ALL = late(r"(?:共|总计|合计|累计|总数|总共|合作期内|三年|两年|总人数|全部)[^，。；]{0,16}\Z")
_YEARLY = late(r"(?:每年度?|每学年|年均|每一?届|逐年)[^，。；]{0,24}\Z")
_BATCH = late(r"(?:首批|第[一二三四五六]批|每批|每次|每期|首次|先|其中|不少于|至少|不低于)[^，。；]{0,14}\Z")
_AT_LEAST = late(r"(?:不少于|至少|不低于)[^，。；]{0,4}\Z")
_EACH_BATCH = late(r"(?:首批|第[一二三四五六1-6]批)[^，。；、0-9]{0,10}\Z")
_TAUGHT = late("培养|培训|录用|招录|就业")
_SET = late("订单班|招生|报名|选拔|冠名班")


@rule(
    "H09",
    title="条文里的实习人数和 interns 一致",
    clause="职业教育法 50；职业学校学生实习管理规定 16",
    why="实习人数决定保险、岗位和导师的数量，条文和栏目不一样，三方协议和保险就会漏人。",
    hint="核对合作期内的总人数，改条文或者改 interns。",
    ways={
        "total": "“{words}”，而 interns 写的是 {interns} 人",
        "years": "“{words}”：按合作期算合计 {sum} 人，而 interns 写的是 {interns} 人",
    },
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
@against_fields
def says_the_interns_once(agreement: Agreement, reading: RecordProse, records: Records) -> Iterator[Fault]:
    """As many as are told are insured."""
    interns = agreement.interns
    if interns is None:
        return
    for sentence in reading.prose.having(_counts_people, "实习", "顶岗", "跟岗", "接收", "接纳", "人"):
        near = _INTERNS.search(sentence.text) or (_INTERNS.search(sentence.before) and "人" in sentence.text)
        alone = re.fullmatch(r".{0,10}合作期内共[^，。；]{0,8}", sentence.text)
        if not (near or alone) or re.search("认[识知]实习|参观|观摩|研学|体验|教师实践", sentence.text):
            continue
        found = _interns(agreement, sentence, interns)
        if found:
            way, at, total = found
            values = {"words": sentence.text, "interns": interns, "sum": total}
            yield spot(reading, sentence, way, at, ("interns",), **values)


def _interns(agreement: Agreement, sentence: Sentence, interns: int) -> tuple[str, int, str] | None:
    """The way in which a sentence counts other interns than the field, where, and how many in all."""
    text = sentence.text
    for fact in sentence.facts:
        if not isinstance(fact, Count) or not _of_people(text, fact):
            continue
        before = text[: fact.start]
        if (
            _NOT_STUDENTS.search(before)
            or _NO_STUDENTS.match(text[fact.end :])
            or (_SET.search(text) and "实习" not in text)
            or _of_others(text, fact)
        ):
            continue
        if _YEARLY.search(before):
            number = fact.number * _years(agreement)
            if number > interns:
                return "years", fact.start, plain_number(number)
        elif before.endswith("各"):
            groups = sum(
                isinstance(one, Ordinal) and one.unit in ("级", "届")
                for one in sentence.facts
                if one.start < fact.start
            )
            if groups > 1 and fact.number * groups > interns:
                return "years", fact.start, plain_number(fact.number * groups)
        elif _counts_others(before, fact.number, interns):
            return "total", fact.start, plain_number(fact.number)
    return _batches(sentence, interns)


def _of_others(text: str, fact: Count) -> bool:
    """Whether a number stands in a clause of its own about those who are taught or hired, beside one of interns."""
    start = max(text.rfind(sign, 0, fact.start) for sign in "，；、") + 1
    clause = re.split("[，；、]", text[start:], maxsplit=1)[0]
    return bool(_TAUGHT.search(clause)) and not _INTERNS.search(clause)


def _counts_others(before: str, number: Decimal, interns: int) -> bool:
    """Whether a number that is said of all interns, or of more than there are, differs from the field."""
    whole = _IN_ALL.search(before)
    if _AT_LEAST.search(before):
        return bool(whole) and number > interns
    return not _BATCH.search(before) and (number > interns or bool(whole and number != interns))


def _batches(sentence: Sentence, interns: int) -> tuple[str, int, str] | None:
    """Batches that are told one by one and are more than the field in all."""
    counted = [fact for fact in sentence.facts if isinstance(fact, Count) and _of_people(sentence.text, fact)]
    batches = [fact for fact in counted if _EACH_BATCH.search(sentence.text[: fact.start])]
    whole = sum((fact.number for fact in batches), Decimal(0))
    return ("years", batches[0].start, plain_number(whole)) if len(batches) > 1 and whole > interns else None


def _counts_people(text: str) -> bool:
    return any(isinstance(fact, Count) and _of_people(text, fact) for fact in facts_of(text))


def _of_people(text: str, fact: Count) -> bool:
    """Whether students are counted, or the posts they are placed in."""
    posts = re.match("(?:实习|顶岗)岗位", text[fact.end :]) or text[: fact.start].endswith(
        ("实习岗位", "顶岗岗位")
    )
    return fact.unit in ("名", "人", "位", "人次") or (fact.unit == "个" and bool(posts))


def _years(agreement: Agreement) -> int:
    term = agreement.term
    if term is None or term.start is None or term.end is None:
        return 1
    months = months_between(term.start, term.end)
    return max(1, -(-(months or (term.end - term.start).days // 30) // 12))


@rule(
    "H11",
    title="条文里的数量和清单一致",
    clause="指南（草案）8.4 企业投入方式、占用学院资源",
    why="设备写两台还是三台、场地写多大，交接和退还时都按清单点数，条文不一样就点不拢。",
    hint="数量只在清单里写，条文写“按清单”。",
    ways={"quantity": "“{words}”，而清单里“{name}”是 {quantity} {unit}"},
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
@against_fields
def quantities_agree_with_the_lists(
    agreement: Agreement, reading: RecordProse, records: Records
) -> Iterator[Fault]:
    """What is counted in prose is what is listed."""
    for path, name, number, unit in _listed(agreement):
        for sentence in reading.prose.naming(name.replace(" ", "")):
            if reading.fields[sentence.number][0] in ("inputs", "resources"):
                continue
            at = sentence.text.find(name.replace(" ", ""))
            for fact in sentence.facts:
                beside = 0 <= fact.start - at - len(name) <= 3 or 0 <= at - fact.end <= 2
                same = isinstance(fact, Count) and fact.unit == unit and fact.number != number
                if (
                    beside
                    and same
                    and not re.search(
                        r"(?:其中|首批|先|每|另|第)[^，。；]{0,6}\Z", sentence.text[: fact.start]
                    )
                ):
                    values = {
                        "words": sentence.text,
                        "name": name,
                        "quantity": plain_number(number),
                        "unit": unit,
                    }
                    yield spot(reading, sentence, "quantity", fact.start, path, **values)
                    break


def _listed(agreement: Agreement) -> Iterator[tuple[DataPath, str, Decimal, str]]:
    for part, lists in (("inputs", agreement.inputs), ("resources", agreement.resources)):
        for kind, index, item in lists.lines if lists else ():
            if item.name and item.quantity is not None and item.unit:
                yield (part, kind, index, "quantity"), item.name, item.quantity, item.unit
