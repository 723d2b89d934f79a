"""Every template of a college, read before anything is made with it: wordings, layouts, forms, data packs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from pipeline.compose.annex import ANNEXES
from pipeline.compose.filters import FILTERS
from pipeline.compose.sheet import Sheet
from pipeline.compose.sheets import AGREEMENT_SHEET, SHEETS
from pipeline.compose.wording import environment
from pipeline.compose.wording_lint import WordingFaults, read
from pipeline.kernel.codes import templating
from pipeline.kernel.finding import Code, Finding, Place
from pipeline.kernel.left_behind import left_behind
from pipeline.paper.layout_lint import lint as lint_layout
from pipeline.record.kinds import AGREEMENT
from pipeline.record.model import Agreement
from pipeline.record.schema import Schema
from pipeline.record.schema.definition import EACH
from pipeline.record.schema.folder import OWN
from pipeline.record.schema.own_field import PREFIX
from pipeline.standing.agreement_wordings import APPRENTICESHIP, FULL, LETTER, UNIFORM
from pipeline.standing.packs import packs

LABEL = "templates"
"""The folder's name in findings."""

_KINDS: Mapping[str, Code] = {
    "syntax": templating.BROKEN_WORDING,
    "field": templating.UNKNOWN_FIELD,
    "code": templating.UNSAFE_WORDING,
    "wide": templating.WIDE_BRACES,
}
_SKIPPED = ("records", "layout")
"""Folders of templates/ that hold no wordings."""

_FORM_LABEL = re.compile(r"^- ([^\W\d]\w*)：", re.MULTILINE)
_FORM_TAG = re.compile(r"{{\s*([^\W\d]\w*)\s*}}")
_ALWAYS_THERE = frozenset({"title", "number"})


def lint(templates: Path, schemas: Mapping[str, Schema]) -> Iterator[Finding]:
    """A finding for everything that is wrong with the templates in a folder."""
    kinds = {name: sheet.kind.name for sheet in SHEETS for name in _wordings(sheet)}
    shown: dict[str, str] = {}
    jinja = environment(FILTERS)
    used: set[tuple[str, tuple[str, ...]]] = set()
    annexes: set[str] = set()
    for path in sorted(templates.rglob("*.md")):
        name = path.relative_to(templates).as_posix()
        if name.split("/")[0] in _SKIPPED:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            message = "读不到这个模板文件，或者它不是 UTF-8 编码"
            yield templating.BROKEN_WORDING.at(Place(file=f"{LABEL}/{name}"), message)
            continue
        kind = kinds.get(name.removesuffix(".md"), "")
        reading = read(text, jinja, schemas, kind)
        yield from _in_wording(reading, f"{LABEL}/{name}")
        used |= reading.used
        if kind and not schemas[kind].root.unprinted:
            shown.setdefault(kind, f"{LABEL}/{name}")
        annexes |= set(re.findall(r"\[\[([a-z-]+)\]\]", text)) & set(ANNEXES)
    for kind, file in sorted(shown.items()):
        yield from _unused(schemas[kind], {path for one, path in used if one == kind}, annexes, file)
    yield from _layouts(templates)
    yield from packs(templates)[1]


def _wordings(sheet: Sheet) -> tuple[str, ...]:
    """The wordings a sheet may take; an agreement's own text depends on the agreement."""
    if sheet is AGREEMENT_SHEET:
        return (FULL, UNIFORM, LETTER, APPRENTICESHIP)
    return (sheet.wording(Agreement() if sheet.kind is AGREEMENT else None),)


def _in_wording(reading: WordingFaults, file: str) -> Iterator[Finding]:
    for fault in reading.faults:
        yield _KINDS[fault.kind].at(Place(file=file, line=fault.line), fault.message)


def _unused(schema: Schema, used: set[tuple[str, ...]], annexes: set[str], file: str) -> Iterator[Finding]:
    """The fields of a kind that no text prints; what is inside an unused one is not told again."""
    for steps, field in schema.walk():
        path = tuple(map(str, steps))
        known = not path or path[-1] == EACH or path[0] in annexes or _accounted(schema, path)
        if known or path in used or (path[:-1] and path[:-1] not in used and path[-2] != EACH):
            continue
        if any(path[:length] not in used for length in range(1, len(path)) if path[length - 1] != EACH):
            continue
        message = f"“{field.label}”（{'.'.join(path)}）没有任何文书使用"
        if any(step.startswith(PREFIX) for step in path):
            hint = "在本校自己的文字模板里用上它（coop templates own 模板名）；不印的在 meta 里写 unprinted: 理由"
            yield templating.UNUSED_FIELD.at(Place(file=f"{OWN}/{schema.kind}.yaml"), message, hint=hint)
        else:
            yield templating.UNUSED_FIELD.at(Place(file=file), message)


def _accounted(schema: Schema, path: tuple[str, ...]) -> bool:
    """Whether a field, or one that it stands in, is stated to be unprinted or printed by the facts."""
    above = (schema.at(path[:length]) for length in range(1, len(path) + 1))
    return any(field and (field.printed or field.unprinted) for field in above)


def _layouts(templates: Path) -> Iterator[Finding]:
    for path in sorted(templates.rglob("*.docx")):
        if left_behind(path.name):
            continue
        name = path.relative_to(templates).as_posix()
        place = Place(file=f"{LABEL}/{name}")
        try:
            content = path.read_bytes()
        except OSError as error:
            yield templating.BAD_MARKS.at(place, f"读不出来：{error.strerror}")
            continue
        for fault, fixed_words in lint_layout(content, signed=name.startswith("layout/")):
            yield (templating.LAYOUT_WORDS if fixed_words else templating.BAD_MARKS).at(place, str(fault))
        if name.startswith("forms/"):
            yield from _form(path, place)


def _form(path: Path, place: Place) -> Iterator[Finding]:
    """Labels that only the drawn form or only its wording knows."""
    try:
        text = path.with_suffix(".md").read_text(encoding="utf-8")
        with ZipFile(path) as package:
            drawn = re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode())
    except (OSError, UnicodeDecodeError, BadZipFile, KeyError):
        return  # a form that nothing prints yet, or that is reported already
    if re.search(r"^- {{", text, re.MULTILINE):
        return  # labels that only the record tells
    labels, tags = set(_FORM_LABEL.findall(text)), set(_FORM_TAG.findall(drawn)) - _ALWAYS_THERE
    for label in sorted(tags - labels):
        yield templating.FORM_LABELS.at(place, f"表单有栏目“{label}”，文字模板里没有“- {label}：”")
    for label in sorted(labels - tags):
        yield templating.FORM_LABELS.at(place, f"文字模板里有“- {label}：”，表单上没有这个栏目")
