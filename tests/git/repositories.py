"""Real repositories for tests: made with the real git, configured as a stranger's machine might be."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

NAME, MAIL = "赵样图", "zhao@example.edu.cn"

QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_EDITOR": "true",
    "GIT_CONFIG_COUNT": "3",
    "GIT_CONFIG_KEY_0": "gc.auto",
    "GIT_CONFIG_VALUE_0": "0",
    "GIT_CONFIG_KEY_1": "maintenance.auto",
    "GIT_CONFIG_VALUE_1": "false",
    "GIT_CONFIG_KEY_2": "core.fsync",
    "GIT_CONFIG_VALUE_2": "none",
}
"""Nothing is asked of anybody, tidied up in the background, or waited for until the disk has it."""


class Repo:
    """A git repository in a folder, with the commands a person would type."""

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        if create:
            self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, given: str = "", **more: str) -> str:
        """Run git as a user named 赵样图; `more` adds environment variables."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": NAME,
            "GIT_AUTHOR_EMAIL": MAIL,
            "GIT_COMMITTER_NAME": NAME,
            "GIT_COMMITTER_EMAIL": MAIL,
            **QUIET,
            **more,
        }
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=environment,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"git {' '.join(arguments)}: {done.stdout}{done.stderr}"
        return done.stdout.strip()

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Put files into the work tree."""
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, files: Mapping[str, str | bytes] | None = None, message: str = "改动") -> str:
        """Commit everything in the work tree, these files written first; gives the commit's id."""
        self.write(files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")
