"""What a checkpoint holds must stand unchanged: set inclusion over (path, mode, blob), ancestry not required."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from pipeline.git.objects import Snapshot
from pipeline.kernel.codes import approving
from pipeline.kernel.finding import Code, Finding, Place
from pipeline.kernel.structs import Struct, replace
from pipeline.kernel.visible import escape_controls
from pipeline.record.rounds.canonical import digest
from pipeline.record.rounds.subject_folders import APPROVALS, GOVERNANCE

_LINE = re.compile(r"([0-7]{6}) ([0-9a-f]{40}|[0-9a-f]{64}) ([0-9a-f]{64}) (.+)\Z")


class TrailFile(Struct, frozen=True, kw_only=True, order=True):
    """A file of the trail: its path, mode and object id."""

    name: str
    mode: str
    blob: str


def entries(snapshot: Snapshot) -> frozenset[TrailFile]:
    """The entries under approvals/ and governance/ of a commit."""
    return frozenset(
        TrailFile(name=file.name, mode=file.mode, blob=file.blob)
        for file in snapshot.files.values()
        if file.name.startswith((f"{APPROVALS}/", f"{GOVERNANCE}/"))
    )


def lost(
    required: Iterable[TrailFile], head: Collection[TrailFile], code: Code = approving.LOST
) -> Iterator[Finding]:
    """What is required and does not stand at head as it was."""
    names = {entry.name for entry in head}
    for entry in sorted(set(required) - set(head)):
        what = "内容或方式变了" if entry.name in names else "没有了"
        yield code.at(Place(file=entry.name), f"{escape_controls(entry.name, keep='')} {what}{_then(code)}")


def _then(code: Code) -> str:
    """What a loss does to the subject, in the words of its state."""
    return "，有关的文书不可信" if code == approving.LOST else ""


def checkpoint(snapshot: Snapshot) -> str:
    """A checkpoint as text, one line a file: mode, object id, SHA-256, path. It can be kept and time-stamped.

    Raises ValueError for a name that one line of UTF-8 cannot hold.
    """
    # Both ids: git's own to look the file up by, SHA-256 to hold it against in a repository of another hash.
    digests = {entry.name: entry.blob for entry in lasting(snapshot)}
    lines = []
    for entry in sorted(entries(snapshot)):
        if escape_controls(entry.name, keep="") != entry.name:
            raise ValueError(escape_controls(entry.name, keep=""))
        lines.append(f"{entry.mode} {entry.blob} {digests[entry.name]} {entry.name}\n")
    return "".join(lines)


def read_checkpoint(text: str) -> frozenset[TrailFile] | None:
    """The entries of a saved checkpoint, their contents as SHA-256 (see `lasting`); None where it is not one.

    An empty list holds nothing to it and is none.
    """
    found = set()
    for line in text.removesuffix("\n").split("\n"):
        parts = _LINE.match(line)
        if parts is None:
            return None
        found.add(TrailFile(name=parts[4], mode=parts[1], blob=parts[3]))
    return frozenset(found)


def lasting(snapshot: Snapshot) -> frozenset[TrailFile]:
    """The entries with the SHA-256 of what they hold instead of git's own id, which differs by repository."""
    return frozenset(
        replace(entry, blob=digest(snapshot.read(entry.name)) if entry.mode.startswith("10") else "0" * 64)
        for entry in entries(snapshot)
    )
