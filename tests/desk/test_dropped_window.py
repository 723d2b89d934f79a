"""Several files let go on the page of the desk at once: each is read, one after the other, and nothing is passed over."""

from __future__ import annotations

import base64
import io
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from playwright.sync_api import Browser, expect

from tests.college import ENTERPRISE, SmallCollege
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


def _with_another_word(content: bytes) -> bytes:
    """The partner wrote one word otherwise."""
    word = docx.Document(io.BytesIO(content))
    for text in word.element.body.iter(qn("w:t")):
        text.text = (text.text or "").replace("共同制定数控技术专业", "共同修订数控技术专业")
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def test_what_changed_meanwhile_is_read_anew_and_written_at_the_second_yes(
    browser: Browser, small: SmallCollege
) -> None:
    """Somebody saves the record while another looks at the partner's file: the page shows what there is now."""
    with served(desk(small.root)) as opened:
        answer = _with_another_word(_sent(opened, small))
        with sitting(browser, opened) as window:
            _let_go(window, ("返回.docx", answer))
            _headed(window, "对方改过的 Word 文件")
            small.write(small.text() + "# 同事刚刚加的一行\n")
            window.press("写进记录")
            window.hears("什么也没有写")
            assert "同事刚刚加的一行" in small.text()
            window.press("写进记录")
            window.hears("写进了 1 份记录")
            assert "同事刚刚加的一行" in small.text()


def test_a_ledger_is_read_anew_where_its_record_changed_meanwhile(
    browser: Browser, small: SmallCollege
) -> None:
    book = ledgers.book([["企业名称", "企业性质"], [ledgers.CHENGUANG, "民营"]])
    with served(desk(small.root)) as opened, sitting(browser, opened) as window:
        _let_go(window, ("台账.xlsx", book))
        _headed(window, "台账.xlsx")
        small.write(small.text(ENTERPRISE) + "# 同事刚刚加的一行\n", ENTERPRISE)
        window.press("写入")
        window.hears("什么也没有写")
        window.press("写入")
        window.hears("写好了 1 份记录")
        assert "同事刚刚加的一行" in small.text(ENTERPRISE) and "ownership" in small.text(ENTERPRISE)
