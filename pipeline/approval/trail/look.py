"""How a final document looks, as one digest that is frozen with its words.

The program prints a final document from the words and a layout, and both the program and the layout change in time.
So the digest of what it printed is frozen when the words are: what was made then is told for ever by hashing, and
nobody has to be able to print it again. The document's foot bears the fingerprint of the words, which hold this
digest; it is hashed with noughts in that place.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.approval.blocks import body
from pipeline.approval.trail.current_words import layout_of
from pipeline.approval.trail.frame import final_frame, fingerprint_line
from pipeline.kernel.document import Document
from pipeline.kernel.structs import replace
from pipeline.paper.docx import Layout
from pipeline.paper.layout_error import LayoutError
from pipeline.paper.layout_lint import lint
from pipeline.paper.view import UnprintableError
from pipeline.record.rounds.canonical import digest, line
from pipeline.record.rounds.frozen_words import FrozenWords
from pipeline.returned.package import Package
from pipeline.returned.sameness import plainly_zipped
from pipeline.returned.xml import UnreadableError

_BLANK = "0" * 64


def final_document(words: FrozenWords) -> Document:
    """What a round is printed as when it is final; raises CanonicalError where its words are none."""
    frozen, layout = body(words.body), layout_of(words.subject)
    return Document(
        kind="frozen", layout=layout, body=frozen, frame=final_frame(frozen, words.digest, layout)
    )


def printed(words: FrozenWords, layout: bytes) -> bytes | None:
    """The final Word file of a round in a layout; None where nothing to be signed may be printed with it.

    Raises CanonicalError where the words are none.
    """
    document = final_document(words)
    try:
        if next(lint(layout, signed=True), None) is None:
            return Layout.of(layout, f"{document.layout}.docx").render(document)
    except (LayoutError, UnprintableError):
        pass  # it could never have been printed with this one
    return None


def look(words: FrozenWords, layout: bytes) -> str:
    """The digest of how a round looks in a layout, empty where it cannot be printed with it."""
    made = printed(replace(words, digest=_BLANK), layout)
    return _digest(Package(made)) if made is not None else ""


def looks_as_frozen(words: FrozenWords, content: bytes) -> bool:
    """Whether a file is, part by part, the final document that was frozen with the words."""
    try:
        return bool(words.look) and plainly_zipped(content) and _digest(Package(content), words) == words.look
    except UnreadableError:
        return False


def first_with_look(words: FrozenWords, layouts: Iterable[bytes]) -> bytes | None:
    """The first layout in which a round looks as it was frozen; the first of all where none was frozen.

    Raises CanonicalError where the words are none.
    """
    return next((one for one in layouts if not words.look or look(words, one) == words.look), None)


def _digest(package: Package, words: FrozenWords | None = None) -> str:
    """The digest of all parts by name; of a file with a fingerprint as if noughts stood there."""
    blank, mark = (fingerprint_line(one).encode() for one in (_BLANK, words.digest if words else _BLANK))
    digests = {}
    for name in package.names():
        made = _blanked(package.content(name), mark, blank if words is not None else b"")
        if not made:
            return ""
        digests[name] = made
    return digest(line(digests))


def _blanked(content: bytes, mark: bytes, blank: bytes) -> str:
    """The digest of a part; none where noughts of its own would pass for the fingerprint."""
    return "" if blank and blank in content else digest(content.replace(mark, blank or mark))
