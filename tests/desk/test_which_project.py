"""Which record is meant: every project has a survey, and a list or a heading that says only 调研 helps nobody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.college import AGREEMENT, ENTERPRISE, SmallCollege
from tests.desk.serving import desk, served
from tests.desk.window import Window, sitting
from tests.site.visiting import PHONE

pytestmark = pytest.mark.browser

SURVEY = AGREEMENT.replace("agreement.yaml", "survey.yaml")


@pytest.fixture
def window(browser: Browser, small: SmallCollege) -> Iterator[Window]:
    with served(desk(small.root)) as opened, sitting(browser, opened) as window:
        yield window


def _title(small: SmallCollege) -> str:
    return next(line for line in small.text().splitlines() if line.startswith("title: ")).removeprefix(
        "title: "
    )


def test_a_record_says_of_which_project_it_is(window: Window, small: SmallCollege) -> None:
    page, title = window.page, _title(small)
    window.go(f"file/{SURVEY}", "调研")
    expect(page.locator(".crumbs a")).to_have_text(["总览", title])
    expect(page).to_have_title(f"调研 {title} · 编辑台")
    window.fill(conclusion="可以合作")
    expect(page.locator("#standing")).to_contain_text("草稿已记下")
    window.go("", "今天")
    expect(page.get_by_role("link", name=f"调研（{title}）")).to_be_visible()
    page.get_by_role("link", name=f"调研（{title}）").click()
    window.press("保存")
    window.hears("已保存")
    window.go("", "今天")
    expect(page.get_by_text(f"上次保存：调研（{title}）")).to_be_visible()


def test_what_has_a_name_of_its_own_says_it_once(window: Window, small: SmallCollege) -> None:
    page, title = window.page, _title(small)
    window.go(f"file/{AGREEMENT}", title)
    expect(page).to_have_title(f"{title} · 编辑台")
    window.go("kind/enterprise", "合作企业")
    expect(page.locator(".cards li").first).not_to_contain_text("合作企业")


def test_a_project_that_is_not_there_yet_is_no_way_back(window: Window) -> None:
    window.go("file/agreements/projects/2027-new/agreement.yaml", "新的合作协议")
    expect(window.page.locator(".crumbs a")).to_have_text(["总览"])


def test_a_saved_record_that_is_only_begun_is_marked_in_lists(window: Window, small: SmallCollege) -> None:
    small.write("stage: draft\n" + small.text(ENTERPRISE), ENTERPRISE)
    window.go("kind/enterprise", "合作企业")
    expect(window.page.locator(".cards li .state")).to_have_text(["草稿"])


def test_no_word_of_the_bar_is_broken_on_a_phone(browser: Browser, small: SmallCollege) -> None:
    with served(desk(small.root)) as opened, sitting(browser, opened, PHONE) as window:
        links = window.page.locator(".top nav a")
        heights = [link.bounding_box() for link in links.all()]
        assert len(heights) == 5
        assert all(box and box["height"] < 48 for box in heights), heights
        assert window.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_a_remark_marks_no_answer_as_wrong(window: Window, small: SmallCollege) -> None:
    small.write("stage: draft\n" + small.text(ENTERPRISE), ENTERPRISE)
    window.go(f"file/{ENTERPRISE}")
    window.told("stage", "还是草稿")
    assert window.control("stage").get_attribute("aria-invalid") is None
    window.fill(credit_code="91149999MA99E00169")
    expect(window.control("credit_code")).to_have_attribute("aria-invalid", "true")
