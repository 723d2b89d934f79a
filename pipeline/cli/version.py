"""What `coop --version` tells: the program, the standard it checks against, and the templates in use."""

from __future__ import annotations

import hashlib
import platform

from pipeline import __version__
from pipeline.cli.roots import college
from pipeline.kernel.home import HOME
from pipeline.kernel.overlay import template_files
from pipeline.record.clause_register import load


def versions() -> str:
    """Three lines; where a college has templates of its own, how many."""
    provisions = load(HOME / "schemas")
    digest = hashlib.sha256()
    for path in sorted((HOME / "templates").rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(HOME).as_posix()}\0".encode() + path.read_bytes())
    return (
        f"coop {__version__}（Python {platform.python_version()}）\n"
        f"标准：《职业院校校企合作工作指南》（草案），{len(provisions)} 条\n"
        f"模板：{digest.hexdigest()[:12]}{_adapted()}"
    )


def _adapted() -> str:
    root = college()
    count = len(template_files(root / "templates")) if root is not None and root != HOME else 0
    return f"，本校自己的 {count} 个（coop templates list）" if count else ""
