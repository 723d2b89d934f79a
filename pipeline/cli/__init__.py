"""The command `coop`: the only room that prints, exits, reads the clock and the working directory."""

from __future__ import annotations

import contextlib
import os
import sys

__all__ = ["main"]

_MEMORY, _ENVIRONMENT = "内存不够，没有做完。关掉别的程序再运行一次；写出的文件要么是旧的，要么是新的。", 4

_SHORT = ("failed to map", "allocate memory", "without exception set", "can't start new thread")
"""What is said by whoever found no memory for a library, for a thread, or for a complaint of its own."""


def is_short(error: Exception) -> bool:
    """Whether what failed in another way failed for want of memory."""
    return any(words in str(error) for words in _SHORT)


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code; where memory does not even suffice to load it, say so."""
    try:
        from pipeline.cli.start import main as run

        return run(arguments)
    except MemoryError:
        short = True
    except (ImportError, SystemError, RuntimeError) as error:
        short = is_short(error)
        if not short:
            raise
    if short:  # outside of the handler, so that what filled the memory is gone
        sys.stderr.write(f"{_MEMORY}\n")
        if arguments is None:
            # What the interpreter does at its end needs memory too, and would complain after us.
            with contextlib.suppress(OSError, MemoryError):
                sys.stdout.flush()
            sys.stderr.flush()
            os._exit(_ENVIRONMENT)
    return _ENVIRONMENT
