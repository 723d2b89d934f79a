"""What templates compile to, kept where Python keeps the byte code of the program, and with the same trust.

It is good for one text and for this very program only: what is refused in a template, and what a filter gives for a
constant, is part of it.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, TypeVar, cast

from pipeline.kernel.digests import digest
from pipeline.kernel.home import HOME, PROGRAM
from pipeline.kernel.program import program_digest
from pipeline.kernel.store import replace_file

Made = TypeVar("Made")


def compiled(room: str, name: str, parts: tuple[str | bytes, ...], make: Callable[[], Made]) -> Made:
    """What `make` gives of a template: code and plain values; or what it gave earlier for these very `parts`.

    It lies in the folder of a room of the program, one for each name. Whatever `make` raises is raised, each time.
    """
    source = PROGRAM / room / f"{name.replace('/', '-')}.py"
    found = load(source, *parts)
    if found is not None:
        return cast(Made, found)
    made = make()
    dump(source, made, *parts)
    return made


def load(source: Path, *parts: str | bytes) -> Any:
    """What is kept for a template of these parts, beside where `source` would lie; None where there is nothing."""
    return load_marked(source, _mark(*parts))


def dump(source: Path, made: Any, *parts: str | bytes) -> None:
    """Keep what a template has compiled to; where nothing can be written it is compiled each time."""
    dump_marked(source, made, _mark(*parts))


def load_marked(source: Path, mark: bytes) -> Any:
    """What is kept under a mark, whole as it was written; None where there is nothing of the kind."""
    with suppress(OSError, EOFError, ValueError, TypeError):
        found, content = _place(source).read_bytes().split(b"\n", 1)
        if found == _sealed(mark, content):
            return marshal.loads(content)
    return None


def dump_marked(source: Path, made: Any, mark: bytes) -> None:
    """Keep code and plain values under a mark: a line that names all they depend on."""
    if not sys.dont_write_bytecode:
        with suppress(OSError, ValueError):
            content = marshal.dumps(made)
            replace_file(_place(source), _sealed(mark, content) + b"\n" + content, sync=False)


def _place(source: Path) -> Path:
    return Path(cache_from_source(str(source)))


def _sealed(mark: bytes, content: bytes) -> bytes:
    """A mark with the digest of the content: what was damaged would be executed, or find other words."""
    return mark + b" " + digest(content).hex().encode()


def _mark(*parts: str | bytes) -> bytes:
    return digest(sys.version, program_digest(PROGRAM, HOME), *parts).hex().encode()
