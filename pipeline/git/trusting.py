"""Whose repositories git may read besides the user's own: what the user told git, and nothing else of their settings."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path


def trusted(program: str, top: Path) -> tuple[str, ...]:
    """Whom the user told git to trust: of all settings the one that is taken, and only for a folder of somebody else.

    A shared drive belongs to another account, and git reads nothing of it before the user said so.
    """
    try:
        if os.name != "nt" and {(top / one).stat().st_uid for one in ("", ".git")} == {os.geteuid()}:
            return ()
    except OSError:
        return ()
    return told(program)


@cache
def told(program: str) -> tuple[str, ...]:
    """The folders that the user named to git, as options of it."""
    names: list[bytes] = []
    for scope in ("--system", "--global"):
        asked = [program, "config", scope, "--get-all", "-z", "safe.directory"]
        try:
            names += subprocess.run(asked, capture_output=True, check=False).stdout.split(b"\0")[:-1]
        except OSError:
            return ()
    return tuple(word for name in names for word in ("-c", f"safe.directory={os.fsdecode(name)}"))
