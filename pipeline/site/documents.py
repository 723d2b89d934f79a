"""The documents that lie in the build folder, found, named and taken into the site."""

from __future__ import annotations

import marshal
import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from html import unescape
from pathlib import Path

from markupsafe import Markup

from pipeline.compose.sheets import APPROVAL_FORM, SHEETS, sheet_named
from pipeline.kernel.late_pattern import late
from pipeline.kernel.left_behind import left_behind
from pipeline.kernel.looks import look_inside, looker
from pipeline.kernel.program import PLAIN, stamp_of_all
from pipeline.kernel.read_files import left_alone
from pipeline.kernel.recall import NOTHING_KEPT, PARTS, Recall, digest, part_number
from pipeline.kernel.store import file_digest
from pipeline.kernel.structs import Struct, field
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


class FoundFolder(Struct, frozen=True, array_like=True):
    """A folder of documents as it was found: the folders right inside it, its pages, and its documents, packed.

    By its `mark` the file system tells that its names and the pages with their titles are as they were; it is empty
    where something in it is a link, for what that leads to may change without it, or has been written just now.
    `told` tells its documents from any others; `wording` is the digest of the page that holds an agreement's text.
    Either is empty where there is none.
    """

    mark: bytes
    inner: tuple[str, ...]
    pages: tuple[str, ...]
    packed: bytes
    told: bytes
    wording: bytes

    @property
    def papers(self) -> tuple[PaperForms, ...]:
        """The documents."""
        # The memory is whole, and nobody else can write there.
        packed: tuple[tuple[str, tuple[str, ...]], ...] = marshal.loads(self.packed)
        return tuple(PaperForms(title=title, files=tuple(map(_file, names))) for title, names in packed)


class FoundPart(Struct, frozen=True, array_like=True):
    """Some folders by their names; `mark` is what the file system says of all of them, empty where one has no mark."""

    mark: bytes = b""
    folders: dict[str, FoundFolder] = field(default_factory=dict)


def folders(built: Path, recall: Recall = NOTHING_KEPT) -> Mapping[str, FoundFolder]:
    """Every folder of documents by its path in the build folder (`projects/<id>`, `ledgers`)."""
    looked = _Folders(built, recall)
    for top in _SHOWN:
        if (built / top).is_dir():
            looked.at(top)
    looked.keep()
    return {name: one for name, one in looked.found.items() if one.told}


class _Folders:
    """The folders of documents in a build folder; one in which nothing has changed is not looked into again."""

    def __init__(self, built: Path, recall: Recall) -> None:
        self._base = os.fspath(built.resolve()) + os.sep
        self._recall = recall
        self._now = time.time_ns()
        self.found: dict[str, FoundFolder] = {}
        self._parts = {number: self._kept(number) for number in PARTS}
        self._sure: dict[str, FoundFolder] = {}
        for part in self._parts.values():
            if part.mark and part.mark == self._mark(part.folders):
                self._sure.update(part.folders)

    def at(self, name: str) -> None:
        """Find a folder and those below it, in order; links to folders are not entered."""
        known = self._sure.get(name)
        if known is None:
            known = self._parts[part_number(name)].folders.get(name)
            if known is None or not known.mark or known.mark != _mark(self._path(name), known.pages):
                known = _look_into(self._path(name), self._now)
        self.found[name] = known
        for one in known.inner:
            self.at(f"{name}/{one}")

    def keep(self) -> None:
        """Remember what was found."""
        parts: dict[int, dict[str, FoundFolder]] = {number: {} for number in PARTS}
        for name, one in self.found.items():
            parts[part_number(name)][name] = one
        for number, inner in parts.items():
            before = self._parts[number]
            if inner != before.folders or (inner and not before.mark):
                now = FoundPart(self._mark(inner, known=True), inner)
                if now != before:
                    self._recall.keep(_SORT, f"{self._base}\0{number}", b"", now)

    def _kept(self, number: int) -> FoundPart:
        return self._recall.latest(_SORT, f"{self._base}\0{number}", b"", FoundPart) or FoundPart()

    def _mark(self, some: Mapping[str, FoundFolder], *, known: bool = False) -> bytes:
        """What the file system says now of some folders; nothing where one is gone, or is no more what it is `known` for."""
        told: list[os.stat_result] = []
        try:
            for name, one in some.items():
                said = _said(self._path(name), one.pages)
                if known and one.mark != digest(stamp_of_all(said)):
                    return b""
                told += said
        except OSError:
            return b""
        return digest("\0".join(some), stamp_of_all(told))

    def _path(self, name: str) -> str:
        return f"{self._base}{name}".replace("/", os.sep)


_SORT = "documents"


def _look_into(path: str, now: int) -> FoundFolder:
    """What a folder holds at a time, in nanoseconds; what the file system says of it is asked first."""
    before = looker()(path)
    inner: list[str] = []
    files: list[str] = []
    plain = not stat.S_ISLNK(before.st_mode)
    with os.scandir(path) as listed:
        for one in listed:
            if left_behind(one.name):
                continue
            plain = plain and not one.is_symlink()
            if one.is_dir(follow_symlinks=False):
                inner.append(one.name)
            elif one.is_file():
                files.append(one.name)
    pages = [name for name in files if name.endswith(_PAGE)]
    seen = dict(zip(pages, look_inside(path, pages), strict=True))
    some = tuple(_papers(path, files))
    pages = _pages(some)
    told = before, *(seen[name] for name in pages)
    mark = digest(stamp_of_all(told)) if plain and all(left_alone(one, now) for one in told) else b""
    # Whatever the names are: one that is no text cannot be packed in another way.
    packed = marshal.dumps(
        tuple((paper.title, tuple(file.name for file in paper.files)) for paper in some), PLAIN
    )
    return FoundFolder(
        mark=mark,
        inner=tuple(sorted(inner)),
        pages=tuple(pages),
        packed=packed,
        told=digest(packed) if some else b"",
        wording=file_digest(f"{path}{os.sep}{_WORDING}") if _WORDING in files else b"",
    )


def _mark(path: str, pages: Iterable[str]) -> bytes:
    """What the file system says now of a folder in which these pages were found; nothing where one is gone."""
    try:
        return digest(stamp_of_all(_said(path, pages)))
    except OSError:
        return b""


def _said(path: str, pages: Iterable[str]) -> list[os.stat_result]:
    return [looker()(path), *look_inside(path, pages)]


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
        taken = tuple(_file(f"{stem}.{one}") for one in TAKEN_ALONG if one in forms[stem])
        yield PaperForms(title=_called(stem, titles), files=taken)


def _file(name: str) -> SiteFile:
    return SiteFile(name=name, form=TAKEN_ALONG[name.rpartition(".")[2]])


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


def papers_of(some: Mapping[str, FoundFolder]) -> Mapping[str, tuple[PaperForms, ...]]:
    """The documents of each folder."""
    return Derived(lambda name: some[name].papers, {name: one.told for name, one in some.items()})


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
