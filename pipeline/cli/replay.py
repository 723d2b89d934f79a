"""A command that has nothing to do says so again, without doing anything, as long as nothing has changed."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from pipeline.cli import remember
from pipeline.kernel.recall import digest
from pipeline.kernel.structs import Struct
from pipeline.memory.stamps import college_stamp, made_stamp

_COMMANDS = ("check", "build", "site", "make")
"""The commands that may have nothing to do."""

_JUDGING = ("--base", "--final")
"""Options under which a command judges: what it said before is not even looked for."""

_AROUND = ("COOP_PIN", "NO_COLOR", "FORCE_COLOR", "TERM", "LANG", "LC_ALL", "PATH", "PYTHONIOENCODING")
"""Variables on which what is said depends."""


class MadeFolder(Struct, frozen=True, kw_only=True):
    """A folder of made files, `without` some of what lies right inside it."""

    path: str
    without: tuple[str, ...] = ()

    @property
    def stamp(self) -> bytes:
        """What the file system says of it."""
        return made_stamp(Path(self.path), self.without)


class Said(Struct, frozen=True, kw_only=True):
    """What a command says that has nothing to do, its exit code, and what has been made before it."""

    text: str
    code: int
    folders: tuple[MadeFolder, ...]
    made: bytes


class CommandRun:
    """One command: what it is called with, what it reads, and whether it may be said again."""

    def __init__(self, root: Path, arguments: list[str]) -> None:
        self._memory = remember.memory(root)
        self._root = root
        self._name = _name(arguments)
        self._before = self._stamp()
        self.folders: list[MadeFolder] | None = None
        self.untouched: list[Callable[[], bool]] = []

    def _stamp(self) -> bytes | None:
        return college_stamp(self._root, self._memory.program) if self._memory else None

    def again(self) -> Said | None:
        """What was said last, where everything is as it was then."""
        if self._memory is None or self._before is None:
            return None
        said = self._memory.latest("run", self._name, self._before, Said)
        return said if said is not None and _stamp_of(said.folders) == said.made else None

    def keep(self, text: str, code: int) -> None:
        """Keep what is to be said, if the command left nothing to do and nobody changed anything meanwhile."""
        if self.folders is None or self._memory is None or self._before is None:
            return
        # Somebody may have saved a file while the command ran, or edited what it had made: what it said is then
        # about neither state.
        if self._stamp() == self._before and all(untouched() for untouched in self.untouched):
            folders = tuple(self.folders)
            said = Said(text=text, code=code, folders=folders, made=_stamp_of(folders))
            self._memory.keep("run", self._name, self._before, said)


_run: list[CommandRun] = []


def begin(root: Path | None, arguments: list[str]) -> CommandRun | None:
    """Begin a command; None for one that always has something to do."""
    _run.clear()
    judges = any(one.partition("=")[0] in _JUDGING for one in arguments)
    if root is None or not arguments or arguments[0] not in _COMMANDS or judges:
        return None
    _run.append(CommandRun(root, arguments))
    return _run[0]


def idle(*folders: MadeFolder, untouched: Callable[[], bool] | None = None) -> None:
    """Tell that a command has nothing to do from now on, as long as these folders are as they are now.

    One that has just written something there is asked in the end whether that is still `untouched`.
    """
    for run in _run:
        run.folders = [*(run.folders or ()), *folders]
        if untouched is not None:
            run.untouched.append(untouched)


def busy() -> None:
    """Tell that the command has something to do every time, or that what it says when it has nothing is not known."""
    _run.clear()


def is_kept(run: CommandRun) -> bool:
    """Whether nothing has kept a command from being said again."""
    return run in _run


@contextmanager
def heard() -> Iterator[list[str]]:
    """What is said on standard output while it goes there; a word on standard error makes the command busy."""
    said: list[str] = []
    out, err = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Heard(out, said.append), _Heard(err, lambda _: busy())
    _said[:] = [said]
    try:
        yield said
    finally:
        sys.stdout, sys.stderr = out, err
        _said.clear()


_said: list[list[str]] = []


@contextmanager
def once(again: str = "") -> Iterator[None]:
    """What is said inside is said this once; when there is nothing to do, `again` stands in its place, or nothing."""
    before = [len(said) for said in _said]
    yield
    for said, length in zip(_said, before, strict=True):
        said[length:] = [f"{again}\n"] if again else []


class _Heard:
    """A stream that is listened to."""

    def __init__(self, stream: TextIO, hear: Any) -> None:
        self._stream = stream
        self._hear = hear

    def write(self, text: str) -> int:
        """Write a text, and hear it."""
        if text:
            self._hear(text)
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _name(arguments: list[str]) -> str:
    around = [f"{name}={os.environ.get(name, '')}" for name in _AROUND]
    shape = f"{sys.stdout.isatty()} {sys.stdout.encoding} {shutil.get_terminal_size().columns}"
    return digest(*arguments, "", os.fspath(Path.cwd()), date.today().isoformat(), shape, *around).hex()


def _stamp_of(folders: tuple[MadeFolder, ...]) -> bytes:
    return digest(*(folder.stamp for folder in folders))
