"""Text of a final Word file where programs do not agree whether it is shown, or which letters it is."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.approval.word_attacks import (
    DOCUMENT,
    SENTENCE,
    Parts,
    around,
    changed,
    paragraph,
    replaced,
    run_of,
)

_STRICT = 'xmlns:s="http://purl.oclc.org/ooxml/wordprocessingml/main"'
_VOID = "<w:p><w:r><w:t>作废</w:t></w:r></w:p>"


def rewritten(change: Callable[[str], str]) -> Callable[[Parts], Parts]:
    """The sentence's run written otherwise."""
    return lambda parts: changed(parts, DOCUMENT, run_of(parts), change(run_of(parts)))


def declared(encoding: str, name: str = DOCUMENT) -> Callable[[Parts], Parts]:
    """A part that says to be in another encoding than it is."""
    return lambda parts: {**parts, name: parts[name].replace(b"UTF-8", encoding.encode(), 1)}


PLACES: dict[str, Callable[[Parts], Parts]] = {
    "text in no run": rewritten(lambda run: re.sub("</?w:r>", "", run)),
    "text among the properties of its run": rewritten(
        lambda run: run.replace("<w:r>", "<w:r><w:rPr>").replace("</w:r>", "</w:rPr></w:r>")
    ),
    "a run inside a text": replaced(SENTENCE, f"{SENTENCE}<w:r><w:t>作废</w:t></w:r>"),
    "a paragraph in a row and in no cell": replaced("</w:tr>", f"{_VOID}</w:tr>"),
    "a paragraph among the columns of a table": replaced("</w:tblGrid>", f"{_VOID}</w:tblGrid>"),
    "a paragraph among the properties of another": paragraph(_VOID),
    "a paragraph in a section": replaced("</w:sectPr>", f"{_VOID}</w:sectPr>"),
    "a sentence in a bookmark's mark": around('<w:bookmarkStart w:id="9" w:name="x">', "</w:bookmarkStart>"),
    "a sentence in a permission's mark": around('<w:permStart w:id="9">', "</w:permStart>"),
    "a sentence in a speller's mark": around('<w:proofErr w:type="spellStart">', "</w:proofErr>"),
    "a sentence in a page's mark": rewritten(
        lambda run: run.replace("<w:t", "<w:lastRenderedPageBreak><w:t", 1).replace(
            "</w:t>", "</w:t></w:lastRenderedPageBreak>", 1
        )
    ),
    "a cell in no row": replaced("<w:sectPr", f"<w:tc>{_VOID}</w:tc><w:sectPr"),
    "the end of a paragraph taken away by a tracked change": paragraph(
        '<w:rPr><w:del w:id="9" w:author="x"/></w:rPr>'
    ),
    "the end of a paragraph that a tracked change gave": paragraph(
        '<w:rPr><w:ins w:id="9" w:author="x"/></w:rPr>'
    ),
    "a sentence in the marks of another standard": rewritten(
        lambda run: run.replace("w:", "s:").replace("<s:r", f"<s:r {_STRICT}", 1)
    ),
    "words that only a reader of another standard sees": rewritten(
        lambda run: f"{run}<s:r {_STRICT}><s:t>作废</s:t></s:r>"
    ),
    "letters of another encoding": declared("GBK"),
    "a foot of another encoding": declared("GB18030", "word/footer2.xml"),
    "an encoding that hides marks": declared("UTF-7", "docProps/core.xml"),
}
"""What is done, in words → how it is done."""
