"""The site in a real browser, opened from a folder: found, filtered, sorted, walked by keyboard, printed, asked of nobody."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pipeline.kernel.structs import replace
from pipeline.site.site_data import PaperForms, SiteFile
from pipeline.site.write import write
from tests.site.everything import site_data
from tests.site.visiting import Visit, visiting

pytestmark = pytest.mark.browser

DOCUMENT = b"PK\x03\x04 a Word file"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site written once, with a document to take along."""
    home = tmp_path_factory.mktemp("学校 网站")
    (home / "projects" / "p1").mkdir(parents=True)
    (home / "projects" / "p1" / "agreement.docx").write_bytes(DOCUMENT)
    files = {
        "projects/p1": (PaperForms(title="合作协议", files=(SiteFile(name="agreement.docx", form="Word"),)),)
    }
    write(replace(site_data(), files=files), home / "site", home)
    return home / "site"


@pytest.fixture
def visit(browser: Browser, site: Path) -> Iterator[Visit]:
    """A visitor at a desk; at the end nothing may have gone wrong and nobody else been asked."""
    with visiting(browser, site) as visit:
        yield visit


def _shown(page: Page) -> list[str]:
    return [text.split("\n")[0] for text in page.locator("#list tbody tr:visible th").all_inner_texts()]


def test_two_characters_find_a_project_from_any_page(visit: Visit) -> None:
    page = visit.go("departments/machines.html")
    page.get_by_label("搜索", exact=True).fill("星辰")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html#q=*")
    assert "找到" in page.locator("#told").inner_text()
    titles = page.locator("#hits a").all_inner_texts()
    assert titles[0] == "星辰虚构装备制造有限公司" and "p1 共建项目" in titles
    page.locator("#hits a", has_text="p1").click()
    assert page.locator("h1").inner_text().startswith("p1 共建项目")


def test_a_name_with_words_left_out_is_found_and_nonsense_is_not(visit: Visit) -> None:
    page = visit.go("search.html#q=星辰装备")
    assert page.locator("#hits a").first.inner_text() == "星辰虚构装备制造有限公司"
    page.get_by_label("搜索", exact=True).fill("航天飞机")
    assert "没有找到" in page.locator("#told").inner_text()


def test_filters_narrow_the_list_and_stand_in_the_address(visit: Visit) -> None:
    page = visit.go("agreements.html")
    page.get_by_label("状态").select_option(label="审批中")
    assert _shown(page) == ["p3 共建项目"]
    assert "#state=review" in page.url
    page.get_by_label("状态").select_option(label="全部")
    page.get_by_label("实施系部").select_option(label="信息工程系")
    assert _shown(page) == ["p4 共建项目"]
    page.get_by_role("button", name="清除").click()
    expect(page.locator("#list tbody tr:visible")).to_have_count(4)
    page.locator(".filters input").fill("p1 星辰")
    assert _shown(page) == ["p1 共建项目"] and "找到 1 个项目" in page.locator(".found").inner_text()


def test_a_number_of_the_figure_leads_to_the_projects_it_counts(visit: Visit) -> None:
    page = visit.go("matrix.html")
    page.locator("svg.figure a", has_text="1").last.click()
    page.wait_for_url("**/agreements.html#*")
    assert _shown(page) == ["p1 共建项目"]


def test_a_head_sorts_the_list_and_says_how(visit: Visit) -> None:
    page = visit.go("agreements.html")
    head = page.locator("thead th", has_text="期限")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending" and _shown(page)[0] == "p2 共建项目"
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending" and _shown(page)[-1] == "p2 共建项目"


def test_the_keyboard_alone_gets_from_the_overview_to_a_project(visit: Visit) -> None:
    page = visit.go("index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(40):
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 2, page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("document.activeElement.textContent") == "p3 共建项目":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/p3.html")


def test_a_document_can_be_taken_along(visit: Visit) -> None:
    page = visit.go("projects/p1.html")
    with page.expect_download() as download:
        page.get_by_role("link", name="合作协议：Word").click()
    taken = Path(download.value.path()).read_bytes()
    assert hashlib.sha256(taken).digest() == hashlib.sha256(DOCUMENT).digest()


def test_paper_shows_the_text_without_what_only_a_screen_needs(visit: Visit) -> None:
    page = visit.go("agreements.html")
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible() and not page.locator(".filters").is_visible()
    assert page.locator("#list").is_visible() and page.locator(".bottom").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_pages_read_without_scripts_too(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/agreements.html")
    assert page.locator("#list tbody tr").count() == 4
    context.close()
