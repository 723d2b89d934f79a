"""A button pressed twice does its work once, and a way that leads nowhere is not offered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.college import AGREEMENT, SmallCollege
from tests.desk.serving import desk, served
from tests.desk.window import Window, sitting

pytestmark = pytest.mark.browser


@pytest.fixture
def window(browser: Browser, small: SmallCollege) -> Iterator[Window]:
    with served(desk(small.root)) as opened, sitting(browser, opened) as window:
        yield window


def test_a_double_click_begins_one_project(window: Window) -> None:
    page = window.page
    window.go("new/agreement", "新建合作项目")
    page.get_by_label("合作项目名称").fill("教师企业实践")
    page.get_by_label("由哪个系部实施").select_option(label="机械工程系")
    page.get_by_label("晨光样例数控装备有限公司").check()
    page.get_by_label("教师企业实践与互聘").check()
    page.get_by_role("button", name="开始填写").dblclick()
    page.get_by_role("heading", name="新的合作协议").wait_for()
    page.wait_for_load_state("networkidle")
    window.go("", "今天")
    expect(page.get_by_role("link", name="新的合作协议 教师企业实践")).to_have_count(1)


def test_a_refused_answer_can_be_mended_and_sent_again(window: Window) -> None:
    page = window.page
    window.go("new/agreement", "新建合作项目")
    window.press("开始填写")
    expect(page.locator("#said.bad")).to_be_visible()
    expect(page.get_by_role("button", name="开始填写")).to_be_enabled()


def test_without_a_project_nothing_of_one_is_asked_for(window: Window, small: SmallCollege) -> None:
    for path in sorted(Path(small.root / AGREEMENT).parent.rglob("*.yaml")):
        path.unlink()
    window.go("new/signing", "新建签署")
    expect(window.page.get_by_text("还没有合作项目。先新建合作项目，保存以后再来。")).to_be_visible()
    window.page.get_by_role("link", name="新建合作项目").click()
    window.page.get_by_role("heading", name="新建合作项目").wait_for()
