"""The package around a Word file's text: every part is compared, or known to print nothing, or named.

Word follows relationships, not names: what is compared must be what they lead to.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from posixpath import dirname, join, normpath
from xml.etree.ElementTree import Element

from pipeline.returned.parts import Package, parsed

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PRINTED = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml\Z")
_QUIET = re.compile(
    r"(?:\[Content_Types\]\.xml|.*\.rels|docProps/(?:(?:core|app|custom)\.xml|thumbnail\.\w+)"
    r"|word/(?:styles|stylesWithEffects|settings|fontTable|webSettings|numbering|theme/theme\d*)\.xml"
    r"|customXml/(?:item|itemProps)\d*\.xml)\Z"
)
"""Parts that print nothing themselves; styles and themes are looked at elsewhere."""

_KINDS = {
    "officeDocument": _PRINTED,
    "header": _PRINTED,
    "footer": _PRINTED,
    "footnotes": _PRINTED,
    "endnotes": _PRINTED,
    "image": re.compile(r"word/media/[^/]+\Z"),
    "thumbnail": _QUIET,
    **dict.fromkeys(
        (
            "styles",
            "stylesWithEffects",
            "settings",
            "fontTable",
            "webSettings",
            "numbering",
            "theme",
            "core-properties",
            "extended-properties",
            "custom-properties",
            "customXml",
            "customXmlProps",
        ),
        _QUIET,
    ),
}
"""The last word of a relationship's type → what it may lead to."""


def unjudged(content: bytes, images: Collection[str]) -> Iterator[str]:
    """What in a file's package nobody compares and may print, do or hide something; Chinese, one a sentence.

    `images` are the SHA-256 digests of the pictures that may stand in it. Raises `package.UnreadableError`.
    """
    package = Package(content)
    compared = {name for name, _, _ in package.texts()}
    if not package.lies_alone:
        yield "压缩包前后还有别的内容"
    parts = {name: package.content(name) for name in package.names() if not name.endswith("/")}
    for name, part in parts.items():
        if name not in compared and not _QUIET.match(name) and not _approved(name, part, images):
            yield name
    used: set[str] = set()
    for name, part in parts.items():
        if name.endswith(".rels"):
            yield from _relations(name, parsed(part, name), used, parts)
    yield from (f"{name} 没有被正文用到" for name in sorted(compared - used))
    yield from _references(parts)


def approved_pictures(package: Package, name: str, images: Collection[str]) -> frozenset[str]:
    """The relationship ids by which a part calls for approved images; `images` are SHA-256 digests."""
    relations = f"{dirname(name)}/_rels/{name.rpartition('/')[2]}.rels"
    if relations not in package.names():
        return frozenset()
    found = set()
    for one in parsed(package.content(relations), relations).iter(_RELATIONSHIP):
        path = normpath(join(dirname(name), one.get("Target", "")))
        if path in package.names() and _approved(path, package.content(path), images):
            found.add(one.get("Id", ""))
    return frozenset(found)


def _approved(name: str, part: bytes, images: Collection[str]) -> bool:
    return bool(_KINDS["image"].match(name)) and hashlib.sha256(part).hexdigest() in images


def _relations(name: str, root: Element, used: set[str], parts: Mapping[str, bytes]) -> Iterator[str]:
    """Relationships that lead out of the file, to nothing, or to a part that is not of their kind."""
    base = dirname(dirname(name))
    mains = 0
    for one in root.iter(_RELATIONSHIP):
        kind, target = one.get("Type", "").rpartition("/")[2], one.get("Target", "")
        if one.get("TargetMode") == "External":
            yield f"{name} 链接到文件以外的“{target[:60]}”"
            continue
        path = normpath(target.lstrip("/") if target.startswith("/") else join(base, target))
        allowed = _KINDS.get(kind)
        if allowed is None or not allowed.match(path) or path not in parts:
            yield f"{name} 里有核验不了的关系：{kind}“{target[:60]}”"
        used.add(path)
        mains += kind == "officeDocument"
    if name == "_rels/.rels" and mains != 1:
        yield f"{name} 指着 {mains} 个正文"


def _references(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Headers and footers that the sections call for and the package does not have under that name."""
    relations = parts.get("word/_rels/document.xml.rels", b"<none/>")
    targets = {
        one.get("Id"): one.get("Type", "").rpartition("/")[2]
        for one in parsed(relations, "document.xml.rels").iter(_RELATIONSHIP)
    }
    for one in parsed(parts.get("word/document.xml", b"<none/>"), "document.xml").iter():
        kind = one.tag.rpartition("}")[2].removesuffix("Reference")
        if kind in ("header", "footer") and targets.get(one.get(_ID)) != kind:
            yield "word/document.xml 引用的页眉或页脚不在文件里"
