"""A line of shell in which `coop` is the command, and how much memory it takes only to begin."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from tests.college import ROOT


def shell(folder: Path, command: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of bash in a folder."""
    line = f'coop() {{ "{sys.executable}" -m pipeline "$@"; }}; {command}'
    return subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )


@cache
def to_begin() -> int:
    """Kilobytes of address space that the command has asked for when it shows its help (Linux only)."""
    code = "from pipeline.cli import main; main(['--help']); print(open('/proc/self/status').read())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return next(int(line.split()[1]) for line in done.stdout.splitlines() if line.startswith("VmPeak"))
