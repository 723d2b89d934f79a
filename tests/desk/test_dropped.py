"""A workbook dropped on the desk's page: the same questions as on the command line, ticked, written, taken back."""

from __future__ import annotations

import base64
import io
from typing import Any

import openpyxl

from pipeline.desk.named import names
from pipeline.desk.sheet_plan import fill_in, planned
from pipeline.paper.fill_book import render
from pipeline.source import load
from tests.college import AGREEMENT, ENTERPRISE, SCHEMAS, SmallCollege
from tests.desk import ledgers
from tests.desk.serving import Served


def dropped(page: Served, content: bytes, *agreed: int, action: str = "book") -> Any:
    given = {
        "name": "台账.xlsx",
        "content": base64.b64encode(content).decode(),
        "agreed": list(agreed),
    }
    told = page.do("book", **given)
    return told if action == "book" else page.do(action, **given, seen=told["seen"])


def test_a_ledger_is_looked_at_ticked_and_written_and_taken_back(page: Served, small: SmallCollege) -> None:
    rows = [["企业名称", "地址", "企业性质"], [ledgers.CHENGUANG, "样本市别处1号<b>", "民营"]]
    content, old = ledgers.book(rows), small.text(ENTERPRISE)
    html = dropped(page, content)["html"]
    assert "当作合作企业台账" in html and 'value="1"> 第 2 行 地址“样本市别处1号&lt;b&gt;”' in html
    assert "企业性质：加 “民营”" in html and small.text(ENTERPRISE) == old
    assert 'value="1" checked' in dropped(page, content, 1)["html"]
    assert dropped(page, content, 1, action="book-take")["files"] == [ENTERPRISE]
    assert "样本市别处1号" in small.text(ENTERPRISE) and "ownership: private" in small.text(ENTERPRISE)
    assert "没有要写的" in dropped(page, content, 1)["html"]
    assert page.do("undo")["files"] == [ENTERPRISE] and small.text(ENTERPRISE) == old


def test_a_ledger_does_not_take_the_id_of_what_is_only_begun(page: Served, small: SmallCollege) -> None:
    content = ledgers.book([["企业名称", "地址"], ["远山样例机械有限公司", "样本市别处1号"]])
    [begun] = dropped(page, content, action="book-take")["files"]
    page.do("undo")
    page.desk.drafts.keep(begun, None, {"name": "远山样例机器厂"})
    assert dropped(page, content, action="book-take")["files"] != [begun]


def test_a_yes_counts_for_what_was_looked_at_only(page: Served, small: SmallCollege) -> None:
    rows = [["企业名称", "地址"], [ledgers.CHENGUANG, "样本市别处1号"]]
    given = {"name": "a.xlsx", "content": base64.b64encode(ledgers.book(rows)).decode(), "agreed": [1]}
    seen = page.do("book", **given)["seen"]
    small.write(small.text(ENTERPRISE) + "# 刚加的\n", ENTERPRISE)
    changed = small.text(ENTERPRISE)
    assert "请再看一遍" in page.refused("book-take", **given, seen=seen)
    assert "请再看一遍" in page.refused("book-take", **given)
    assert small.text(ENTERPRISE) == changed
    page.do("book-take", **given, seen=page.do("book", **given)["seen"])
    assert "样本市别处1号" in small.text(ENTERPRISE) and "# 刚加的" in small.text(ENTERPRISE)


def test_a_filled_sheet_of_a_record_is_told_in_words(page: Served, small: SmallCollege) -> None:
    data: Any = load(AGREEMENT, small.text().encode()).data
    schema, words = SCHEMAS["agreement"], names(page.desk.report().register.records)
    made = fill_in("表", AGREEMENT, small.text().encode(), data, planned(schema, data, words), words, {})
    workbook = openpyxl.load_workbook(io.BytesIO(render(made)))
    row = next(one for one in workbook["填写"].iter_rows() if one[1].value == "合作项目名称")
    row[2].value = "新的名称"
    stream = io.BytesIO()
    workbook.save(stream)
    assert "合作项目名称：改" in dropped(page, stream.getvalue())["html"]
    assert dropped(page, stream.getvalue(), action="book-take")["files"] == [AGREEMENT]
    assert "title: 新的名称" in small.text()


def test_what_is_no_workbook_is_told_in_a_sentence(page: Served) -> None:
    for content, said in ((b"PK\x03\x04no", "已经损坏"), (ledgers.book([["甲", "乙"]]), "没有认出台账")):
        assert said in page.refused("book", name="a.xlsx", content=base64.b64encode(content).decode())
    assert "没有传完整" in page.refused("book", name="a.xlsx", content="***")
    page.desk.read_only = True
    assert "只读" in page.refused("book-take", name="a.xlsx", content="")
