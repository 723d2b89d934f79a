"""One paragraph of a Word file: its text, the texts drawn inside it, and what is odd about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from pipeline.kernel.document import PAGE, PAGES
from pipeline.kernel.structs import Struct
from pipeline.returned.parts import Style, in_list, is_on, too_low, value
from pipeline.returned.xml import W

_FIELDS = {"PAGE": PAGE, "NUMPAGES": PAGES}
_SWITCHES = {(), ("\\*", "MERGEFORMAT"), ("\\*", "ARABIC")}
"""What may follow the name of a page field: any other switch may print words of its own."""
_P, _PROPERTIES, _STYLE, _NUMBERING = W + "p", W + "pPr", W + "pStyle", W + "numPr"
_SPACING = W + "spacing"
_R, _T, _RUN_PROPERTIES, _RUN_STYLE, _VANISH = W + "r", W + "t", W + "rPr", W + "rStyle", W + "vanish"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "\u00ad",
}


_TITLE = "标题"
"""How the names of a title's styles end."""


class Oddity(Struct, frozen=True, kw_only=True):
    """What does not belong in a finished document.

    `kind` is `inserted`, `deleted`, `hidden`, `numbered` (a number that Word makes up and no text holds) or
    `field`; `text` is the text concerned, of a field its instruction.
    """

    kind: str
    text: str


class WordParagraph(Struct, frozen=True, kw_only=True):
    """A paragraph: its text, its style's name, whether it belongs to a drawing or text box.

    Tabs and line breaks stand as such, page fields as `PAGE` and `PAGES`; insertions are part of the text,
    deletions are not.
    """

    text: str
    style: str = ""
    drawn: bool = False
    oddities: tuple[Oddity, ...] = ()

    @property
    def words(self) -> str:
        """What the paragraph says. A long title is broken into lines of one length, but says one line."""
        return self.text.replace("\n", "") if self.style.endswith(_TITLE) else self.text


def paragraphs(element: Element, styles: dict[str, Style]) -> list[WordParagraph]:
    """The paragraph, followed by those that are drawn inside it."""
    walk = _Walk(styles)
    for inner in element:
        if inner.tag == _R:
            walk.run(inner)
        else:
            walk.child(inner)
    walk.finish()
    found = WordParagraph(text="".join(walk.texts), style=walk.style, oddities=tuple(walk.oddities))
    return [found, *walk.drawn] if walk.drawn else [found]


class _Walk:
    """A walk through a paragraph: the texts so far, drawn paragraphs, oddities, and where it stands."""

    def __init__(self, styles: dict[str, Style], mark: str = "", hidden: bool = False) -> None:
        self.styles = styles
        self.style = ""
        self.texts: list[str] = []
        self.drawn: list[WordParagraph] = []
        self.oddities: list[Oddity] = []
        default = styles.get("")
        self._mark = mark
        self._hidden = hidden or (default is not None and default.hidden)
        self._numbered = default is not None and default.numbered
        self._squeezed = default is not None and default.squeezed
        self._fields: list[tuple[list[str], list[int]]] = []
        self._codes = 0
        """How many of the fields that are open have not come to their result yet."""

    def properties(self, element: Element) -> None:
        """The element w:pPr: the style, which may hide or number the paragraph."""
        said = {one.tag: one for one in reversed(element)}
        key = value(said.get(_STYLE))
        style = self.styles.get(key) or Style(name=key, hidden=False, numbered=False)
        self.style = style.name
        self._hidden = style.hidden
        listed = in_list(said.get(_NUMBERING))
        self._numbered = style.numbered if listed is None else listed
        low = too_low(said.get(_SPACING))
        self._squeezed = style.squeezed if low is None else low

    def finish(self) -> None:
        """What only shows at the end: a field left open hides what follows it, a low line what stands in it."""
        if self._numbered:
            self.oddities.insert(0, Oddity(kind="numbered", text=""))
        for instruction, _ in self._fields:
            self.oddities.append(Oddity(kind="field", text="".join(instruction).strip()))
        text = "".join(self.texts).strip()
        if self._squeezed and text:
            self.oddities.append(Oddity(kind="hidden", text=text))

    def children(self, element: Element) -> None:
        """Everything inside an element, in order."""
        for inner in element:
            self.child(inner)

    def child(self, element: Element) -> None:
        """One element: by its handler, as a sign, or for what is inside."""
        handler = _HANDLERS.get(element.tag)
        if handler is not None:
            handler(self, element)
        elif element.tag in _SIGNS:
            self._add(_SIGNS[element.tag])
        else:
            self.children(element)

    def text(self, element: Element) -> None:
        """The element w:t: text."""
        self._add(element.text or "")

    def _add(self, text: str) -> None:
        if self._mark != "deleted":
            self.texts.append(text)
        if self._mark or self._hidden or self._codes:
            kind = self._mark or "hidden"
            self.oddities.append(Oddity(kind=kind, text=text))

    def run(self, element: Element) -> None:
        """The element w:r: a run of text of one format."""
        before = self._hidden
        for inner in element:
            tag = inner.tag
            if tag == _T:
                self._add(inner.text or "")
            elif tag == _RUN_PROPERTIES:
                self._hidden = self._hides(inner, before)
            else:
                self.child(inner)
        self._hidden = before

    def _hides(self, properties: Element, otherwise: bool) -> bool:
        """Whether a run's properties hide it: by themselves, by their style, or as the paragraph does."""
        vanish = properties.find(_VANISH)
        if vanish is not None:
            return is_on(vanish)
        style = self.styles.get(value(properties.find(_RUN_STYLE)))
        return otherwise or (style is not None and style.hidden)

    def changed(self, element: Element) -> None:
        """The elements w:ins, w:del and moves: tracked changes nobody has accepted or refused."""
        before = self._mark
        deleted = element.tag in (W + "del", W + "moveFrom") or before == "deleted"
        self._mark = "deleted" if deleted else "inserted"
        self.children(element)
        self._mark = before

    def deleted_text(self, element: Element) -> None:
        """The element w:delText: text that a tracked change takes away."""
        self.oddities.append(Oddity(kind="deleted", text=element.text or ""))

    def symbol(self, element: Element) -> None:
        """The element w:sym: a character of a symbol font."""
        self._add(f"[{element.get(W + 'font', '')}:{element.get(W + 'char', '')}]")

    def field_mark(self, element: Element) -> None:
        """The element w:fldChar: begin, separate (the result follows) or end of a field."""
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(([], []))
            self._codes += 1
        elif kind == "separate" and self._fields:
            start = self._fields[-1][1]
            self._codes -= not start
            start.append(len(self.texts))
        elif kind == "end" and self._fields:
            instruction, start = self._fields.pop()
            self._codes -= not start
            self._field("".join(instruction), start[0] if start else len(self.texts))
        else:
            self.oddities.append(Oddity(kind="field", text=""))

    def instruction(self, element: Element) -> None:
        """The element w:instrText: what a field computes."""
        if self._fields:
            self._fields[-1][0].append(element.text or "")

    def simple_field(self, element: Element) -> None:
        """The element w:fldSimple: a field with its result inside."""
        start = len(self.texts)
        self.children(element)
        self._field(element.get(W + "instr", ""), start)

    def _field(self, instruction: str, start: int) -> None:
        """Put the mark of a page field in place of its result; any other field is odd."""
        name, *switches = instruction.upper().split() or [""]
        if name in _FIELDS and tuple(switches) in _SWITCHES:
            self.texts[start:] = [_FIELDS[name]]
        else:
            self.oddities.append(Oddity(kind="field", text=instruction.strip()))

    def alternatives(self, element: Element) -> None:
        """The element mc:AlternateContent: what new and old programs show, once where both say the same."""
        outcomes = set()
        for branch in element:
            walk = _Walk(self.styles, self._mark, self._hidden)
            walk.children(branch)
            outcome = ("".join(walk.texts), tuple(drawn.text for drawn in walk.drawn))
            if outcome not in outcomes:
                outcomes.add(outcome)
                self.texts += walk.texts
                self.drawn += walk.drawn
                self.oddities += walk.oddities

    def box(self, element: Element) -> None:
        """The element w:txbxContent: the paragraphs of a text box."""
        for inner in _outermost(element):
            for found in paragraphs(inner, self.styles):
                self.drawn.append(
                    WordParagraph(text=found.text, style=found.style, drawn=True, oddities=found.oddities)
                )

    def lettering(self, element: Element) -> None:
        """The element v:textpath: letters drawn as a shape, such as a watermark."""
        self.drawn.append(WordParagraph(text=element.get("string", ""), drawn=True))

    def caption(self, element: Element) -> None:
        """The element a:t: text inside a drawing."""
        self.drawn.append(WordParagraph(text=element.text or "", drawn=True))

    def skip(self, element: Element) -> None:
        """Properties: what stands there is no text."""


def _outermost(element: Element) -> Iterator[Element]:
    """The paragraphs in an element that stand in no other; what is drawn inside one belongs to it."""
    for inner in element:
        if inner.tag == _P:
            yield inner
        else:
            yield from _outermost(inner)


_HANDLERS: dict[str, Callable[[_Walk, Element], None]] = {
    _T: _Walk.text,
    _R: _Walk.run,
    _PROPERTIES: _Walk.properties,
    _RUN_PROPERTIES: _Walk.skip,
    W + "ins": _Walk.changed,
    W + "del": _Walk.changed,
    W + "moveTo": _Walk.changed,
    W + "moveFrom": _Walk.changed,
    W + "delText": _Walk.deleted_text,
    W + "sym": _Walk.symbol,
    W + "fldChar": _Walk.field_mark,
    W + "instrText": _Walk.instruction,
    W + "fldSimple": _Walk.simple_field,
    W + "txbxContent": _Walk.box,
    _COMPATIBLE + "AlternateContent": _Walk.alternatives,
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}t": _Walk.text,
    "{urn:schemas-microsoft-com:vml}textpath": _Walk.lettering,
    "{http://schemas.openxmlformats.org/drawingml/2006/main}t": _Walk.caption,
}
