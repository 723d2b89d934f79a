"""Amounts and shares that must agree with each other, and how messages print them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pipeline.check.rules.rule import Fault, fault

WHOLE = Decimal(100)


def plain(number: Decimal) -> str:
    """A number without trailing zeros or exponent: 2, 0.5, 90."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def yuan(amount: Decimal) -> str:
    """An amount of yuan with two places and thousands marked: 480,000.00."""
    return f"{amount:,.2f}"


def shares(share: Mapping[str, Decimal], name: str, *path: str | int) -> Iterator[Fault]:
    """The fault of shares that do not make up the whole (100 %); none given is another matter."""
    if not share:
        return
    total = sum(share.values(), Decimal(0))
    if total != WHOLE:
        yield fault("shares", *path, name=name, total=plain(total))
