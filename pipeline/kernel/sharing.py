"""Whoever does a long list of like jobs for somebody: where, and by how many, only the command knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Job = TypeVar("Job")
Done = TypeVar("Done")


class HandOut(Protocol):
    """Does jobs elsewhere: each must hold all that is read for it, and what comes of it is plain data."""

    def __call__(
        self,
        work: Callable[[Job], Done],
        jobs: Iterable[Job],
        length: int,
        meanwhile: Callable[[], None] | None = None,
    ) -> Iterator[tuple[int, Done]]:
        """Each job's place in the list with what came of it, as they are done; `length` is how many there are.

        What can only be done here is done `meanwhile`, once the first jobs are handed out.
        """
        ...
