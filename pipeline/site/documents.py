"""The documents that lie in the build folder, found, named and taken into the site."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from html import unescape
from pathlib import Path

from markupsafe import Markup

from pipeline.compose.sheets import APPROVAL_FORM, SHEETS, sheet_named
from pipeline.kernel.late_pattern import late
from pipeline.kernel.looks import look_inside
from pipeline.kernel.program import stamp_of_all
from pipeline.kernel.read_files import left_alone
from pipeline.kernel.recall import NOTHING_KEPT, Recall, digest
from pipeline.kernel.store import file_digest
from pipeline.kernel.structs import Struct
from pipeline.memory.value_marks import Derived
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
_PAGE = ".html"
_PROJECTS, _WORDING = "projects/", f"{AGREEMENT.name}{_PAGE}"
_TITLE = late(r"<title>([^<]*)</title>")
_BEGIN = '<p class="title">'
"""What the text begins with, after cover and contents."""

_HEAD = 2000
"""Bytes of a page in which its title stands."""


class FoundFolder(Struct, frozen=True, kw_only=True):
    """A folder of documents as it was found: its documents, and the folders right inside it.

    By its `mark` the file system tells that its names and the pages with their titles are as they were; it is empty
    where something in it is a link, for what that leads to may change without it, or has been written just now.
    `wording` is the digest of the page that holds an agreement's text; empty where there is none.
    """

    mark: bytes
    inner: tuple[str, ...]
    papers: tuple[PaperForms, ...]
    wording: bytes


def folders(built: Path, recall: Recall = NOTHING_KEPT) -> Mapping[str, FoundFolder]:
    """Every folder of documents by its path in the build folder (`projects/<id>`, `ledgers`)."""
    looked = _Folders(built, recall)
    for top in _SHOWN:
        if (built / top).is_dir():
            looked.at(top)
    looked.keep()
    return {name: one for name, one in looked.found.items() if one.papers}


class _Folders:
    """The folders of documents in a build folder; one in which nothing has changed is not looked into again."""

    def __init__(self, built: Path, recall: Recall) -> None:
        self._base = os.fspath(built.resolve()) + os.sep
        self._recall = recall
        self._now = time.time_ns()
        self._kept = recall.latest(_SORT, self._base, b"", dict[str, FoundFolder]) or {}
        self.found: dict[str, FoundFolder] = {}

    def at(self, name: str) -> None:
        """Find a folder and those below it, in order; links to folders are not entered."""
        path = f"{self._base}{name}".replace("/", os.sep)
        known = self._kept.get(name)
        if known is None or not known.mark or known.mark != _mark(path, known.papers):
            known = _look_into(path, self._now)
        self.found[name] = known
        for one in known.inner:
            self.at(f"{name}/{one}")

    def keep(self) -> None:
        """Remember what was found."""
        if len(self.found) != len(self._kept) or any(
            one is not self._kept.get(name) for name, one in self.found.items()
        ):
            self._recall.keep(_SORT, self._base, b"", self.found)


_SORT = "documents"


def _look_into(path: str, now: int) -> FoundFolder:
    """What a folder holds at a time, in nanoseconds; what the file system says of it is asked first."""
    before = os.stat(path)  # noqa: PTH116 - asked for every folder: a path object for each took as long
    inner: list[str] = []
    files: list[str] = []
    plain = True
    with os.scandir(path) as listed:
        for one in listed:
            if one.name.startswith("."):
                continue
            plain = plain and not one.is_symlink()
            if one.is_dir(follow_symlinks=False):
                inner.append(one.name)
            elif one.is_file():
                files.append(one.name)
    pages = [name for name in files if name.endswith(_PAGE)]
    seen = dict(zip(pages, look_inside(path, pages), strict=True))
    some = tuple(_papers(path, files))
    told = before, *(seen[name] for name in _pages(some))
    mark = digest(stamp_of_all(told)) if plain and all(left_alone(one, now) for one in told) else b""
    wording = file_digest(f"{path}{os.sep}{_WORDING}") if _WORDING in files else b""
    return FoundFolder(mark=mark, inner=tuple(sorted(inner)), papers=some, wording=wording)


def _mark(path: str, some: Iterable[PaperForms]) -> bytes:
    """What the file system says now of a folder in which these documents were found; nothing where one is gone."""
    try:
        folder = os.stat(path)  # noqa: PTH116 - as above
        return digest(stamp_of_all((folder, *look_inside(path, _pages(some)))))
    except OSError:
        return b""


def _pages(some: Iterable[PaperForms]) -> list[str]:
    return [file.name for paper in some for file in paper.files if file.name.endswith(_PAGE)]


def _papers(folder: str, files: Iterable[str]) -> Iterator[PaperForms]:
    """The documents of one folder, an agreement first; one document may lie there in several forms."""
    forms: dict[str, list[str]] = {}
    for name in files:
        stem, _, ending = name.rpartition(".")
        if stem and ending in TAKEN_ALONG:
            forms.setdefault(stem, []).append(ending)
    titles = {stem: _LABELS.get(stem) or _title(Path(folder, f"{stem}{_PAGE}")) or stem for stem in forms}
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


def wordings(built: Path, some: Mapping[str, FoundFolder]) -> Mapping[str, Path]:
    """Project → the page in the build folder that holds its agreement's text, for all that have one."""
    marks = {
        name.removeprefix(_PROJECTS): folder.wording
        for name, folder in some.items()
        if folder.wording and name.startswith(_PROJECTS)
    }
    return Derived(lambda project: built / f"{_PROJECTS}{project}" / _WORDING, marks)


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
