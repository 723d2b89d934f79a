"""One paper of every kind that the sample college makes: from its records, from its trail, and final."""

from __future__ import annotations

from datetime import date
from functools import cache

from pipeline.approval.trail.inspect import inspect, unpacked
from pipeline.approval.trail.papers import Given, final, working
from pipeline.compose.composer import Composer
from pipeline.compose.sheets import SHEETS
from pipeline.kernel.document import Document
from pipeline.output.make import Paper, printed
from pipeline.paper.named_layout import layout
from pipeline.record import register
from tests.college import ROOT, SCHEMAS, TEMPLATES

TODAY = date(2026, 11, 23)
KINDS = tuple(f"{index}-{sheet.kind.name}" for index, sheet in enumerate(SHEETS))
TRAIL = (
    "trail agreement",
    "trail approval-form",
    "trail amendment-approval-form",
    "trail plan",
    "trail plan-approval-form",
    "final agreement",
    "final amendment",
    "final plan",
)
EVERY = (*KINDS, *TRAIL)
"""The names of all kinds."""


@cache
def documents() -> dict[str, Document]:
    """The longest document of each kind, by name; kinds of which the college has none are left out."""
    records = register.load(ROOT, SCHEMAS).records
    composer = Composer(TEMPLATES, SCHEMAS, records, TODAY)
    found: dict[str, list[Document]] = {}
    for name, sheet in zip(KINDS, SHEETS, strict=True):
        keys = [key for key, record in sheet.records(records).items() if sheet.prints(record)]
        found[name] = [composer.compose(sheet, key) for key in keys]
    for name, document in _of_trail():
        found.setdefault(name, []).append(document)
    return {
        name: max(some, key=lambda document: len(str(document.body))) for name, some in found.items() if some
    }


def _of_trail() -> list[tuple[str, Document]]:
    trail = inspect(unpacked(ROOT), None, SCHEMAS, TEMPLATES)
    made = final(trail, [name for name, state in trail.states.items() if state.approved], TEMPLATES)
    assert not made.refused and not made.layouts
    return [*_named("trail", working(trail, trail.current)), *_named("final", made.given)]


def _named(kind: str, given: Given) -> list[tuple[str, Document]]:
    """Documents by what they are: their file's name, a plan's and an amendment's own part left out."""
    found = []
    for folder, some in given.items():
        for name, ready in some.items():
            what = name.replace("amendment-01", "amendment")
            if folder.startswith("plans/"):
                what = "plan-approval-form" if name.endswith("-approval-form") else "plan"
            if f"{kind} {what}" in TRAIL:
                found.append((f"{kind} {what}", ready.document))
    return found


@cache
def papers() -> dict[str, Paper]:
    """The documents with their Word files."""
    return {
        name: Paper(one, layout(TEMPLATES, one.layout).render(one), "") for name, one in documents().items()
    }


@cache
def pdfs() -> dict[str, bytes]:
    """The papers as PDF, as a build prints them."""
    return {name: one.content for name, one in printed(papers(), TEMPLATES).items()}
