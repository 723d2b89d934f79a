"""R05–R07: numbers, names and codes that must not stand for two things."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pipeline.check.rules.rule import Fault, Way, rule
from pipeline.kernel.finding import DataPath
from pipeline.kernel.structs import Struct
from pipeline.record.kinds import AGREEMENT, COLLEGE, ENTERPRISE
from pipeline.record.model import Enterprise, Records
from pipeline.standing.labels import office_name

_BRACKETS = str.maketrans("〔［【[｛{（〕］】]｝}）", "(((((((" + ")))))))")


def same(text: str) -> str:
    """A text without the differences that people do not see as such: width, case, spaces, kind of brackets."""
    # Twice, for NFKC makes new brackets of full-width ones, and leaves 〔 〕 and 【 】 as they are.
    folded = unicodedata.normalize("NFKC", text.translate(_BRACKETS)).translate(_BRACKETS)
    return re.sub(r"\s+", "", folded).casefold()


_NAMED = 3
"""So many others are named in a finding: a thousand of one name, each with all the rest, make a million places."""


class _Others(Struct, frozen=True, kw_only=True):
    """Those who have the same value, the first few of them, and how many there are."""

    first: tuple[str, ...]
    number: int

    def __str__(self) -> str:
        more = f" 等 {self.number} 个" if self.number > len(self.first) else ""
        return f"{'、'.join(self.first)}{more}"


def _shared(pairs: Iterable[tuple[str, str]]) -> Mapping[str, _Others]:
    """Of pairs of owner and value: for each owner whose value others have too, those others."""
    groups: dict[str, list[str]] = defaultdict(list)
    for owner, value in pairs:
        if value.strip():
            groups[same(value)].append(owner)
    return {
        owner: _Others(
            first=tuple(other for other in owners[: _NAMED + 1] if other != owner)[:_NAMED],
            number=len(owners) - 1,
        )
        for owners in groups.values()
        if len(owners) > 1
        for owner in owners
    }


@rule(
    "R05",
    title="协议编号全校不重复",
    clause="记录约定：协议编号全校唯一",
    why="编号是查找、归档、用印登记的凭据，两份协议共用一个号，档案和台账就对不上。",
    hint="核对登记台账，给其中一份换号。",
    waivable=False,
    ways={
        "taken": Way(
            message="协议编号 {number} 与项目 {others} 的重复", hint="向{office}核对，给其中一份换号。"
        )
    },
    on=Records,
)
def has_its_own_number(everything: Records, records: Records) -> Iterator[Fault]:
    """One number, one agreement; how brackets and letters are typed makes no other number."""
    numbers = {key: agreement.number or "" for key, agreement in records.agreements.items()}
    for project, others in _shared(numbers.items()).items():
        yield Fault(
            way="taken",
            at=("number",),
            values={
                "number": numbers[project],
                "others": str(others),
                "office": office_name(records.college),
            },
            file=AGREEMENT.file(project),
            related=tuple((AGREEMENT.file(other), ("number",)) for other in others.first),
        )


@rule(
    "R06",
    title="一家企业只登记一次",
    clause="GB 32100-2015；指南（草案）6.1",
    why="同一家企业登记两次，它的协议和往来就分散在两处，统计会多算一家。",
    hint="留下一份登记，协议里改用它的编号；确是两家的，核对名称和代码。",
    waivable=False,
    ways={
        "name": "企业名称“{value}”与 {others} 的重复",
        "code": "统一社会信用代码 {value} 与 {others} 的重复",
    },
    on=Records,
)
def is_registered_once(everything: Records, records: Records) -> Iterator[Fault]:
    """A partner has one record, as it has one name and one code."""
    fields: tuple[tuple[str, DataPath, dict[str, str]], ...] = (
        ("name", ("name",), {key: one.name for key, one in records.enterprises.items()}),
        ("code", ("credit_code",), {key: one.credit_code for key, one in records.enterprises.items()}),
    )
    for way, path, values in fields:
        for enterprise, others in _shared(values.items()).items():
            yield Fault(
                way=way,
                at=path,
                values={"value": values[enterprise], "others": str(others)},
                file=ENTERPRISE.file(enterprise),
                related=tuple((ENTERPRISE.file(other), path) for other in others.first),
            )


@rule(
    "R07",
    title="企业的信用代码不是学校的",
    clause="GB 32100-2015",
    why="用学校代码登记的“企业”就是学校自己，等于学校和自己签协议。",
    hint="照企业营业执照录入 18 位代码；是学校内部机构的，不要登记为企业。",
    waivable=False,
    ways={"own": "{code} 是学校自己的统一社会信用代码"},
    on=Enterprise,
)
def is_not_the_college(enterprise: Enterprise, records: Records) -> Iterator[Fault]:
    """Whoever carries the college's code is the college, and nobody can agree with himself."""
    college = records.college
    if college and college.credit_code and same(enterprise.credit_code) == same(college.credit_code):
        yield Fault(
            way="own",
            at=("credit_code",),
            values={"code": enterprise.credit_code},
            related=((COLLEGE.file(), ("credit_code",)),),
        )
