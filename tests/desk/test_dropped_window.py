"""Several files let go on the page of the desk at once: each is read, one after the other, and nothing is passed over."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.college import SmallCollege
from tests.desk import foreign_papers, ledgers
from tests.desk.serving import desk, served
from tests.desk.test_dropped_word import _sent
from tests.desk.window import PATIENCE, Window, sitting

pytestmark = pytest.mark.browser

_DROP = """(files) => {
  const data = new DataTransfer();
  for (const [name, content] of files) {
    data.items.add(new File([Uint8Array.from(atob(content), (one) => one.charCodeAt(0))], name));
  }
  dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true }));
}"""


def _let_go(window: Window, *files: tuple[str, bytes]) -> None:
    window.page.evaluate(_DROP, [(name, base64.b64encode(content).decode()) for name, content in files])


def _headed(window: Window, words: str) -> None:
    expect(window.page.locator("h1", has_text=words)).to_be_visible(timeout=PATIENCE)


def test_files_dropped_together_are_read_one_after_the_other(browser: Browser, small: SmallCollege) -> None:
    book = ledgers.book([["企业名称", "地址"], ["远山样例机械有限公司", "样本市别处1号"]])
    with served(desk(small.root)) as opened:
        answer = _sent(opened, small)
        files: list[Any] = [
            ("台账.xlsx", book),
            ("对方.docx", foreign_papers.by_articles().content),
            ("照片.zip", b"x"),
            ("返回.docx", answer),
        ]
        with sitting(browser, opened) as window:
            _let_go(window, *files)
            _headed(window, "台账.xlsx")
            expect(window.page.get_by_text("没有读：照片.zip")).to_be_visible()
            expect(window.page.get_by_text("还有 2 个文件没有看：对方.docx、返回.docx")).to_be_visible()
            window.press("写入")
            window.hears("写好了 1 份记录")
            window.press("看下一个")
            _headed(window, "导入协议")
            window.press("看下一个")
            _headed(window, "对方改过的 Word 文件")
            window.page.get_by_label("另一份协议，对方照我们的文字拟的，还没有签").check()
            _headed(window, "导入协议")
            window.page.get_by_label("我们发出、对方改过的文书").check()
            _headed(window, "对方改过的 Word 文件")
            assert window.page.get_by_role("button", name="看下一个").count() == 0
