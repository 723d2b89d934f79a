"""Every amount, day, share and length of time that the program can print is read back as the same."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.compose.filters import _length
from pipeline.kernel import chinese
from pipeline.prose.facts import Amount, Day, Ordinal, Share, Span
from pipeline.prose.numerals import number
from pipeline.prose.passages import Prose
from pipeline.prose.reader import facts

settings.register_profile("patterns", deadline=None)  # the first question of all compiles the patterns
settings.load_profile("patterns")

AMOUNTS = st.integers(min_value=0, max_value=10**16).map(lambda fen: Decimal(fen) / 100)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31))


@given(AMOUNTS)
def test_an_amount_in_capitals(amount: Decimal) -> None:
    (fact,) = facts(f"合计{chinese.amount_in_words(amount)}，")
    assert isinstance(fact, Amount)
    assert (fact.yuan, fact.capital) == (amount, True)


@given(AMOUNTS)
def test_an_amount_in_digits(amount: Decimal) -> None:
    (fact,) = facts(f"合计{chinese.money(amount)}，")
    assert isinstance(fact, Amount)
    assert (fact.yuan, fact.capital) == (amount, False)


@given(DAYS)
def test_a_day(day: date) -> None:
    for words in (chinese.date_words(day), day.isoformat()):
        (fact,) = facts(f"自{words}起")
        assert isinstance(fact, Day)
        assert fact.exact and fact.earliest == fact.latest == day


@given(st.integers(min_value=0, max_value=100_00).map(lambda share: Decimal(share) / 100))
def test_a_share(share: Decimal) -> None:
    (fact,) = facts(f"承担{chinese.percent(share)}。")
    assert isinstance(fact, Share)
    assert fact.percent == share


@given(st.integers(min_value=1, max_value=999))
def test_the_number_of_an_article(place: int) -> None:
    (fact,) = facts(f"按本协议{chinese.article_number(place)}处理")
    assert isinstance(fact, Ordinal)
    assert int(fact.number) == place
    assert fact.unit == "条"


@given(st.integers(min_value=0, max_value=999))
def test_a_numeral(value: int) -> None:
    assert number(chinese.numeral(value)) == value


@given(DAYS, st.integers(min_value=1, max_value=9000))
def test_the_length_of_a_term(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    (fact,) = facts(f"期限{_length(start, end)}。")
    assert isinstance(fact, Span)
    if fact.days is not None:
        assert fact.days == days + 1
    else:
        after = end + timedelta(days=1)
        assert fact.months == (after.year - start.year) * 12 + after.month - start.month


@given(st.lists(st.text(alphabet="甲方 *三年\t８０人。，\n；１２", max_size=20), min_size=1, max_size=5))
def test_every_place_of_what_is_read_leads_back_to_the_words(texts: list[str]) -> None:
    prose = Prose(texts)
    wide = dict(zip("0123456789", "０１２３４５６７８９", strict=True))
    for at, letter in enumerate(prose.text):
        if letter != "\0":
            written = texts[prose.number(at)][prose.offset(at)]
            assert written in (letter, wide.get(letter))
