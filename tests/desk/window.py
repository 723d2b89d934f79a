"""An editor at the desk's page in a browser: fills in fields as people do, and reads what is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.desk.serving import Served
from tests.site.visiting import DESK, Visit

PATIENCE = 30_000
"""Milliseconds that an answer may take on a machine with other work to do."""

_PASTE = """(field, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  if (!field.dispatchEvent(event) || field.type === "date") return;
  field.setRangeText(text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}"""
"""What a browser does on Ctrl+V, which a test cannot press with content of its own."""


class Window:
    """The page of a desk; fields are named by their place in the record."""

    def __init__(self, page: Page, served: Served) -> None:
        self.page = page
        self.home = served.address.partition("#")[0]
        page.goto(served.address)
        page.get_by_role("heading", level=1).first.wait_for()

    def go(self, place: str, heading: str = "") -> None:
        """Open a place of the page, as its links do."""
        self.page.goto(f"{self.home}#/{place}")
        self.page.locator("h1", has_text=heading).first.wait_for()

    def control(self, path: str) -> Locator:
        """What is typed into or chosen from at a place of the record."""
        return self.page.locator(f'[data-path="{path}"]').locator("input, select, textarea").first

    def fill(self, **answers: str) -> None:
        """Answer fields, `__` standing for the dots of their places; choices by the words they are offered in."""
        for name, answer in answers.items():
            field = self.control(name.replace("__", "."))
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(label=answer)
            else:
                field.fill(answer)
            field.blur()

    def paste(self, path: str, text: str) -> None:
        """Paste what was copied elsewhere."""
        self.control(path).focus()
        self.control(path).evaluate(_PASTE, text)

    def add(self, path: str, times: int = 1) -> None:
        """Add items to a list."""
        for _ in range(times):
            self.page.locator(f'[data-path="{path}"] > div > button.add').click()

    def signs(self, name: str, mail: str) -> None:
        """Say who sends."""
        self.page.get_by_label("您的姓名").fill(name)
        self.page.get_by_label("邮箱").fill(mail)

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def told(self, path: str, text: str) -> None:
        """A finding with these words stands at a field."""
        expect(self.page.locator(f'[data-path="{path}"] .found li', has_text=text).first).to_be_visible(
            timeout=PATIENCE
        )

    def fine(self, path: str) -> None:
        """No finding stands at a field any more."""
        expect(self.page.locator(f'[data-path="{path}"] .found li')).to_have_count(0, timeout=PATIENCE)

    def hears(self, text: str) -> None:
        """The page says something to everybody."""
        expect(self.page.locator("#said, #asked").filter(has_text=text).first).to_be_visible(timeout=PATIENCE)

    def barriers(self) -> str:
        """What axe finds wrong with the page; empty where nothing is."""
        return Visit(page=self.page, site=Path()).barriers()


@contextmanager
def sitting(browser: Browser, served: Served, size: tuple[int, int] = DESK) -> Iterator[Window]:
    """Somebody at the page; at the end it may not have complained, nor asked anybody but the desk for anything."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: dialog.accept())
    window = Window(page, served)
    yield window
    context.close()
    assert said == []
    assert [url for url in asked if not url.startswith((window.home, "data:"))] == []
