"""What work may ask a memory: the result of the same work on the same bytes, or else to do it and keep that."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Protocol, TypeVar, cast

Result = TypeVar("Result")


class Recall(Protocol):
    """A memory of results. Whoever asks names everything the result depends on, beside the program itself."""

    def kept(
        self, sort: str, name: str, mark: bytes, kind: type[Result], make: Callable[[], Result]
    ) -> Result:
        """The result kept for a name under this very mark, else what `make` gives.

        `mark` is the digest of all that `make` reads, `kind` the result's type, made of plain data.
        """
        ...


class Forgetful:
    """The memory that keeps nothing: everything is worked out."""

    def kept(
        self, sort: str, name: str, mark: bytes, kind: type[Result], make: Callable[[], Result]
    ) -> Result:
        """What `make` gives."""
        return make()


class Resident:
    """The memory of a process that stays: the last result for each name, as it was made."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[bytes, object]] = {}

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


NOTHING_KEPT: Recall = Forgetful()


def digest(*parts: str | bytes) -> bytes:
    """One digest of several texts, each with its length, so that no two lists of texts have the same."""
    found = hashlib.sha256()
    for part in parts:
        content = part.encode(errors="surrogatepass") if isinstance(part, str) else part
        found.update(b"%d:" % len(content))
        found.update(content)
    return found.digest()
