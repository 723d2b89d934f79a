"""What the pipeline tells people: findings, their places, and the codes they carry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum
from itertools import chain

import msgspec

from pipeline.kernel.structs import Struct

DataPath = tuple[str | int, ...]
"""The way to a value inside one record: keys and list indices from the root."""


class Severity(StrEnum):
    """How much a finding weighs; only errors fail a check or a build."""

    ERROR = "error"
    WARNING = "warning"
    DUE = "due"
    """Caused by nothing but the calendar: shown everywhere, never failing."""
    INFO = "info"

    @property
    def label(self) -> str:
        """The Chinese word an editor reads."""
        return {"error": "错误", "warning": "警告", "due": "到期", "info": "提示"}[self.value]


class Place(Struct, frozen=True, kw_only=True, order=True):
    """A spot in a file: repository-relative POSIX path, line and column counted from 1 in characters."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Fix(Struct, frozen=True, kw_only=True):
    """The one right answer to a finding, for the machine to type: `text` in the place of what is wrong.

    That is the characters from `start` to `end` of the file's text; with `start` below 0 the value (with
    `key` the key) at the finding's path. A `value` is no text to type, but what the text there should say.
    """

    text: str = ""
    value: str = ""
    start: int = -1
    end: int = -1
    key: bool = False


class Finding(Struct, frozen=True, kw_only=True):
    """One fault or remark, ready to be shown to an editor.

    `clause` names the source of the demand (`指南（草案）8.4 …`, `民法典 502`), `hint` says what to type,
    `related` lists the other places of a fault that spans files. `path` leads to the value, where a rule or
    the schema found it. `staged` marks what is let pass for now (in a draft, after a waiver has run out) and
    would still keep a final document from being made. `fix` is there where only one answer can be right. Findings
    of one `cause` (somebody who is not in the register any more, named in forty places) are shown as one.
    """

    code: str
    severity: Severity
    place: Place
    message: str
    clause: str = ""
    hint: str = ""
    related: tuple[Place, ...] = ()
    path: DataPath = ()
    staged: bool = False
    fix: Fix | None = None
    cause: str = ""

    @property
    def blocks_final(self) -> bool:
        """Whether a final document cannot be made as long as this stands."""
        return self.staged or self.severity is Severity.ERROR

    @property
    def sort_key(self) -> tuple[Place, str, str]:
        """By file, line and column, then code and message: the order of every report."""
        return (self.place, self.code, self.message)


class Code(Struct, frozen=True, kw_only=True):
    """The page behind a finding code, as `coop explain CODE` prints it.

    `title` says positively what should hold, `why` gives the reason, `hint` the usual remedy.
    """

    code: str
    title: str
    clause: str = ""
    why: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR

    def at(
        self,
        place: Place,
        message: str,
        *,
        hint: str = "",
        related: tuple[Place, ...] = (),
        fix: Fix | None = None,
    ) -> Finding:
        """The finding of this code at a place; `hint` replaces the usual remedy."""
        return Finding(
            code=self.code,
            severity=self.severity,
            place=place,
            message=message,
            clause=self.clause,
            hint=hint or self.hint,
            related=related,
            fix=fix,
        )


def arrange(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """All findings once each, in the order of files and lines."""
    by_file = defaultdict[str, list[Finding]](list)
    for finding in findings:
        by_file[finding.place.file].append(finding)
    # File by file: most have a handful, and thousands that begin alike need not be compared with one another.
    return tuple(chain.from_iterable(map(_in_file, (by_file[name] for name in sorted(by_file)))))


def _in_file(some: list[Finding]) -> Iterable[Finding]:
    if len(some) == 1:
        return some
    return sorted(dict.fromkeys(some), key=lambda finding: finding.sort_key)


def mark_of_findings(findings: tuple[Finding, ...]) -> bytes:
    """What tells findings from any others; two that are alike have the same in whatever process."""
    try:
        return msgspec.msgpack.encode(findings)
    except ValueError:  # the name of a file need be no text
        return repr(findings).encode(errors="surrogatepass")


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether anything found is an error (exit status 1)."""
    return any(finding.severity is Severity.ERROR for finding in findings)
