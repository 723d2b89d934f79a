"""`coop` run in a small college, and what it leaves in the build folder."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import chdir
from hashlib import sha256
from pathlib import Path

from pipeline.cli import main
from tests.college import ROOT, SmallCollege


def coop(home: SmallCollege, *arguments: str) -> int:
    """Run a command in the college's folder, in this process; its exit code."""
    with chdir(home.root):
        return main(list(arguments))


def coop_apart(
    home: SmallCollege, *arguments: str, cwd: Path | None = None, prelude: str = "", **environ: str
) -> subprocess.Popen[str]:
    """Run a command in a process of its own; `prelude` is Python that runs before it."""
    code = f"import sys\n{prelude}\nfrom pipeline.cli import main\nsys.exit(main(sys.argv[1:]))"
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd or home.root,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def made(home: SmallCollege, out: str = "build") -> dict[str, str]:
    """The projects' documents under a build folder, with their digests; gap reports are left out."""
    folder = home.path(out)
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted((folder / "projects").rglob("*"))
        if path.is_file() and path.name != "gaps.md"
    }


def touched(home: SmallCollege, out: str = "build") -> dict[str, int]:
    """The folder that each document stands in, by its number on the disk: one that is put in place has another."""
    return {name: (home.path(out) / name).parent.stat().st_ino for name in made(home, out)}


def projects(documents: dict[str, str] | set[str]) -> set[str]:
    """The projects that some documents belong to."""
    return {name.split("/")[1] for name in documents}


def many(home: SmallCollege, count: int) -> None:
    """Add projects to the college until it has this many."""
    for number in range(2, count + 1):
        home.add_project(f"p-{number:03}", f"样校合〔2026〕{number}号")


def with_another_partner(home: SmallCollege, project: str) -> None:
    """Add a project that was surveyed and agreed with another enterprise."""
    name = home.add_project(project, "样校合〔2026〕2号")
    for own in (name, name.replace("/agreement.", "/survey.")):
        home.write(home.text(own).replace("chenguang-cnc", "yunfan-software"), own)
