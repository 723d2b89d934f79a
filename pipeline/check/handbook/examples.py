"""The examples of the tests as examples for people: the lines of a fault, and the same lines put right."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from pipeline.kernel.home import HOME
from pipeline.kernel.structs import Struct
from pipeline.kernel.visible import escape_controls
from pipeline.source import load

FOLDER = HOME / "tests" / "examples"
"""Where they lie; a tool installed without its tests shows none."""

_EXPECTED = "# 期望:"
_MISSING = "# 缺少下面这几行"
_MOST = 6


class Example(Struct, frozen=True, kw_only=True):
    """Lines that fail and, where they can be told, the lines that pass in their stead."""

    wrong: tuple[str, ...]
    right: tuple[str, ...]


@cache
def failing(code: str) -> Example | None:
    """The first example of a code, by the names of the files; None where the code has none."""
    wrong = _first(FOLDER / code, "fail")
    right = _first(FOLDER / code, "pass")
    if wrong is None:
        return None
    return _compared(wrong, right or [], code)


def _first(folder: Path, word: str) -> list[str] | None:
    """The lines of the most telling file; of several files of one example the one that is expected to fail."""
    for path in sorted(folder.glob(f"{word}*"), key=_telling):
        files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
        texts = [_text(file) for file in files]
        chosen = next((text for text in texts if text.startswith(_EXPECTED)), texts[0] if texts else "")
        if chosen:
            return chosen.split("\n")
    return None


def _telling(path: Path) -> tuple[int, str]:
    """What a rule alone can find tells more than what is only missing, blank or left open."""
    common = ("fail-missing", "fail-blank", "fail-placeholder", "pass-")
    return next((rank for rank, word in enumerate(common, 1) if path.stem.startswith(word)), 0), path.name


def _text(path: Path) -> str:
    return load(path.name, path.read_bytes()).text


def _compared(wrong: Sequence[str], right: Sequence[str], code: str) -> Example:
    """What differs between both; what is missing from the one that fails is said in a comment."""
    wrong = wrong[1:] if wrong[0].startswith(_EXPECTED) else wrong
    if code.startswith("Y"):
        # The files of the loader are a few lines each and have no common original.
        return Example(wrong=_clean(wrong), right=_clean(right))
    changed = [
        step
        for step in SequenceMatcher(None, wrong, right, autojunk=False).get_opcodes()
        if step[0] != "equal"
    ]
    bad = [line for _, start, end, _, _ in changed for line in wrong[start:end]] or [_MISSING]
    good = [line for _, _, _, start, end in changed for line in right[start:end]]
    return Example(wrong=_clean(bad), right=_clean(good))


def _clean(lines: Sequence[str]) -> tuple[str, ...]:
    """Lines as a page can show them: hidden characters by their number, no fence of Markdown, not too many."""
    shown = [escape_controls(line.rstrip("\r"), keep="").replace("```", "'''") for line in lines]
    while shown and not shown[-1].strip():
        shown.pop()
    return (*shown[:_MOST], "# ……") if len(shown) > _MOST else tuple(shown)
