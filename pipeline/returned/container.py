"""The package around a Word file's text: every part is compared, or known to print nothing, or named.

Word follows relationships, not names: what is compared must be what they lead to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator

from pipeline.returned.package import MAIN, Package

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RUNNING = ("header", "footer")
_TEXTS = {
    "officeDocument": MAIN,
    "header": "header",
    "footer": "footer",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
}
"""The last word of a relationship's type → what kind of text it must lead to."""
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "application/vnd.openxmlformats-officedocument."
_QUIET = {
    "styles": f"{_WORD}styles+xml",
    "stylesWithEffects": "application/vnd.ms-word.stylesWithEffects+xml",
    "settings": f"{_WORD}settings+xml",
    "fontTable": f"{_WORD}fontTable+xml",
    "webSettings": f"{_WORD}webSettings+xml",
    "numbering": f"{_WORD}numbering+xml",
    "theme": f"{_OFFICE}theme+xml",
    "core-properties": "application/vnd.openxmlformats-package.core-properties+xml",
    "extended-properties": f"{_OFFICE}extended-properties+xml",
    "custom-properties": f"{_OFFICE}custom-properties+xml",
    "customXmlProps": f"{_OFFICE}customXmlProperties+xml",
    "customXml": "application/xml",
}
"""The last word of a relationship's type → the content type of a part that prints nothing by itself."""


def unjudged(package: Package, images: Collection[str]) -> Iterator[str]:
    """What in a file's package nobody compares and may print, do or hide something; Chinese, one a sentence.

    `images` are the SHA-256 digests of the pictures that may stand in it. Raises `xml.UnreadableError`.
    """
    if not package.lies_alone:
        yield "压缩包前后或中间还有别的内容"
    relations = [name for name in package.names() if name.endswith(".rels")]
    used: set[str] = set()
    for name in relations:
        folder, _, base = name.rpartition("_rels/")
        yield from _relations(package, f"{folder}{base.removesuffix('.rels')}", used, images)
    listed = {*relations, "[Content_Types].xml"}
    for name in package.names():
        if name not in used and name not in listed:
            yield f"{name} 没有被正文用到" if name in package.kinds else name
    yield from _references(package)


def approved_pictures(package: Package, name: str, images: Collection[str]) -> frozenset[str]:
    """The relationship ids by which a part calls for approved images; `images` are SHA-256 digests."""
    led = (one for one in package.relations(name) if one.kind == "image" and not one.external)
    return frozenset(one.id for one in led if _approved(package, one.target, images))


def _approved(package: Package, name: str, images: Collection[str]) -> bool:
    known = bool(images) and name in package.names()
    return known and hashlib.sha256(package.content(name)).hexdigest() in images


def _relations(package: Package, part: str, used: set[str], images: Collection[str]) -> Iterator[str]:
    """Relationships that lead out of the file, to nothing, or to a part that is not of their kind."""
    called = f"{part} 的关系" if part else "文件的关系"
    led = package.relations(part)
    for one in led:
        if one.external:
            yield f"{called}链接到文件以外的“{one.target[:60]}”"
        elif one.target not in package.types or not _fits(package, one.kind, one.target, images):
            yield f"{called}里有核验不了的一条：{one.kind}“{one.target[:60]}”"
        used.add(one.target)
    mains = sum(one.kind == "officeDocument" for one in led)
    if not part and mains != 1:
        yield f"{called}指着 {mains} 个正文"


def _fits(package: Package, kind: str, target: str, images: Collection[str]) -> bool:
    """Whether a part is what the relationship to it says, and is compared, prints nothing, or was approved."""
    if kind == "image":
        return _approved(package, target, images)
    if kind == "thumbnail":
        return package.types[target].startswith("image/")
    if kind in _TEXTS:
        return package.kinds.get(target) == _TEXTS[kind]
    return kind in _QUIET and package.types[target] in (_QUIET[kind], _QUIET["customXml"])


def _references(package: Package) -> Iterator[str]:
    """Headers and footers that the sections call for and the package does not have, and those that none calls for."""
    targets = {one.id: one for one in package.relations(package.main) if one.kind in _RUNNING}
    called: set[str] = set()
    for one in package.tree(package.main).iter():
        kind = one.tag.rpartition("}")[2].removesuffix("Reference")
        led = targets.get(one.get(_ID, "")) if kind in _RUNNING else None
        if led is not None and led.kind == kind:
            called.add(led.target)
        elif kind in _RUNNING:
            yield "正文引用的页眉或页脚不在文件里"
    yield from (f"{one.target} 没有印在任何一页上" for one in targets.values() if one.target not in called)
