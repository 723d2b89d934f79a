"""The filters wording may use: few, pure, and each keeping its value's origin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sized
from datetime import date, timedelta
from decimal import Decimal

from pipeline.compose.values import Printed, Value
from pipeline.kernel import chinese
from pipeline.kernel.document import CODE
from pipeline.kernel.structs import replace
from pipeline.prose.unmarked import unmarked

_MOST = 999
"""The largest number written in numerals."""


def words(value: Value) -> Printed:
    """Write an amount in Chinese capital figures (人民币…整); a gap stays a gap."""
    printed = value.printed()
    if printed.gap or not isinstance(value.raw, Decimal):
        return printed
    return replace(printed, text=chinese.amount_in_words(value.raw))


def years(term: Value) -> Printed:
    """Write the length of a term (三年, 二年六个月), as agreed or both days included; days where months do not fit."""
    start, end, months = term.start.raw, term.end.raw, term.months.raw
    if isinstance(months, int) and term.basis:
        return Printed(text=_months(months), origin=term.months.printed().origin)
    if not isinstance(start, date) or not isinstance(end, date):
        return (term.start if start is None else term.end).printed()
    return Printed(text=_length(start, end), origin=term.end.printed().origin)


def _length(start: date, end: date) -> str:
    days = (end - start).days + 1
    after = end + timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    if after.day != start.day or months <= 0:
        return f"{days}日"
    return _months(months)


def _months(months: int) -> str:
    full, rest = divmod(months, 12)
    parts = [f"{chinese.numeral(full)}年"] if full else []
    if rest:
        parts.append(f"{chinese.numeral(rest)}个月")
    return "".join(parts)


def paid(payment: Value) -> Printed:
    """Write the amount of a payment in its own currency; yuan where none is named."""
    printed, amount = payment.amount.printed(), payment.amount.raw
    if not payment.currency or not isinstance(amount, Decimal):
        return printed
    return replace(printed, text=f"{amount:,.2f}{payment.currency.printed().text}")


def numeral(value: Value) -> Printed:
    """Write a small whole number in Chinese numerals (一式六份); anything else as it stands."""
    printed = value.printed()
    if printed.gap or not isinstance(value.raw, int) or not 0 <= value.raw <= _MOST:
        return printed
    return replace(printed, text=chinese.numeral(value.raw))


def roles(parties: Iterable[object]) -> Printed:
    """Name several parties by their roles: 乙方、丙方."""
    return Printed(text="、".join(str(getattr(party, "role", "")) for party in parties), origin=CODE)


def join_words(values: Value) -> Printed:
    """Join a list's items with 、."""
    printed = [item.printed() for item in values]
    if any(item.gap for item in printed):
        return printed[0]
    return Printed(text="、".join(item.text for item in printed), origin=values.printed().origin)


def cell(value: Value) -> Printed:
    """One line for a table or a form: Markdown without its marks and line ends, — where there is nothing."""
    if not value:
        return Printed(text="—", origin=value.whence)
    printed = value.printed()
    return replace(printed, text=" ".join(unmarked(printed.text).split()), markdown=False)


def blank(value: Value) -> Printed:
    """What is there, or nothing at all: for places that ink fills."""
    return value.printed() if value else Printed(text="", origin=value.whence)


def count(values: Sized) -> int:
    """How many there are."""
    return len(values)


def beyond(index: int, last: int) -> str:
    """Count on behind a last number: an agreement's own annexes follow those that every agreement has."""
    return str(last + index)


def by_code(values: Iterable[Value]) -> list[Value]:
    """The items of a list with those of one code together, each code where it first stands: one heading for each."""
    first: dict[str, list[Value]] = {}
    for value in values:
        first.setdefault(str(value.code.raw), []).append(value)
    return [value for alike in first.values() for value in alike]


FILTERS: Mapping[str, Callable[..., object]] = {
    "words": words,
    "years": years,
    "numeral": numeral,
    "paid": paid,
    "roles": roles,
    "join_words": join_words,
    "cell": cell,
    "blank": blank,
    "count": count,
    "beyond": beyond,
    "by_code": by_code,
}
