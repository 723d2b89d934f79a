"""People, companies, departments and projects by the names people call them: which id was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.kernel.codes import shape
from pipeline.kernel.data_path import value_at
from pipeline.kernel.finding import Finding, Fix
from pipeline.kernel.structs import Struct, replace
from pipeline.record.model import Records
from pipeline.record.model.names import COLLEGE as SCHOOL
from pipeline.record.schema import Schema
from pipeline.record.schema.value_types import shown

_SIDES = ("甲方", "乙方", "丙方", "丁方")
_LEAST = 2
"""Characters of a name that may stand for the whole of it."""


_COMPANY = "库里没有叫{}的企业：先运行 coop new 企业 企业全称 登记，这里写登记时得到的编号"
_UNREGISTERED = {
    "person": "名册里没有叫{}的人：先在 agreements/college.yaml 的 people 里加上，这里写给他起的编号",
    "department": "没有叫{}的部门：先在 agreements/college.yaml 的 departments 里加上，这里写给它起的编号",
    "enterprise": _COMPANY,
    "party": _COMPANY,
}
"""What to do about a name that nobody bears."""


class Named(Struct, frozen=True, kw_only=True):
    """What a word may mean: names by id. `whole` where the word is one of them in full, not a part of it."""

    names: Mapping[str, str]
    whole: bool = True


def ids_of(word: str, reference: str, records: Records, project: str = "") -> tuple[str, ...]:
    """The ids that a name may mean where an id of this kind belongs: one, several, or none.

    A part of a name counts where no whole name is equal; of a project the parties' sides count too.
    """
    return tuple(named(word, reference, records, project).names)


def named(word: str, reference: str, records: Records, project: str = "") -> Named:
    """What `ids_of` finds, with the names, for those who must not take a part of a name for the whole."""
    word = "".join(word.split())
    if reference == "party" and (side := _side(word, records, project)):
        return Named(names={side: word})
    known = list(_names(reference, records))
    whole = {key: name for key, name in known if word in (key, "".join(name.split()))}
    if whole or len(word) < _LEAST or reference == "person":
        return Named(names=whole)
    # The first name of each that holds the word: the full one before the short one and former ones.
    parts = {key: name for key, name in reversed(known) if word in "".join(name.split())}
    return Named(names={key: parts[key] for key, _ in known if key in parts}, whole=False)


def by_names(
    findings: tuple[Finding, ...], data: Mapping[str, Any], schema: Schema, records: Records, project: str
) -> tuple[Finding, ...]:
    """The findings of one record; where a name stands for an id they name the id."""
    return tuple(
        _by_name(one, data, schema, records, project) if one.code == shape.TYPE.code and one.path else one
        for one in findings
    )


def _by_name(
    finding: Finding, data: Mapping[str, Any], schema: Schema, records: Records, project: str
) -> Finding:
    field, above = schema.at(finding.path), schema.at(finding.path[:-1])
    value = value_at(data, finding.path)
    key = bool(above and above.key_reference) and not isinstance(value, str)
    reference = above.key_reference if key and above else field.reference if field else ""
    word = str(finding.path[-1]) if key else value
    if not reference or not isinstance(word, str):
        return finding
    found = ids_of(word, reference, records, project)
    if word in found:  # an id already: what is wrong is what stands beside it
        return finding
    if len(found) == 1:
        message = f"“{field.label if field else word}”要写编号，{shown(word)}的编号是 {found[0]}"
        fix = Fix(text=found[0], key=key)
        return replace(finding, message=message, hint=f"写 {found[0]}", fix=fix)
    if found:
        message = f"“{field.label if field else word}”要写编号，叫{shown(word)}的有 {'、'.join(found)}"
        return replace(finding, message=message, hint="写其中的一个编号")
    if word.isascii() or finding.fix:
        return finding
    several = [one for one in re.split(r"[，、；,]\s*", word) if one]
    if len(several) > 1:
        return replace(finding, hint=f"各个编号之间用英文逗号加一个空格：{', '.join(several)}")
    unregistered = _UNREGISTERED.get(reference, "")
    return replace(finding, hint=unregistered.format(shown(word))) if unregistered else finding


def _side(word: str, records: Records, project: str) -> str:
    college = records.college
    if word in ("学校", "校方") or (college and word in (college.name, college.short_name)):
        return SCHOOL
    agreement = records.agreements.get(project)
    parties = agreement.party_ids if agreement else ()
    number = _SIDES.index(word) if word in _SIDES else len(parties)
    if number < len(parties):
        return str(parties[number])
    return SCHOOL if word == "甲方" and not parties else ""


def _names(reference: str, records: Records) -> Iterator[tuple[str, str]]:
    """Pairs of id and name of what a reference may mean."""
    college = records.college
    if reference == "person" and college:
        yield from ((key, one.name) for key, one in college.people.items())
    elif reference == "department" and college:
        yield from ((key, one.name) for key, one in college.departments.items())
    elif reference in ("enterprise", "party"):
        for key, one in records.enterprises.items():
            former = (then.name for then in one.former_names)
            names = (one.name, getattr(one, "short_name", "") or "", *former)
            yield from ((key, name) for name in names if name)
    elif reference == "project":
        yield from ((key, one.title) for key, one in records.agreements.items() if one.title)
