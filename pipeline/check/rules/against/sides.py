"""Who is meant by 甲方, 企业 or a name in prose, and where what was found stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.check.rules.read_once import RecordProse
from pipeline.check.rules.rule import Fault
from pipeline.kernel.finding import DataPath
from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import Struct
from pipeline.prose.lexicon import COLLEGE as COLLEGE_WORDS
from pipeline.prose.passages import Sentence
from pipeline.record.model import Agreement
from pipeline.record.model.names import COLLEGE

STEMS = "甲乙丙丁戊己庚辛壬癸"
"""The designations of the parties in order."""
_FIRM_WORDS = "企业方?|公司|用人单位|用工单位|实习单位|接收单位|企方|厂方"
PARTY = rf"(?:[{STEMS}]方|{COLLEGE_WORDS}|{_FIRM_WORDS})"
"""A word for one party, as a regular expression."""
_PARTY = late(PARTY)


class Mention(Struct, frozen=True, kw_only=True):
    """A party named in prose: its id, or "" where some enterprise is meant and there are several."""

    party: str
    start: int
    end: int


def party_of(word: str, parties: tuple[str, ...]) -> str:
    """The party that a word names; "" where it is not certain or no party at all."""
    if word[-1] == "方" and word[0] in STEMS:
        place = STEMS.index(word[0])
        return parties[place] if place < len(parties) else ""
    if re.fullmatch(COLLEGE_WORDS, word):
        return COLLEGE
    firms = [party for party in parties if party != COLLEGE]
    return firms[0] if len(firms) == 1 else ""


def mentions(text: str, parties: tuple[str, ...]) -> Iterator[Mention]:
    """Every party that a text names, in order."""
    for match in _PARTY.finditer(text):
        yield Mention(party=party_of(match.group(), parties), start=match.start(), end=match.end())


@lru_cache(maxsize=64)
def designation(parties: tuple[str, ...], party: str) -> str:
    """What a party is called in the agreement: 甲方, 乙方."""
    place = parties.index(party) if party in parties else len(STEMS)
    return f"{STEMS[place]}方" if place < len(STEMS) else party


def called(agreement: Agreement, party: str) -> str:
    """What a party is called in the agreement."""
    return designation(agreement.in_order, party)


def spot(
    reading: RecordProse, sentence: Sentence, way: str, at: int, *fields: DataPath, **values: object
) -> Fault:
    """The fault of words at a place of a sentence, with the fields they were held against."""
    return Fault(
        way=way,
        at=reading.paths[sentence.number],
        values=values,
        offset=reading.prose.offset(sentence.start + at),
        related=tuple(("", field) for field in fields),
    )


def clause_at(text: str, at: int) -> tuple[int, int]:
    """Where the clause of a place begins and ends."""
    start = max(text.rfind(mark, 0, at) for mark in "，,：:") + 1
    ends = [end for mark in "，：" if (end := text.find(mark, at)) >= 0]
    return start, min(ends, default=len(text))
