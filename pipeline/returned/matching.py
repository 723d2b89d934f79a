"""Which text became which: equal ones first, then in each stretch between them those that are most alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

ALIKE = 0.4
"""From this share of common letters on, two texts are one that was changed."""
_SURE = 0.75
"""From this share on, a text that stands elsewhere is the same one, moved and changed."""
_MOST = 2_500
"""Pairs in one stretch that are weighed against each other; in longer ones neighbours are taken as they come."""

Pair = tuple[int | None, int | None]
"""Places of the old and of the new text; None where one has no counterpart."""


def pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """Every text of both, in order, with its counterpart."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for change, i, j, k, m in matcher.get_opcodes():
        if change == "equal":
            yield from zip(range(i, j), range(k, m), strict=True)
        elif i == j or k == m:
            yield from ((at, None) for at in range(i, j))
            yield from ((None, at) for at in range(k, m))
        else:
            yield from _stretch(old[i:j], new[k:m], i, k)


def alike(old: str, new: str) -> float:
    """The share of letters that two texts have in common, 0 where it is too little to matter."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    # Two upper bounds first: most pairs share next to nothing, and the exact share costs the square of the
    # length.
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    share = matcher.ratio()
    return share if share >= ALIKE else 0.0


def moved(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Of texts that came and went, those that only stand elsewhere: new place → old place."""
    found: dict[int, int] = {}
    left = list(range(len(old)))
    for at, text in enumerate(new):
        best = max(left, key=lambda index: _same(old[index], text), default=None)
        if best is not None and _same(old[best], text) >= _SURE:
            found[at] = best
            left.remove(best)
    return found


def _same(old: str, new: str) -> float:
    return 1.0 if old == new else (alike(old, new) if min(len(old), len(new)) > 6 else 0.0)


def _stretch(old: Sequence[str], new: Sequence[str], i: int, k: int) -> Iterator[Pair]:
    if len(old) == len(new) == 1:
        yield i, k
        return
    chosen = dict(_best(old, new)) if len(old) * len(new) <= _MOST else {at: at for at in range(len(new))}
    done = 0
    for at in range(len(new)):
        before = chosen.get(at)
        if before is None or before >= len(old):
            yield None, k + at
            continue
        yield from ((i + gone, None) for gone in range(done, before))
        yield i + before, k + at
        done = before + 1
    yield from ((i + gone, None) for gone in range(done, len(old)))


def _best(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The pairs, in order on both sides, whose likeness adds up to most: new place, old place."""
    share = [[alike(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for k in range(len(new) - 1, -1, -1):
            joined = best[i + 1][k + 1] + share[i][k] if share[i][k] else 0.0
            best[i][k] = max(best[i + 1][k], best[i][k + 1], joined)
    i = k = 0
    while i < len(old) and k < len(new):
        if share[i][k] and best[i][k] == best[i + 1][k + 1] + share[i][k]:
            yield k, i
            i, k = i + 1, k + 1
        elif best[i][k] == best[i + 1][k]:
            i += 1
        else:
            k += 1
