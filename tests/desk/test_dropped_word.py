"""A Word file dropped on the page: the same questions as on the command line, written after a yes, undone together."""

from __future__ import annotations

import base64
import io
import re
from typing import Any

import docx
import pytest

from pipeline.desk.checked import Desk
from pipeline.desk.partner_file import Workplace, document_of
from pipeline.kernel.structs import replace
from pipeline.paper.named_layout import layout
from pipeline.record.model.consents import RoundConsent
from pipeline.record.places import subject_of
from pipeline.source import load
from tests.college import AGREEMENT, SCHEMAS, SmallCollege
from tests.desk import foreign_papers
from tests.desk.serving import Served
from tests.returned.returned_samples import raw


def _file(name: str, content: bytes, **more: Any) -> dict[str, Any]:
    return {"name": name, "content": base64.b64encode(content).decode(), **more}


def _saved(page: Served, name: str, content: bytes, **more: Any) -> Any:
    """Look at a file with nothing ticked, tick, and write."""
    looked = page.do("word", **_file(name, content, **{**more, "agreed": [], "kept_at": ""}))
    return page.do("word-save", **_file(name, content, **more, seen=looked["seen"]))


def _sent(page: Served, small: SmallCollege) -> bytes:
    """The agreement as it goes to the partner."""
    work = Workplace(
        root=small.root,
        schemas=SCHEMAS,
        templates=page.desk.templates,
        report=page.desk.report(),
        today=page.desk.today(),
    )
    found = document_of(work, b"", subject_of(AGREEMENT))[0]
    return layout(page.desk.templates, found.document.layout).render(found.document)


def test_a_foreign_agreement_becomes_a_draft_and_can_be_undone(page: Served, small: SmallCollege) -> None:
    content = foreign_papers.by_articles().content
    told = page.do("word", **_file("对方.docx", content))
    assert told["sort"] == "draft" and "合同期限 · 开始日期：2024年9月1日" in told["html"]
    assert "机器人吉祥物“小铣”" in told["html"] and "不保证齐全" in told["html"]
    done = _saved(page, "对方.docx", content, sort="draft", department="mechanical", agreed=[1])
    [name] = done["files"]
    data = load(name, small.path(name).read_bytes()).data
    assert data is not None and data["number"] == "CG-2024-07"
    assert page.do("form", file=done["open"])["exists"]
    page.do("undo")
    assert not small.path(name).exists()


def test_what_was_signed_is_registered_with_where_it_is_kept(page: Served, small: SmallCollege) -> None:
    content = foreign_papers.by_articles().content
    done = _saved(page, "旧.docx", content, sort="signed", kept_at="档案室3柜")
    data = load(done["open"], small.path(done["open"]).read_bytes()).data
    assert data is not None and isinstance(data["origin"], dict) and data["origin"]["kept_at"] == "档案室3柜"
    assert "已经导入过了" in page.refused("word-save", **_file("旧.docx", content, sort="signed"))


def test_a_partners_answer_is_written_where_it_was_printed_from(page: Served, small: SmallCollege) -> None:
    back = raw(("期满前三个月协商续签", "期满前两个月协商续签"), content=_sent(page, small))
    told = page.do("word", **_file("改过的.docx", back))
    assert told["sort"] == "answer" and "数控实训基地共建与订单培养" in told["html"]
    assert "期满前两个月协商续签" in told["html"] and "会写进记录的" in told["html"]
    done = _saved(page, "改过的.docx", back, sort="answer")
    assert done["files"] == [AGREEMENT] and "期满前两个月协商续签" in small.text()


def test_a_yes_is_for_what_was_looked_at_only(page: Served, small: SmallCollege) -> None:
    back = raw(("期满前三个月协商续签", "期满前两个月协商续签"), content=_sent(page, small))
    seen = page.do("word", **_file("a.docx", back))["seen"]
    small.write(small.text() + "# 刚加的\n")
    assert "请再看一遍" in page.refused("word-save", **_file("a.docx", back, sort="answer", seen=seen))
    content = foreign_papers.by_articles().content
    seen = page.do("word", **_file("b.docx", content))["seen"]
    assert "请再看一遍" in page.refused("word-save", **_file("b.docx", content, sort="signed", seen=seen))
    assert "期满前两个月协商续签" not in small.text()


def test_a_comment_alone_is_no_answer_without_changes(page: Served, small: SmallCollege) -> None:
    sent = _sent(page, small)
    assert "没有改动" in page.do("word", **_file("a.docx", sent))["html"]
    word = docx.Document(io.BytesIO(sent))
    held = next(one for one in word.paragraphs if "协商续签" in one.text)
    word.add_comment(held.runs[0], text="期限太短", author="乙方")
    stream = io.BytesIO()
    word.save(stream)
    told = page.do("word", **_file("a.docx", stream.getvalue()))["html"]
    assert "<b>批注</b>" in told and "期限太短" in told and "没有改动" not in told


def test_a_partners_change_of_what_was_approved_is_told_first(
    page: Served, small: SmallCollege, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = raw(("期满前三个月协商续签", "期满前两个月协商续签"), content=_sent(page, small))
    assert "已经批准" not in page.do("word", **_file("a.docx", back))["html"]
    report = page.desk.report()
    consents = {subject_of(AGREEMENT): (RoundConsent(number=2),)}
    records = replace(report.register.records, consents=consents)
    approved = replace(report, register=replace(report.register, records=records))
    monkeypatch.setattr(Desk, "report", lambda *_: approved)
    assert "已经批准（第 2 轮）" in page.do("word", **_file("a.docx", back))["html"]


def test_a_paper_does_not_take_the_id_of_what_is_only_begun(page: Served, small: SmallCollege) -> None:
    given = _file("b.docx", foreign_papers.by_articles().content, department="mechanical")
    found = re.search(r"agreements/projects/[^/]+/agreement.yaml", page.do("word", **given)["html"])
    assert found is not None
    page.desk.drafts.keep(found[0], None, {"title": "乙班"})
    assert found[0] not in page.do("word", **given)["html"]


def test_what_is_no_file_of_word_is_told(page: Served) -> None:
    assert "不是完好的 Word 文件" in page.refused("word", **_file("a.docx", b"abc"))
    assert "没有传完整" in page.refused("word", name="a.docx", content="$$$")
