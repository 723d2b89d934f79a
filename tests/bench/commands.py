"""Commands in processes of their own, each college with a memory of its own beside it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.college import ROOT

START = (sys.executable, "-c", "pass")
"""Nothing but Python itself."""

_DAY = ("--today", "2026-11-29")


def coop(*arguments: str) -> tuple[str, ...]:
    """The command line of our own program on the day of the measurements."""
    return sys.executable, "-m", "pipeline", *arguments, *_DAY


def git(root: Path) -> None:
    """Make a folder a repository with all that lies in it committed."""
    for step in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "样例")):
        run(("git", "-c", "user.name=x", "-c", "user.email=x@example.org", *step), root)


def run(command: Sequence[str], root: Path, *, must: bool = False) -> int:
    """Run a command in a folder and wait for it; gives its exit code, which is none but 0 where it `must` succeed."""
    around = {**os.environ, "PYTHONPATH": str(ROOT), "COOP_CACHE": str(root.parent / f"{root.name}-memory")}
    return subprocess.run(
        command, cwd=root, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=must
    ).returncode
