"""A command that has nothing to do says so again, without doing anything, as long as nothing has changed."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pipeline.cli import remember
from pipeline.cli.terminal import Wrapping, columns, underneath
from pipeline.kernel.digests import digest
from pipeline.kernel.looks import looker
from pipeline.kernel.read_files import ReadFiles
from pipeline.memory.stamps import NOTHING_KNOWN, NOTHING_LAID, CollegeRead, MadeFiles, made_files

TYPE_CHECKING = False  # see `pipeline.cli.terminal`
if TYPE_CHECKING:
    from typing import Any, TextIO

_COMMANDS = ("check", "build", "site", "make")
"""The commands that may have nothing to do."""

_JUDGING = ("--base", "--final")
"""Options under which a command judges: what it said before is not even looked for."""

_AROUND = ("COOP_PIN", "NO_COLOR", "FORCE_COLOR", "TERM", "LANG", "LC_ALL", "PATH", "PYTHONIOENCODING")
"""Variables on which what is said depends."""


MadeFolder = tuple[str, tuple[str, ...]]
"""A folder of made files by its path, and what right inside it is not meant."""


class Said:
    """What a command says that has nothing to do, its exit code, and what has been made before it with its stamp."""

    def __init__(self, text: str, code: int, files: MadeFiles, made: str) -> None:
        self.text = text
        self.code = code
        self.files = files
        self.made = made

    def packed(self) -> bytes:
        """As it is kept: no text of it holds a zero."""
        tops = [part for top, without in self.files.tops for part in (top, *without, "")]
        rest = (*tops, "", *self.files.folders, "", *self.files.files)
        return "\0".join((self.text, str(self.code), self.made, *rest)).encode(errors="surrogatepass")

    @classmethod
    def of(cls, packed: bytes) -> Said:
        """What was kept."""
        text, code, made, *rest = packed.decode(errors="surrogatepass").split("\0")
        tops: list[MadeFolder] = []
        while rest[0]:
            end = rest.index("")
            tops.append((rest[0], tuple(rest[1:end])))
            rest = rest[end + 1 :]
        end = rest.index("", 1)
        files = MadeFiles(tuple(tops), tuple(rest[1:end]), tuple(rest[end + 1 :]))
        return cls(text, int(code), files, made)


class CommandRun:
    """One command: what it is called with, what it reads, and whether it may be said again."""

    def __init__(self, root: Path, arguments: list[str], *, holding: bool = False) -> None:
        """`holding` what it reads, it leaves nothing to be read later."""
        self._facts = remember.facts(root)
        self.root = root
        self._name = _name(arguments)
        self._tools = remember.tools(root, self._facts) if self._facts else b""
        self._read = CollegeRead(root, self._tools, time.time_ns()) if self._facts else None
        self._before = self._read.stamp if self._read else None
        self.records = self._read.records if self._read and not holding else None
        self.folders: list[MadeFolder] | None = None
        self.laid: dict[str, str] = {}
        self.known: dict[str, Collection[str]] = {}
        self.untouched: list[Callable[[], bool]] = []

    def again(self) -> Said | None:
        """What was said last, where everything is as it was then."""
        if self._facts is None or self._before is None:
            return None
        kept = self._facts.get("run", self._name, self._before)
        said = Said.of(kept) if kept is not None else None
        return said if said is not None and said.files.stamp().hex() == said.made else None

    def keep(self, text: str, code: int) -> None:
        """Keep what is to be said, if the command left nothing to do and nobody changed anything meanwhile."""
        if self.folders is None or self._facts is None or self._read is None or self._before is None:
            return
        files = made_files(dict.fromkeys(self.folders), self.laid, self.known)
        said = Said(text, code, files, files.stamp(looker()).hex())  # most have been looked at
        # Somebody may have saved a file while the command ran, or edited what it had made: what it said is then
        # about neither state. What was made is read after it was stamped, so that no edit comes between.
        if "\0" not in text and self._read.still() and all(untouched() for untouched in self.untouched):
            self._facts.put("run", self._name, self._before, said.packed())


_run: list[CommandRun] = []


def begin(root: Path | None, arguments: list[str], *, holding: bool = False) -> CommandRun | None:
    """Begin a command; None for one that always has something to do."""
    over()
    judges = any(one.partition("=")[0] in _JUDGING for one in arguments)
    if root is None or not arguments or arguments[0] not in _COMMANDS or judges:
        return None
    _run.append(CommandRun(root, arguments, holding=holding))
    return _run[0]


def records_read(root: Path) -> ReadFiles | None:
    """The files of a college's records as the command that is running read them; None where it did not, or holds all."""
    return next((run.records for run in _run if run.root == root), None)


def idle(
    *folders: MadeFolder,
    untouched: Callable[[], bool] | None = None,
    laid: Mapping[str, str] = NOTHING_LAID,
    known: Mapping[str, Collection[str]] = NOTHING_KNOWN,
) -> None:
    """Tell that a command has nothing to do from now on, as long as these folders are as they are now.

    One that has just written something there is asked in the end whether that is still `untouched`. What lies in a
    folder that is `laid` lies in another one too, which stands behind it; what was made in a folder may be `known`.
    """
    for run in _run:
        run.folders = [*(run.folders or ()), *folders]
        run.laid.update(laid)
        run.known.update(known)
        if untouched is not None:
            run.untouched.append(untouched)


def busy() -> None:
    """Tell that the command has something to do every time, or that what it says when it has nothing is not known."""
    _run.clear()


def over() -> None:
    """End a command: what it read may be something else from now on."""
    _run.clear()


def is_kept(run: CommandRun) -> bool:
    """Whether nothing has kept a command from being said again."""
    return run in _run


@contextmanager
def heard() -> Iterator[list[str]]:
    """What is said on standard output while it goes there; a word on standard error makes the command busy."""
    said: list[str] = []
    out, err = sys.stdout, sys.stderr
    # Below what breaks lines: what only programs read is not broken, and said again nobody knows that of it.
    deep: Any = _Heard(underneath(out), said.append)
    sys.stdout, sys.stderr = _broken_alike(out, deep), _Heard(err, lambda _: busy())
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
    out = sys.stdout
    told = out.broken(again) if isinstance(out, Wrapping) else again
    for said, length in zip(_said, before, strict=True):
        said[length:] = [f"{told}\n"] if again else []


class _Heard:
    """A stream that is listened to."""

    def __init__(self, stream: TextIO, hear: Callable[[str], object]) -> None:
        self._stream = stream
        self._hear = hear

    def write(self, text: str) -> int:
        """Write a text, and hear it."""
        if text:
            self._hear(text)
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _broken_alike(out: TextIO, deep: Any) -> Any:
    """A stream that breaks lines as another does."""
    return Wrapping(deep, out.width) if isinstance(out, Wrapping) else deep


def _name(arguments: Sequence[str]) -> str:
    around = [f"{name}={os.environ.get(name, '')}" for name in _AROUND]
    shape = f"{sys.stdout.isatty()} {sys.stdout.encoding} {columns()}"
    return digest(*arguments, "", os.fspath(Path.cwd()), date.today().isoformat(), shape, *around).hex()
