"""Files made before: left as they lie as long as what they were made of, and their bytes, are as they were."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pipeline.kernel.recall import Recall
from pipeline.kernel.structs import Struct


class FileTrace(Struct, frozen=True, kw_only=True):
    """A file as it was made: the mark of what it was made of, and the digest of its bytes."""

    mark: bytes
    made: bytes


class KeptFiles:
    """The files of a folder, and what is remembered of them."""

    def __init__(self, folder: Path, recall: Recall) -> None:
        self._folder = folder
        self._recall = recall

    def made(self, name: str, mark: bytes, render: Callable[[], bytes]) -> bytes:
        """The bytes of a file: of the one that lies there where it was made of what has this mark, else rendered."""
        key = f"{self._folder.resolve()}\0{name}"
        kept = self._recall.latest("made", key, b"", FileTrace)
        if kept is not None and kept.mark == mark:
            content = self.lying(name, kept.made)
            if content is not None:
                return content
        content = render()
        self._recall.keep("made", key, b"", FileTrace(mark=mark, made=hashlib.sha256(content).digest()))
        return content

    def lying(self, name: str, made: bytes) -> bytes | None:
        """The bytes that lie there under a name, if they have this digest."""
        with suppress(OSError):
            content = (self._folder / name).read_bytes()
            if hashlib.sha256(content).digest() == made:
                return content
        return None
