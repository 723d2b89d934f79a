"""What the file system says of made files: asked once in a command, as long as nobody writes them here.

Who edits a file after that look is noticed by the next command, which is told of this look.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_Folders = dict[str, dict[str, os.stat_result]]

_seen: list[_Folders] = []
"""By folder and name what was seen; nothing where every look is to be a new one."""


@contextmanager
def looking() -> Iterator[None]:
    """Look at each file once, from here to the end of a command."""
    before, _seen[:] = list(_seen), [{}]
    try:
        yield
    finally:
        _seen[:] = before


def look(path: str) -> os.stat_result:
    """What the file system says of a file by its whole path; raises OSError where there is none."""
    if not _seen:
        return os.lstat(path)
    folder, _, name = path.rpartition(os.sep)
    inner = _seen[0].setdefault(folder, {})
    found = inner.get(name)
    if found is None:
        found = inner[name] = os.lstat(path)
    return found


def looker() -> Callable[[str], os.stat_result]:
    """What looks at many files one after another, without asking for each whether it has been looked at already."""
    return look if _seen else os.lstat


def forget(path: Path) -> None:
    """Look anew at a file or folder that has been written, and at all in it."""
    if _seen:
        folder = os.path.realpath(path.parent)
        _seen[0].get(folder, {}).pop(path.name, None)
        inside = f"{folder}{os.sep}{path.name}"
        for one in [one for one in _seen[0] if one == inside or one.startswith(f"{inside}{os.sep}")]:
            del _seen[0][one]
