"""The documents that lie in the build folder, found, named and taken into the site."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from html import unescape
from pathlib import Path

from markupsafe import Markup

from pipeline.compose.sheets import APPROVAL_FORM, SHEETS, sheet_named
from pipeline.kernel.looks import forget
from pipeline.kernel.recall import NOTHING_KEPT, Recall
from pipeline.memory.known_files import KnownFiles
from pipeline.record.kinds import AGREEMENT
from pipeline.site.site_data import PaperForms, SiteFile

TAKEN_ALONG = {
    "docx": "Word",
    "pdf": "PDF",
    "xlsx": "Excel",
    "csv": "上报表",
    "html": "在线阅读",
    "md": "纯文本",
}
"""What can be taken along, in the order of use, by the file's ending."""

_SHOWN = tuple(sorted({"final", "ledgers", *(sheet.folder.partition("/")[0] for sheet in SHEETS)}))
"""The folders of the build folder whose documents pages lead to."""

_LABELS = {"gaps": "待补充清单"}
_TITLE = re.compile(r"<title>([^<]*)</title>")
_BEGIN = '<p class="title">'
"""What the text begins with, after cover and contents."""

_HEAD = 2000
"""Bytes of a page in which its title stands."""


def papers(built: Path, recall: Recall = NOTHING_KEPT) -> Mapping[str, tuple[PaperForms, ...]]:
    """Every folder of documents by its path in the build folder (`projects/<id>`, `ledgers`)."""
    found = {}
    titles = _Titles(built, recall)
    for top in _SHOWN:
        if (built / top).is_dir():
            for name, files in _folders(os.fspath(built / top), top):
                listed = tuple(_papers(name, files, titles))
                if listed:
                    found[name] = listed
    titles.keep()
    return found


class _Titles:
    """What the documents of a build folder call themselves; a page that is as it was is not read again."""

    def __init__(self, built: Path, recall: Recall) -> None:
        self._built = built
        self._recall = recall
        self._files = KnownFiles(built, recall, "titles")
        self._name = os.fspath(built.resolve())
        self._kept = recall.latest("titles", self._name, b"", dict[str, str]) or {}
        self._told: dict[str, str] = {}

    def of(self, name: str) -> str:
        """What a document calls itself by its page; empty where that is not there."""
        if self._recall is NOTHING_KEPT:
            return _title(self._built / name)
        digest = self._files.digest(name).hex()
        if digest not in self._told:
            known = self._kept.get(digest) if digest else ""
            self._told[digest] = _title(self._built / name) if known is None else known
        return self._told[digest]

    def keep(self) -> None:
        """Remember the titles that were asked for."""
        self._files.keep()
        if self._told != self._kept:
            self._recall.keep("titles", self._name, b"", self._told)


def _folders(path: str, name: str) -> Iterator[tuple[str, list[str]]]:
    """A folder and those below it by their names, in order, with the files in each; links to folders are not entered."""
    inner, files = [], []
    with os.scandir(path) as listed:
        for one in listed:
            if one.name.startswith("."):
                continue
            if one.is_dir(follow_symlinks=False):
                inner.append(one.name)
            elif one.is_file():
                files.append(one.name)
    yield name, files
    for one_inner in sorted(inner):
        yield from _folders(f"{path}{os.sep}{one_inner}", f"{name}/{one_inner}")


def _papers(folder: str, files: Iterable[str], known: _Titles) -> Iterator[PaperForms]:
    """The documents of one folder, an agreement first; one document may lie there in several forms."""
    forms: dict[str, list[str]] = {}
    for name in files:
        stem, _, ending = name.rpartition(".")
        if stem and ending in TAKEN_ALONG:
            forms.setdefault(stem, []).append(ending)
    titles = {stem: _LABELS.get(stem) or known.of(f"{folder}/{stem}.html") or stem for stem in forms}
    for stem in sorted(forms, key=_rank):
        taken = tuple(
            SiteFile(name=f"{stem}.{one}", form=TAKEN_ALONG[one]) for one in TAKEN_ALONG if one in forms[stem]
        )
        yield PaperForms(title=_called(stem, titles), files=taken)


@cache
def _rank(stem: str) -> tuple[int, str]:
    """Where a document stands in a list: the agreement and its form first, what is lacking last, else as archived."""
    first = (AGREEMENT.name, "approval-form", "college")
    if stem in first:
        return first.index(stem), stem
    if stem in _LABELS:
        return 99, stem
    sheet = sheet_named(stem)
    return (10 + sheet.archive if sheet else 50), stem


def _called(stem: str, titles: Mapping[str, str]) -> str:
    """A document's own title; where several call themselves alike, with what tells them apart."""
    title = titles[stem]
    if list(titles.values()).count(title) == 1:
        return title
    approved = titles.get(
        AGREEMENT.name if f"-{stem}" == APPROVAL_FORM else stem.removesuffix(APPROVAL_FORM), ""
    )
    if approved and approved != title:
        return f"{approved}审批表"
    return f"{title}（{stem.partition('-')[2] or stem}）"


def wordings(built: Path, found: Mapping[str, tuple[PaperForms, ...]]) -> Mapping[str, Path]:
    """Project → the page in the build folder that holds its agreement's text, for all that have one."""
    name = f"{AGREEMENT.name}.html"
    return {
        folder.removeprefix("projects/"): built / folder / name
        for folder, papers in found.items()
        if folder.startswith("projects/")
        and any(file.name == name for paper in papers for file in paper.files)
    }


def wording(page: Path | None) -> Markup:
    """The text of a built page from its title on, its headings as those of a section; empty where it is not there.

    It was escaped when it was built.
    """
    text = ""
    if page is not None:
        with suppress(OSError):
            text = page.read_text(encoding="utf-8")
    body = text.partition("<main>")[2].partition("</main>")[0]
    _, title, rest = body.partition(_BEGIN)
    body = f"{title}{rest}" if title else body
    for level in (4, 3, 2) if title else (4, 3, 2, 1):
        body = body.replace(f"<h{level}", f"<h{level + 1}").replace(f"</h{level}>", f"</h{level + 1}>")
    return Markup(body.strip())


def _title(page: Path) -> str:
    """What a document calls itself; empty where it is not there as a page."""
    with suppress(OSError), page.open("rb") as file:
        match = _TITLE.search(file.read(_HEAD).decode(errors="ignore"))
        return unescape(match[1]) if match else ""
    return ""


def laid_in(
    files: Mapping[str, tuple[PaperForms, ...]], built: Path, out: Path
) -> Iterator[tuple[str, bool]]:
    """Lay every document into the site: its name there, and whether it is another now."""
    one_disk = built.is_dir() and built.stat().st_dev == out.stat().st_dev
    whence, whither = os.fspath(built), os.fspath(out)
    for folder, listed in files.items():
        base = f"documents/{folder}"
        here, there = _places(f"{whence}{os.sep}{folder}"), _places(f"{whither}{os.sep}{base}")
        for name in (file.name for paper in listed for file in paper.files):
            lies = one_disk and name in here and here[name] == there.get(name)
            yield f"{base}/{name}", not lies and _take(built / folder / name, out / base / name)


def _places(folder: str) -> Mapping[str, int]:
    """Where on the disk the files of a folder lie: two names of one place are one file."""
    with suppress(OSError), os.scandir(folder) as listed:
        return {one.name: one.inode() for one in listed}
    return {}


def _take(source: Path, target: Path) -> bool:
    """Lay a document into the site: by a hard link, which costs nothing, else by a copy."""
    same = False
    with suppress(OSError):
        same = not target.is_symlink() and target.read_bytes() == source.read_bytes()
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{os.getpid()}")
    fresh.unlink(missing_ok=True)
    try:
        os.link(source, fresh)
    except OSError:
        if same:
            return False
        shutil.copyfile(source, fresh)
    # To rename one name of a file to another of its names does nothing, and would leave both.
    target.unlink(missing_ok=True)
    fresh.rename(target)
    forget(target)
    forget(source)  # another name of a file changes what is said of it under the first
    return not same
