"""The versions this program runs with, as lines of a requirements file."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires, version

from pipeline import __version__

DISTRIBUTION = "coop-college"


def pins() -> tuple[str, ...]:
    """The program first, then all it needs, each at the version installed here."""
    found: dict[str, str] = {}
    waiting = [DISTRIBUTION]
    while waiting:
        name = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in found:
            continue
        try:
            found[key] = __version__ if key == DISTRIBUTION else version(name)
            waiting += [_name(line) for line in requires(name) or () if _needed(line)]
        except PackageNotFoundError:  # a source tree, or a library of another platform
            continue
    program = found.pop(DISTRIBUTION, __version__)
    return (f"{DISTRIBUTION}=={program}", *(f"{key}=={found[key]}" for key in sorted(found)))


def _needed(line: str) -> bool:
    """Whether a requirement is one of everybody's: no extra, and no other platform's."""
    return ";" not in line


def _name(line: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", line)
    return found[0] if found else ""
