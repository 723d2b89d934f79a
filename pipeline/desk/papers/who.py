"""Which of the college's records the parties of a foreign agreement are: the college itself, a company on file, a new one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.desk.kept_entries import formerly
from pipeline.desk.papers.outline import compact
from pipeline.desk.papers.paper_sides import PaperSide, SideFact
from pipeline.desk.papers.proposal import Proposal
from pipeline.kernel.chinese import credit_code_fault
from pipeline.kernel.finding import DataPath
from pipeline.kernel.naming import proposed_id
from pipeline.kernel.structs import replace
from pipeline.record.kinds import ENTERPRISE
from pipeline.record.model import Records
from pipeline.record.model.names import COLLEGE

_SCHOOLS = re.compile("学院|学校|大学|中心")
FIRMS = re.compile(r".*(公司|厂|集团|店|酒店|企业)\Z")
"""How the names of companies end."""
_LEAST = 4
"""Characters of a name that may be a part of another."""
_CALLED = {
    ("credit_code",): "统一社会信用代码",
    ("legal_representative",): "法定代表人",
    ("address",): "住所",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSide:
    """A party with the id it has or will have; `doubt` where it may be somebody else."""

    side: PaperSide
    id: str
    new: bool
    doubt: str = ""


def known_sides(
    sides: Sequence[PaperSide], records: Records, firms: Mapping[str, Mapping[str, Any]]
) -> tuple[KnownSide, ...]:
    """The parties that have a name, with their ids."""
    spoken = [one for one in sides if one.name]
    college = _college(spoken, records)
    taken = {*records.known_enterprises, *firms}
    made: list[KnownSide] = []
    for one in spoken:
        if college and one is college[0]:
            made.append(KnownSide(side=one, id=COLLEGE, new=False, doubt=college[1]))
            continue
        found = _enterprise(one, firms, taken)
        taken.add(found.id)
        twin = next((each for each in made if each.id == found.id), None)
        if twin:
            found = replace(found, doubt=f"{twin.side.letter}和{one.letter}认成了同一家")
        made.append(found)
    return tuple(made)


def _college(sides: Sequence[PaperSide], records: Records) -> tuple[PaperSide, str] | None:
    own = records.college
    names = {compact(name) for name in (own.name, own.short_name) if name} if own else set()
    for one in sides:
        if compact(one.name) in names:
            return one, one.facts["name",].doubt
    schools = [one for one in sides if _SCHOOLS.search(one.name) and not FIRMS.fullmatch(one.name)]
    if len(schools) == 1 and own:
        return schools[0], f"原件写的是“{schools[0].name}”，本校叫“{own.name}”，是不是本校"
    return None


def firms_in(data: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """The companies on file by their ids, those that are drafts too."""
    listed = ((ENTERPRISE.key_in(name), one) for name, one in data.items())
    return {key: one for key, one in listed if key and isinstance(one, dict)}


def _names(firm: Mapping[str, Any]) -> Iterator[str]:
    for name in (firm.get("name"), firm.get("short_name"), *formerly(firm)):
        if isinstance(name, str) and name:
            yield compact(name)


def _enterprise(side: PaperSide, firms: Mapping[str, Mapping[str, Any]], taken: set[str]) -> KnownSide:
    doubt = side.facts["name",].doubt
    code = side.facts.get(("credit_code",))
    same = [key for key, one in firms.items() if code and one.get("credit_code") == code.value]
    name = compact(side.name)
    whole = [key for key, one in firms.items() if name in _names(one)]
    parts = [key for key, one in firms.items() if any(_within(name, each) for each in _names(one))]
    if len(whole) == 1:
        if same and same != whole:
            doubt = f"名称是库里的 {whole[0]}，统一社会信用代码却是 {same[0]} 的"
        return KnownSide(side=side, id=whole[0], new=False, doubt=doubt)
    if same:
        doubt = f"原件写“{side.name}”，这个统一社会信用代码库里叫“{firms[same[0]].get('name')}”"
        return KnownSide(side=side, id=same[0], new=False, doubt=doubt)
    if whole or parts:
        key = (whole or parts)[0]
        doubt = f"原件写“{side.name}”，是不是库里的“{firms[key].get('name')}”（{key}）"
        return KnownSide(side=side, id=key, new=False, doubt=doubt)
    return KnownSide(side=side, id=proposed_id(side.name, taken), new=True, doubt=doubt)


def _within(one: str, other: str) -> bool:
    """Whether one name is a part of another: a short form, a branch."""
    return min(len(one), len(other)) >= _LEAST and (one in other or other in one)


def party_proposals(
    sides: Sequence[KnownSide], records: Records, firms: Mapping[str, Mapping[str, Any]]
) -> Iterator[Proposal]:
    """Who the parties are, in which order, and what the paper says of each."""
    for one in sides:
        fact = one.side.facts["name",]
        record, path = ("agreement", ("parties", "enterprises")) if one.id != COLLEGE else ("college", ())
        said = f"{one.side.letter}：{fact.value}" + ("（新建）" if one.new else "")
        yield Proposal(
            record=record,
            path=path,
            value=one.id,
            where=fact.where,
            said=said,
            doubt=one.doubt,
            uses=(fact.place,),
        )
    if sides and sides[0].id != COLLEGE and any(one.id == COLLEGE for one in sides):
        order = [one.id for one in sides]
        doubt = next((one.doubt for one in sides if one.doubt), "")
        where = sides[0].side.facts["name",].where
        yield Proposal(
            path=("parties", "order"), value=order, where=where, said="甲乙丙方的次序", doubt=doubt
        )
    for one in sides:
        yield from _facts(one, records, firms.get(one.id, {}))


def _facts(one: KnownSide, records: Records, firm: Mapping[str, Any]) -> Iterator[Proposal]:
    facts = dict(one.side.facts)
    kept = {key: _said(records, firm, one.id, key) for (key,) in _CALLED}
    for path, word in _CALLED.items():
        fact = facts.get(path)
        if fact is None:
            continue
        if one.new:
            fault = credit_code_fault(fact.value) if path == ("credit_code",) else None
            yield _proposal(one, one.id, path, fact, fault or "")
        elif compact(kept[path[0]]) != compact(fact.value):
            differs = f"库里的{word}是“{kept[path[0]] or '（没有）'}”，不改；要改的请改这家单位的记录"
            yield _proposal(one, "differs", (one.id, *path), fact, differs)
        else:
            yield _proposal(one, "same", (one.id, *path), fact, "")
    yield from _contact(one, facts)


def _said(records: Records, firm: Mapping[str, Any], side: str, key: str) -> str:
    """What is on file of a party; whoever stands for the college by name."""
    said = getattr(records.college, key, "") if side == COLLEGE else firm.get(key)
    people = records.college.people if records.college else {}
    word = str(said or "")
    return people[word].name or "" if word in people else word


def _proposal(one: KnownSide, record: str, path: DataPath, fact: SideFact, doubt: str) -> Proposal:
    return Proposal(
        record=record,
        path=path,
        value=fact.value,
        where=fact.where,
        said=f"{one.side.letter}：{fact.value}",
        doubt=fact.doubt or doubt,
        uses=(fact.place,),
    )


def _contact(one: KnownSide, facts: Mapping[DataPath, SideFact]) -> Iterator[Proposal]:
    """Whom to ring, and where money goes: both stand in the agreement itself."""
    for part, above in (("contact", ("notices", "contacts")), ("account", ("accounts",))):
        mine = {path[1]: fact for path, fact in facts.items() if path[0] == part}
        needed, word = ("name", "没有写联系人") if part == "contact" else ("number", "没有写账号")
        for key, fact in mine.items():
            if needed in mine:
                yield _proposal(one, "agreement", (*above, one.id, key), fact, "")
            else:
                yield _proposal(one, "differs", (*above, one.id, key), fact, f"{word}，只留作文字")
