"""Findings as an editor of a form reads them: at the field, without the names of keys and without file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.check.run import Report
from pipeline.desk.form_shape import FOR_TYPISTS
from pipeline.kernel.finding import DataPath, Finding, Place
from pipeline.record.schema import Schema
from pipeline.record.schema.label_at import label_at
from pipeline.source import Source

_KEY = re.compile(r"（[a-z][a-z_.]*）|(?<=[”）])\s?[a-z]+_[a-z_]+")
_QUOTED = re.compile(r"写成 '([^'\n]*)'")
_DOTTED = re.compile(r"(?<![A-Za-z0-9_@./-]) ?([a-z][a-z_]*(?:\.[a-z][a-z_]*)+) ?(?![A-Za-z0-9_@./-])")
_NONE = re.compile(r"写\s*(?:成\s*)?[{]?none:\s*<?理由>?[}]?")


def findings(report: Report, name: str, schema: Schema) -> list[dict[str, Any]]:
    """What was found in one record of a schema, the heaviest first in each place."""
    found = report.of_file(name)
    entry = report.register.entries.get(name)
    places = _Places(entry.source if entry else None)
    return [_for_form(one, places.path(one), schema) for one in found]


def _for_form(finding: Finding, path: DataPath, schema: Schema) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "label": "待补" if finding.staged else finding.severity.label,
        "message": plain(_labelled(_KEY.sub("", finding.message), schema)),
        "clause": finding.clause,
        "hint": _hint(_labelled(_KEY.sub("", finding.hint), schema)),
        "path": list(path),
    }


def plain(text: str) -> str:
    """A message without the names of keys, and without the quotes that only a file wants."""
    return _QUOTED.sub(r"写成 \1", _KEY.sub("", text))


def _labelled(text: str, schema: Schema) -> str:
    """A text with the places of a record in words: 在 inputs.lacking 写 is told by the field's label."""

    def label(found: re.Match[str]) -> str:
        path = tuple(found[1].split("."))
        return f"“{label_at(schema, path, {})}”" if schema.at(path) else found[0]

    return _DOTTED.sub(label, text)


def _hint(text: str) -> str:
    parts = (_NONE.sub("打开“本项不发生”并写明理由", part) for part in text.split("；"))
    return plain("；".join(part for part in parts if not FOR_TYPISTS.search(part)))


class _Places:
    """The value at each place of a text, for findings that name a line only."""

    def __init__(self, source: Source | None) -> None:
        self._source = source
        self._known: dict[tuple[int, int], DataPath] | None = None

    def path(self, finding: Finding) -> DataPath:
        """The place in the record a finding is about; the record itself where none is known."""
        if finding.path or self._source is None or self._source.data is None:
            return finding.path
        if self._known is None:
            self._known = dict(_spots(self._source, (), self._source.data))
        place = finding.place
        return self._known.get((place.line, place.column), ())


def _spots(source: Source, path: DataPath, value: Any) -> Iterator[tuple[tuple[int, int], DataPath]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in inner:
        below = (*path, step)
        yield from _spots(source, below, one)
        yield _spot(source.place(below)), below
        if isinstance(step, str):
            yield _spot(source.key_place(below)), below


def _spot(place: Place) -> tuple[int, int]:
    return place.line, place.column
