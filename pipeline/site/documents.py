"""The documents that lie in the build folder, found, named and taken into the site."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from html import unescape
from pathlib import Path

from pipeline.register.kinds import AGREEMENT
from pipeline.site.world import File, Paper

_FORMS = {
    "docx": "Word",
    "pdf": "PDF",
    "xlsx": "Excel",
    "csv": "上报表",
    "html": "在线阅读",
    "md": "纯文本",
}
"""What can be taken along, in the order of use, by the file's ending."""

_APART = ("site", "site-public", "gaps")
"""Folders of the build folder that hold no documents for the site."""

_LABELS = {"gaps": "待补充清单"}
_TITLE = re.compile(r"<title>([^<]*)</title>")
_HEAD = 2000
"""Bytes of a page in which its title stands."""


def papers(built: Path) -> Mapping[str, tuple[Paper, ...]]:
    """Every folder of documents by its path in the build folder (`projects/<id>`, `ledgers`)."""
    found = {}
    for folder in _folders(built):
        listed = tuple(_papers(folder))
        if listed:
            found[folder.relative_to(built).as_posix()] = listed
    return found


def _folders(built: Path) -> Iterator[Path]:
    tops = sorted(path for path in built.iterdir() if path.is_dir()) if built.is_dir() else []
    for top in tops:
        if top.name not in _APART and not top.name.startswith("."):
            yield top
            yield from sorted(
                path for path in top.rglob("*") if path.is_dir() and not path.name.startswith(".")
            )


def _papers(folder: Path) -> Iterator[Paper]:
    """The documents of one folder, an agreement first; one document may lie there in several forms."""
    forms: dict[str, list[str]] = {}
    for path in folder.iterdir():
        ending = path.suffix.removeprefix(".")
        if path.is_file() and ending in _FORMS and not path.name.startswith("."):
            forms.setdefault(path.name.removesuffix(path.suffix), []).append(ending)
    titles = {stem: _LABELS.get(stem) or _title(folder / f"{stem}.html") or stem for stem in forms}
    for stem in sorted(forms, key=lambda one: (one != AGREEMENT.name, one in _LABELS, one)):
        files = tuple(File(name=f"{stem}.{one}", form=_FORMS[one]) for one in _FORMS if one in forms[stem])
        alike = list(titles.values()).count(titles[stem]) > 1
        which = f"（{stem.partition('-')[2] or stem}）" if alike else ""
        yield Paper(title=titles[stem] + which, files=files)


def _title(page: Path) -> str:
    """What a document calls itself; empty where it is not there as a page."""
    with suppress(OSError), page.open("rb") as file:
        match = _TITLE.search(file.read(_HEAD).decode(errors="ignore"))
        return unescape(match[1]) if match else ""
    return ""


def take(source: Path, target: Path) -> bool:
    """Lay a document into the site: by a hard link, which costs nothing, else by a copy."""
    with suppress(OSError):
        if source.samefile(target):
            return False
        if not target.is_symlink() and target.read_bytes() == source.read_bytes():
            return False
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
    return True
