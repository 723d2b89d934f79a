"""The memory of a command: where it lies, and whether there is one. Nothing that decides is ever asked of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pipeline.cli.roots import PACKAGE
from pipeline.kernel.digests import digest
from pipeline.kernel.home import HOME
from pipeline.kernel.program import files_digest, program_digest, program_stamp, take_digest
from pipeline.memory.database import Facts

TYPE_CHECKING = False  # see `pipeline.cli.terminal`
if TYPE_CHECKING:
    from pipeline.memory.remembering import Remembering

PLACE = "COOP_CACHE"
"""The environment variable that names another folder for all memories; `off` stands for none."""

OFF = "off"

_open: dict[Path, Facts | None] = {}
_typed: dict[Path, Remembering] = {}
_looked: set[Path] = set()
_wanted: list[bool] = [True]


def folder_of(root: Path) -> Path | None:
    """Where the memory of a repository lies, outside its tree; None where there is to be none, or no place for it."""
    place = os.environ.get(PLACE, "")
    if place == OFF:
        return None
    try:
        base = Path(place).expanduser() if place else _caches()
    except RuntimeError:
        return None
    name = digest(os.fsencode(root.resolve())).hex()[:32]
    return base / name


def _caches() -> Path:
    """The user's folder for what can be made again, as the system has it."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "coop" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "coop"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "coop"


def begin(*, wanted: bool) -> None:
    """Begin a command, with a memory or without."""
    _open.clear()
    _typed.clear()
    _looked.clear()
    _wanted[:] = [wanted]


def do_without() -> None:
    """Let the rest of the command work everything out: whoever judges trusts no earlier answer."""
    _wanted[:] = [False]


def anew() -> bool:
    """Whether everything is to be worked out and made, whatever lies there."""
    return not _wanted[0]


def memory(root: Path) -> Remembering | None:
    """The memory of a repository; None where there is none, or where somebody else could write into it."""
    known = facts(root)
    if known is None:
        return None
    if root not in _typed:
        from pipeline.memory.remembering import Remembering

        _typed[root] = Remembering(known, tools(root, known))
    return _typed[root]


def facts(root: Path) -> Facts | None:
    """The database of the memory of a repository, for what is asked before anything else is loaded."""
    if not _wanted[0]:
        return None
    if root not in _open:
        folder = folder_of(root)
        _open[root] = Facts(folder) if folder is not None and _only_ours(folder) else None
    return _open[root]


def settle() -> None:
    """Write down what is new, and let go."""
    for one in _open.values():
        if one is not None:
            one.save()
            one.close()
    _open.clear()
    _typed.clear()
    _looked.clear()


def tools(root: Path, known: Facts) -> bytes:
    """The digest of the program and of the schemas that a college may have of its own.

    The program is read again where the file system says anything else of it than when it was read.
    """
    if root not in _looked:
        _looked.add(root)
        place, now = os.fspath(PACKAGE), program_stamp(PACKAGE, HOME)
        program = known.get("program", place, now)
        if program is None:
            known.put("program", place, now, program_digest(PACKAGE, HOME))
        else:
            take_digest(PACKAGE, HOME, program)
    return digest(program_digest(PACKAGE, HOME), files_digest(root / "schemas"))


def _only_ours(folder: Path) -> bool:
    """Whether nobody else can write there; what is not there yet will be made so."""
    try:
        found = folder.stat()
    except OSError:
        return True
    return not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o022)
