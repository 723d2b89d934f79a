"""What a checkpoint holds must stand unchanged: set inclusion over (path, mode, blob), ancestry not required."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from pipeline.approvals import codes
from pipeline.approvals.canonical import digest
from pipeline.approvals.places import APPROVALS, GOVERNANCE
from pipeline.finding import Code, Finding, Place
from pipeline.git import Snapshot
from pipeline.visible import escape_controls

_LINE = re.compile(r"([0-7]{6}) ([0-9a-f]{40}|[0-9a-f]{64}) ([0-9a-f]{64}) (.+)\Z")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Entry:
    """A file of the trail: its path, mode and object id."""

    name: str
    mode: str
    blob: str


def entries(snapshot: Snapshot) -> frozenset[Entry]:
    """The entries under approvals/ and governance/ of a commit."""
    return frozenset(
        Entry(name=file.name, mode=file.mode, blob=file.blob)
        for file in snapshot.files.values()
        if file.name.startswith((f"{APPROVALS}/", f"{GOVERNANCE}/"))
    )


def lost(required: Iterable[Entry], head: Collection[Entry], code: Code = codes.LOST) -> Iterator[Finding]:
    """What is required and does not stand at head as it was."""
    names = {entry.name for entry in head}
    for entry in sorted(set(required) - set(head)):
        what = "内容或方式变了" if entry.name in names else "没有了"
        yield code.at(Place(file=entry.name), f"{escape_controls(entry.name, keep='')} {what}")


def checkpoint(snapshot: Snapshot) -> str:
    """A checkpoint as text, one line a file: mode, object id, SHA-256, path. It can be kept and time-stamped."""
    lines = [
        f"{entry.mode} {entry.blob} {_sha256(snapshot, entry)} {entry.name}\n"
        for entry in sorted(entries(snapshot))
    ]
    return "".join(lines)


def read_checkpoint(text: str) -> frozenset[Entry] | None:
    """The entries of a saved checkpoint; None where it is not one."""
    found = set()
    for line in text.splitlines():
        parts = _LINE.match(line)
        if parts is None:
            return None
        found.add(Entry(name=parts[4], mode=parts[1], blob=parts[2]))
    return frozenset(found)


def _sha256(snapshot: Snapshot, entry: Entry) -> str:
    return digest(snapshot.read(entry.name)) if entry.mode.startswith("10") else "0" * 64
