"""What the file system says of made files: asked once in a command, as long as nobody writes them here.

Who edits a file after that look is noticed by the next command, which is told of this look.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


class _Seen:
    """By folder and name what was seen, and which folders lie in which."""

    def __init__(self) -> None:
        self._names: dict[str, dict[str, os.stat_result]] = {}
        self._inside: dict[str, set[str]] = {}

    def look(self, path: str) -> os.stat_result:
        folder, _, name = path.rpartition(os.sep)
        inner = self._names.get(folder)
        if inner is None:
            inner = self._begun(folder)
        found = inner.get(name)
        if found is None:
            found = inner[name] = os.lstat(path)
        return found

    def look_inside(self, folder: str, names: Iterable[str]) -> list[os.stat_result]:
        inner = self._names.get(folder)
        if inner is None:
            inner = self._begun(folder)
        found = []
        for name in names:
            one = inner.get(name)
            if one is None:
                path = f"{folder}{os.sep}{name}"
                if "/" in name:
                    one = self.look(path.replace("/", os.sep))
                else:
                    one = inner[name] = os.lstat(path)
            found.append(one)
        return found

    def _begun(self, folder: str) -> dict[str, os.stat_result]:
        inner: dict[str, os.stat_result] = {}
        self._names[folder] = inner
        while folder:
            above = folder.rpartition(os.sep)[0]
            beside = self._inside.setdefault(above, set())
            if folder in beside:
                break
            beside.add(folder)
            folder = above
        return inner

    def forget(self, path: str) -> None:
        """Forget a file, or a folder with all in it; not every other one is gone through for it."""
        folder, _, name = path.rpartition(os.sep)
        self._names.get(folder, {}).pop(name, None)
        waiting = [path]
        while waiting:
            one = waiting.pop()
            self._names.pop(one, None)
            waiting += self._inside.pop(one, ())
        self._inside.get(folder, set()).discard(path)


_seen: list[_Seen] = []
"""What was seen in this command; nothing where every look is to be a new one."""


@contextmanager
def looking() -> Iterator[None]:
    """Look at each file once, from here to the end of a command."""
    before, _seen[:] = list(_seen), [_Seen()]
    try:
        yield
    finally:
        _seen[:] = before


def looker() -> Callable[[str], os.stat_result]:
    """What tells of a file by its whole path what the file system says; it raises OSError where there is none."""
    return _seen[0].look if _seen else os.lstat


def look_inside(folder: str, names: Iterable[str]) -> list[os.stat_result]:
    """The same of files by their names in a folder, or below it (`sheets/one.csv`)."""
    if _seen:
        return _seen[0].look_inside(folder, names)
    return [os.lstat(f"{folder}{os.sep}{name}") for name in names]


def forget(path: Path) -> None:
    """Look anew at a file or folder that has been written, and at all in it."""
    if _seen:
        _seen[0].forget(f"{os.path.realpath(path.parent)}{os.sep}{path.name}")
