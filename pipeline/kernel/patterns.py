"""Regular expressions that are dear to compile: what they compile to is kept for the next process, as byte code is.

It depends on nothing but the text of a pattern, its flags and Python itself. The patterns of the program belong here,
never one that is made of what somebody has written in a record.
"""

from __future__ import annotations

import atexit
import re
import sys
from array import array
from importlib import import_module
from pathlib import Path
from types import FunctionType
from typing import Any, cast

from pipeline.kernel.home import PROGRAM

_MOST = 4096
"""So many are kept: beyond, those that no program asks any more are dropped with all others, and found anew."""

Key = tuple[str, int]
Parts = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""What a pattern compiles to: its flags, its code, how many groups it has, and their names both ways."""


def compiled(text: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, at once where an earlier process has asked for it; raises `re.error` like it."""
    return _KEPT.pattern(text, int(flags))


class KeptPatterns:
    """What patterns compile to: read with the first question of a process, written down at its end."""

    def __init__(self, source: Path) -> None:
        """It lies where the byte code of `source` would, of which there is none."""
        self._source = source
        self._known: dict[Key, Parts] | None = None
        self._new: dict[Key, Parts] = {}

    def pattern(self, text: str, flags: int) -> re.Pattern[str]:
        """A pattern made of what is known of it, else compiled."""
        if self._known is None:
            self._known = self._read()
            atexit.register(self.write)
        parts = self._known.get((text, flags))
        made = None if parts is None else _made(text, parts)
        return self._compiled(text, flags) if made is None else made

    def write(self) -> None:
        """Keep what was compiled here, beside what other processes have kept in the meantime."""
        if not self._new:
            return
        from pipeline.kernel.byte_code import dump_marked

        others = self._read()
        room = len(others) + len(self._new) <= _MOST
        dump_marked(self._source, {**others, **self._new} if room else self._new, _mark())
        self._new = {}

    def _read(self) -> dict[Key, Parts]:
        from pipeline.kernel.byte_code import load_marked  # a process that compiles nothing can do without

        found = load_marked(self._source, _mark())
        return found if isinstance(found, dict) else {}

    def _compiled(self, text: str, flags: int) -> re.Pattern[str]:
        """A pattern by Python's own compiler; it is kept where it can be made again of its parts."""
        try:
            made, given = _watched(text, flags)
            parts = given[1], array("I", given[2]).tobytes(), given[3], dict(given[4]), tuple(given[5])
            if made == _made(text, parts):
                self._new[text, flags] = parts
        # Another Python may go about it in a way of its own.
        except (AttributeError, LookupError, NameError, TypeError, ValueError, OverflowError):
            return re.compile(text, flags)
        return made


_KEPT = KeptPatterns(PROGRAM / "kernel" / "kept_patterns.py")


def _watched(text: str, flags: int) -> tuple[re.Pattern[str], tuple[Any, ...]]:
    """A pattern, with what Python's compiler has handed over to have it made; raises whatever does not fit."""
    given: list[tuple[Any, ...]] = []

    class Watched:
        @staticmethod
        def compile(*parts: Any) -> re.Pattern[str]:
            given.append(parts)
            return cast("re.Pattern[str]", _engine().compile(*parts))

    compiler = import_module("re._compiler")
    compile_ = FunctionType(compiler.compile.__code__, {**vars(compiler), "_sre": Watched})
    made = compile_(text, flags)
    return made, given[0]


def _made(text: str, parts: Parts) -> re.Pattern[str] | None:
    """The pattern of these parts; None where the engine does not take them."""
    try:
        marked, code, groups, names, numbered = parts
        whole = array("I", code).tolist()
        return cast("re.Pattern[str]", _engine().compile(text, marked, whole, groups, names, numbered))
    except (AttributeError, TypeError, ValueError, RuntimeError, OverflowError):
        return None


def _engine() -> Any:
    return import_module("_sre")


def _mark() -> bytes:
    from pipeline.kernel.digests import digest

    return digest(sys.version, str(getattr(_engine(), "MAGIC", ""))).hex().encode()
