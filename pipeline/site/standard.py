"""The standard: the figure it lacks, where each clause is met, the rules, and what they found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from pipeline.check.catalogue import CODES
from pipeline.check.handbook.clause_pages import GUIDE, cited
from pipeline.check.handbook.conformity import VIEWS, provisions, record_words
from pipeline.check.handbook.rule_pages import FAMILIES
from pipeline.compose.document_names import DOCUMENTS
from pipeline.kernel.finding import Code, Finding, Severity
from pipeline.kernel.structs import Struct, field
from pipeline.record.clause_register import STRENGTHS
from pipeline.record.kinds import AGREEMENT, ENTERPRISE, KINDS, PLAN, kind_of
from pipeline.site.engine import parts
from pipeline.site.figure import figure
from pipeline.site.page import AnyPage, Page, UnmadePage
from pipeline.site.plain_words import PLAIN, record_name
from pipeline.site.site_data import SiteData
from pipeline.standing.docking_matrix import CO_BUILDINGS, DOCKINGS, matrix
from pipeline.standing.labels import office_name


class Served(Struct, kw_only=True):
    """What serves a clause: rules by code, and fields by the kind of record they are in."""

    codes: list[Code] = field(default_factory=list)
    fields: dict[str, list[str]] = field(default_factory=dict)


def pages(site: SiteData) -> Iterator[AnyPage]:
    """The matrix for everybody; how the guideline is served, the rules and the findings in the internal edition."""
    yield _matrix(site)
    if site.internal:
        yield from (UnmadePage(name=name, make=make) for name, make in _UNMADE.items())


def unmade(name: str) -> UnmadePage | None:
    """The page here that makes itself by its name; None for any other page."""
    make = _UNMADE.get(name)
    return UnmadePage(name=name, make=make) if make else None


def _rules(site: SiteData) -> Page:
    content: dict[str, object] = {"families": _families(), "counts": site.codes}
    return Page(name="rules.html", template="rules", title="检查规则", part="rules", content=content)


def _found(site: SiteData) -> Page:
    content: dict[str, object] = {"files": _files(site)}
    return Page(name="findings.html", template="findings", title="检查结果", part="rules", content=content)


def _matrix(site: SiteData) -> Page:
    found = matrix(site.records)
    dockings = {code: site.choice(code, AGREEMENT.name, "docking", 0, "code") for code in DOCKINGS}
    buildings = {code: site.choice(code, AGREEMENT.name, "co_building", 0, "code") for code in CO_BUILDINGS}
    return Page(
        name="matrix.html",
        template="matrix",
        title="五对接 × 六共建",
        part="matrix",
        content={
            "found": found,
            "figure": figure(found, dockings, buildings, office_name(site.records.college)),
            "plain": PLAIN,
            "dockings": dockings,
            "buildings": buildings,
        },
    )


def _conformity(site: SiteData) -> Page:
    views = {name: (_address(name, site), label.removeprefix("网站：")) for name, label in VIEWS.items()}
    # Words instead of a function, so that a page can be sent to another process.
    records = {name: record_words(name, site.schemas) for one in provisions() for name in one.records}
    return Page(
        name="conformity.html",
        template="conformity",
        title="与标准的对应",
        part="conformity",
        content={
            "provisions": provisions(),
            "strengths": STRENGTHS,
            "records": records,
            "documents": DOCUMENTS,
            "views": views,
            "law": _law(site),
            "codes": CODES,
            "counts": site.codes,
        },
    )


def _families() -> Mapping[str, list[Code]]:
    """All codes by family, in the handbook's order; what no family is named for stands last."""
    found = {
        title: [code for code in CODES.values() if code.code[0] == letter]
        for letter, title in FAMILIES.items()
    }
    return {**found, "其他检查": [code for code in CODES.values() if code.code[0] not in FAMILIES]}


def _address(view: str, site: SiteData) -> str:
    """The page of a view, where it is one of this edition's pages."""
    kind, _, name = view.partition("/")
    return f"{name}.html" if kind == "site" and name in dict(parts(site)) else ""


def _law(site: SiteData) -> Mapping[str, Served]:
    """The provisions of laws and other sources beside the guideline, each with what serves it."""
    found: dict[tuple[str, str], Served] = {}

    def at(citation: str) -> Iterator[Served]:
        for clause in cited(citation):
            if clause.source != GUIDE:
                yield found.setdefault((clause.source, clause.number), Served())

    for code in CODES.values():
        for served in at(code.clause) if code.clause else ():
            served.codes.append(code)
    for kind in KINDS:
        schema = site.schemas.get(kind.name)
        for _, one in schema.walk() if schema else ():
            for served in at(one.clause) if one.clause else ():
                labels = served.fields.setdefault(kind.label, [])
                if one.label not in labels:
                    labels.append(one.label)
    ordered = sorted(found, key=lambda key: (key[0], _order(key[1])))
    return {f"{source} {number}".strip(): found[source, number] for source, number in ordered}


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall("[0-9]+", number))


def _files(site: SiteData) -> Mapping[str, tuple[str, list[Finding]]]:
    """What was found by file, each file with what people call it; those with the gravest findings first."""
    files: dict[str, list[Finding]] = {}
    for finding in site.findings:
        files.setdefault(finding.place.file, []).append(finding)
    order = list(Severity)
    ranked = sorted(files, key=lambda name: min(order.index(one.severity) for one in files[name]))
    return {name: (_called(site, name), files[name]) for name in ranked}


def _called(site: SiteData, file: str) -> str:
    """What people call a record's file: the kind of record, and whose or of which day it is."""
    kind, key = kind_of(file) or (None, "")
    if kind is None:
        return "其他文件"
    ids = kind.ids(key)
    if "project" in ids:
        return f"{site.project(ids['project'])}：{record_name(file)}"
    if kind is ENTERPRISE:
        return f"{kind.label}：{site.party(key)}"
    if kind is PLAN:
        return site.plan_title(ids["year"], ids["department"])
    return f"{kind.label} {ids['date']}" if "date" in ids else kind.label


_UNMADE: Mapping[str, Callable[[SiteData], Page]] = {
    "conformity.html": _conformity,
    "rules.html": _rules,
    "findings.html": _found,
}
