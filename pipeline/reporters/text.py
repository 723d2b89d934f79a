"""Findings for the eye: place, message, the source line with a caret under the spot, clause and remedy."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.chinese import display_width
from pipeline.finding import Finding, Place, Severity
from pipeline.reporters.result import Result
from pipeline.visible import escape_controls

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.DUE: "35", Severity.INFO: "36"}
_WIDEST = 100
"""Columns of a source line that are shown; a longer one is cut around the spot."""


def report(result: Result) -> str:
    """All findings, one block each, then a line that counts them."""
    blocks = ["\n".join(_block(finding, result)) + "\n" for finding in result.findings]
    return "\n".join([*blocks, _summary(result)]) + "\n"


def _block(finding: Finding, result: Result) -> Iterator[str]:
    label = _paint(f"{finding.severity.label} {finding.code}", _COLOURS[finding.severity], result)
    yield f"{escape_controls(str(finding.place))} {label} {escape_controls(finding.message)}"
    yield from _excerpt(finding.place, result)
    for place in finding.related:
        yield f"   另见：{escape_controls(str(place))}"
    remedy = [
        f"依据：{finding.clause}" if finding.clause else "",
        f"改法：{finding.hint}" if finding.hint else "",
    ]
    if any(remedy):
        yield "   " + "    ".join(part for part in remedy if part)


def _remedy(finding: Finding) -> Iterator[str]:
    """Clause and remedy, in one line where they fit."""
    parts = [f"依据：{finding.clause}"] if finding.clause else []
    parts += [f"改法：{finding.hint}"] if finding.hint else []
    if display_width("".join(parts)) < _WIDEST:
        parts = ["    ".join(parts)] if parts else []
    yield from (f"   {part}" for part in parts)


def _excerpt(place: Place, result: Result) -> Iterator[str]:
    lines = result.text_of(place.file).split("\n")
    if not 0 < place.line <= len(lines) or not lines[place.line - 1].strip():
        return
    line = lines[place.line - 1].rstrip("\r").replace("\t", " ")
    start = _cut(line, place.column - 1)
    shown = escape_controls(line[start:])
    before = escape_controls(line[start : place.column - 1])
    prefix = f"{place.line:5} | " + ("…" if start else "")
    yield prefix + _fit(shown, _WIDEST)
    yield " " * (display_width(prefix) + display_width(before)) + _paint("^", "1", result)


def _cut(line: str, column: int) -> int:
    """Where to begin showing a line so that the spot stays in view."""
    start = 0
    while display_width(line[start:column]) > _WIDEST * 2 // 3:
        start += 10
    return start


def _fit(text: str, width: int) -> str:
    if display_width(text) <= width:
        return text
    while display_width(text) > width:
        text = text[: -max(1, (display_width(text) - width) // 2)]
    return text + "…"


def _summary(result: Result) -> str:
    counts = result.counts
    if not result.findings:
        return f"检查了 {result.files} 个文件，没有发现问题。"
    parts = [f"{counts[severity]} 个{severity.label}" for severity in Severity if counts[severity]]
    return f"检查了 {result.files} 个文件：{'，'.join(parts)}。"


def _paint(text: str, colour: str, result: Result) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if result.colour else text
