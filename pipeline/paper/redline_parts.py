"""The charts of a redline: those of the first file join the second's package, so that rejecting brings them back."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from pipeline.paper.attach import RELATIONS, TYPES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
DIGEST = "digest"
"""Set on each drawing while two files are compared: two drawings are one where they show the same."""
_BEFORE = "before-"
_APART = 10_000
"""Added to the numbers of the first file's drawings: each number may stand once."""

Parts = dict[str, bytes]


def known(tree: etree._Element, parts: Parts) -> None:
    """Write on each drawing what it shows."""
    targets = _targets(parts)
    for drawing in tree.iter(W + "drawing"):
        names = [targets.get(one.get(_ID, ""), "") for one in drawing.iter(_CHART)]
        shown = b"".join(parts.get(name, b"") for name in names) or etree.tostring(drawing)
        drawing.set(DIGEST, hashlib.sha256(shown).hexdigest())


def forgotten(tree: etree._Element) -> None:
    """Take off again what `known` wrote."""
    for drawing in tree.iter(W + "drawing"):
        drawing.attrib.pop(DIGEST, None)


def joined(tree: etree._Element, old: Parts, new: Parts) -> Parts:
    """The second file's parts with the first one's charts under names of their own; `tree`, the first text, calls them so."""
    made, relations, types = dict(new), "", ""
    for ident, name in _targets(old).items():
        if not name.startswith("word/charts/") or name not in old:
            continue
        kept = _renamed(name)
        made[kept] = old[name]
        made |= dict(_around(name, old))
        relations += f'<Relationship Id="{_BEFORE}{ident}" Type="{_type(old, ident)}" Target="{kept[5:]}"/>'
        types += f'<Override PartName="/{kept}" ContentType="{_content_type(old, name)}"/>'
    for chart in tree.iter(_CHART):
        chart.set(_ID, _BEFORE + chart.get(_ID, ""))
    for drawn in tree.iter(_DRAWN):
        drawn.set("id", str(int(drawn.get("id", "0")) + _APART))
    if relations:
        made[RELATIONS] = made[RELATIONS].replace(
            b"</Relationships>", f"{relations}</Relationships>".encode()
        )
        if b'Extension="xlsx"' not in made[TYPES]:
            default = re.search(rb'<Default Extension="xlsx"[^>]*>', old[TYPES])
            types = (default[0].decode() if default else "") + types
        made[TYPES] = made[TYPES].replace(b"</Types>", f"{types}</Types>".encode())
    return made


def _around(name: str, old: Parts) -> Iterator[tuple[str, bytes]]:
    """A chart's own list of relations and the workbook behind it, renamed alike."""
    folder, _, last = name.rpartition("/")
    listed = f"{folder}/_rels/{last}.rels"
    if listed not in old:
        return
    text = old[listed].decode()
    for target in re.findall(r'Target="([^"]+)"', text):
        part = posixpath.normpath(posixpath.join(folder, target))
        if part in old:
            yield _renamed(part), old[part]
            text = text.replace(f'Target="{target}"', f'Target="{_renamed(target)}"')
    yield f"{folder}/_rels/{_BEFORE}{last}.rels", text.encode()


def _renamed(name: str) -> str:
    folder, slash, last = name.rpartition("/")
    return f"{folder}{slash}{_BEFORE}{last}"


def _targets(parts: Parts) -> dict[str, str]:
    """Relation → part of the main text."""
    text = parts.get(RELATIONS, b"").decode()
    found = (dict(re.findall(r'(\w+)="([^"]*)"', one)) for one in re.findall(r"<Relationship [^>]*>", text))
    return {one.get("Id", ""): f"word/{one.get('Target', '')}" for one in found}


def _type(parts: Parts, ident: str) -> str:
    found = re.search(rf'<Relationship [^>]*Id="{re.escape(ident)}"[^>]*>', parts[RELATIONS].decode())
    kind = re.search(r'Type="([^"]*)"', found[0]) if found else None
    return kind[1] if kind else ""


def _content_type(parts: Parts, name: str) -> str:
    found = re.search(
        rf'<Override PartName="/{re.escape(name)}" ContentType="([^"]*)"', parts[TYPES].decode()
    )
    return found[1] if found else ""
