"""A visitor who opens a site from its folder and notes what its pages say and ask for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

DESK, PHONE = (1280, 900), (390, 800)

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Visit:
    """A page with everything it said or asked for while it was open."""

    page: Page
    site: Path
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def go(self, name: str) -> Page:
        """Open a page of the site as a double click does."""
        self.page.goto(f"{self.site.as_uri()}/{name}")
        return self.page

    def barriers(self) -> str:
        """What axe finds wrong with the page for those who cannot see, hear or point; empty where nothing is."""
        # Without preload axe reads the style sheet as the browser has it, and asks nobody for it again; to describe each
        # element that passes takes it as long as the search.
        asked = {"runOnly": RULES, "preload": False, "resultTypes": ["violations"]}
        found = Axe().run(self.page, options=asked)
        assert found.response["passes"]
        report: str = found.generate_report() if found.violations_count else ""
        return report


@contextmanager
def visiting(browser: Browser, site: Path, size: tuple[int, int] = DESK) -> Iterator[Visit]:
    """A visit; at its end no page may have complained, and nobody but the folder been asked for anything."""
    small = size == PHONE
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        accept_downloads=True,
        is_mobile=small,
        has_touch=small,
    )
    visit = Visit(page=context.new_page(), site=site)
    visit.page.on("console", lambda message: visit.said.append(message.text))
    visit.page.on("pageerror", lambda error: visit.said.append(str(error)))
    visit.page.on("request", lambda request: visit.asked.append(request.url))
    yield visit
    context.close()
    assert visit.said == []
    assert [url for url in visit.asked if not url.startswith((site.as_uri(), "data:,"))] == []
