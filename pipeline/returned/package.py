"""A Word file opened with care: its parts by relationship and content type, within bounds of size, depth and number.

Whoever sends a file decides how its zip is made. What it claims to hold is not believed: every part is inflated up
to a bound, its elements are counted before a tree is built of them, and whatever is damaged is refused with a reason.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from io import BytesIO
from posixpath import join, normpath
from typing import Literal
from urllib.parse import unquote
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from pipeline.kernel.structs import Struct
from pipeline.returned.bare import DAMAGED
from pipeline.returned.xml import INFLATED, Budget, UnreadableError, parsed

MAIN = "document.main"
KINDS = (MAIN, "header", "footer", "footnotes", "endnotes", "comments", "glossary")
"""What parts with text are: the middle of their content types."""
_RELATED = {"header", "footer", "footnotes", "endnotes", "comments"}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAINS = frozenset(
    {
        f"{_WORD}{MAIN}+xml",
        f"{_WORD}template.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    }
)
_OTHERS = {"spreadsheetml": "Excel 工作簿", "presentationml": "演示文稿", "ms-excel": "Excel 工作簿"}
_TYPES = "[Content_Types].xml"
_TYPED = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PROPERTY = "{http://purl.org/dc/elements/1.1/}"
_OLD = b"\xd0\xcf\x11\xe0"
"""How files of the old format begin, and new ones with a password."""
_MEMBERS = 4_000
_END = struct.Struct("<4s4H2IH")
"""The record of the end: the list's number of parts, its length, and where it begins."""
_STEP = 1024 * 1024
_DESCRIBED = b"PK\x07\x08"
_MOST, _MOST_XML = 64 * 1024 * 1024, 20 * 1024 * 1024
"""Bytes of a part after inflating, at most: a small file must not fill the memory."""


class Relation(Struct, frozen=True, kw_only=True):
    """A relationship: its id, the last word of its type, the part it leads to or, if `external`, an address."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """A Word file opened for reading; raises `UnreadableError`."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(content))
        except DAMAGED as error:
            kind = "旧格式（.doc）或加了密码" if content.startswith(_OLD) else "别的文件，或者没有收全"
            message = f"不是完好的 Word 文件（.docx），是{kind}；请在 Word 里另存为不加密的 .docx"
            raise UnreadableError(message) from error
        self._content = content
        self._members = self._listed()
        self._spelled = {name.casefold(): name for name in self._members}
        self._budget = Budget()
        self._trees: dict[str, Element] = {}
        self._relations: dict[str, tuple[Relation, ...]] = {}
        if not self._has(_TYPES):
            raise UnreadableError(f"不是 Word 文件：缺少 {_TYPES}")

    def _listed(self) -> Mapping[str, ZipInfo]:
        """The members by the names that other programs read them under."""
        infos = [one for one in self._zip.infolist() if not one.filename.endswith(("/", "\\"))]
        if len(infos) > _MEMBERS:
            raise UnreadableError(f"压缩包里有 {len(infos)} 个部分，太多了")
        if len({_plain(one.filename).casefold() for one in infos}) != len(infos):
            raise UnreadableError("压缩包里有两个同名的部分，各个程序打开的会不是同一个")
        return {_plain(one.filename): one for one in infos}

    @property
    def lies_alone(self) -> bool:
        """Whether every program finds these parts and no others: no byte of the file is left over for anything else.

        Nothing lies before, behind, between or inside the parts, and there is one list of them, to which the end points.
        Raises `UnreadableError` for parts too large to look into.
        """
        self._demand_bounds()
        at = 0
        for info in sorted(self._zip.infolist(), key=lambda one: one.header_offset):
            if info.header_offset != at:
                return False
            names = struct.unpack("<HH", self._content[at + 26 : at + 30])
            # The local header is read by hand: two programs may disagree about a file whose list and parts do not match.
            start = at + 30 + sum(names)
            at = start + info.compress_size
            if not _fills(info, self._content[start:at]):
                return False
            described = self._content[at : at + 4] == _DESCRIBED
            if described and self._content[at + 4 : at + 16] != _sizes(info):
                return False
            at += 16 if described else 0
        return at == self._zip.start_dir and self._ends_with_one_list(at)

    def _demand_bounds(self) -> None:
        """Refuse what would fill the memory, whether or not anybody reads those parts."""
        sizes = [info.file_size for info in self._zip.infolist()]
        if sum(sizes) > INFLATED or max(sizes, default=0) > _MOST:
            raise UnreadableError(
                f"文件展开后过大，超过 {INFLATED >> 20} MB，或者一个部分超过 {_MOST >> 20} MB"
            )

    def _ends_with_one_list(self, at: int) -> bool:
        """Whether the list of the parts begins at a place, reaches to the end, and the end says just that.

        Some programs believe a second record of the end, for files of more than four gigabytes, and some do not.
        """
        end, count = len(self._content) - _END.size, len(self._zip.infolist())
        said = _END.unpack(self._content[end:])
        return said == (b"PK\x05\x06", 0, 0, count, count, end - at, at, 0)

    @cached_property
    def types(self) -> Mapping[str, str]:
        """The content type of each part: its own, or that of its ending."""
        root = self.tree(self._spelled[_TYPES.casefold()])
        declared = {
            _plain(one.get("PartName", "")).casefold(): one.get("ContentType", "")
            for one in root.iter(f"{_TYPED}Override")
        }
        usual = {
            one.get("Extension", "").casefold(): one.get("ContentType", "")
            for one in root.iter(f"{_TYPED}Default")
        }
        return {
            name: declared.get(name.casefold(), usual.get(name.rpartition(".")[2].casefold(), ""))
            for name in self._members
        }

    @cached_property
    def main(self) -> str:
        """The part that holds the text: what the package's relationship leads to."""
        led = [one.target for one in self.relations("") if one.kind == "officeDocument" and not one.external]
        typed = [name for name, kind in self.types.items() if kind in _MAINS and name != _TYPES]
        found = next((name for name in (*led, "word/document.xml", *typed) if self._has(name)), "")
        if not found:
            raise UnreadableError("不是 Word 文件：缺少正文")
        found = self._spelled[found.casefold()]
        other = next((said for word, said in _OTHERS.items() if word in self.types[found]), "")
        if other:
            raise UnreadableError(f"不是 Word 文件，是{other}")
        return found

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """Every part with text a person may read and its kind, by content type or relationship; the main part first."""
        found = {self.main: MAIN}
        typed = {f"{_WORD}{kind}+xml": kind for kind in KINDS} | {f"{_WORD}document.glossary+xml": "glossary"}
        related = {one.target: one.kind for one in self.relations(self.main) if one.kind in _RELATED}
        for name in sorted(self._members):
            kind = typed.get(self.types[name]) or related.get(name)
            if kind and kind != MAIN and name not in found:
                found[name] = kind
        return dict(sorted(found.items(), key=lambda pair: (pair[0] != self.main, KINDS.index(pair[1]))))

    def texts(self) -> Iterator[tuple[str, str, Element]]:
        """Name, kind and root of every part that holds text a person may read, the main part first."""
        for name, kind in self.kinds.items():
            yield name, kind, self.tree(name)

    def names(self) -> tuple[str, ...]:
        """The names of all parts, in order."""
        return tuple(sorted(self._members))

    def content(self, name: str) -> bytes:
        """A part as it is."""
        return self._bytes(name, _MOST)

    def tree(self, name: str) -> Element:
        """The root of a part that is XML; it is shared by everybody who asks, so nobody may change it."""
        if name not in self._trees:
            self._trees[name] = parsed(self._bytes(name, _MOST_XML), name, self._budget)
        return self._trees[name]

    def relations(self, part: str) -> tuple[Relation, ...]:
        """What a part leads to (the package itself: ""), in the file's order."""
        if part not in self._relations:
            self._relations[part] = tuple(self._related(part))
        return self._relations[part]

    def _related(self, part: str) -> Iterator[Relation]:
        folder, _, name = part.rpartition("/")
        listed = self._spelled.get(join(folder, "_rels", f"{name}.rels").casefold())
        if listed is not None:
            yield from (self._relation(one, folder) for one in self.tree(listed).iter(_RELATIONSHIP))

    def _relation(self, element: Element, base: str) -> Relation:
        said, external = element.get("Target", ""), element.get("TargetMode") == "External"
        kind = element.get("Type", "").rpartition("/")[2]
        target = said if external else self._led(base, said.replace("\\", "/"))
        return Relation(id=element.get("Id", ""), kind=kind, target=target, external=external)

    def _led(self, base: str, target: str) -> str:
        path = normpath(target.lstrip("/") if target.startswith("/") else join(base, target))
        return self._spelled.get(path.casefold()) or self._spelled.get(unquote(path).casefold(), path)

    def related(self, kind: str, part: str = "") -> str:
        """The part of a kind that another leads to (the main part where none is named), "" where there is none."""
        found = (one.target for one in self.relations(part or self.main) if one.kind == kind)
        return next((name for name in found if name in self._members), "")

    def said(self, name: Literal["title", "subject"]) -> str:
        """One of the document's properties; the number of an agreement is its subject."""
        found = (one.target for one in self.relations("") if one.kind == "core-properties")
        part = next((path for path in found if path in self._members), "")
        return (self.tree(part).findtext(f"{_PROPERTY}{name}") or "") if part else ""

    def charts(self) -> Iterator[Element]:
        """The root of each chart, in the order in which the main part calls for them."""
        targets = {one.id: one.target for one in self.relations(self.main) if one.kind == "chart"}
        for place in self.tree(self.main).iter(_CHART) if targets else ():
            part = targets.get(place.get(_RELATION, ""), "")
            if part not in self._members:
                raise UnreadableError(f"图表缺少数据：{part}")
            yield self.tree(part)

    def _has(self, name: str) -> bool:
        return name.casefold() in self._spelled

    def _bytes(self, name: str, most: int) -> bytes:
        info = self._members[name]
        # Other methods are read by Python and not by Word: the two would see different files.
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise UnreadableError(f"{name} 用了 Word 不用的压缩方式")
        if info.file_size > most:
            raise UnreadableError(f"{name} 展开后过大，超过 {most >> 20} MB")
        self._budget.inflated(info.file_size)
        try:
            with self._zip.open(info) as member:
                # No more than asked for, whatever size the list claims.
                return member.read(most)
        except DAMAGED as error:
            raise UnreadableError(f"{name} 已损坏：{error}") from error


def _fills(info: ZipInfo, packed: bytes) -> bool:
    """Whether a part's packed bytes are the part and nothing behind it."""
    if info.compress_type == ZIP_STORED:
        return info.compress_size == info.file_size == len(packed)
    inflater, inflated = zlib.decompressobj(-zlib.MAX_WBITS), 0
    try:
        while packed and not inflater.eof and inflated <= info.file_size:
            inflated += len(inflater.decompress(packed, _STEP))
            packed = inflater.unconsumed_tail
    except zlib.error:
        return False
    return inflater.eof and not inflater.unused_data and inflated == info.file_size


def _sizes(info: ZipInfo) -> bytes:
    """Check sum and sizes, as they follow a part that was written before they were known."""
    return struct.pack("<3I", info.CRC, info.compress_size, info.file_size)


def _plain(name: str) -> str:
    """A part's name as the package means it: some programs write backslashes, or a slash in front."""
    return normpath(name.replace("\\", "/").lstrip("/"))
