"""A page of instructions as a list of steps: files to write and commands to type, in the page's order."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"(?ms)^```(console|yaml)\n(.*?)^```$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A command as its words, or a file with its content."""

    words: tuple[str, ...] = ()
    file: str = ""
    content: str = ""


def steps(page: Path) -> Iterator[Step]:
    """The page's blocks: `console` holds commands, `yaml` begins with a comment that names its file."""
    for kind, text in _BLOCK.findall(page.read_text(encoding="utf-8")):
        if kind == "console":
            yield from (Step(words=tuple(shlex.split(line))) for line in text.splitlines() if line)
        else:
            name, _, content = text.partition("\n")
            yield Step(file=name.removeprefix("# "), content=content)
