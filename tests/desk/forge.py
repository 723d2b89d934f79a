"""A bare repository that stands for the forge, and a colleague who works there."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.college import AGREEMENT, SmallCollege
from tests.git.repositories import Repo


class Forge:
    """A bare repository that stands for the forge, and a colleague's clone of it."""

    def __init__(self, folder: Path, home: SmallCollege) -> None:
        self.bare = folder / "平台.git"
        self.mine = Repo(home.root)
        self.mine.commit({".gitignore": "build/\n"})
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(self.bare)], check=True)
        self.mine.git("remote", "add", "origin", str(self.bare))
        self.mine.git("push", "-q", "origin", "main")
        subprocess.run(["git", "clone", "-q", str(self.bare), str(folder / "同事")], check=True)
        self.colleague = Repo(folder / "同事", create=False)

    def shown(self, branch: str, name: str = AGREEMENT) -> str:
        """A file as a branch of the forge has it."""
        return Repo(self.bare, create=False).git("show", f"{branch}:{name}")

    def approve(self, branch: str) -> None:
        """Merge a branch, as a reviewer does on the forge."""
        self.colleague.git("fetch", "-q")
        self.colleague.git("merge", "-q", "--no-ff", "-m", "并入", f"origin/{branch}")
        self.colleague.git("push", "-q", "origin", "main")

    def change(self, old: str, new: str, branch: str = "main") -> None:
        """A colleague changes the agreement on a branch of the forge."""
        self.colleague.git("fetch", "-q")
        self.colleague.git("checkout", "-q", "-B", "work", f"origin/{branch}")
        path = self.colleague.folder / AGREEMENT
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.colleague.commit({AGREEMENT: text.replace(old, new)}, "改一处")
        self.colleague.git("push", "-q", "origin", f"HEAD:{branch}")
        self.colleague.git("checkout", "-q", "main")
        self.colleague.git("pull", "-q", "origin", "main")
