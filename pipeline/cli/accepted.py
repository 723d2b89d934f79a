"""The doubtful places that somebody accepts with `--with`: their numbers, or all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import click


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """Which numbers are accepted; `every` means all that there are."""

    numbers: frozenset[int] = frozenset()
    every: bool = False

    def __contains__(self, number: object) -> bool:
        return self.every or number in self.numbers

    def refuse_unknown(self, count: int) -> None:
        """Numbers that were never shown are a slip of the hand. Raises click.UsageError."""
        unknown = sorted(one for one in self.numbers if not 1 <= one <= count)
        if unknown:
            shown = f"拿不准的只有 1 到 {count}" if count else "这个文件没有拿不准的"
            raise click.UsageError(f"--with 写的 {'、'.join(map(str, unknown))} 没有；{shown}。没有写入")


def accepted(text: str) -> Accepted:
    """What was typed behind `--with`. Raises click.UsageError for what is neither numbers nor `all`."""
    parts = [part for part in re.split(r"[,，、\s]+", text.strip()) if part]
    if [part.lower() for part in parts] == ["all"]:
        return Accepted(every=True)
    wrong = [part for part in parts if not (part.isascii() and part.isdigit())]
    if wrong:
        raise click.UsageError(f"--with 后面写编号，如 2,5，全部同意写 all；看不懂“{'、'.join(wrong)}”")
    return Accepted(numbers=frozenset(map(int, parts)))
