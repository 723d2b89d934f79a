"""The documents of the build folder, laid into the site, each one file under two names; and what else was there goes."""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from pathlib import Path

from pipeline.kernel.looks import forget, looker
from pipeline.kernel.program import stamp_of_all
from pipeline.kernel.read_files import left_alone
from pipeline.kernel.recall import NOTHING_KEPT, PARTS, Recall, digest, part_number
from pipeline.kernel.structs import Struct, field
from pipeline.memory.value_marks import Derived, mark_of
from pipeline.site.site_data import PaperForms

PLACE = "documents"
"""The folder of the site in which they lie."""

_SORT = "laid"


class LaidPart(Struct, frozen=True, array_like=True):
    """Some folders that are whole by their names, each with its mark; the mark of all of them, and their documents' number.

    A mark tells what the file system said of a folder and of the one in the build folder, and which documents it holds.
    The one of all is empty where not all of them are whole for certain.
    """

    mark: bytes = b""
    count: int = 0
    folders: dict[str, bytes] = field(default_factory=dict)


class Laying:
    """Lays the documents of a build folder into a site's folder.

    A folder of the site in which they lie already, and nothing else, is `whole`. As long as the file system says of it
    and of the one in the build folder what it said then, no name in them is another, and neither is looked into.
    """

    def __init__(self, built: Path, out: Path, recall: Recall = NOTHING_KEPT) -> None:
        self._built = built
        self._out = out
        self._one_disk = built.is_dir() and built.stat().st_dev == out.stat().st_dev
        self._recall = recall
        self._now = time.time_ns()
        self._whence = f"{os.fspath(built.resolve())}{os.sep}"
        self._whither = f"{os.fspath(out.resolve())}{os.sep}{PLACE}{os.sep}"
        self.whole: dict[str, str] = {}
        """The folders of the site that are whole, each with the one in the build folder that it holds."""
        self.count = 0
        """Documents in these."""
        self.linked: dict[str, str] = {}
        """The folders into which documents were laid just now, each of them one file under two names."""

    def lay(self, files: Mapping[str, Sequence[PaperForms]]) -> Iterator[tuple[str, bool]]:
        """Every document of the other folders by its name in the site, and whether it is another now."""
        told = files.told if isinstance(files, Derived) else {name: mark_of(files[name]) for name in files}
        parts: dict[int, dict[str, bytes]] = {number: {} for number in PARTS}
        for folder, mark in told.items():
            parts[part_number(folder)][folder] = mark or b""
        for number, some in parts.items():
            yield from self._part(number, some, files)

    def _part(
        self, number: int, some: Mapping[str, bytes], files: Mapping[str, Sequence[PaperForms]]
    ) -> Iterator[tuple[str, bool]]:
        name = f"{self._whence}\0{self._whither}\0{number}"
        kept = self._recall.latest(_SORT, name, b"", LaidPart) or LaidPart()
        seen = {folder: self._seen(folder) for folder in some} if self._one_disk else {}
        mark = _mark_of_all(some, seen)
        if mark and mark == kept.mark:
            self.whole.update((f"{PLACE}/{folder}", folder) for folder in some)
            self.count += kept.count
            return
        before, marks = self.count, dict[str, bytes]()
        for folder, told in some.items():
            names = [file.name for paper in files[folder] for file in paper.files]
            lies, settled = self._lies(folder, names, told, seen.get(folder), kept.folders.get(folder))
            if lies:
                self.whole[f"{PLACE}/{folder}"] = folder
                self.count += len(names)
                if settled:
                    marks[folder] = settled
            else:
                yield from self._laid(folder, f"{PLACE}/{folder}", names)
        now = LaidPart(mark if len(marks) == len(some) else b"", self.count - before, marks)
        if now != kept:
            self._recall.keep(_SORT, name, b"", now)

    def _seen(self, folder: str) -> Looked | None:
        """What the file system says of a folder in the build folder and of that in the site; None where one is missing."""
        look, inner = looker(), folder.replace("/", os.sep)
        try:
            return look(f"{self._whence}{inner}"), look(f"{self._whither}{inner}")
        except OSError:
            return None

    def _lies(
        self, folder: str, names: Sequence[str], told: bytes, seen: Looked | None, kept: bytes | None
    ) -> tuple[bool, bytes]:
        """Whether the documents of a folder, and nothing else, lie in the site's, and by what that is known next time."""
        if seen is None:
            return False, b""
        mark = digest(stamp_of_all(seen), told)
        if told and kept == mark:
            return True, mark
        inner = folder.replace("/", os.sep)
        made, laid = _places(f"{self._whence}{inner}"), _places(f"{self._whither}{inner}")
        if not all(stat.S_ISDIR(one.st_mode) for one in seen) or laid != {
            name: made.get(name) for name in names
        }:
            return False, b""
        return True, mark if told and all(left_alone(one, self._now) for one in seen) else b""

    def _laid(self, folder: str, base: str, names: Sequence[str]) -> Iterator[tuple[str, bool]]:
        made, laid = _places(os.fspath(self._built / folder)), _places(os.fspath(self._out / base))
        for name in names:
            lies = self._one_disk and name in made and made[name] == laid.get(name)
            anew = not lies and _take(self._built / folder / name, self._out / base / name)
            yield f"{base}/{name}", anew
        forget(self._out / base)
        laid = _places(os.fspath(self._out / base)) if self._one_disk else {}
        made = _places(os.fspath(self._built / folder)) if laid else {}
        if laid and all(laid.get(name) == made.get(name) for name in names):
            self.linked[base] = folder


Looked = tuple[os.stat_result, os.stat_result]
"""What the file system says of a folder in the build folder, and of the one in the site."""


def _mark_of_all(some: Mapping[str, bytes], seen: Mapping[str, Looked | None]) -> bytes:
    """The mark of folders with what tells their documents; empty where one is missing, or nothing tells them."""
    both = [seen.get(folder) for folder in some]
    if None in both or b"" in some.values():
        return b""
    return digest(
        "\0".join(some), b"".join(some.values()), stamp_of_all(one for two in both for one in two or ())
    )


def _places(folder: str) -> Mapping[str, int]:
    """Where on the disk the files of a folder lie: two names of one place are one file."""
    with suppress(OSError), os.scandir(folder) as listed:
        return {one.name: one.inode() for one in listed}
    return {}


def _take(source: Path, target: Path) -> bool:
    """Lay a document into the site: by a hard link, which costs nothing, else by a copy."""
    same = False
    with suppress(OSError):
        same = not target.is_symlink() and target.read_bytes() == source.read_bytes()
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{os.getpid()}")
    fresh.unlink(missing_ok=True)
    try:
        os.link(source, fresh)
    except OSError:
        if same:
            return False
        shutil.copyfile(source, fresh)
    # To rename one name of a file to another of its names does nothing, and would leave both.
    target.unlink(missing_ok=True)
    fresh.rename(target)
    forget(target)
    forget(source)  # another name of a file changes what is said of it under the first
    return not same


def clear(out: Path, kept: Iterable[str], whole: Collection[str]) -> int:
    """Remove what an earlier site had and this one has not, so that nothing internal stays behind.

    Folders that are `whole` hold nothing else.
    """
    return _cleared(os.fspath(out), "", set(kept), whole)[0]


def _cleared(folder: str, base: str, wanted: Set[str], whole: Collection[str]) -> tuple[int, bool]:
    """How many files went from a folder, and whether anything is left in it."""
    gone, left = 0, False
    with os.scandir(folder) as found:
        inner = list(found)
    for one in inner:
        if one.is_dir(follow_symlinks=False):
            name = f"{base}{one.name}"
            more, full = (0, True) if name in whole else _cleared(one.path, f"{name}/", wanted, whole)
            gone += more
            left |= full
            if not full:
                Path(one.path).rmdir()
        elif f"{base}{one.name}" in wanted:
            left = True
        else:
            Path(one.path).unlink()
            gone += 1
    return gone, left
