"""The phrases: each of a kind, lawful or not, put into an agreement that is otherwise sound."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.check.rules.rule import Rule
from pipeline.check.rules.runner import severity
from pipeline.check.rules.table import RULES
from pipeline.kernel.finding import DataPath, Severity
from pipeline.kernel.structs import replace
from pipeline.record.model import Agreement, Records
from pipeline.record.model.after_signing import Amendment, ClauseChange
from pipeline.record.register import load
from tests.check.rules.found import faults
from tests.college import AGREEMENT, EXAMPLES, SCHEMAS

HERE = Path(__file__).parent
HALVES = (
    "tuned",
    "held",
    "fresh",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
)
"""`tuned` was looked at while the rules were written, `held` was not; the others were written later, each before it was tried."""
READING = tuple(rule for rule in RULES if rule.info.code[0] in "HL")
_BAD, _GOOD = "×", "○"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase: its kind, the code that should find it ("" where any may), where it stands, its half."""

    half: str
    kind: str
    code: str
    place: str
    text: str
    bad: bool


def phrases(half: str) -> Iterator[Phrase]:
    """All phrases of a half: `## kind code @place` heads those that follow, × the bad ones, ○ the good ones."""
    for path in sorted((HERE / "phrases").glob(f"{half}-*.txt")):
        kind = code = place = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("## "):
                kind, *rest = line[3:].split()
                code = next((word for word in rest if not word.startswith("@")), "")
                place = next((word[1:] for word in rest if word.startswith("@")), "")
            elif line[:1] in (_BAD, _GOOD):
                yield Phrase(half=half, kind=kind, code=code, place=place, text=line[2:], bad=line[0] == _BAD)


@cache
def base() -> tuple[Agreement, Records]:
    """The sound agreement every phrase is put into, and the college around it."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(EXAMPLES / "_college", root, dirs_exist_ok=True)
        (root / AGREEMENT).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "base.yaml", root / AGREEMENT)
        records = load(root, SCHEMAS).records
    return records.agreements["example"], records


def found(phrase: Phrase) -> set[str]:
    """The codes of what is found in a phrase where it stands; hints do not count."""
    agreement, records = base()
    if phrase.place.startswith("amendment"):
        return _found(replace(records, amendments={"example/01": _amending(phrase)}), ("changes",))
    placed, path = _placed(agreement, phrase)
    return _found(replace(records, agreements={"example": placed}), path)


def _found(records: Records, path: DataPath) -> set[str]:
    return {rule.info.code for rule, at in _faults(records) if at[: len(path)] == path}


def _faults(records: Records) -> Iterator[tuple[Rule, DataPath]]:
    for rule, _, record, fault in faults(READING, records):
        if severity(rule, rule.ways[fault.way], record) is not Severity.INFO:
            yield rule, fault.at


def _amending(phrase: Phrase) -> Amendment:
    """An amendment whose one change says a phrase: of the field its place names, else of the other terms."""
    field = phrase.place.partition(".")[2] or "other_terms"
    change = ClauseChange(field=field, clause="其他约定", was="无", now=phrase.text)
    return Amendment(project="example", id="01", stage="submitted", changes=(change,))


def _placed(agreement: Agreement, phrase: Phrase) -> tuple[Agreement, DataPath]:
    """The agreement with a phrase where its kind belongs, and the path to it."""
    part, _, side = phrase.place.partition(".")
    party = "college" if side == "college" else "chenguang-cnc"
    if part == "duties":
        own = replace(agreement.obligations[party], duties=(phrase.text,))
        return replace(agreement, obligations={**agreement.obligations, party: own}), (
            "obligations",
            party,
            "duties",
        )
    if part == "breach":
        return replace(agreement, breach={**agreement.breach, party: (phrase.text,)}), ("breach", party)
    if part == "nointerns":
        bare = replace(agreement, interns=None, forms=("training-base",), other_terms=(phrase.text,))
        return bare, ("other_terms",)
    return replace(agreement, other_terms=(phrase.text,)), ("other_terms",)
