"""Small files that hold more of something than anybody writes: each costs what it holds, and no more."""

from __future__ import annotations

from collections.abc import Callable

from tests.approval.word_attacks import DOCUMENT, MC, STYLES, Parts, around, changed

_BEGIN, _SEPARATE = '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="separate"/>'


def styles_in_a_line(parts: Parts) -> Parts:
    """Each style is based on the next."""
    each = "".join(
        f'<w:style w:styleId="s{one}"><w:basedOn w:val="s{one + 1}"/></w:style>' for one in range(60_000)
    )
    return changed(parts, STYLES, "</w:styles>", f"{each}</w:styles>")


def rows(parts: Parts) -> Parts:
    """A table that holds an amount, and behind it a hundred thousand rows."""
    text = parts[DOCUMENT].decode()
    at = text.index("</w:tr>", text.index("480,000.00")) + len("</w:tr>")
    return {**parts, DOCUMENT: (text[:at] + "<w:tr/>" * 100_000 + text[at:]).encode()}


BOMBS: dict[str, Callable[[Parts], Parts]] = {
    "styles in a line": styles_in_a_line,
    "fields that never come to a result": around(
        "", f"<w:r>{_BEGIN * 60_000}{'<w:t>a</w:t>' * 60_000}</w:r>"
    ),
    "fields inside the results of fields": around(
        "", f"<w:r>{(_BEGIN + _SEPARATE) * 40_000}{'<w:t>a</w:t>' * 60_000}</w:r>"
    ),
    "branches for programs that nobody has": around(
        "",
        f"<w:r><mc:AlternateContent {MC}>"
        + "".join(f"<mc:Choice><w:t>{one}</w:t></mc:Choice>" for one in range(60_000))
        + "</mc:AlternateContent></w:r>",
    ),
    "hidden words": around("", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r>" * 40_000),
    "rows of nothing": rows,
    "headers that lead to one": lambda parts: changed(
        parts,
        "word/_rels/document.xml.rels",
        "</Relationships>",
        "".join(
            f'<Relationship Id="q{one}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="gone.xml"/>'
            for one in range(60_000)
        )
        + "</Relationships>",
    ),
}
"""What there is too much of → the parts with it."""
