"""What `coop make` has found last, kept beside the documents it made."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline import __version__
from pipeline.cli.location import Here
from pipeline.kernel.finding import Finding
from pipeline.kernel.store import replace_file
from pipeline.kernel.structs import Struct

_STATE = Path("build") / "last-check.json"


class LastCheck(Struct, frozen=True, kw_only=True):
    """What the last `coop make` found: the program's version, and each finding as code, file and message."""

    version: str
    findings: frozenset[tuple[str, str, str]]


def remember(place: Here, findings: tuple[Finding, ...]) -> None:
    """Keep what was found beside the documents made, for the next version to compare itself with."""
    kept = {"version": __version__, "findings": [identity(one) for one in findings]}
    replace_file(place.root / _STATE, json.dumps(kept).encode(), sync=False)


def identity(finding: Finding) -> tuple[str, str, str]:
    """By what a finding is known again in another version."""
    return finding.code, finding.place.file, finding.message


def last_check(place: Here) -> LastCheck | None:
    """What was found then; None where nothing is known of it."""
    try:
        kept = json.loads((place.root / _STATE).read_bytes())
        found = frozenset((str(code), str(file), str(message)) for code, file, message in kept["findings"])
        return LastCheck(version=str(kept["version"]), findings=found)
    except (OSError, ValueError, KeyError, TypeError):
        return None
