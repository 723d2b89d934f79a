"""The outline of an agreement of any hand: its title, what stands before the articles, the articles, the signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.returned.running_text import PaperGrid, PaperLine, RunningText

_NUMERAL = "[一二三四五六七八九十百零〇0-9]+"
_SCHEMES = (
    re.compile(rf"(第\s*{_NUMERAL}\s*章)[\s、：:.．]*(.*)"),
    re.compile(rf"(第\s*{_NUMERAL}\s*条)[\s、：:.．]*(.*)"),
    re.compile(r"(Article\s+(?:[0-9]+|[IVX]+))\b[\s、：:.．]*(.*)", re.IGNORECASE),
    re.compile(r"([一二三四五六七八九十]{1,3}\s*[、.．])\s*(.*)"),
    re.compile(r"([0-9]{1,2}\s*[、.．])(?![0-9])\s*(.*)"),
)
_CHAPTER, _ARTICLE = _SCHEMES[:2]
_NO_HEAD = re.compile(r"[的所规约之第款、，,和]")
"""What follows the number of an article that is only referred to."""
_TITLED = re.compile(r"([^，。；：:]{2,14}?)(?:[：:]\s*|\s{2,}|\t+|　+)(\S.*)", re.DOTALL)
_LONGEST_TITLE, _HIGHEST = 30, 25
_KIND = re.compile(r"(?:协议书?|合同书?|意向书|备忘录|契约)(?:[（(][^）)]{1,12}[）)])?\Z")
_END = re.compile(
    r"[（(]?\s*(?:以下无正文|此页无正文|本页无正文|以下为签[字署]|签\s*[署字]\s*页|SIGNATURE)", re.IGNORECASE
)
_SEAL = re.compile(
    r"[甲乙丙丁]\s*方[^。；]{0,40}?[（(]\s*(?:盖\s*章|签\s*章|公\s*章|签\s*字)|(?:法定代表人|授权代表|签字人|代表人)[^。]{0,20}[（(]?签\s*[字章名]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperArticle:
    """An article: its number as printed, its title (empty where it has none), its items by their places in the paper.

    `own` is what stands behind the title in the line of the heading.
    """

    label: str
    title: str
    head: int
    own: str
    body: tuple[int, ...]

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.label} {self.title}".strip().rstrip("、.．")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOutline:
    """A paper divided: places of the title, of what comes before the articles, and of the signatures behind them."""

    paper: RunningText
    title: int | None
    front: tuple[int, ...]
    articles: tuple[PaperArticle, ...]
    signatures: tuple[int, ...]

    def line(self, place: int) -> PaperLine | None:
        """The paragraph at a place; None for a table."""
        item = self.paper.items[place]
        return item if isinstance(item, PaperLine) else None

    def grid(self, place: int) -> PaperGrid | None:
        """The table at a place; None for a paragraph."""
        item = self.paper.items[place]
        return item if isinstance(item, PaperGrid) else None

    def texts(self, article: PaperArticle) -> Iterator[tuple[int, str]]:
        """What an article says, paragraph by paragraph with their places, without its heading."""
        if article.own:
            yield article.head, article.own
        for place in article.body:
            if line := self.line(place):
                yield place, line.whole


def outline(paper: RunningText) -> PaperOutline:
    """Divide a paper."""
    lines = {place: one for place, one in enumerate(paper.items) if isinstance(one, PaperLine)}
    last = _ending(lines, len(paper.items))
    heads = {place: made for place, made in _heads(lines) if place < last}
    starts = sorted(heads)
    first = starts[0] if starts else last
    articles = tuple(
        _article(heads[start], start, range(start + 1, end)) for start, end in pairwise([*starts, last])
    )
    return PaperOutline(
        paper=paper,
        title=_title(lines, first),
        front=tuple(range(first)),
        articles=tuple(_under_chapters(articles)),
        signatures=tuple(range(last, len(paper.items))),
    )


def compact(text: str) -> str:
    """A text without blanks: 协 议 书."""
    return re.sub(r"\s+", "", text)


def _heads(lines: dict[int, PaperLine]) -> Iterator[tuple[int, tuple[str, str]]]:
    """The places where articles begin, with label and the rest of the line."""
    scheme = next((one for one in _SCHEMES if _often(one, lines, 1 if one in _SCHEMES[:3] else 2)), None)
    if scheme is None:
        for place, line in lines.items():
            if line.heading and len(line.text) <= _LONGEST_TITLE and not _KIND.search(line.text):
                yield place, (line.label, line.text)
        return
    schemes = (_CHAPTER, _ARTICLE) if scheme is _CHAPTER else (scheme,)
    for place, line in lines.items():
        for one in schemes:
            found = one.match(line.whole)
            # 第三条所述 within a sentence that was broken begins no article.
            if found and not _NO_HEAD.match(found[2]):
                yield place, (compact(found[1]) if one is not _SCHEMES[2] else found[1], found[2].strip())
                break


def _often(scheme: re.Pattern[str], lines: dict[int, PaperLine], least: int) -> bool:
    """Whether a way of numbering is in use; 一、 and 1. stand before other things than articles too."""
    found = (scheme.match(line.whole) for line in lines.values())
    return sum(1 for one in found if one and not _NO_HEAD.match(one[2])) >= least


def _article(head: tuple[str, str], start: int, body: range) -> PaperArticle:
    label, rest = head
    rest = re.sub(r"\s*\bArticle\s+[0-9IVX]+\b.*\Z", "", rest, flags=re.IGNORECASE).strip() or rest
    titled = _TITLED.fullmatch(rest)
    if len(rest) <= _LONGEST_TITLE and not re.search(r"[，。；：:]", rest):
        title, own = rest, ""
    elif titled:
        title, own = titled[1].strip(), titled[2].strip()
    else:
        title, own = "", rest
    return PaperArticle(label=label, title=title.rstrip("：:"), head=start, own=own, body=tuple(body))


def _under_chapters(articles: Sequence[PaperArticle]) -> Iterator[PaperArticle]:
    """Articles without a title of their own have that of their chapter."""
    chapter = ""
    for one in articles:
        if one.label.endswith("章"):
            chapter = one.title
        elif one.label.endswith("条") and not one.title and chapter:
            one = PaperArticle(label=one.label, title=chapter, head=one.head, own=one.own, body=one.body)
        yield one


def _title(lines: dict[int, PaperLine], first: int) -> int | None:
    for place, line in lines.items():
        if place >= min(first, _HIGHEST):
            return None
        said = compact(line.text)
        if 3 <= len(said) <= 60 and _KIND.search(said) and not re.search(r"[，。；]|[：:].", said):
            return place
    return None


def _ending(lines: dict[int, PaperLine], count: int) -> int:
    """Where the signatures begin: behind the last article's text."""
    marks = [place for place, line in lines.items() if place > count // 2 and _closes(line)]
    return marks[0] if marks else count


def _closes(line: PaperLine) -> bool:
    return bool(_END.search(line.text) or _SEAL.search(line.text)) and len(line.text) <= 90
