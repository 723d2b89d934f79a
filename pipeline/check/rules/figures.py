"""Shares that must agree with each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pipeline.check.rules.rule import Fault, fault
from pipeline.kernel.chinese import plain_number

WHOLE = Decimal(100)


def shares(share: Mapping[str, Decimal], name: str, *path: str | int) -> Iterator[Fault]:
    """The fault of shares that do not make up the whole (100 %); none given is another matter."""
    if not share:
        return
    total = sum(share.values(), Decimal(0))
    if total != WHOLE:
        yield fault("shares", *path, name=name, total=plain_number(total))
