"""A change of printed text done to the Markdown that it was printed from.

What is printed is found again in the Markdown letter by letter; between two letters there may be marks that print
nothing. A change goes through where it touches no such mark: across the edge of a bold word nobody can tell on which
side the new words belong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_MARKS = frozenset("*_\\\n \t")
"""What may stand in Markdown between two printed letters."""
_SOFT = frozenset("\n ")
"""What a line end inside a paragraph consists of: nothing printed is lost by it."""
_SPECIAL = re.compile(r"[*_`~<>\[\]\\#|&\ufdd0-\ufdef]|\n")
"""What Markdown could take for a mark; such new words are left to a person."""
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")


def reworded(raw: str, old: str, new: str) -> str | None:
    """The Markdown that prints `new` where `raw` printed `old`; None where that cannot be told for sure."""
    places = list(_places(raw, old))
    if len(places) != 1:
        return None
    where = places[0]
    changed = list(raw)
    for change, i, j, k, m in reversed(_changes(old, new)):
        if change == "equal":
            continue
        words = new[k:m]
        span = _span(raw, where, i, j)
        if span is None or _SPECIAL.search(words):
            return None
        changed[span[0] : span[1]] = [words]
    return "".join(changed)


def without_paragraph(raw: str, old: str) -> str | None:
    """The Markdown without the paragraph that printed `old`; None where it is not one of several."""
    blocks = _PARAGRAPHS.split(raw.strip("\n"))
    kept = [block for block in blocks if not _prints(block, old)]
    if len(kept) != len(blocks) - 1 or not kept:
        return None
    return "\n\n".join(kept) + "\n" * raw.endswith("\n")


def with_paragraph(raw: str, before: str, new: str) -> str | None:
    """The Markdown with a paragraph more behind the one that printed `before`; None where that is not one."""
    blocks = _PARAGRAPHS.split(raw.strip("\n"))
    found = [at for at, block in enumerate(blocks) if _prints(block, before)]
    if len(found) != 1 or _SPECIAL.search(new) or re.match(r"\s*([-+]|[0-9]+[.)])\s", new):
        return None
    made = [*blocks[: found[0] + 1], new, *blocks[found[0] + 1 :]]
    return "\n\n".join(made) + "\n"


def prints(raw: str, text: str) -> bool:
    """Whether Markdown of one paragraph prints just this text."""
    return _prints(raw.strip(), text.strip())


def _prints(block: str, text: str) -> bool:
    places = list(_places(block, text))
    return any(_only_marks(block[: at[0]]) and _only_marks(block[at[-1] + 1 :]) for at in places if at)


def _only_marks(text: str) -> bool:
    return set(text) <= _MARKS


def _changes(old: str, new: str) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _places(raw: str, text: str) -> Iterator[list[int]]:
    """Every way to find the printed letters in the Markdown: the place of each letter."""
    if not text:
        return
    start = raw.find(text[0])
    while start >= 0:
        found = _followed(raw, text, start)
        if found:
            yield found
        start = raw.find(text[0], start + 1)


def _followed(raw: str, text: str, start: int) -> list[int]:
    """The places of the letters from a start on; empty where they do not follow."""
    found = [start]
    for letter in text[1:]:
        at = found[-1] + 1
        while at < len(raw) and raw[at] != letter and raw[at] in _MARKS and raw[at - 1 : at + 1] != "\n\n":
            if letter == " " and raw[at] == "\n":
                break  # a line end between two Latin words prints a space
            at += 1
        if at >= len(raw) or (raw[at] != letter and not (letter == " " and raw[at] == "\n")):
            return []
        found.append(at)
    return found


def _span(raw: str, where: Sequence[int], i: int, j: int) -> tuple[int, int] | None:
    """The stretch of the Markdown behind the printed letters from i to j; None where marks stand in or around it."""
    if i == j:
        return _gap(raw, where, i)
    begin, end = where[i], where[j - 1] + 1
    inner = all(_joined(raw, one, two) for one, two in zip(where[i : j - 1], where[i + 1 : j], strict=True))
    return (begin, end) if inner else None


def _gap(raw: str, where: Sequence[int], i: int) -> tuple[int, int] | None:
    """Where something can be put in before the printed letter i."""
    before = where[i - 1] + 1 if i else where[0]
    if i == 0:
        return (before, before) if not before or raw[before - 1] not in "*_\\" else None
    if i == len(where):
        return (before, before) if raw[before : before + 1] not in ("*", "_") else None
    return (before, before) if _joined(raw, where[i - 1], where[i]) else None


def _joined(raw: str, one: int, two: int) -> bool:
    """Whether nothing but a line end stands between two letters."""
    return set(raw[one + 1 : two]) <= _SOFT
