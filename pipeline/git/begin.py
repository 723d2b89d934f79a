"""What git writes on the user's behalf: the first commit of a new repository, and its settings there."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.git.errors import ENVIRONMENT, GitError

_MISSING = "这台电脑上没有 git；请先安装 git，再运行一次"


def demand_git() -> None:
    """Raises GitError where git is missing: asked before the first file is written, so that none is left behind."""
    if shutil.which("git") is None:
        raise GitError(_MISSING, ENVIRONMENT)


def begin(folder: Path, message: str, name: str) -> bool:
    """Make a folder a git repository with all its files in a first commit.

    The commit bears the user's own name where git knows it, else `name`. Returns whether git knew one.
    Raises GitError where git is missing or refuses.
    """
    _git(folder, "init", "--quiet", "--initial-branch=main")
    _git(folder, "add", "--all")
    known = _known(folder)
    borrowed = [] if known else ["-c", f"user.name={name}", "-c", "user.email=coop@localhost"]
    # Without hooks: those of a user's template folder judge work of another kind, and would stop a college's
    # first day.
    _git(folder, *borrowed, "commit", "--quiet", "--no-verify", "-m", message)
    return known


def configure(folder: Path, settings: Mapping[str, str]) -> None:
    """Write settings into a repository's own configuration. Raises GitError where git is missing or refuses."""
    for name, value in settings.items():
        _git(folder, "config", "--local", name, value)


def _known(folder: Path) -> bool:
    return all(_run(folder, ["config", f"user.{part}"]).stdout.strip() for part in ("name", "email"))


def _git(folder: Path, *arguments: str) -> None:
    done = _run(folder, arguments)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise GitError(f"git {arguments[0]} 没有成功：{said[-1] if said else done.returncode}", ENVIRONMENT)


def _run(folder: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)
    except OSError as error:
        raise GitError(_MISSING, ENVIRONMENT) from error
