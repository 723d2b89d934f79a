"""How a command begins: what has nothing to do says so again before anything else is loaded."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path

from pipeline.cli import remember, replay
from pipeline.cli.roots import college
from pipeline.cli.terminal import Wrapping, columns, say, underneath
from pipeline.kernel.collector import at_the_end, seldom
from pipeline.kernel.laid_aside import ChangedMeanwhileError

COMPLETING = "_COOP_COMPLETE"
"""The environment variable by which a shell asks for completions."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code; no traceback for what a user can cause."""
    if arguments is None and sys.getfilesystemencoding() == "ascii":
        # No Chinese name of a file could be written; once more with UTF-8 for files, the streams as they were.
        environ = {
            **os.environ,
            "PYTHONUTF8": "1",
            "PYTHONIOENCODING": os.environ.get("PYTHONIOENCODING", "utf-8"),
        }
        os.execve(sys.executable, [sys.executable, "-m", "pipeline", *sys.argv[1:]], environ)
    _prepare_streams()
    seldom()
    if arguments is None and COMPLETING in os.environ:
        from pipeline.cli.app import complete

        return complete(COMPLETING)
    before, width = sys.stdout, columns()
    if width:
        sys.stdout = Wrapping(before, width)
    try:
        return _run(_ordered(arguments))
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
        sys.stdout = before
        if arguments is None:
            at_the_end()


def _run(arguments: list[str]) -> int:
    try:
        return _once(arguments)
    except ChangedMeanwhileError as error:
        say(f"{error.name} 刚刚又存过，重新来一遍。")
        return _once(arguments, holding=True)
    finally:
        replay.over()


def _once(arguments: list[str], *, holding: bool = False) -> int:
    """Run a command; while it is `holding` what it reads, nobody's saving disturbs it."""
    remember.begin(wanted=arguments[:1] != ["--no-cache"])
    begun, trouble = None, None
    try:
        begun = replay.begin(college(), arguments, holding=holding)
        said = begun.again() if begun else None
        if said is not None:
            out = underneath(sys.stdout)
            out.write(said.text)
            out.flush()
            remember.settle()
            return said.code
    except OSError as error:
        trouble = error
    from pipeline.cli.app import run  # with it come Click and all that has to do with it

    return run(arguments, begun, trouble)


def _ordered(arguments: list[str] | None) -> list[str]:
    """The arguments with `--no-cache` in front, where the group takes it, wherever people write it."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    end = given.index("--") if "--" in given else len(given)
    front = given[:end].count("--no-cache")
    kept = [word for number, word in enumerate(given) if number >= end or word != "--no-cache"]
    return ["--no-cache", *kept] if front else kept


def _prepare_streams() -> None:
    """Chinese must come out whole on any terminal: what its encoding lacks is shown as an escape.

    Where a stream was closed before we began, what goes there goes nowhere; the exit code still tells.
    """
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # to the end
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        # A test or another program may have put something else there, which takes any text.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
            if stream.encoding.lower() in ("ascii", "ansi_x3.4-1968", "us-ascii"):
                stream.reconfigure(encoding="utf-8")
