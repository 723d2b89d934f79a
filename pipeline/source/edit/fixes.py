"""Findings with one right answer, mended: each by itself, under the same guard as every other change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.kernel.finding import Finding, Fix
from pipeline.source.edit import Edited, Set, edit
from pipeline.source.edit.guard import view_of
from pipeline.source.loader import Source, load
from pipeline.source.nodes import Node

_MOST = 200
"""Mistakes that stood behind others, at most: a file with more was not written by hand."""
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """The new bytes of a file, the findings that were mended in it, and those whose answer could not be typed."""

    content: bytes
    done: tuple[Finding, ...]
    left: tuple[Finding, ...]


def mend(name: str, content: bytes, findings: Iterable[Finding]) -> Mended:
    """Mend what has a fix among the findings of one file; from the last to the first, so that places hold."""
    fixable = [one for one in findings if one.fix is not None and one.place.file == name]
    done: list[Finding] = []
    left: list[Finding] = []
    for finding in sorted(fixable, key=lambda one: one.sort_key, reverse=True):
        new = _mended(name, content, finding)
        if new is None:
            left.append(finding)
        else:
            content = new
            done.append(finding)
    content, more = _mended_behind(name, content)
    return Mended(content=content, done=(*reversed(done), *more), left=tuple(reversed(left)))


def _mended_behind(name: str, content: bytes) -> tuple[bytes, list[Finding]]:
    """What only shows in the writing once something before it is mended: the next line indented with a tab, say."""
    done: list[Finding] = []
    while len(done) < _MOST:
        fixable = [one for one in load(name, content).findings if one.fix is not None]
        for finding in fixable:
            new = _mended(name, content, finding)
            if new is not None:
                content = new
                done.append(finding)
                break
        else:
            break
    return content, done


def _mended(name: str, content: bytes, finding: Finding) -> bytes | None:
    fix = finding.fix
    assert fix is not None
    before = load(name, content)
    if fix.value:
        done = edit(name, content, (Set(path=finding.path, value=fix.value),))
        return done.content if isinstance(done, Edited) else None
    span = (fix.start, fix.end) if fix.start >= 0 else _span(before, finding, fix)
    if span is None or not before.text:
        return None
    text = before.text[: span[0]] + fix.text + before.text[span[1] :]
    after = load(name, text.encode())
    if not _better(before, after, finding):
        return None
    return (_BOM if content.startswith(_BOM) else b"") + text.encode()


def _span(source: Source, finding: Finding, fix: Fix) -> tuple[int, int] | None:
    """Where the value, or the key, at a finding's path stands."""
    view = view_of(source)
    spot = view.spot(finding.path)
    if spot is None:
        return None
    node: Node = spot.key if fix.key else spot.value
    start = int(node.start_mark.index)
    end = int(node.end_mark.index) if fix.key else view.covered(node)
    return (start, end) if "\n" not in view.text[start:end] else None


def _better(before: Source, after: Source, finding: Finding) -> bool:
    """Whether the finding is gone and no more are there but such as stood behind it and can be mended as well."""
    if after.data is None:
        return False
    old = Counter(one.code for one in before.findings)
    new = Counter(one.code for one in after.findings)
    if not (new - old) or (new[finding.code] < old[finding.code] and new.total() <= old.total()):
        return True
    seen = {(one.code, one.place.line) for one in before.findings}
    fresh = [one for one in after.findings if (one.code, one.place.line) not in seen]
    gone = all((one.code, one.place.line) != (finding.code, finding.place.line) for one in after.findings)
    return gone and all(one.fix is not None for one in fresh)
