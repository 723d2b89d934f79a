"""Records written into a test, with the spot marked where the finding should stand."""

from __future__ import annotations

from pipeline.kernel.finding import Place
from pipeline.record.schema.validate import Checked, check
from pipeline.source import Source, load
from tests.college import SCHEMAS

MARK = "→"
"""Stands before the value or key that a finding should point at; it is taken out before reading."""

SUBMITTED = "stage: submitted\nparties: {college: {signatory: bai}, enterprises: [chenguang]}\n"
"""What a submitted agreement needs for the schema to have nothing to say; the rest is left to rules."""


def read(text: str) -> Source:
    """A record that is well written, whatever it says; the mark is taken out."""
    source = load("record.yaml", text.replace(MARK, "").encode())
    assert source.findings == ()
    assert source.data is not None
    return source


def checked(text: str, kind: str = "agreement") -> Checked:
    """What the check of a record yields."""
    return check(read(text), SCHEMAS[kind])


def marked(text: str) -> Place:
    """Where the mark stands."""
    before, mark, _ = text.partition(MARK)
    assert mark, "no spot is marked"
    return Place(file="record.yaml", line=before.count("\n") + 1, column=len(before) - before.rfind("\n"))
