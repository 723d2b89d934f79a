"""What is proposed for one field of a record: the value, where it stands in the paper, and why it is not sure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipeline.kernel.finding import DataPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A value for a place of a record. `record` is which: agreement, signing, or a party's side (乙方).

    `where` names the place in the paper, `said` what stands there; `doubt` is the question to answer first, empty
    where the value is sure. `uses` are the items of the paper that need not be kept elsewhere once it is taken.
    `joins`: what several places say of the field stands in it one after the other, else the last one holds.
    """

    path: DataPath
    value: Any
    where: str
    said: str = ""
    doubt: str = ""
    record: str = "agreement"
    uses: tuple[int, ...] = field(default=())
    joins: bool = False

    @property
    def sure(self) -> bool:
        """Whether nothing has to be asked."""
        return not self.doubt
