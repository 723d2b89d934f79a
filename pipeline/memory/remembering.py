"""The memory that work asks: facts of the database, typed, under the digest of the program that found them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Any, TypeVar, cast

import msgspec

from pipeline.memory.database import Facts

Result = TypeVar("Result")


class Remembering:
    """A memory over a database; `program` is the digest of everything that works things out."""

    def __init__(self, facts: Facts, program: bytes) -> None:
        self._facts = facts
        self.program = program
        self._under = b"%d:%b" % (len(program), program)

    def kept(
        self, sort: str, name: str, mark: bytes, kind: type[Result], make: Callable[[], Result]
    ) -> Result:
        """The result kept for a name under this very mark, else what `make` gives, kept from now on."""
        found = self.latest(sort, name, mark, kind)
        if found is None:
            found = make()
            self.keep(sort, name, mark, found)
        return found

    def latest(self, sort: str, name: str, mark: bytes, kind: type[Result]) -> Result | None:
        """What this very program last kept for a name, if it was under this mark; None where there is nothing."""
        content = self._facts.get(sort, name, self._under + mark)
        if content is None:
            return None
        try:
            found: Result = _decoder(cast(Any, kind)).decode(content)
        except (msgspec.MsgspecError, ValueError):
            return None
        return found

    def keep(self, sort: str, name: str, mark: bytes, value: object) -> None:
        """Keep something for a name, in the place of what was kept before.

        What names a file whose name is no text cannot be packed, and is found anew each time.
        """
        with suppress(UnicodeEncodeError):
            self._facts.put(sort, name, self._under + mark, msgspec.msgpack.encode(value))

    def in_process(self, sort: str, name: str, given: object, make: Callable[[], Result]) -> Result:
        """What `make` gives: a command asks for a thing once."""
        return make()

    def save(self) -> None:
        """Write down what is new."""
        self._facts.save()

    def close(self) -> None:
        """Let go of the database."""
        self._facts.close()


@lru_cache(maxsize=64)
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)
