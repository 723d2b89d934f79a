"""Whatever a Word file looks like comes from its styles: code leaves no formatting of its own in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from tests.output.sample_papers import EVERY, papers

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALLOWED = {
    "pPr": {"pStyle", "sectPr"},
    "rPr": {"rStyle"},
    "tblPr": {"tblStyle", "tblW", "tblLayout", "tblLook", "tblCaption", "jc"},
    "trPr": {"cantSplit", "tblHeader", "trHeight"},
    "tcPr": {"tcW", "tcMar", "gridSpan", "vMerge", "textDirection"},
}
"""What may stand in the properties of paragraphs, runs, tables, rows and cells: styles, and the ruling of a table."""


def trees(content: bytes) -> Iterator[tuple[str, ElementTree.Element]]:
    with ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            if re.match(r"word/(document|header\d*|footer\d*)\.xml\Z", name):
                yield name, ElementTree.fromstring(package.read(name))


def styles(content: bytes) -> set[str]:
    with ZipFile(BytesIO(content)) as package:
        root = ElementTree.fromstring(package.read("word/styles.xml"))
    return {style.get(f"{W}styleId", "") for style in root.iter(f"{W}style")}


@pytest.mark.parametrize("kind", EVERY)
def test_no_look_is_set_beside_the_styles(kind: str) -> None:
    if kind not in papers():
        pytest.skip("the sample college has no such record")
    content = papers()[kind].word
    for name, tree in trees(content):
        for properties, allowed in ALLOWED.items():
            found = {child.tag.removeprefix(W) for one in tree.iter(W + properties) for child in one}
            assert found <= allowed, (name, properties, found - allowed)


@pytest.mark.parametrize("kind", EVERY)
def test_every_style_that_is_named_is_there(kind: str) -> None:
    if kind not in papers():
        pytest.skip("the sample college has no such record")
    content, known = papers()[kind].word, styles(papers()[kind].word)
    named = {
        one.get(f"{W}val")
        for _, tree in trees(content)
        for tag in ("pStyle", "rStyle", "tblStyle")
        for one in tree.iter(W + tag)
    }
    assert named and named <= known
