"""A page read back: its text, its links and ids, and whether its tags close."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = frozenset({"meta", "link", "input", "br", "hr"})


class Read(HTMLParser):
    """One page as a reader and a browser take it."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.text = ""
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.unclosed: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag; a new row or cell begins with it."""
        found = dict(attrs)
        self.tags.append((tag, found))
        self.links += [value for key in ("href", "src", "action") if (value := found.get(key))]
        self.ids += [value for value in (found.get("id"),) if value]
        if tag not in _VOID:
            self.unclosed.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag closed in itself, as in drawings."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.unclosed.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close the tag opened last."""
        assert self.unclosed and self.unclosed[-1] == tag, f"</{tag}> closes {self.unclosed[-3:]}"
        self.unclosed.pop()

    def handle_data(self, data: str) -> None:
        """Text, which also belongs to the cell it stands in."""
        self.text += data
        if self.rows and self.rows[-1] and {"td", "th"} & set(self.unclosed):
            self.rows[-1][-1] += data
