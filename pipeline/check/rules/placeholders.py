"""Reading words: which text says nothing, which only holds a place for something not yet decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.kernel.late_pattern import late

_GAP = late(
    r"""
      (?<![接招等优款期对])待定(?![岗点向额期级编型制位])   # 接待定点, 优待定向 are honest words
    | 待(?:补充|补齐|填写|填入|完善后?填|续写)
    | 此处?(?:填写|补充|输入)
    | (?<![A-Za-z\-])[XxＸ×]{2,}(?![A-Za-z0-9])             # 20XX 年, ××公司, but not VMC-XX or XXL
    | ○{2,} | 某某
    | _{3,} | ＿{2,}                                         # two low lines may be Markdown's strong
    | [?？]{2,}
    | 【[\s_]{0,20}】 | （\s{0,20}） | \([ ]{0,20}\)
    | (?<![A-Za-z])(?:TBD|TBC|TODO|FIXME)(?![A-Za-z])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PUT_OFF = r"(?:另行(?:协商|商定|约定|议定|确定|商议)|另议|面议|(?:尚)?待(?:协商|商定|确定|明确|确认|议|商))"
_FILLER = (
    r"(?:具体|详细|相关|有关|其他|其余|上述|以上|该|此|本项?|各项?|内容|事项|事宜|细节|条款|情况|办法|方案|金额|比例|标准|"
    r"由|经|双方|各方|三方|甲乙|校企|校方|企业|学院|届时|今后|以后|将来|后续|再|书面|友好|共同|予以|进行|的|，|,|、|：|:|\s)*"
)
_ONLY_PUT_OFF = late(rf"{_FILLER}(?P<word>{_PUT_OFF}){_FILLER}(?:确定|解决|商定|约定|处理)?{_FILLER}")
_ENDS_PUT_OFF = late(rf"[^，,：:]{{0,16}}?(?P<word>{_PUT_OFF})(?:确定|解决|商定|约定)?")
_CONDITION = late(
    r"[如若因]|超出|超过|未尽|期满|届满|逾期|不足|变更|发生|涉及|除外|之外|以外|新增|时[，,]|的，"
    r"|课表|课程表|日程|排课|人选|名单|班次|教案|时间安排|作息|联络"
)
_HOLLOW = late(r"(?:暂?无|略|同上|[暂未]定|N/?A|[不未]详|空)", re.IGNORECASE)
_HOLLOW_MOST = 4
"""Characters of the longest hollow text."""
_LETTER = late(r"[^\W_]")
_RARE = late(r"[待某另XxＸ×○_＿?？【TtFf]")
_EMPTY = late(r"[（(]\s{0,20}[）)]")
_SHORT = 60
"""A sentence of nothing but putting off is short; longer ones are not even looked at."""
_SENTENCE = late(r"[^。；;！!\n]+")


@lru_cache(maxsize=8192)
def blank(text: str) -> bool:
    """Whether a text holds no letter, digit or Chinese character at all: "", "——", "- "."""
    return not _LETTER.search(text) and not _GAP.search(text)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text with their offsets; full stops, semicolons and line ends divide them."""
    for match in _SENTENCE.finditer(text):
        yield match.start(), match.group()


@lru_cache(maxsize=8192)
def placeholders(text: str) -> tuple[tuple[int, str], ...]:
    """Each word that only holds a place, with its offset: 待定, XX, ____, or a sentence of 另行协商 alone.

    A sentence that puts something off on a condition (“超出部分另行协商”) is honest and passes.
    """
    return tuple(_placeholders(text))


def _placeholders(text: str) -> Iterator[tuple[int, str]]:
    whole = text.strip(" \t\r\n。；;，,.")
    if len(whole) <= _HOLLOW_MOST and _HOLLOW.fullmatch(whole):
        yield text.index(whole), whole
    elif _suspect(text):
        found = {match.start(): match.group() for match in _GAP.finditer(text)}
        found.update(_put_off(text, whole))
        yield from sorted(found.items())


def _suspect(text: str) -> bool:
    """Whether a text holds anything that every placeholder holds: most hold nothing, and are done with."""
    return bool(_RARE.search(text) or "此" in text or "面议" in text or _EMPTY.search(text))


def _put_off(text: str, whole: str) -> Iterator[tuple[int, str]]:
    for start, sentence in sentences(text):
        if len(sentence) > _SHORT or _CONDITION.search(sentence):
            continue
        match = _ONLY_PUT_OFF.fullmatch(sentence.strip(" \t\r-*·"))
        if match is None and sentence.strip() == whole:
            match = _ENDS_PUT_OFF.fullmatch(whole)
        if match is not None:
            word = match["word"]
            yield start + sentence.index(word), word
