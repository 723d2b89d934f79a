"""Agreements that belong together: a framework agreement and the specific ones made under it (8.4).

One project has one agreement, so that each has its own number, approval, dossier and term; several agreements with
one partner are several projects, and what belongs together says so in `framework_agreement`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar

from pipeline.record.model import Agreement, Records
from pipeline.record.model.agreement import Inputs, Item, Resources
from pipeline.record.model.names import itemised

Part = TypeVar("Part", Inputs, Resources)


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The framework's project (empty where it is not known here) and those of its specific agreements, in order."""

    framework: str
    specific: tuple[str, ...]


def family(records: Records, project: str) -> Family | None:
    """The family that a project's agreement belongs to, as framework or as one of the specific ones."""
    agreement = records.agreements.get(project)
    head = (agreement.framework_agreement if agreement else None) or project
    specific = tuple(
        sorted(key for key, one in records.agreements.items() if one.framework_agreement == head != key)
    )
    return Family(framework=head, specific=specific) if specific else None


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


def counted_once(agreements: Mapping[str, Agreement]) -> Mapping[str, Agreement]:
    """Agreements without the lines that their framework agreement lists already: its line is the one that counts."""
    made = {}
    for key, one in agreements.items():
        framework = agreements.get(one.framework_agreement or "")
        twice = listed_twice(one, framework) if framework and framework is not one else ()
        if twice:
            made[key] = replace(
                one,
                inputs=_without(
                    one.inputs, {(kind, index) for part, kind, index in twice if part == "inputs"}
                ),
                resources=_without(
                    one.resources, {(kind, index) for part, kind, index in twice if part == "resources"}
                ),
            )
    return {**agreements, **made} if made else agreements


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
