"""Findings for the eye: place, message, the source line with a caret under the spot, clause and remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from pipeline.kernel.chinese import display_width
from pipeline.kernel.finding import Finding, Place, Severity
from pipeline.kernel.structs import replace
from pipeline.kernel.visible import escape_controls
from pipeline.output.reporters.result import Result, printable

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.DUE: "35", Severity.INFO: "36"}
_WIDEST = 100
"""Columns of a source line that are shown where nothing limits them; a longer one is cut around the spot."""
_PLACES = 5
"""Other places of a finding that are shown, and then how many more there are."""
_FEW = 100
"""Findings of one code and file that are shown; all of them stand in the formats for programs."""
_MARGIN = 10
"""Columns that the line's number and the marks of a cut take."""

Lines = Callable[[str], list[str]]


def report(result: Result) -> str:
    """All findings, one block each, then a line that counts them."""

    @lru_cache(maxsize=4)
    def lines_of(name: str) -> list[str]:
        text = result.text_of(name)
        # Old Mac line ends: a file without any \n would else be one line of all records.
        return (text if "\n" in text else text.replace("\r", "\n")).split("\n")

    blocks = ["\n".join(_block(finding, lines_of, result)) + "\n" for finding in _few(result.findings)]
    return "\n".join([*blocks, result.summary()]) + "\n"


def _few(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings as far as anybody reads them: behind the first of one kind in a file, how many more there are."""
    counts = Counter((one.code, one.place.file) for one in findings)
    shown: Counter[tuple[str, str]] = Counter()
    for one in findings:
        kind = (one.code, one.place.file)
        shown[kind] += 1
        rest = counts[kind] - _FEW
        if shown[kind] <= _FEW:
            yield one
        elif shown[kind] == _FEW + 1:
            message = f"同类问题从这里起还有 {rest} 处，没有一一列出；要看全部，用 coop check --format json"
            yield replace(one, message=message)


def _block(finding: Finding, lines_of: Lines, result: Result) -> Iterator[str]:
    shown = printable(finding)
    label = _paint(f"{finding.severity.label} {finding.code}", _COLOURS[finding.severity], result)
    # A second line of a message is indented, so that it cannot pass for the next finding.
    yield f"{shown.place} {label} {_indented(shown.message)}"
    yield from _excerpt(finding.place, lines_of(finding.place.file), result)
    for place in shown.related[:_PLACES]:
        yield f"   另见：{place}"
    if len(shown.related) > _PLACES:
        yield f"   另见：还有 {len(shown.related) - _PLACES} 处，全部列在 coop check --format json 里"
    yield from _remedy(shown, result.width)


def _indented(text: str) -> str:
    return text.replace("\n", "\n      ")


def _remedy(finding: Finding, width: int | None) -> Iterator[str]:
    """Clause and remedy, in one line where they fit."""
    parts = [f"依据：{finding.clause}"] if finding.clause else []
    parts += [f"改法：{finding.hint}"] if finding.hint else []
    if display_width("".join(parts)) < (width or _WIDEST) - _MARGIN:
        parts = ["    ".join(parts)] if parts else []
    yield from (f"   {_indented(part)}" for part in parts)


def _excerpt(place: Place, lines: list[str], result: Result) -> Iterator[str]:
    if not 0 < place.line <= len(lines) or not lines[place.line - 1].strip():
        return
    line, column = lines[place.line - 1].rstrip("\r"), place.column - 1
    widest = result.width - _MARGIN if result.width else _WIDEST
    left = widest * 3 // 5
    before, cut = _tail(line[:column], left)
    after, more = _head(line[column : column + widest], widest - left)
    prefix = f"{place.line:5} | " + ("…" if cut else "")
    yield prefix + before + after + ("…" if more or len(line) > column + widest else "")
    yield " " * display_width(prefix + before) + _paint("^", "1", result)


def _marks(text: str) -> list[str]:
    """The characters of a text as they are shown: a tab as a space, a hidden one by its number."""
    text = text.replace("\t", " ")
    if escape_controls(text, keep="") == text:
        return list(text)
    return [escape_controls(character, keep="") for character in text]


def _tail(text: str, most: int) -> tuple[str, bool]:
    """The end of what stands before the spot, as shown, and whether something was cut off."""
    marks = _marks(text[-most:])
    while display_width("".join(marks)) > most:
        del marks[0]
    return "".join(marks), len(marks) < len(text)


def _head(text: str, most: int) -> tuple[str, bool]:
    """The beginning of what stands from the spot on, as shown, and whether something was cut off."""
    marks = _marks(text)
    while display_width("".join(marks)) > most:
        del marks[-max(1, len(marks) // 8) :]
    return "".join(marks), len(marks) < len(text)


def _paint(text: str, colour: str, result: Result) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if result.colour else text
