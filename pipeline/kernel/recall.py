"""What work may ask a memory: the result of the same work on the same bytes, or else to do it and keep that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar, cast
from zlib import crc32

from pipeline.kernel.digests import digest as digest  # who keeps a result makes its mark

Result = TypeVar("Result")


class Recall(Protocol):
    """A memory of results. Whoever asks names everything the result depends on, beside the program itself."""

    def latest(self, sort: str, name: str, mark: bytes, kind: type[Result]) -> Result | None:
        """What was last kept for a name, if it was under this mark; None where there is nothing."""
        ...

    def keep(self, sort: str, name: str, mark: bytes, value: object) -> None:
        """Keep something for a name, in the place of what was kept before."""
        ...

    def kept(
        self, sort: str, name: str, mark: bytes, kind: type[Result], make: Callable[[], Result]
    ) -> Result:
        """The result kept for a name under this very mark, else what `make` gives.

        `mark` is the digest of all that `make` reads, `kind` the result's type, made of plain data.
        """
        ...

    def in_process(self, sort: str, name: str, given: object, make: Callable[[], Result]) -> Result:
        """What `make` gave in this very process when it was given the same, where the memory lives as long; else what it gives."""
        ...


PARTS = range(32)
"""The parts in which many results are kept: one value for all of them would be written as a whole for each that changes."""


def part_number(name: str) -> int:
    """The part that a name belongs to."""
    return crc32(name.encode(errors="surrogatepass")) % len(PARTS)


class Forgetful:
    """The memory that keeps nothing: everything is worked out."""

    def latest(self, sort: str, name: str, mark: bytes, kind: type[Result]) -> Result | None:
        """Nothing."""
        return None

    def keep(self, sort: str, name: str, mark: bytes, value: object) -> None:
        """Keep nothing."""

    def kept(
        self, sort: str, name: str, mark: bytes, kind: type[Result], make: Callable[[], Result]
    ) -> Result:
        """What `make` gives."""
        return make()

    def in_process(self, sort: str, name: str, given: object, make: Callable[[], Result]) -> Result:
        """What `make` gives."""
        return make()


class Resident:
    """The memory of a process that stays: the last result for each name, as it was made."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[bytes, object]] = {}
        self._made: dict[tuple[str, str], tuple[object, object]] = {}

    def latest(self, sort: str, name: str, mark: bytes, kind: type[Result]) -> Result | None:
        """What was last kept for a name, if it was under this mark; None where there is nothing."""
        found = self._kept.get((sort, name))
        return cast(Result, found[1]) if found is not None and found[0] == mark else None

    def keep(self, sort: str, name: str, mark: bytes, value: object) -> None:
        """Keep something for a name, in the place of what was kept before."""
        self._kept[sort, name] = mark, value

    def kept(
        self, sort: str, name: str, mark: bytes, kind: type[Result], make: Callable[[], Result]
    ) -> Result:
        """The result kept for a name under this very mark, else what `make` gives."""
        found = self._kept.get((sort, name))
        if found is None or found[0] != mark:
            made = make()
            self._kept[sort, name] = mark, made
            return made
        return cast(Result, found[1])

    def in_process(self, sort: str, name: str, given: object, make: Callable[[], Result]) -> Result:
        """What `make` gave when it was last given the same, be it no plain data."""
        found = self._made.get((sort, name))
        if found is None or found[0] != given:
            found = self._made[sort, name] = given, make()
        return cast(Result, found[1])


class Beside:
    """A memory that keeps its own beside another's: the same work on another state of the same things.

    What the other has kept for the very same mark is taken; what is new is kept apart, so that two states which are
    looked at in turns do not push each other out.
    """

    def __init__(self, first: Recall, called: str) -> None:
        self._first = first
        self._called = called

    def latest(self, sort: str, name: str, mark: bytes, kind: type[Result]) -> Result | None:
        """What either of both kept for a name under this mark."""
        found = self._first.latest(sort, name, mark, kind)
        return found if found is not None else self._first.latest(f"{sort} {self._called}", name, mark, kind)

    def keep(self, sort: str, name: str, mark: bytes, value: object) -> None:
        """Keep something apart."""
        self._first.keep(f"{sort} {self._called}", name, mark, value)

    def kept(
        self, sort: str, name: str, mark: bytes, kind: type[Result], make: Callable[[], Result]
    ) -> Result:
        """The result that either kept for a name under this very mark, else what `make` gives."""
        found = self.latest(sort, name, mark, kind)
        if found is None:
            found = make()
            self.keep(sort, name, mark, found)
        return found

    def in_process(self, sort: str, name: str, given: object, make: Callable[[], Result]) -> Result:
        """What `make` gives, or gave in this process of the same, if the other lives as long."""
        return self._first.in_process(f"{sort} {self._called}", name, given, make)


NOTHING_KEPT: Recall = Forgetful()
