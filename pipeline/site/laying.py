"""The documents of the build folder, laid into the site, each one file under two names; and what else was there goes."""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from pathlib import Path

from pipeline.kernel.looks import forget
from pipeline.kernel.program import stamp_of_all
from pipeline.kernel.read_files import left_alone
from pipeline.kernel.recall import NOTHING_KEPT, Recall, digest
from pipeline.site.site_data import PaperForms

PLACE = "documents"
"""The folder of the site in which they lie."""

_SORT = "laid"


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
        self._name = f"{built.resolve()}\0{out.resolve()}"
        self._kept = recall.latest(_SORT, self._name, b"", dict[str, bytes]) or {}
        self._marks: dict[str, bytes] = {}
        self.whole: dict[str, str] = {}
        """The folders of the site that are whole, each with the one in the build folder that it holds."""
        self.count = 0
        """Documents in these."""

    def lay(self, files: Mapping[str, Sequence[PaperForms]]) -> Iterator[tuple[str, bool]]:
        """Every document of the other folders by its name in the site, and whether it is another now."""
        whence, whither = os.fspath(self._built), os.fspath(self._out)
        for folder, listed in files.items():
            base = f"{PLACE}/{folder}"
            names = [file.name for paper in listed for file in paper.files]
            if self._lies(f"{whence}{os.sep}{folder}", f"{whither}{os.sep}{base}", folder, names):
                self.whole[base] = folder
                self.count += len(names)
            else:
                yield from self._laid(folder, base, names)
        if self._marks != self._kept:
            self._recall.keep(_SORT, self._name, b"", self._marks)

    def _lies(self, here: str, there: str, folder: str, names: Sequence[str]) -> bool:
        """Whether the documents of a folder, and nothing else, lie in the site's."""
        if not self._one_disk:
            return False
        try:
            seen = os.stat(here), os.lstat(there)  # noqa: PTH116 - a path object for a text is no gain
        except OSError:
            return False
        mark = digest(stamp_of_all(seen), "\0".join(names))
        if self._kept.get(folder) != mark:
            laid, made = _places(there), _places(here)
            if not stat.S_ISDIR(seen[1].st_mode) or laid != {name: made.get(name) for name in names}:
                return False
            if not all(left_alone(one, self._now) for one in seen):
                return True
        self._marks[folder] = mark
        return True

    def _laid(self, folder: str, base: str, names: Sequence[str]) -> Iterator[tuple[str, bool]]:
        made, laid = _places(os.fspath(self._built / folder)), _places(os.fspath(self._out / base))
        for name in names:
            lies = self._one_disk and name in made and made[name] == laid.get(name)
            anew = not lies and _take(self._built / folder / name, self._out / base / name)
            yield f"{base}/{name}", anew


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
        inner = sorted(found, key=lambda one: one.name)
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
