"""The program itself, and the college around the working directory."""

from __future__ import annotations

from pathlib import Path

import pipeline

PACKAGE = Path(pipeline.__file__).resolve().parent
"""The program itself."""


_ROOMS = ("agreements", "build", "templates")
"""The folders of a college's repository."""


def college() -> Path | None:
    """The folder around the working directory that holds `agreements/`; None where there is none.

    What lies above the repository is never used. A college that is no git repository is found from its own folders
    only: whoever stands anywhere else below somebody's `agreements/` does not mean them.
    """
    start, top = Path.cwd(), repository_top()
    for folder in (start, *start.parents):
        if (
            (folder / "agreements").is_dir()
            and not _projects(folder)
            and (top is not None or _inside(start, folder))
        ):
            return folder
        if folder == top:
            break
    return None


def repository_top() -> Path | None:
    """The git repository around the working directory."""
    start = Path.cwd()
    return next((one for one in (start, *start.parents) if (one / ".git").exists()), None)


def _projects(folder: Path) -> bool:
    """Whether a folder is a college's own `projects/`, of its records or approvals: a project may be called agreements."""
    above = folder.parent
    return folder.name == "projects" and "agreements" in (above.name, above.parent.name)


def _inside(start: Path, folder: Path) -> bool:
    return start == folder or start.relative_to(folder).parts[0] in _ROOMS
