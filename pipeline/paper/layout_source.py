"""A Word layout opened: the templates inside its parts, made ready by docxtpl's own functions.

They are loaded with the first layout that is opened: mostly what one holds is known from the time before.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import Struct
from pipeline.paper.archive import Packed, pack
from pipeline.paper.attach import RELATIONS, TYPES
from pipeline.paper.finish import even
from pipeline.paper.layout_error import LayoutError, LayoutFault, pass_on_shortage

BODY = "word/document.xml"
CORE = "docProps/core.xml"

_PARAGRAPH = late(r"<w:p([ >])")
_BODY_TAG = late(r"<w:body[^>]*>")
_FIRST = ("[Content_Types].xml", "_rels/.rels", CORE, BODY)

_CORE_TEMPLATE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{{ title }}</dc:title><dc:subject>{{ number }}</dc:subject><dc:creator>coop</dc:creator>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">2020-01-01T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">2020-01-01T00:00:00Z</dcterms:modified>'
    "</cp:coreProperties>"
)


PlainSource = tuple[
    dict[str, str], tuple[tuple[str, int, int, bytes], ...], dict[str, str], tuple[str, str], bool
]
"""What a layout holds, in the order of the fields of `LayoutSource`."""


class LayoutSource(Struct, frozen=True, kw_only=True):
    """What a layout holds: `templates` by part, `parts` deflated in writing order, `shell` around the body.

    `lists` are the two parts that name all others (charts are added to them). The shell is the XML of the main part before and after its body, which docxtpl renders alone; `simple`
    tells that no data can make its tables uneven.
    """

    templates: dict[str, str]
    parts: tuple[Packed, ...]
    lists: dict[str, str]
    shell: tuple[str, str]
    simple: bool

    def plain(self) -> PlainSource:
        """The same as plain values, as they are kept for the next process."""
        parts = tuple((one.name, one.crc, one.size, one.deflated) for one in self.parts)
        return self.templates, parts, self.lists, self.shell, self.simple

    @classmethod
    def of(cls, plain: PlainSource) -> LayoutSource:
        """What was kept."""
        templates, parts, lists, shell, simple = plain
        packed = tuple(
            Packed(name=name, crc=crc, size=size, deflated=deflated) for name, crc, size, deflated in parts
        )
        return cls(templates=templates, parts=packed, lists=lists, shell=shell, simple=simple)


def read(content: bytes, name: str) -> LayoutSource:
    """Open a layout; raises `LayoutError` where it is not a whole Word file."""
    from docxtpl import DocxTemplate
    from lxml import etree

    try:
        word = DocxTemplate(BytesIO(content))
        word.render_init()
        parts = _parts(content)
    except (BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        pass_on_shortage(error)
        fault = LayoutFault(part="文件", near="", message=f"不是完好的 Word 文件（.docx）：{error}")
        raise LayoutError(name, [fault]) from error
    missing = {BODY, CORE} - {part.name for part in parts}
    if missing:
        raise LayoutError(
            name, [LayoutFault(part=part, near="", message="缺少这一部分") for part in sorted(missing)]
        )
    return LayoutSource(
        templates=dict(_templates(word)),
        parts=parts,
        lists=_lists(content),
        shell=_shell(word),
        simple=even(word.docx.element),
    )


def _parts(content: bytes) -> tuple[Packed, ...]:
    """All parts, deflated once, in an order that no zip program decides."""
    with ZipFile(BytesIO(content)) as package:
        names = [info.filename for info in package.infolist() if not info.is_dir()]
        names.sort(key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
        return tuple(pack(name, package.read(name)) for name in names)


def _lists(content: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in (TYPES, RELATIONS)}


def _templates(word: Any) -> Iterator[tuple[str, str]]:
    """Each part that may hold tags, patched as docxtpl does before it renders."""
    yield BODY, _lines(_BODY_TAG.sub("<w:body>", word.patch_xml(word.get_xml()), count=1))
    for uri in (word.HEADER_URI, word.FOOTER_URI):
        for _, part in word.get_headers_footers(uri):
            yield str(part.partname).lstrip("/"), _lines(word.patch_xml(word.get_part_xml(part)))
    # docxtpl escapes properties twice and lets a layout's author and dates through: this one is ours.
    yield CORE, _CORE_TEMPLATE


def _lines(xml: str) -> str:
    """One paragraph a line, as docxtpl does, so that an error's line number names a paragraph."""
    return _PARAGRAPH.sub(r"\n<w:p\1", xml)


def _shell(word: Any) -> tuple[str, str]:
    whole = word.xml_to_string(word.docx.element)
    before, _, rest = whole.partition("<w:body>")
    return before, rest.rpartition("</w:body>")[2]
