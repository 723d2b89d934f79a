"""A page: where it lies, what it is called, and what its template shows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.kernel.structs import Struct, field, field_names
from pipeline.memory.value_marks import mark_of

if TYPE_CHECKING:
    from pipeline.site.site_data import SiteData


class Page(Struct, frozen=True, kw_only=True):
    """One HTML file of the site; `name` is its path and its stable address, `part` the place in the navigation.

    `scripts` are the files beside site.js that it needs, by their names in static/ without .js.
    """

    name: str
    template: str
    title: str
    part: str = ""
    content: Mapping[str, Any] = field(default_factory=dict)
    scripts: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """The way from this page to the site's folder, for links that work without a server."""
        return "../" * self.name.count("/")


class UnmadePage(Struct, frozen=True, kw_only=True):
    """A page that is made when it is due, by `make` and of nothing but what that reads of the site."""

    name: str
    make: Callable[[SiteData], Page]


class Script(Struct, frozen=True, kw_only=True):
    """A script beside the pages, made like an `UnmadePage`, of a `piece` for each of its `keys`; `bind` gives its bytes."""

    name: str
    keys: Callable[[SiteData], Iterable[str]]
    piece: Callable[[SiteData, str], str]
    bind: Callable[[Iterable[str]], bytes]

    def make(self, site: SiteData) -> bytes:
        """Its bytes, all pieces made for it."""
        return self.bind([self.piece(site, key) for key in self.keys(site)])


AnyPage = Page | UnmadePage | Script
"""A page with what it shows, or one that makes itself."""


def given_to(page: AnyPage) -> bytes | None:
    """The mark of what a page was given when it was made; empty where it makes itself, None where that has no mark."""
    return (
        mark_of(tuple(getattr(page, name) for name in field_names(Page))) if isinstance(page, Page) else b""
    )


Thing = TypeVar("Thing")
Name = TypeVar("Name", bound=Hashable)


def grouped_by(some: Iterable[Thing], name: Callable[[Thing], Name]) -> Mapping[Name, list[Thing]]:
    """Things by what they belong to, in their order: sorted out once instead of searched through for every page."""
    found: dict[Name, list[Thing]] = {}
    for one in some:
        found.setdefault(name(one), []).append(one)
    return found
