"""The standard: the figure it lacks, where each clause is met, the rules, and what they found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.catalogue import CODES
from pipeline.finding import Code, Finding
from pipeline.handbook.clauses import GUIDE, cited
from pipeline.handbook.rules import FAMILIES
from pipeline.register.kinds import AGREEMENT, KINDS
from pipeline.reports.matrix import CO_BUILDINGS, DOCKINGS, matrix
from pipeline.site.figure import figure
from pipeline.site.page import Page
from pipeline.site.world import World


@dataclass(slots=True, kw_only=True)
class Served:
    """What serves a clause: rules by code, and fields by the kind of record they are in."""

    codes: list[Code] = field(default_factory=list)
    fields: dict[str, list[str]] = field(default_factory=dict)


def pages(world: World) -> Iterator[Page]:
    """Matrix, conformity, rules; the findings only in the internal edition."""
    found = matrix(world.records)
    dockings = {code: world.word(code, AGREEMENT.name, "docking", 0, "code") for code in DOCKINGS}
    buildings = {code: world.word(code, AGREEMENT.name, "co_building", 0, "code") for code in CO_BUILDINGS}
    yield Page(
        name="matrix.html",
        template="matrix",
        title="五对接 × 六共建",
        part="matrix",
        content={
            "found": found,
            "figure": figure(found, dockings, buildings),
            "dockings": dockings,
            "buildings": buildings,
        },
    )
    guide, law = _served(world)
    yield Page(
        name="conformity.html",
        template="conformity",
        title="与标准的对应",
        part="conformity",
        content={"guide": guide, "law": law, "counts": _counts(world), "source": GUIDE},
    )
    if world.internal:
        families = _families()
        content: dict[str, object] = {"families": families, "counts": _counts(world)}
        yield Page(name="rules.html", template="rules", title="检查规则", part="rules", content=content)
        content = {"files": _files(world)}
        yield Page(name="findings.html", template="findings", title="检查结果", part="rules", content=content)


def _families() -> Mapping[str, list[Code]]:
    """All codes by family, in the handbook's order; what no family is named for stands last."""
    found = {
        title: [code for code in CODES.values() if code.code[0] == letter]
        for letter, title in FAMILIES.items()
    }
    return {**found, "其他检查": [code for code in CODES.values() if code.code[0] not in FAMILIES]}


def _served(world: World) -> tuple[Mapping[str, Served], Mapping[str, Served]]:
    """The guideline's clauses in order, and the laws' provisions, each with what serves it."""
    found: dict[tuple[str, str], Served] = {}

    def at(citation: str) -> Iterator[Served]:
        for clause in cited(citation):
            yield found.setdefault((clause.source, clause.number), Served())

    for code in CODES.values():
        for served in at(code.clause) if code.clause else ():
            served.codes.append(code)
    for kind in KINDS:
        schema = world.schemas.get(kind.name)
        for _, one in schema.walk() if schema else ():
            for served in at(one.clause) if one.clause else ():
                labels = served.fields.setdefault(kind.label, [])
                if one.label not in labels:
                    labels.append(one.label)
    ordered = sorted(found, key=lambda key: (key[0], _order(key[1])))
    guide = {number: found[source, number] for source, number in ordered if source == GUIDE}
    law = {
        f"{source} {number}".strip(): found[source, number] for source, number in ordered if source != GUIDE
    }
    return guide, law


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall("[0-9]+", number))


def _counts(world: World) -> Mapping[str, int]:
    """How many findings each code has today."""
    counts: dict[str, int] = {}
    for finding in world.findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
    return counts


def _files(world: World) -> Mapping[str, list[Finding]]:
    files: dict[str, list[Finding]] = {}
    for finding in world.findings:
        files.setdefault(finding.place.file, []).append(finding)
    return files
