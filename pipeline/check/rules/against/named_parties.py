"""H12 and H13: who is named that is no party, and duties and breaches that stand under the wrong side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.check.rules.against.against_fields import against_fields
from pipeline.check.rules.against.sides import PARTY, STEMS, called, party_of, spot
from pipeline.check.rules.missing import is_framework
from pipeline.check.rules.read_once import RecordProse
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, rule
from pipeline.kernel.late_pattern import late
from pipeline.prose.lexicon import FIRM
from pipeline.record.model import Agreement, Records
from pipeline.record.model.names import COLLEGE

_TRIPARTITE = late(
    "三方(?:协议|实习)|实习(?:三方)?协议|学生[（(]丙方|丙方[（(：:]?(?:是|为|即|指)?学生|学生(?:为|作为|是)|劳动合同|学徒[（(]|[（(]学徒|学徒(?:为|作为|是)|学徒(?:三方)?协议|他人"
)
_TWO = 2
_LIST = late(rf"[{STEMS}]、[{STEMS}](?:、[{STEMS}])*(?=[三四五六]?方)")
_NAMED = late(
    rf"([{STEMS}]方)[（(：:]([^）)，,。；：:（(]{{4,30}}(?:公司|学院|学校|中心|厂|集团|医院|酒店|研究院|协会|大学))(?=[）)，,。；]|负|应|提|\Z)"
)


@rule(
    "H12",
    title="条文里的各方都是签约方",
    clause="民法典 465、470",
    why="协议只约束签字的各方；写了丙方却没有丙方签字，这件事就没有人做。",
    hint="把它写进 parties.enterprises；不签约的写单位全称，由签约的一方负责安排。",
    ways={
        "stranger": "“{words}”里的{role}不是签约方，本协议只有 {count} 方",
        "name": "“{words}”：本协议的{role}是{name}",
    },
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
@against_fields
def names_only_who_signs(agreement: Agreement, reading: RecordProse, records: Records) -> Iterator[Fault]:
    """An agreement binds who signs it."""
    parties = agreement.in_order
    if len(parties) < 2:
        return
    beyond = STEMS[len(parties) :]
    for sentence in reading.prose.sentences(
        *(f"{stem}方" for stem in beyond), *(f"、{stem}" for stem in beyond)
    ):
        listed = _LIST.search(sentence.text)
        match = re.search(f"[{beyond}](?=方)", sentence.text) or (
            listed and re.search(f"[{beyond}]", listed.group())
        )
        # Only the third may be a student, in what is said of the tripartite agreement.
        third = match is not None and match.group() == beyond[0] and len(parties) == _TWO
        if match and not (third and _TRIPARTITE.search(sentence.text)):
            at = listed.start() if listed and match.string != sentence.text else match.start()
            values = {"words": sentence.text, "role": f"{match.group()}方", "count": len(parties)}
            yield spot(reading, sentence, "stranger", at, ("parties",), **values)
    for sentence in reading.prose.sentences("方（", "方("):
        for match in _NAMED.finditer(sentence.text):
            party = party_of(match[1], parties)
            name = records.party_name(party) if party else ""
            if name and name != party and match[2] not in name and name not in match[2]:
                values = {"words": match.group(), "role": match[1], "name": f"“{name}”"}
                yield spot(reading, sentence, "name", match.start(), ("parties",), **values)


_MODAL = "应当?|须|必须|负责|承担|需|要(?!求)|保证|按时|按月|按期|按照|不得|有权|享有|可以|同意|办理|提供(?!的)|派出(?!的)|派(?!驻|出)|安排|每(?:年|月|学期|学年|季)|将|协助|配合|支付|购买|组织"
_LEAD = r"(?:(?:为|在|根据|按照|自)[^，。；]{2,24}，)?由?"
_DUTY = late(rf"{_LEAD}(?P<party>{PARTY})(?:(?:和|与|、)?(?P<also>{PARTY}|双方))?(?:{_MODAL})")
_CONDITION = late(r"(?:的|后|时|前|之日起?|期间|情况下|同意)\Z")
_BREAKER = late(
    rf"(?P<party>{PARTY})(?!原因|要求|同意|有权|可以|过错)[^，。；]{{0,24}}?(?:逾期|延期|拖延|拖欠|怠于|中断|停止|隐瞒|虚报|迟交|未|违反|擅自|不|延迟|拒绝|泄露|迟延|单方|无故|挪用)[^，。；]{{0,30}}的"
)
_PAYER = late(
    rf"(?:^|[，,])(?:由)?(?P<party>{PARTY})(?!有权|可以?|原因)(?:应当?|须|必须|负责|需)?(?:向[^，。；]{{1,6}})?(?:一次性)?(?P<verb>支付|承担|赔偿|补偿|返还|退还)(?![^，。；]{{0,4}}不)"
)


@rule(
    "H13",
    title="义务和违约责任写在该负责的一方名下",
    clause="指南（草案）8.4 双方的权利和义务、违约责任；民法典 577",
    why="企业的义务印在学校的义务下面，要么没人做，要么变成学校的事；违约责任写反了，守约的一方反而要赔。",
    hint="移到对应的一方名下；或者改成由本方做的事。",
    ways={
        "duty": "“{words}”说的是{party}的事，却写在{own}的{what}里",
        "breach": "“{words}”说的是{party}违约，却写在{own}的违约责任里",
        "payer": "“{words}”：写在{own}的违约责任里，却由{party}来赔",
    },
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
@against_fields
def duties_stand_under_whom_they_bind(
    agreement: Agreement, reading: RecordProse, records: Records
) -> Iterator[Fault]:
    """The heading over a duty tells whose it is."""
    for number, path in enumerate(reading.fields):
        if path[0] in ("obligations", "breach") and len(path) > 2:
            start = reading.prose.starts[number]
            sentence = reading.prose.sentence(start)
            side = str(path[1])
            found = (
                _misplaced(sentence.text, side, agreement)
                if path[0] == "obligations"
                else _reversed(sentence.text, side, agreement)
            )
            if found:
                way, at, party = found
                what = "权利" if path[2] == "rights" else "义务"
                values = {
                    "words": sentence.text,
                    "party": party,
                    "own": called(agreement, side),
                    "what": what,
                }
                yield spot(reading, sentence, way, at, path[:2], **values)


def _other(word: str, side: str, agreement: Agreement) -> str:
    """The party a word names where that is another than the own one, as it is called; "" where it may be the own."""
    if (word[0] in STEMS and word[-1] == "方") or side == COLLEGE or not re.fullmatch(FIRM, word):
        party = party_of(word, agreement.in_order)
        if side == COLLEGE and not party and re.fullmatch(FIRM, word) and word[0] not in STEMS:
            return word
        return called(agreement, party) if party and party != side else ""
    return ""


@lru_cache(maxsize=4096)
def _duty(text: str) -> re.Match[str] | None:
    """Whom a sentence gives a duty, where it is no condition of what follows."""
    match = _DUTY.match(text)
    if match is None or match["also"]:
        return None
    end = next((place for place in range(match.end(), len(text)) if text[place] in "，,"), len(text))
    return None if end < len(text) and _CONDITION.search(text[:end]) else match


def _misplaced(text: str, side: str, agreement: Agreement) -> tuple[str, int, str] | None:
    match = _duty(text)
    if match is None:
        return None
    party = _other(match["party"], side, agreement)
    return ("duty", match.start("party"), party) if party else None


def _reversed(text: str, side: str, agreement: Agreement) -> tuple[str, int, str] | None:
    if re.match("因|由于|如因|若因", text):
        return None
    match = _BREAKER.match(text)
    if match and (party := _other(match["party"], side, agreement)):
        return "breach", match.start("party"), party
    match = _PAYER.search(text)
    if (
        match
        and (party := _other(match["party"], side, agreement))
        and not re.search("不承担|有权|无需", text[match.start() :])
    ):
        return "payer", match.start("party"), party
    return None
