"""A machine with only Python and git: the wheel built from this tree, installed where no repository is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

from tests.college import ROOT

WHEELS = "COOP_WHEELS"
"""The environment variable that names a folder of wheels to install from, instead of what is installed here."""


def run(
    line: list[str], cwd: Path, environ: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A process of its own; its words as text."""
    return subprocess.run(
        line, cwd=cwd, env=environ, capture_output=True, text=True, encoding="utf-8", check=False
    )


def built(folder: Path, version: str = "", changes: dict[str, tuple[str, str]] | None = None) -> Path:
    """A wheel of this tree, built in a copy; `changes` replace text in files, `version` is another number."""
    source = folder / "source"
    listed = run(["git", "ls-files", "-co", "--exclude-standard", "-z"], ROOT).stdout.split("\0")
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, source / name)
    replaced = dict(changes or {})
    if version:
        old = (
            (source / "pipeline/__init__.py")
            .read_text(encoding="utf-8")
            .split('__version__ = "')[1]
            .split('"')[0]
        )
        replaced["pipeline/__init__.py"] = (f'__version__ = "{old}"', f'__version__ = "{version}"')
    for name, (before, after) in replaced.items():
        text = (source / name).read_text(encoding="utf-8")
        assert before in text, f"{before!r} does not stand in {name}"
        (source / name).write_text(text.replace(before, after), encoding="utf-8")
    line = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    ]
    done = run([*line, "-w", str(folder / "dist"), str(source)], folder)
    assert done.returncode == 0, done.stderr
    shutil.rmtree(source)
    return next((folder / "dist").glob("*.whl"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """An environment that holds the program from a wheel and what it declares to need, and nothing else."""

    environment: Path

    @property
    def coop(self) -> str:
        """The command."""
        return str(self.environment / ("Scripts/coop.exe" if os.name == "nt" else "bin/coop"))

    def run(self, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
        """A command typed in a folder; nothing of this tree is on any path."""
        environ = {name: text for name, text in os.environ.items() if not name.startswith("PYTHON")}
        environ["PATH"] = os.pathsep.join([str(Path(self.coop).parent), environ["PATH"]])
        return run([self.coop if words[0] == "coop" else words[0], *words[1:]], folder, environ)

    def install(self, wheel: Path) -> None:
        """Put a wheel in, or in place of the one that is there, and the libraries it declares."""
        python = str(Path(self.coop).parent / ("python.exe" if os.name == "nt" else "python"))
        pip = [
            sys.executable,
            "-m",
            "pip",
            "--python",
            python,
            "install",
            "--quiet",
            "--no-index",
            "--force-reinstall",
        ]
        given = os.environ.get(WHEELS)
        how = ["--find-links", str(ROOT / given)] if given else ["--no-deps"]
        done = run([*pip, *how, str(wheel)], wheel.parent)
        assert done.returncode == 0, done.stderr
        if not given:
            self._lend(wheel)

    def _lend(self, wheel: Path) -> None:
        """The declared libraries, and what they need, from the environment of the tests: no network is asked."""
        target = next(self.environment.rglob("site-packages"))
        metadata = next(target.glob("coop_college-*.dist-info")) / "METADATA"
        waiting = re.findall(r"(?m)^Requires-Dist: (.+)$", metadata.read_text(encoding="utf-8"))
        seen: set[str] = set()
        while waiting:
            line = waiting.pop()
            name = re.split(r"[^A-Za-z0-9._-]", line)[0]
            if ";" in line or name.lower() in seen:
                continue
            seen.add(name.lower())
            lent = distribution(name)
            for top in {
                file.parts[0] for file in lent.files or () if file.parts[0] not in ("..", "__pycache__")
            }:
                if not (target / top).exists():
                    (target / top).symlink_to(Path(str(lent.locate_file(top))))
            waiting += lent.requires or ()


def machine(folder: Path, wheel: Path) -> Machine:
    """A fresh environment with a wheel in it."""
    venv.create(folder, with_pip=False)
    made = Machine(environment=folder)
    made.install(wheel)
    return made
