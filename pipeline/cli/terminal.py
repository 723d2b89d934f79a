"""Standard output on a terminal: no line wider than it, what follows indented; elsewhere, lines stay whole."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path

TYPE_CHECKING = (
    False  # what `typing` itself takes to load is a tenth of what a command may take that has nothing to do
)
if TYPE_CHECKING:
    from typing import TextIO

# What says no more than it said before needs little of all this: what takes long to load is loaded where it is used.

_MACHINE = {"json", "github", "gitlab", "sarif", "junit"}
"""Values of `--format` that a program reads."""
_NARROWEST = 40


def columns() -> int | None:
    """How many columns what is read by eye may take; None where it goes to a file or a program.

    `COLUMNS` in the environment counts everywhere: who sets it wants it.
    """
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given) > 0:
        return max(int(given), _NARROWEST)
    if not sys.stdout.isatty():
        return None
    import shutil

    return max(shutil.get_terminal_size().columns, _NARROWEST)


def from_here(path: Path) -> str:
    """A path as it is typed where the command runs; whole where it lies elsewhere."""
    try:
        return path.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return str(path)


def say(text: str) -> None:
    """A complaint on standard error, broken like everything else; where none can be written, the exit code tells."""
    with contextlib.suppress(OSError):
        _say(text)


def _say(text: str) -> None:
    import click

    from pipeline.kernel.visible import escape_controls
    from pipeline.kernel.wrap import hanging, wrapped

    width = columns() if sys.stderr.isatty() or os.environ.get("COLUMNS") else None
    for line in escape_controls(text).split("\n"):
        click.echo("\n".join(wrapped(line, width, hanging(line)) if width else [line]), err=True)


class Wrapping(io.TextIOBase):
    """A stream that breaks the lines written to it and hands them on.

    What has no line end yet (a question, a progress bar) is handed on when it is flushed. Nothing is broken
    of what a program reads.
    """

    def __init__(self, stream: TextIO, width: int) -> None:
        self.stream, self.width, self._open = stream, width, ""

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """As the stream's own."""
        return self.stream.encoding

    @property
    def errors(self) -> str | None:  # type: ignore[override]
        """As the stream's own."""
        return self.stream.errors

    def isatty(self) -> bool:
        """As the stream's own: colours depend on it."""
        return self.stream.isatty()

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, text: str) -> int:
        """Hand on every whole line, broken; keep the rest."""
        *lines, self._open = (self._open + text).split("\n")
        for line in lines:
            self.stream.write((line if _for_programs() else self.broken(line)) + "\n")
        return len(text)

    def broken(self, line: str) -> str:
        """A line in as many as it takes."""
        from pipeline.kernel.wrap import hanging, wrapped

        return "\n".join(wrapped(line, self.width, hanging(line)))

    def flush(self) -> None:
        """Hand on what is left."""
        if self._open:
            self.stream.write(self._open)
            self._open = ""
        self.stream.flush()


def underneath(stream: TextIO) -> TextIO:
    """The stream that reaches the system."""
    return stream.stream if isinstance(stream, Wrapping) else stream


def _for_programs() -> bool:
    import click

    context = click.get_current_context(silent=True)
    return context is not None and context.params.get("form") in _MACHINE
