"""A signed sheet as a clerk types it: who signed, in which role, on which day, with which words."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.approval.trail.filing import FilingError
from pipeline.kernel import meant
from pipeline.record.model.governance import Governance

_ENTRY = re.compile(
    r"(?:(?P<role>[^=＝@：:]+)[=＝])?(?P<who>[^=＝@：:]+)(?:@(?P<day>[^：:]+))?(?:[：:](?P<said>.*))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEntry:
    """One person's line on a sheet."""

    role: str
    person: str
    day: date
    comment: str = ""


def sheet_entries(
    texts: Sequence[str], rules: Governance, needed: Collection[str], day: date, today: date
) -> tuple[SheetEntry, ...]:
    """The lines of a sheet; `needed` are the roles still to decide, `day` is when those without a day signed.

    Raises FilingError with everything that is wrong with them.
    """
    found: list[SheetEntry] = []
    wrong: list[str] = []
    for text in texts:
        try:
            found.append(_entry(text, rules, needed, day, today))
        except FilingError as error:
            wrong.append(str(error))
    for what, values in (
        ("人", [rules.name(one.person) for one in found]),
        ("角色", [rules.role(one.role) for one in found]),
    ):
        wrong += [f"同一{what}写了两次：{one}" for one in dict.fromkeys(values) if values.count(one) > 1]
    if wrong:
        raise FilingError("；\n".join(wrong))
    return tuple(found)


def _entry(text: str, rules: Governance, needed: Collection[str], day: date, today: date) -> SheetEntry:
    parts = _ENTRY.fullmatch(text.strip())
    if parts is None:
        raise FilingError(
            f"看不懂“{text}”；写姓名，或者 角色=姓名@日期：意见，如 院长=李示言@2026-09-01：同意"
        )
    person = person_named(parts["who"], rules)
    role = role_named(parts["role"], rules) if parts["role"] else _role_of(person, rules, needed)
    signed = _day(parts["day"], text) if parts["day"] else day
    if signed > today:
        raise FilingError(f"“{text}”的签字日期 {signed} 还没有到")
    return SheetEntry(role=role, person=person, day=signed, comment=(parts["said"] or "").strip())


def person_named(text: str, rules: Governance) -> str:
    """The id of a person in the rules, by id or by name; raises FilingError."""
    name = re.sub(r"\s", "", text)
    if name in rules.people:
        return name
    found = [key for key, member in rules.people.items() if re.sub(r"\s", "", member.name) == name]
    if len(found) == 1:
        return found[0]
    if found:
        raise FilingError(f"叫“{name}”的有 {'、'.join(found)}，请写人员编号")
    listed = "、".join(member.name for member in rules.people.values() if member.roles)
    raise FilingError(f"审批规则里没有“{name}”；有角色的人：{listed}")


def role_named(text: str, rules: Governance) -> str:
    """The id of a role in the rules, by id or by what it is called; raises FilingError."""
    name = re.sub(r"\s", "", text)
    found = [key for key, label in rules.roles.items() if name in (key, label)]
    if len(found) == 1:
        return found[0]
    listed = "、".join(f"{label}（{key}）" for key, label in rules.roles.items())
    raise FilingError(f"审批规则里没有角色“{name}”；现有：{listed}")


def sole_holder(rules: Governance, role: str, asked: str) -> str:
    """The id of the only one with a role; raises FilingError with what is `asked` for where there are several or none."""
    holders = [person for person, member in rules.people.items() if role in member.roles]
    if len(holders) != 1:
        names = "、".join(map(rules.name, holders)) or "没有人"
        raise FilingError(f"{asked}；担任{rules.role(role)}的有：{names}")
    return holders[0]


def _role_of(person: str, rules: Governance, needed: Collection[str]) -> str:
    """The one role in which a person can have signed."""
    held = rules.people[person].roles
    open_roles = [role for role in held if role in needed]
    found = open_roles if len(open_roles) == 1 else list(held) if len(held) == 1 else []
    if found:
        return found[0]
    name = rules.name(person)
    if not held:
        raise FilingError(f"{name}在审批规则里没有角色，不能登记为谁的决定")
    choices = " 或 ".join(f"{rules.role(role)}={name}" for role in open_roles or held)
    raise FilingError(f"{name}有几个角色，请写明是哪一个：{choices}")


def _day(text: str, entry: str) -> date:
    try:
        return date.fromisoformat(meant.day(text.strip()) or text.strip())
    except ValueError as error:
        raise FilingError(f"“{entry}”的日期写成年-月-日，如 2026-09-01") from error
