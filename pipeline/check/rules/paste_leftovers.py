"""R08–R09: what comes along when text is pasted, and would be printed twice: endings of titles, numbers, stops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.check.rules.read_once import words_of
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, Way, rule
from pipeline.kernel.finding import DataPath, Severity
from pipeline.kernel.late_pattern import late
from pipeline.record.model import Agreement, Records
from pipeline.record.model.after_signing import Amendment
from pipeline.standing.agreement_wordings import APPRENTICESHIP, FULL, LETTER, UNIFORM, wording_of

_ENDING = late(r"(?:校企)?(?:合作)?(?:协议书?|合同书?|意向书)\Z|(?<!校企)合作\Z")
_NUMBER = late(
    r"\s*(?:第[一二三四五六七八九十百0-9]{1,4}[条款项][、，,：:\s]|[（(](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]"
    r"|(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,2}|[一二三四五六七八九十]{1,3})[、）)](?![0-9])"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2}){0,2}[.．](?![0-9])|[①-⑳])\s*"
)
_TWICE = late(
    r"[。；，、：！？](?<![！？][！？])(?:[。；，、：](?![。；，、：]))|。{2,}|，{2,}|；{2,}|、{2,}"
)


_TITLED = {LETTER: "合作意向书", APPRENTICESHIP: "学徒培养协议书", UNIFORM: "合作协议", FULL: "合作协议书"}
"""What each wording puts behind the name of a project to make its title."""
_OTHER_PAPERS = ("合作方案", "调研报告", "督查报告", "进展报告", "退出与清算报告")
"""What the project's other papers put behind it."""
_TWO = 2


@rule(
    "R08",
    title="项目名称不带“协议书”“合作”一类的尾巴，也不带书名号",
    clause="记录约定：标题由程序排版",
    why="文书的标题由项目名称加“合作协议书”“学徒培养协议书”“合作意向书”组成，名称自己再带一遍，标题就成了“……合作协议书合作协议书”；"
    "补充协议的标题前面也有项目名称。",
    hint="名称只写项目本身。",
    waivable=False,
    severity=Severity.WARNING,
    on=AGREED,
    ways={
        "ending": Way(message="项目名称“{title}”印成标题会是“{printed}”", hint="写成 {right}"),
        "amendment": Way(message="补充协议名称“{title}”印成标题会是“{printed}”", hint="写成 {right}"),
    },
    since=READING_SINCE,
)
def has_a_bare_title(agreement: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """The wording adds what a title ends with, and an amendment's what it begins with."""
    title = agreement.title or ""
    if isinstance(agreement, Amendment):
        of = records.agreements.get(agreement.project)
        project = (of.title if of else None) or ""
        way, right, printed = "amendment", _without(title, project), f"{project}{title}"
    else:
        ending = _TITLED[wording_of(agreement)]
        way, right, printed = "ending", _bare(title, ending), f"{title}{_as_composed(title, ending)}"
    if right and right != title:
        values = {"title": title, "printed": printed, "right": right}
        yield Fault(way=way, at=("title",), values=values, instead=right)


def _bare(title: str, ending: str) -> str:
    """A name without book marks, and without what the title or the project's other papers say after it."""
    bare = _ENDING.sub("", title.strip().strip("《》").strip())
    for printed in (ending, *_OTHER_PAPERS):
        said = 0 if printed[:_TWO] == "合作" and bare.endswith("校企合作") else _overlap(bare, printed)
        bare = bare[: len(bare) - said].removesuffix("校企") if said else bare
    return bare.rstrip("—-－·、， ")


def _overlap(title: str, ending: str) -> int:
    """How many characters at the end of a title are said once more where the ending, or its own end, begins."""
    starts = (ending, ending.removeprefix("合作"))
    return max(
        (count for start in starts for count in range(_TWO, len(start) + 1) if title.endswith(start[:count])),
        default=0,
    )


def _as_composed(title: str, ending: str) -> str:
    for paper in _OTHER_PAPERS:
        if title.endswith(paper):
            return paper
    return ending


def _without(title: str, project: str) -> str:
    """An amendment's name without the project's and without book marks around what is left."""
    bare = title.strip().strip("《》").strip()
    if project and bare.startswith(project):
        bare = re.sub(
            r"\A(?:校企)?(?:合作|学徒培养)?(?:协议书?|合同书?)(?=.)", "", bare[len(project) :]
        ).lstrip("》的之 ")
        return bare.strip("《》")
    return title


@rule(
    "R09",
    title="清单各项不带粘贴来的编号，句末不重复标点",
    clause="记录约定：编号由程序排版",
    why="条款的编号由程序排，粘贴来的“2、”会印成“2.2、”；两个句号连在一起，读的人以为掉了字。",
    hint="删去开头的编号；重复的标点留一个。",
    waivable=False,
    severity=Severity.WARNING,
    ways={
        "number": Way(
            message="这一项开头带着编号“{number}”，印出来会有两个编号", hint="删去“{number}”，写成 {right}"
        ),
        "twice": Way(message="标点重复：“{around}”", hint="“{marks}”只留“{mark}”"),
    },
    on=object,
    since=READING_SINCE,
)
def has_no_pasted_numbers(record: object, records: Records) -> Iterator[Fault]:
    """Items are numbered by the program, whatever the file they were copied from had."""
    found, _ = words_of(record)
    for path, text in found:
        if _clean(text):
            continue
        number = _NUMBER.match(text) if _is_item(path) and not _is_list(path, text) else None
        if number and len(text) > number.end():
            right = text[number.end() :]
            values = {"number": number[0].strip(), "right": right.strip().split("\n")[0][:24]}
            yield Fault(way="number", at=path, values=values, offset=0, instead=right)
        yield from _twice(path, text)


@lru_cache(maxsize=8192)
def _clean(text: str) -> bool:
    """Whether a text begins with no number and doubles no mark; what records have in common is looked at once."""
    return not (text[:1] in _BEGINS and _NUMBER.match(text)) and not _TWICE.search(text)


_BEGINS = frozenset("第（( \t\u30000123456789一二三四五六七八九十") | set(
    map(chr, range(ord("①"), ord("⑳") + 1))
)
"""What a pasted number may begin with."""


def _is_item(path: DataPath) -> bool:
    """Whether a text is printed under a number of its own."""
    return isinstance(path[-1], int) or (path[-1:] == ("text",) and isinstance(path[-2], int))


def _is_list(path: DataPath, text: str) -> bool:
    """Whether a long text is a list of its own: its lines keep the numbers they have."""
    lines = text.split("\n") if path[-1] == "text" else ()
    return sum(_NUMBER.match(line) is not None for line in lines) > 1


def _twice(path: DataPath, text: str) -> Iterator[Fault]:
    for match in _TWICE.finditer(text):
        around = text[max(match.start() - 6, 0) : match.end()].replace("\n", " ")
        values = {"around": around, "marks": match[0], "mark": match[0][0]}
        instead = text[: match.start()] + match[0][0] + text[match.end() :]
        yield Fault(way="twice", at=path, values=values, offset=match.start(), instead=instead)
        return
