"""Every template of a college, read before anything is composed with it: wordings, layouts and forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from pipeline.compose import codes
from pipeline.compose.annex import ANNEXES
from pipeline.compose.filters import FILTERS
from pipeline.compose.sheets import FULL, LETTER, SHEETS, UNIFORM, Sheet
from pipeline.compose.wording import environment
from pipeline.compose.wording_lint import Reading, read
from pipeline.finding import Code, Finding, Place
from pipeline.register.kinds import AGREEMENT
from pipeline.render.layout_lint import lint as lint_layout
from pipeline.schema import Schema
from pipeline.schema.definition import EACH

LABEL = "templates"
"""The folder's name in findings."""

_KINDS: Mapping[str, Code] = {
    "syntax": codes.BROKEN_WORDING,
    "field": codes.UNKNOWN_FIELD,
    "code": codes.UNSAFE_WORDING,
    "wide": codes.WIDE_BRACES,
}
_SKIPPED = ("records", "layout")
"""Folders of templates/ that hold no wordings."""

UNPRINTED: Mapping[str, str] = {
    "stage": "记录走到哪一步",
    "wording": "选用哪种文本",
    "means": "按指南 3.1 归类，供统计",
    "fields": "按指南 7 归类，供统计",
    "chains": "按指南 4.3 归类，供统计",
    "docking": "五对接，供统计和看板",
    "co_building": "六共建，供统计和看板",
    "school_inputs": "按指南 5.1 归类，供统计",
    "relationship": "关系管理，学校内部使用",
    "goals": "年度目标，供计划和总结",
    "appraisal_flag": "是否需要论证，学校内部决定",
    "renews": "续签自哪个项目",
    "origin": "由原协议扫描件登记",
}
"""Fields of an agreement that no text of it prints, and what they are for."""

_FORM_LABEL = re.compile(r"^- ([^\W\d]\w*)：", re.MULTILINE)
_FORM_TAG = re.compile(r"{{\s*([^\W\d]\w*)\s*}}")
_OWN_NAMES = frozenset({"title", "number"})


def lint(templates: Path, schemas: Mapping[str, Schema]) -> Iterator[Finding]:
    """A finding for everything that is wrong with the templates in a folder."""
    kinds = {name: sheet.kind.name for sheet in SHEETS for name in _wordings(sheet)}
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
            yield codes.BROKEN_WORDING.at(Place(file=f"{LABEL}/{name}"), message)
            continue
        reading = read(text, jinja, schemas, kinds.get(name.removesuffix(".md"), ""))
        yield from _told(reading, f"{LABEL}/{name}")
        used |= reading.used
        annexes |= set(re.findall(r"\[\[([a-z-]+)\]\]", text)) & set(ANNEXES)
    yield from _unused(
        schemas[AGREEMENT.name], {path for kind, path in used if kind == AGREEMENT.name}, annexes
    )
    yield from _layouts(templates)


def _wordings(sheet: Sheet) -> tuple[str, ...]:
    """The wordings a sheet may take; an agreement's depends on the agreement."""
    if sheet.kind is AGREEMENT:
        return (FULL, UNIFORM, LETTER)
    try:
        return (sheet.wording(None),)
    except AttributeError:
        return ()


def _told(reading: Reading, file: str) -> Iterator[Finding]:
    for fault in reading.faults:
        yield _KINDS[fault.kind].at(Place(file=file, line=fault.line), fault.message)


def _unused(schema: Schema, used: set[tuple[str, ...]], annexes: set[str]) -> Iterator[Finding]:
    """The fields of an agreement that no text prints; what is inside an unused one is not told again."""
    if not used:
        return  # another college's templates may hold no agreement at all
    for steps, field in schema.walk():
        path = tuple(map(str, steps))
        known = not path or path[-1] == EACH or path[0] in (*UNPRINTED, *annexes) or path[0] == "parties"
        if known or path in used or (path[:-1] and path[:-1] not in used and path[-2] != EACH):
            continue
        if any(path[:length] not in used for length in range(1, len(path)) if path[length - 1] != EACH):
            continue
        message = f"“{field.label}”（{'.'.join(path)}）没有任何协议文本使用"
        yield codes.UNUSED_FIELD.at(Place(file=f"{LABEL}/{FULL}.md"), message)


def _layouts(templates: Path) -> Iterator[Finding]:
    for path in sorted(templates.rglob("*.docx")):
        if path.name.startswith("~$"):
            continue  # Word's own mark that a file is open
        name = path.relative_to(templates).as_posix()
        place = Place(file=f"{LABEL}/{name}")
        try:
            content = path.read_bytes()
        except OSError as error:
            yield codes.BAD_MARKS.at(place, f"读不出来：{error.strerror}")
            continue
        for fault, own in lint_layout(content, signed=name.startswith("layout/")):
            yield (codes.OWN_WORDS if own else codes.BAD_MARKS).at(place, str(fault))
        if name.startswith("forms/"):
            yield from _form(path, place)


def _form(path: Path, place: Place) -> Iterator[Finding]:
    """Labels that only the drawn form or only its wording knows."""
    try:
        wording = path.with_suffix(".md").read_text(encoding="utf-8")
        with ZipFile(path) as package:
            drawn = re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode())
    except (OSError, UnicodeDecodeError, BadZipFile, KeyError):
        return  # a form that nothing prints yet, or that is reported already
    if re.search(r"^- {{", wording, re.MULTILINE):
        return  # labels that only the record tells
    labels, tags = set(_FORM_LABEL.findall(wording)), set(_FORM_TAG.findall(drawn)) - _OWN_NAMES
    for label in sorted(tags - labels):
        yield codes.FORM_LABELS.at(place, f"表单有栏目“{label}”，文字模板里没有“- {label}：”")
    for label in sorted(labels - tags):
        yield codes.FORM_LABELS.at(place, f"文字模板里有“- {label}：”，表单上没有这个栏目")
