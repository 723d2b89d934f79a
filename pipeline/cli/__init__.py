"""The command `coop`: the only room that prints, exits, reads the clock and the working directory."""

from __future__ import annotations

import sys

__all__ = ["main"]

_MEMORY, _ENVIRONMENT = "内存不够，没有做完。关掉别的程序再运行一次；写出的文件要么是旧的，要么是新的。", 4

_SHORT = ("failed to map", "allocate memory", "without exception set")
"""What an import says that found no memory for its library or for its own complaint."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code; where memory does not even suffice to load it, say so."""
    try:
        from pipeline.cli.app import main as run

        return run(arguments)
    except MemoryError:
        short = True
    except (ImportError, SystemError) as error:
        short = any(words in str(error) for words in _SHORT)
        if not short:
            raise
    if short:  # outside of the handler, so that what filled the memory is gone
        sys.stderr.write(f"{_MEMORY}\n")
    return _ENVIRONMENT
