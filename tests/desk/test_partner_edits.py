"""What partners do to a paper, in more than thirty ways: each is written just as they wrote it, or told with the reason."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import docx
import pytest
from docx.document import Document as Edited
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from pipeline.approval.trail.current_words import CurrentWords
from pipeline.approval.trail.recognise import Candidate
from pipeline.check.run import check
from pipeline.compose.word_back import Handling, bare
from pipeline.desk.partner_file import Workplace, against, document_of
from pipeline.desk.word_offer import Offer, offer
from pipeline.kernel.document import Document
from pipeline.paper.named_layout import layout
from pipeline.record.places import subject_of
from pipeline.record.register import load
from pipeline.record.tree import Overlaid
from tests.college import AGREEMENT, SCHEMAS, TEMPLATES, college

TODAY = date(2026, 11, 29)


class Sent:
    """The agreement as it was sent, and what comes of a file that came back."""

    def __init__(self, root: Any) -> None:
        self.work = Workplace(
            root=root, schemas=SCHEMAS, templates=TEMPLATES, report=check(root, SCHEMAS, TODAY), today=TODAY
        )
        self.found: Candidate = document_of(self.work, b"", subject_of(AGREEMENT))[0]
        self.document: Document = self.found.document
        self.content = layout(TEMPLATES, self.document.layout).render(self.document)

    def back(self, change: Callable[[Edited], object]) -> bytes:
        """The file as somebody changed it."""
        word = docx.Document(io.BytesIO(self.content))
        change(word)
        stream = io.BytesIO()
        word.save(stream)
        return stream.getvalue()

    def offered(self, content: bytes) -> Offer:
        """What is offered of a file."""
        result = against(self.work, self.document, content)
        return offer(
            self.work, self.found, self.document, result, lambda one: against(self.work, one, content), ()
        )

    def left(self, made: Offer, content: bytes) -> list[tuple[str, str]]:
        """What still differs from the file once the offer is written."""
        register = load(Overlaid(self.work.root, made.planned.files), SCHEMAS)
        current = CurrentWords(register=register, schemas=SCHEMAS, templates=TEMPLATES)
        composed = current.composer.compose(self.found.sheet, self.found.key)
        edits = against(self.work, composed, content).edits
        return [(one.old, one.new) for one in edits if bare(one.old) != bare(one.new)]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """The small college's agreement."""
    return Sent(college(tmp_path_factory.mktemp("库")).root)


def everywhere(word: Edited) -> list[Paragraph]:
    cells = [p for t in word.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    return [*word.paragraphs, *cells]


def words(old: str, new: str) -> Callable[[Edited], object]:
    """Retype some words, all in one run."""

    def change(word: Edited) -> None:
        [run] = [run for p in everywhere(word) for run in p.runs if old in run.text][:1]
        run.text = run.text.replace(old, new, 1)

    return change


def line(word: Edited, begins: str) -> Paragraph:
    return next(p for p in word.paragraphs if begins in p.text)


def without(begins: str) -> Callable[[Edited], object]:
    def change(word: Edited) -> None:
        one = line(word, begins)._p
        one.getparent().remove(one)

    return change


def behind(begins: str, text: str) -> Callable[[Edited], object]:
    def change(word: Edited) -> None:
        one = line(word, begins)
        made = copy.deepcopy(one._p)
        one._p.addnext(made)
        fresh = Paragraph(made, one._parent)
        for run in fresh.runs[1:]:
            run._r.getparent().remove(run._r)
        fresh.runs[0].text = text

    return change


def rows_of(word: Edited, head: str) -> Table:
    return next(t for t in word.tables if head in [cell.text for cell in t.rows[0].cells])


def without_row(head: str, number: int) -> Callable[[Edited], object]:
    def change(word: Edited) -> None:
        row = rows_of(word, head).rows[number]._tr
        row.getparent().remove(row)

    return change


def with_row(head: str, number: int, *texts: str) -> Callable[[Edited], object]:
    def change(word: Edited) -> None:
        table = rows_of(word, head)
        made = copy.deepcopy(table.rows[number]._tr)
        table.rows[number]._tr.addnext(made)
        for cell, text in zip(table.rows[number + 1].cells, texts, strict=True):
            cell.paragraphs[0].runs[0].text = text if cell.paragraphs[0].runs else ""

    return change


def tracked(begins: str, text: str) -> Callable[[Edited], object]:
    def change(word: Edited) -> None:
        inserted = OxmlElement("w:ins")
        inserted.set(qn("w:author"), "对方")
        run = copy.deepcopy(line(word, begins).runs[-1]._r)
        run.find(qn("w:t")).text = text
        inserted.append(run)
        line(word, begins)._p.append(inserted)

    return change


def swapped(one: str, other: str) -> Callable[[Edited], object]:
    def change(word: Edited) -> None:
        first, second = line(word, one)._p, line(word, other)._p
        second.addnext(first)

    return change


def split(begins: str, at: str) -> Callable[[Edited], object]:
    def change(word: Edited) -> None:
        whole = line(word, begins)
        text = whole.text
        cut = text.index(at)
        behind(begins, text[cut:])(word)
        for run in whole.runs[1:]:
            run._r.getparent().remove(run._r)
        whole.runs[0].text = text[:cut]

    return change


def bold(begins: str) -> Callable[[Edited], object]:
    return lambda word: setattr(line(word, begins).runs[-1], "bold", True)


WRITTEN: dict[str, Callable[[Edited], object]] = {
    "a word of a text": words("限于校内数控实训中心", "限于校内实训中心"),
    "a figure of a text": words("不少于 180 名", "不少于 200 名"),
    "full-width digits": words("不少于 600 人日", "不少于 ８００ 人日"),
    "the name of a thing": words("五轴加工中心", "五轴联动加工中心"),
    "a model": words("VMC-850", "VMC-1060"),
    "a unit": words("420", "430"),
    "a day in a table": words("2026年10月15日", "2026年11月15日"),
    "the days of notice": words("提前60日", "提前30日"),
    "the court": words("学校所在地人民法院", "样本市样例区人民法院"),
    "who bears the rest": words("每季度末结清", "每学期末结清"),
    "a sum of nothing else": words("扣除材料费和税费后的净额", "扣除材料费后的净额"),
    "what follows the end": words("未结款项六十日内结清", "未结款项三十日内结清"),
    "a duty gone": without("每学期派出两名导师授课"),
    "a duty more": behind("2.每学期安排不少于 200 课时", "3.每学年接收企业员工培训二十人"),
    "a condition more": behind("一方严重违约，经催告", "3.各方协商一致"),
    "a tracked insertion": tracked("期满前三个月协商续签", "，以书面确认"),
    "a sentence more": words("产权不转移；", "产权不转移，期满撤回；"),
    "quotes of another kind": words("每学年修订一次", "每学年修订“一次”"),
}
TOLD: dict[str, Callable[[Edited], object]] = {
    "a day in figures": words("2026年10月15日", "2026-11-15"),
    "a share of which the other stays": words("甲方60%、乙方40%", "甲方50%、乙方40%"),
    "the name of a party": words("乙方：晨光样例数控装备有限公司", "乙方：晨光样例数控有限公司"),
    "a heading": words("合作范围与方式", "合作范围和方式"),
    "the wording": words("先保证教学", "尽量保证教学"),
    "an article more": behind("争议处理期间", "第二十三条　双方共用吉祥物"),
    "an article gone": without("各方依照《中华人民共和国民法典》"),
    "a day of signing": words("签署日期：", "签署日期：2026年8月1日"),
    "a row gone": without_row("规格型号", 2),
    "a row more": with_row("收入项目", 1, "2", "社会培训", "甲方50%、乙方50%", "培训净收入"),
    "two duties swapped": swapped("1.使用投入设备开展实训教学", "2.对企业导师的授课提出改进意见"),
    "a text in two": split("双方对知悉的技术资料保密", "，协议"),
    "an amount in words of people": words("480,000.00", "48万元"),
    "a day that is none": words("2026年10月15日", "2026年2月30日"),
    "a month without a day": words("2026年10月15日", "2026年10月"),
    "a price that nobody knows": words("60,000.00", "待定"),
    "the end of the term": words("2029年8月31日止", "2028年8月31日止"),
    "the copies": words("一式四份", "一式六份"),
    "a text emptied": words("期满前三个月协商续签", ""),
}


def test_what_has_one_field_is_written_as_the_partner_wrote_it(sent: Sent) -> None:
    """All of them in one file: every one is written, and what is printed then is the file letter by letter."""
    assert len(WRITTEN) >= 18

    def change(word: Edited) -> None:
        for one in WRITTEN.values():
            one(word)

    content = sent.back(change)
    made = sent.offered(content)
    assert [(one.edit.old, one.reason) for one in made.answers if one.way is not Handling.WRITE] == []
    assert len(made.answers) == len(WRITTEN)
    assert sent.left(made, content) == []


@pytest.mark.parametrize("what", TOLD)
def test_what_has_no_one_field_is_told_with_the_reason(sent: Sent, what: str) -> None:
    made = sent.offered(sent.back(TOLD[what]))
    assert made.answers and made.planned.files == {}
    assert all(one.way is not Handling.WRITE and len(one.reason) > 8 for one in made.answers)


def test_a_price_that_no_longer_makes_its_sum_is_checked_before_it_is_offered(sent: Sent) -> None:
    content = sent.back(words("480,000.00", "490,000.00"))
    made = sent.offered(content)
    assert [one.code for one in made.findings] == ["E06"], "the total of the inputs"
