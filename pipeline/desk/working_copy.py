"""The college as it lies on the disk, with what is being written laid over it; files are read again only when they change."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.kernel.finding import Finding
from pipeline.kernel.program import stamp
from pipeline.kernel.read_files import left_alone
from pipeline.record.tree import Folder


@dataclass(slots=True)
class WorkingCopy:
    """A tree that remembers what it read; `over` holds the content of files that are not written yet."""

    root: Path
    over: Mapping[str, bytes] = field(default_factory=dict)
    kept: dict[str, tuple[str, bytes | Finding]] = field(default_factory=dict)

    def with_files(self, over: Mapping[str, bytes]) -> WorkingCopy:
        """The same copy with files laid over it."""
        return WorkingCopy(self.root, over, self.kept)

    def names(self, under: str) -> Iterator[str]:
        """Every file under a folder, the new ones too, in order."""
        there = set(Folder(self.root).names(under))
        yield from sorted(there | {name for name in self.over if name.startswith(f"{under}/")})

    def folders(self, under: str) -> Iterator[str]:
        """The folders right inside a folder."""
        there = set(Folder(self.root).folders(under))
        inner = (name[len(under) + 1 :] for name in self.over if name.startswith(f"{under}/"))
        yield from sorted(there | {name.partition("/")[0] for name in inner if "/" in name})

    def read(self, name: str) -> bytes | Finding:
        """A file as it is to be, or as it lies there."""
        if name in self.over:
            return self.over[name]
        now = time.time_ns()
        try:
            seen = (self.root / name).stat(follow_symlinks=False)
        except OSError:
            return Folder(self.root).read(name)
        looks = stamp(seen)
        known = self.kept.get(name)
        if known is not None and known[0] == looks:
            return known[1]
        content = Folder(self.root).read(name)
        if left_alone(seen, now):
            self.kept[name] = looks, content
        return content

    def plain(self, name: str) -> bool:
        """A file that is to be there is one; of the rest the folder tells."""
        return name in self.over or Folder(self.root).plain(name)

    def content(self, name: str) -> bytes:
        """The bytes as they are to be, or as they lie there."""
        return self.over[name] if name in self.over else Folder(self.root).content(name)
