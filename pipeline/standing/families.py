"""Agreements that belong together: a framework agreement and the specific ones made under it (8.4).

One project has one agreement, so that each has its own number, approval, dossier and term; several agreements with
one partner are several projects, and what belongs together says so in `framework_agreement`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from pipeline.kernel.structs import Struct, replace
from pipeline.record.model import Agreement, Records
from pipeline.record.model.agreement import Inputs, Item, Resources
from pipeline.record.model.names import itemised
from pipeline.standing.agreed import ended_on, signed_on

Part = TypeVar("Part", Inputs, Resources)


class Family(Struct, frozen=True, kw_only=True):
    """The framework's project (empty where it is not known here) and those of its specific agreements, in order."""

    framework: str
    specific: tuple[str, ...]


def families(records: Records) -> Mapping[str, Family]:
    """Every framework agreement that has specific ones, by its project."""
    found: dict[str, list[str]] = {}
    for key, one in records.agreements.items():
        if one.framework_agreement and one.framework_agreement != key:
            found.setdefault(one.framework_agreement, []).append(key)
    return {head: Family(framework=head, specific=tuple(sorted(some))) for head, some in found.items()}


def family(records: Records, project: str, known: Mapping[str, Family] | None = None) -> Family | None:
    """The family that a project's agreement belongs to, as framework or as one of the specific ones.

    Whoever asks for many projects gathers all families once and hands them over as `known`.
    """
    agreement = records.agreements.get(project)
    head = (agreement.framework_agreement if agreement else None) or project
    return (families(records) if known is None else known).get(head)


def listed_twice(agreement: Agreement, framework: Agreement) -> tuple[tuple[str, str, int], ...]:
    """The lines of a specific agreement that its framework lists as well: part, kind and index of each."""
    found = []
    for part in ("inputs", "resources"):
        own, theirs = getattr(agreement, part), getattr(framework, part)
        known = {_same(kind, item) for kind, _, item in theirs.lines} if theirs and own else set()
        if known:
            found += [(part, kind, index) for kind, index, item in own.lines if _same(kind, item) in known]
    return tuple(found)


def _same(kind: str, item: Item) -> tuple[object, ...]:
    """What makes two lines the same thing."""
    return kind, (item.name or "").strip(), (item.model or "").strip(), item.quantity, item.amount


def counted_once(records: Records, agreements: Mapping[str, Agreement]) -> Mapping[str, Agreement]:
    """Agreements to be summed up, without the lines that one of them and its framework agreement both list.

    The framework's line is the one that counts, unless only the specific agreement is in force. A letter of intent
    counts nothing, and so takes nothing away.
    """
    twice: dict[str, set[tuple[str, str, int]]] = {}
    for key, one in agreements.items():
        head = one.framework_agreement or ""
        if head == key or head not in agreements or one.framework or agreements[head].framework:
            continue
        kept, other = (head, key) if _standing(records, head) >= _standing(records, key) else (key, head)
        if found := listed_twice(agreements[other], agreements[kept]):
            twice.setdefault(other, set()).update(found)
    if not twice:
        return agreements
    return {**agreements, **{key: _without_lines(agreements[key], lines) for key, lines in twice.items()}}


def _without_lines(one: Agreement, lines: set[tuple[str, str, int]]) -> Agreement:
    """An agreement without some lines, told by part, kind and index."""
    inputs = {(kind, index) for part, kind, index in lines if part == "inputs"}
    resources = {(kind, index) for part, kind, index in lines if part == "resources"}
    return replace(one, inputs=_without(one.inputs, inputs), resources=_without(one.resources, resources))


def _standing(records: Records, project: str) -> int:
    """How firmly an agreement stands: signed and not ended, not signed yet, ended."""
    if ended_on(records, project):
        return 0
    return 2 if signed_on(records, project) else 1


def _without(part: Part | None, lines: set[tuple[str, int]]) -> Part | None:
    if part is None or not lines:
        return part
    kept: dict[str, Any] = {
        kind: tuple(item for index, item in enumerate(getattr(part, kind)) if (kind, index) not in lines)
        for kind in itemised(type(part))
    }
    gone = sum(
        (item.amount or Decimal(0) for kind, index, item in part.lines if (kind, index) in lines), Decimal(0)
    )
    total = part.total - gone if part.total is not None else None
    return replace(part, **kept, total=total)
