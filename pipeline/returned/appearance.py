"""Looks that make a text say something else than it reads: struck out, pale, tiny, covered, pushed off the page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from xml.etree.ElementTree import Element

from pipeline.returned.container import approved_pictures
from pipeline.returned.markup import foreign
from pipeline.returned.parts import Package, W, is_on, value

_SMALL = 10
"""Half-points up to which a text is too small to be read (5 points)."""

_PALE, _DARK = 0.72, 0.45
"""Brightness (0 black, 1 white) from which letters, and up to which a ground, are no more told apart."""

_PRINTED = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml\Z")
_STYLES, _SETTINGS, _FONTS = "word/styles.xml", "word/settings.xml", "word/fontTable.xml"
_THEME = re.compile(r"word/theme/theme\d*\.xml\Z")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_GROUNDS = ("background1", "background2", "light1", "light2", "bg1", "bg2", "lt1", "lt2")
_THEME_NAMES = {"text1": "dk1", "dark1": "dk1", "text2": "dk2", "dark2": "dk2", "hyperlink": "hlink"}
_SYMBOLS = ("wingdings", "webdings", "symbol", "marlett", "mt extra", "zapf", "bookshelf", "monotype sorts")
_BRIGHT_MARKS = ("", "none", "yellow", "lightGray", "white", "cyan", "green")
_STRUCK = {"strike": "加了删除线的文字", "dstrike": "加了删除线的文字", "specVanish": "隐藏的文字"}
_CASED = {"caps": "换成大写显示的文字", "smallCaps": "换成大写显示的文字", "webHidden": "隐藏的文字"}
_MOST = {"ind": 8000, "tblInd": 8000, "position": 24, "pgMar": 6000, "tcMar": 2000, "tblCellMar": 2000}
"""Twentieths of a point (half-points for `position`) up to which something may be moved."""

_NARROW, _WIDE = 50, 200
"""Per cent to which letters may be squeezed or stretched."""

_CLOSE = -60
_PAGE = (5000, 35000)
"""Twentieths of a point that a page's side may measure."""


def odd_looks(content: bytes, images: Collection[str] = ()) -> tuple[str, ...]:
    """What is odd about the looks of a Word file's text, one Chinese sentence each.

    `images` are the SHA-256 digests of the pictures that may stand in it. Raises `package.UnreadableError` where the file is no Word file.
    """
    package = Package(content)
    trees = {name: package.tree(name) for name in package.names() if _looked_at(name)}
    pictures = {name: approved_pictures(package, name, images) for name in trees}
    theme = {key: kept for name, tree in trees.items() if _THEME.match(name) for key, kept in _theme(tree)}
    found = [one for name, tree in trees.items() for one in _odd(name, tree, theme, pictures[name])]
    return tuple(dict.fromkeys(found))


def _looked_at(name: str) -> bool:
    named = name in (_STYLES, _SETTINGS, _FONTS)
    return named or bool(_PRINTED.match(name) or _THEME.match(name))


def _odd(name: str, tree: Element, theme: Mapping[str, str], pictures: Collection[str]) -> Iterator[str]:
    if _PRINTED.match(name):
        yield from foreign(name, tree, pictures)
        yield from (f"{name} 有{what}" for what in _moved(tree))
    if _PRINTED.match(name) or name == _STYLES:
        for look in tree.iter(W + "rPr"):
            yield from (f"{name} 有{what}" for what in letters(look, theme))
        yield from (f"{name} 有{what}" for what in _grounds(tree, theme))
    if name == _STYLES:
        yield from (f"{name} 有{what}" for what in _defaults(tree))
    if name == _SETTINGS and not _plain_mapping(tree):
        yield f"{name} 把主题颜色换了用处"
    if name == _FONTS:
        yield from (f"{name} 有{what}" for what in _fonts(tree))


def letters(look: Element, theme: Mapping[str, str]) -> Iterator[str]:
    """What is odd about letters with these properties; `theme` tells the colours behind the names of a theme."""
    for tag, what in {**_STRUCK, **_CASED}.items():
        if is_on(look.find(W + tag)):
            yield what
    colour = look.find(W + "color")
    if colour is not None and _pale(colour, theme):
        yield "白色或浅得看不清的文字"
    size = value(look.find(W + "sz"))
    if size.isdigit() and int(size) <= _SMALL:
        yield "小得看不清的文字"
    width = _number(value(look.find(W + "w")))
    if width is not None and not _NARROW <= width <= _WIDE:
        yield "压扁或拉长的文字"
    close = _number(value(look.find(W + "spacing")))
    if close is not None and close < _CLOSE:
        yield "叠在一起的文字"
    fonts = look.find(W + "rFonts")
    if fonts is not None and any(one.casefold().startswith(_SYMBOLS) for one in fonts.attrib.values()):
        yield "用符号字体显示的文字"
    if any(str(one.tag).startswith(_WORD_2010) and _effect(one) for one in look):
        yield "带填充效果的文字"


def _effect(element: Element) -> bool:
    return str(element.tag).removeprefix(_WORD_2010) in (
        "textFill",
        "textOutline",
        "props3d",
        "scene3d",
        "glow",
    )


def _pale(colour: Element, theme: Mapping[str, str]) -> bool:
    """Whether letters are as good as white: by their colour, or by the one that the theme gives them."""
    name = colour.get(W + "themeColor", "")
    if name in _GROUNDS:
        return True
    if name and int(colour.get(W + "themeTint", "FF"), 16) < 0x66:
        return True
    shown = theme.get(_THEME_NAMES.get(name, name), "") if name else ""
    return any(_brightness(one, 0.0) >= _PALE for one in (colour.get(W + "val", ""), shown))


def _brightness(colour: str, otherwise: float) -> float:
    if not re.fullmatch("[0-9A-Fa-f]{6}", colour):
        return otherwise
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _grounds(tree: Element, theme: Mapping[str, str]) -> Iterator[str]:
    """Grounds on which dark letters cannot be read."""
    for shade in tree.iter(W + "shd"):
        fill = "color" if shade.get(W + "val") == "solid" else "fill"
        named = shade.get(W + ("themeColor" if fill == "color" else "themeFill"), "")
        shown = theme.get(_THEME_NAMES.get(named, named), "000000" if named and named not in _GROUNDS else "")
        auto = 0.0 if fill == "color" else 1.0
        if min(_brightness(shade.get(W + fill, ""), auto), _brightness(shown, 1.0)) <= _DARK:
            yield "深色底纹上的文字"
    for mark in tree.iter(W + "highlight"):
        if value(mark) not in _BRIGHT_MARKS:
            yield "深色底纹上的文字"


def _theme(tree: Element) -> Iterator[tuple[str, str]]:
    for scheme in tree.iter(_DRAWING + "clrScheme"):
        for one in scheme:
            for kept in one:
                yield str(one.tag).removeprefix(_DRAWING), kept.get("lastClr") or kept.get("val") or ""


def _plain_mapping(tree: Element) -> bool:
    mapping = tree.find(W + "clrSchemeMapping")
    wanted = {"bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2"}
    return mapping is None or all(mapping.get(W + key, kept) == kept for key, kept in wanted.items())


def _defaults(tree: Element) -> Iterator[str]:
    """Hidden text by a style of tables or by what holds for the whole document."""
    whole = [tree.find(W + "docDefaults"), *(one for one in tree.iter(W + "style") if _of_table(one))]
    for one in whole:
        if one is not None and any(is_on(found) for found in one.iter(W + "vanish")):
            yield "隐藏的文字"
        if one is not None and next(one.iter(W + "numPr"), None) is not None:
            yield "自动编号"


def _of_table(style: Element) -> bool:
    return style.get(W + "type") in ("table", "numbering")


def _fonts(tree: Element) -> Iterator[str]:
    for one in tree.iter():
        tag = str(one.tag).removeprefix(W)
        if tag.startswith("embed"):
            yield "嵌入的字体"
        if tag == "altName" and value(one).casefold().startswith(_SYMBOLS):
            yield "用符号字体代替的字体"


def _moved(tree: Element) -> Iterator[str]:
    """Text that is pushed off the page, or a page on which nothing can be read."""
    for element in tree.iter():
        tag = str(element.tag).removeprefix(W)
        limit = _MOST.get(tag)
        if limit is not None and any(abs(one) > limit for one in _numbers(element)):
            yield "移出版面的文字"
        if tag == "pgSz" and not all(_PAGE[0] <= one <= _PAGE[1] for one in _sides(element)):
            yield "尺寸不合常规的纸"


def _numbers(element: Element) -> Iterator[int]:
    for one in (element, *element):
        for name, said in one.attrib.items():
            number = None if name.endswith("Chars") else _number(said)
            if number is not None:
                yield number


def _sides(element: Element) -> Iterator[int]:
    yield from (_number(element.get(W + side, "")) or 0 for side in ("w", "h"))


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None
