"""A term that is counted from the day of signing or of effect has its days once that day has come."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.record.model import Records
from pipeline.record.register import load
from pipeline.standing.agreed import term_of
from tests.college import SCHEMAS, SmallCollege
from tests.living import living
from tests.standing.test_as_agreed import SIGNING


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    return living(tmp_path / "college")


def counted(home: SmallCollege, term: str) -> Records:
    """The records with a term of this kind, without amendments."""
    home.change(_line(home), f"term: {{{term}}}")
    home.write(home.text(SIGNING).split("\namendments:")[0] + "\n", SIGNING)
    return load(home.root, SCHEMAS).records


def _line(home: SmallCollege) -> str:
    return next(line for line in home.text().split("\n") if line.startswith("term: "))


def test_three_years_from_signing_end_on_the_day_before(home: SmallCollege) -> None:
    records = counted(home, "basis: signing, months: 36")
    signed = records.signings["example"]
    day = max(one.done_on for one in signed.parties.values() if one.done_on)
    term = term_of(records, "example")
    assert term is not None and term.start == day
    assert term.end == date(day.year + 3, day.month, day.day) - timedelta(days=1)


def test_a_term_from_effect_begins_when_both_are_there(home: SmallCollege) -> None:
    records = counted(home, "basis: effect, months: 12")
    signing = records.signings["example"]
    signed = max(one.done_on for one in signing.parties.values() if one.done_on)
    approved = signing.review.approved_on if signing.review else None
    term = term_of(records, "example")
    assert term is not None and term.start == max(signed, approved or signed)


def test_an_open_term_has_a_beginning_and_no_end(home: SmallCollege) -> None:
    term = term_of(counted(home, "basis: signing, open: true"), "example")
    assert term is not None and term.start is not None and term.end is None


def test_what_is_not_signed_has_no_days_yet(home: SmallCollege) -> None:
    home.path(SIGNING).unlink()
    home.change(_line(home), "term: {basis: signing, months: 36}")
    term = term_of(load(home.root, SCHEMAS).records, "example")
    assert term is not None and term.start is None and term.end is None and term.months == 36
