"""What one version of governance lets people do that the one before did not, or no longer does: for a reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from pipeline.record.model.governance import Governance, Member
from pipeline.record.rounds.boxes import of_own_department


def rules_changed(before: Governance, after: Governance) -> Iterator[str]:
    """Each difference in a few Chinese words; nothing where both say the same."""
    for field, called in (
        ("governors", "规则管理人"),
        ("guarded", "要管理人同意才能改的"),
        ("keepers", "清单签名人"),
    ):
        yield from _listed(called, getattr(before, field), getattr(after, field), after.name)
    if before.threshold != after.threshold:
        yield f"改规则要的签名由 {before.threshold} 人改为 {after.threshold} 人"
    if before.since != after.since:
        yield f"启用日期由 {before.since or '没有写'} 改为 {after.since or '没有写'}"
    for key in sorted({*before.people, *after.people}):
        yield from _member(before.people.get(key), after.people.get(key))
    yield from _roles(before.roles, after.roles)
    yield from _rows("审批权限表", before.matrix, after.matrix)
    yield from _rows("要求的证明级别", before.levels, after.levels)
    yield from _listed("限本系部的角色", of_own_department(before), of_own_department(after), after.role)
    more = len(set(after.accepted) - set(before.accepted))
    if more:
        yield f"多承认 {more} 份批准记录"


def _listed(
    called: str, before: Iterable[str], after: Iterable[str], name: Callable[[str], str]
) -> Iterator[str]:
    for word, some in (("增加", set(after) - set(before)), ("减少", set(before) - set(after))):
        if some:
            yield f"{called}{word}{'、'.join(map(name, sorted(some)))}"


def _member(before: Member | None, after: Member | None) -> Iterator[str]:
    old, new = before or Member(), after or Member()
    name = new.name or old.name
    if after is None:
        yield f"去掉人员{name}"
        return
    gained, gone = sorted(set(new.roles) - set(old.roles)), sorted(set(old.roles) - set(new.roles))
    if gained:
        yield f"{name}增加角色 {'、'.join(gained)}"
    if gone:
        yield f"{name}不再担任 {'、'.join(gone)}"
    if set(old.keys) != set(new.keys):
        yield f"{name}的钥匙由 {len(old.keys)} 把改为 {len(new.keys)} 把，或者换了"
    if before is not None and old.department != new.department:
        yield f"{name}的部门由 {old.department or '没有写'} 改为 {new.department or '没有写'}"


def _roles(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    for key in sorted({*before, *after}):
        if before.get(key) != after.get(key):
            yield f"角色 {key} 由“{before.get(key, '没有')}”改为“{after.get(key, '没有')}”"


def _rows(called: str, before: Iterable[object], after: Iterable[object]) -> Iterator[str]:
    old, new = ({msgspec.json.encode(row, order="deterministic") for row in rows} for rows in (before, after))
    if old - new or new - old:
        yield f"{called}去掉 {len(old - new)} 条、增加 {len(new - old)} 条"
