"""The guard: a changed text stands only if it reads as intended, finds no new fault and loses no comment."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from pipeline.source.edit.entries import View
from pipeline.source.edit.operations import same
from pipeline.source.loader import Source, load
from pipeline.source.nodes import NotYaml, TooDeep, compose


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedText:
    """One possible new text; `drops` are comments that it takes away on purpose."""

    text: str
    drops: tuple[str, ...] = ()


def view_of(source: Source) -> View:
    """A source's text with its tree, for finding one's way in it."""
    try:
        root = None if source.parsed is None else compose(source.parsed)[0]
    except (NotYaml, TooDeep):
        root = None
    return View(text=source.text, root=root)


def accepted(before: Source, way: ChangedText, intended: Any, *, losing: bool = False) -> Source | None:
    """The new text as read, if it may take the place of the old one; `losing` lets comments go with a removal."""
    if len(way.text.encode(errors="replace")) > _MOST:
        return None
    after = load(before.name, way.text.encode(errors="surrogatepass"))
    if after.data is None or not same(after.data, intended) or _worse(before, after):
        return None
    if losing or "#" not in before.text:
        return after
    lost = comments(before) - comments(after) - Counter(way.drops)
    return None if lost else after


_MOST = 1024 * 1024


def _worse(before: Source, after: Source) -> bool:
    old = Counter(finding.code for finding in before.findings)
    return bool(Counter(finding.code for finding in after.findings) - old)


def comments(source: Source) -> Counter[str]:
    """The comments of a text, each as often as it stands there."""
    return Counter(match[0].strip() for match in view_of(source).comments())
