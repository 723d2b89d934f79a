"""What the lists of inputs promise and what has arrived of it: the college's register of equipment (8.4, 8.5).

A delivery is told in the progress report of its time, by the name of the line in the list. Where several lines bear
one name, what arrives fills them in the order of the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pipeline.kernel.structs import Struct
from pipeline.record.model import Agreement, Records, under
from pipeline.record.model.agreement import Item
from pipeline.record.model.execution import Delivery

ARRIVING = ("equipment", "technology", "facilities")
"""The kinds of input that come on a day and are received; money, time and places do not."""


class Arrival(Struct, frozen=True, kw_only=True):
    """A line of the inputs of a project with what has arrived of it; `at` is its kind and its index there."""

    project: str
    at: tuple[str, int]
    item: Item
    provider: str
    arrived: Decimal
    deliveries: tuple[Delivery, ...]

    @property
    def whole(self) -> bool:
        """Whether all of it has arrived; a line without a quantity is there once anything of it is."""
        return bool(self.deliveries) and self.arrived >= (self.item.quantity or Decimal(0))

    @property
    def last(self) -> date | None:
        """The day on which the last part of it arrived."""
        return max((one.on for one in self.deliveries if one.on), default=None)

    def awaited(self, today: date) -> bool:
        """Whether its day has passed and some of it is not there."""
        due = self.item.delivered_by
        return due is not None and due < today and not self.whole


def arrivals(records: Records, project: str, agreement: Agreement) -> tuple[Arrival, ...]:
    """Every line with a day to arrive on or of which something has arrived, in the order of the list.

    None of a letter of intent.
    """
    if agreement.inputs is None or agreement.framework:
        return ()
    lines = [(kind, index, item) for kind, index, item in agreement.inputs.lines if kind in ARRIVING]
    told = [one for report in under(records.progress, project) for one in report.deliveries]
    filled = _filled(project, agreement, lines, told)
    return tuple(one for one in filled if one.item.delivered_by or one.deliveries)


def _filled(
    project: str, agreement: Agreement, lines: list[tuple[str, int, Item]], told: list[Delivery]
) -> Iterator[Arrival]:
    only = agreement.party_ids[1] if len(agreement.party_ids) == 2 else ""
    left = [one.quantity or Decimal(0) for one in told]
    for kind, index, item in lines:
        arrived, taken, wanted = Decimal(0), list[Delivery](), item.quantity
        for number, one in enumerate(told):
            if one.item != item.name:
                continue
            # Of a line that says no number, whatever bears its name is a part.
            share = left[number] if wanted is None else min(left[number], wanted - arrived)
            if share > 0 or (wanted is None and one.quantity is None):
                left[number] -= share
                arrived += share
                taken.append(one)
        yield Arrival(
            project=project,
            at=(kind, index),
            item=item,
            provider=item.provider or only,
            arrived=arrived,
            deliveries=tuple(taken),
        )
