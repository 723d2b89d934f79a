"""The paper beside the form: composed as it will be printed, each run marked with the field it comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from pipeline.check.run import Report
from pipeline.compose.fields import field_blocks
from pipeline.compose.inline import UnsupportedError
from pipeline.compose.sheets import SHEETS
from pipeline.compose.values import Printed
from pipeline.desk.checked import Desk
from pipeline.kernel.codes.templating import WordingError
from pipeline.kernel.document import Run
from pipeline.kernel.structs import field_names, is_fielded, replace
from pipeline.paper import html
from pipeline.record.kinds import Kind

_OPEN, _SHUT, _END = "\ufdd5", "\ufdd6", "\ufdd7"
"""Noncharacters: no record and no wording can hold them."""

_MARKED = re.compile(f"{_OPEN}([0-9]+){_SHUT}(.*?){_END}", re.DOTALL)


def papers(desk: Desk, report: Report, kind: Kind, key: str, name: str) -> list[dict[str, str]]:
    """Every paper a record is printed as: its title and its HTML, whose texts are escaped."""
    made = []
    records = report.register.reading(kind.file(key))
    for sheet in SHEETS:
        if sheet.kind.name != kind.name or sheet.years is not None:
            continue
        record = sheet.records(records).get(key)
        if record is None or not sheet.prints(record):
            continue
        try:
            composed = desk.composer.over(records, desk.today()).compose(sheet, key)
        except WordingError as error:
            made.append({"title": "排不出来", "html": f"<p>{escape(error.finding.message)}</p>"})
            continue
        made.append({"title": composed.body.title or kind.label, "html": _marked(composed.body.blocks, name)})
    return made


def looks(desk: Desk, given: Mapping[str, Any]) -> Mapping[str, str]:
    """A long text as HTML, set as it will be printed; what cannot be printed so is said instead."""
    try:
        made = field_blocks(Printed(text=str(given["text"]), markdown=True))
    except UnsupportedError as error:
        return {"html": f"<p>{escape(f'印不出来：{error.what}')}</p>"}
    return {"html": "".join(html.blocks(made))}


def _marked(blocks: Any, name: str) -> str:
    paths: list[str] = []
    text = "".join(html.blocks(_labelled(blocks, name, paths)))
    return _MARKED.sub(
        lambda found: f'<span data-from="{escape(paths[int(found[1])])}">{found[2]}</span>', text
    )


def _labelled(value: Any, name: str, paths: list[str]) -> Any:
    """The same blocks with the number of its field around every run that comes from this record."""
    if isinstance(value, Run):
        if value.origin.file != name or not value.origin.path or not value.text:
            return value
        paths.append(value.origin.path)
        return replace(value, text=f"{_OPEN}{len(paths) - 1}{_SHUT}{value.text}{_END}")
    if isinstance(value, tuple):
        return tuple(_labelled(one, name, paths) for one in value)
    if is_fielded(value):
        inner = {one: _labelled(getattr(value, one), name, paths) for one in field_names(type(value))}
        return replace(value, **inner)
    return value
