"""A rendered part into the bytes of the part: what docxtpl and python-docx do after rendering.

docxtpl walks every part with regular expressions for line ends and tabs, and parses it to mend tables and
picture ids. Where a text gives these nothing to do, the result is known: the same text as an XML library
would write it. That way is taken here, and docxtpl's own functions wherever there is something to do; they are
loaded with the first text of that kind.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_UNDONE = (("\n<w:p ", "<w:p "), ("\n<w:p>", "<w:p>"))
_MARKS = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
_WRITTEN = (
    ("&#34;", '"'),
    ("&#39;", "'"),
    ("&#95;", "_"),
    ('<w:t xml:space="preserve"></w:t>', '<w:t xml:space="preserve"/>'),
    ("<w:t></w:t>", "<w:t/>"),
)
_LISTED = "\n\t\a\f"


def even(body: Any) -> bool:
    """Whether every row of every table in a layout's body has the cells that the table's grid has.

    Then no data can make a table uneven, and there is nothing for docxtpl to mend.
    """
    for table in body.iter(_W + "tbl"):
        columns = len(table.findall(f"{_W}tblGrid/{_W}gridCol"))
        for row in table.iterfind(_W + "tr"):
            text = "".join(row.itertext(_W + "t"))
            spans = next(row.iter(_W + "gridSpan"), None)
            if len(row.findall(_W + "tc")) != columns or spans is not None or _reshapes(text):
                return False
    return True


def _reshapes(text: str) -> bool:
    """Whether tags in a row repeat, merge or span cells."""
    return any(mark in text for mark in ("{%tc", "{{tc", "colspan", "{% hm", "{%hm"))


class NoXmlError(Exception):
    """The outcome is not XML; the message is the parser's."""


def finish(xml: str, shell: tuple[str, str], *, simple: bool) -> bytes:
    """The part's bytes; `shell` is the XML around a body, `simple` the answer of `even`.

    Raises `NoXmlError`; on the quick way the reader finds that.
    """
    for mark, meant in (*_UNDONE, *_MARKS):
        xml = xml.replace(mark, meant)
    # docxtpl's walk is needed where a value has line ends or tabs, which become elements of Word.
    if any(mark in xml for mark in _LISTED):
        xml = _docxtpl().resolve_listing(xml)
    whole = xml.join(shell)
    if (simple or "<w:tbl>" not in whole) and "docPr" not in whole and "</w:tblGrid></w:tbl>" not in whole:
        for mark, meant in _WRITTEN:
            whole = whole.replace(mark, meant)
        return (_DECLARATION + whole).encode()
    return _mended(whole)


def _mended(whole: str) -> bytes:
    """A part of which docxtpl mends the tables and counts the pictures."""
    from lxml import etree

    try:
        etree.fromstring(whole)  # docxtpl's parser would mend broken XML without a word
    except etree.XMLSyntaxError as error:
        raise NoXmlError(str(error)) from error
    word = _docxtpl()
    tree = word.fix_tables(whole)
    # Where docxtpl begins counting pictures' ids: left to run on, two builds of one text would differ.
    word.docx_ids_index = 1000
    word.fix_docpr_ids(tree)
    return bytes(etree.tostring(tree, encoding="UTF-8", standalone=True))


def _docxtpl() -> Any:
    from docxtpl import DocxTemplate

    return DocxTemplate(BytesIO())
