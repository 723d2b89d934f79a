"""A Word file dropped on the page: the same questions as on the command line, written after a yes, undone together."""

from __future__ import annotations

import base64
from typing import Any

from pipeline.desk.partner_file import Workplace, document_of
from pipeline.paper.named_layout import layout
from pipeline.record.places import subject_of
from pipeline.source import load
from tests.college import AGREEMENT, SCHEMAS, SmallCollege
from tests.desk import foreign_papers
from tests.desk.serving import Served
from tests.returned.returned_samples import raw


def _file(name: str, content: bytes, **more: Any) -> dict[str, Any]:
    return {"name": name, "content": base64.b64encode(content).decode(), **more}


def test_a_foreign_agreement_becomes_a_draft_and_can_be_undone(page: Served, small: SmallCollege) -> None:
    content = foreign_papers.by_articles().content
    told = page.do("word", **_file("对方.docx", content))
    assert told["sort"] == "draft" and "合同期限 · 开始日期：2024年9月1日" in told["html"]
    assert "机器人吉祥物“小铣”" in told["html"] and "不保证齐全" in told["html"]
    done = page.do(
        "word-save", **_file("对方.docx", content, sort="draft", department="mechanical", agreed=[1])
    )
    [name] = done["files"]
    data = load(name, small.path(name).read_bytes()).data
    assert data is not None and data["number"] == "CG-2024-07"
    assert page.do("form", file=done["open"])["exists"]
    page.do("undo")
    assert not small.path(name).exists()


def test_what_was_signed_is_registered_with_where_it_is_kept(page: Served, small: SmallCollege) -> None:
    content = foreign_papers.by_articles().content
    done = page.do("word-save", **_file("旧.docx", content, sort="signed", kept_at="档案室3柜"))
    data = load(done["open"], small.path(done["open"]).read_bytes()).data
    assert data is not None and isinstance(data["origin"], dict) and data["origin"]["kept_at"] == "档案室3柜"
    assert "已经导入过了" in page.refused("word-save", **_file("旧.docx", content, sort="signed"))


def test_a_partners_answer_is_written_where_it_was_printed_from(page: Served, small: SmallCollege) -> None:
    report = page.desk.report()
    work = Workplace(
        root=small.root,
        schemas=SCHEMAS,
        templates=page.desk.templates,
        report=report,
        today=page.desk.today(),
    )
    found = document_of(work, b"", subject_of(AGREEMENT))[0]
    sent = layout(page.desk.templates, found.document.layout).render(found.document)
    back = raw(("期满前三个月协商续签", "期满前两个月协商续签"), content=sent)
    told = page.do("word", **_file("改过的.docx", back))
    assert told["sort"] == "answer" and "数控实训基地共建与订单培养" in told["html"]
    assert "期满前两个月协商续签" in told["html"] and "会写进记录的" in told["html"]
    done = page.do("word-save", **_file("改过的.docx", back, sort="answer"))
    assert done["files"] == [AGREEMENT] and "期满前两个月协商续签" in small.text()


def test_what_is_no_file_of_word_is_told(page: Served) -> None:
    assert "不是完好的 Word 文件" in page.refused("word", **_file("a.docx", b"abc"))
    assert "没有传完整" in page.refused("word", name="a.docx", content="$$$")
