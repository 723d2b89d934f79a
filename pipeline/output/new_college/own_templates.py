"""A college's own templates beside the shipped ones: which there are, and which shipped originals changed since.

Beside each own file the original it was made from is kept under `templates/.shipped/`, so that what the tool
changed since can be told from what the college changed.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.kernel.structs import Struct

BASE = ".shipped"
"""The folder under `templates/` that holds the originals; what begins with a dot is no template."""


class OwnTemplate(Struct, frozen=True, kw_only=True):
    """One own file. `shipped` and `base` are None where there is no namesake, or no original was kept."""

    name: str
    content: bytes
    shipped: bytes | None
    base: bytes | None

    @property
    def moved(self) -> bool:
        """Whether the shipped original changed since this file was made from it."""
        return self.base is not None and self.shipped is not None and self.base != self.shipped

    @property
    def standing(self) -> str:
        """In words, for a list."""
        if self.shipped is None:
            return "程序没有同名的模板，不会用到；请核对文件名"
        if self.content == self.shipped:
            return "和自带的一样，可以删去"
        if self.base is None:
            return "自己的（没有记下从哪一版改的）"
        return "自己的；自带的后来变了，看 coop templates diff" if self.moved else "自己的"


def own_templates(folder: Path, changed: Mapping[str, bytes], shipped: Path) -> Iterator[OwnTemplate]:
    """The college's own files, by name; `folder` is its `templates/`."""
    for name, content in sorted(changed.items()):
        yield OwnTemplate(
            name=name, content=content, shipped=_read(shipped / name), base=_read(folder / BASE / name)
        )


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def changes(one: OwnTemplate) -> tuple[str, ...]:
    """Own against shipped, line by line; and what the shipped one changed since, where that is known."""
    if one.shipped is None:
        return ()
    lines = _unified(one.shipped, one.content, "自带的", "自己的")
    return lines + (("", *since(one)) if one.moved else ())


def since(one: OwnTemplate) -> tuple[str, ...]:
    """What the shipped one changed since the own one was made from it, where that is known."""
    if not one.moved or one.base is None or one.shipped is None:
        return ()
    return ("自带的后来变了这些：", *_unified(one.base, one.shipped, "当初的", "现在的"))


def _unified(old: bytes, new: bytes, before: str, after: str) -> tuple[str, ...]:
    try:
        first, second = (part.decode().splitlines() for part in (old, new))
    except UnicodeDecodeError:
        return () if old == new else ("（Word 文件，用 Word 的“比较”看）",)
    return tuple(difflib.unified_diff(first, second, before, after, lineterm="", n=1))
