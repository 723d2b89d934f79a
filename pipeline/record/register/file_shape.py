"""What the path and bytes of one file tell, as it is kept."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.kernel.finding import DataPath, Finding
from pipeline.kernel.structs import Struct
from pipeline.record.model.records import FoundNumber
from pipeline.record.register.unknown_ids import IdSpot


class FileShape(Struct, frozen=True, kw_only=True):
    """All that the path and bytes of one file tell.

    `record` is packed: None where there is none, empty where it is kept by itself.
    `findings` are those of the shape, after those of the writing; `plain`, `read` and `sections` are what `Source` says of itself.
    """

    record: bytes | None = None
    writing: tuple[Finding, ...]
    unread: frozenset[DataPath]
    plain: bool
    read: bool
    sections: bytes = b""
    findings: tuple[Finding, ...] = ()
    broken: frozenset[DataPath]
    spots: tuple[IdSpot, ...] = ()
    numbers: tuple[FoundNumber, ...] = ()
    draft: bool = False


class HeldShape:
    """What the path and bytes of a file tell, fetched when somebody asks for it."""

    __slots__ = ("_fetch", "_shape")

    def __init__(self, shape: FileShape | None, fetch: Callable[[], FileShape] | None = None) -> None:
        self._shape = shape
        self._fetch = fetch

    @property
    def shape(self) -> FileShape:
        """All of it."""
        if self._shape is None:
            assert self._fetch is not None  # it is one or the other
            self._shape = self._fetch()
        return self._shape

    def __reduce__(self) -> tuple[type[HeldShape], tuple[FileShape]]:
        """For other processes: they have not what it is fetched from."""
        return HeldShape, (self.shape,)
