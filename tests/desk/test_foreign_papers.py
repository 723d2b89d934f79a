"""Ten agreements that others wrote: whatever is proposed for sure is right, and nothing of a paper is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pipeline.compose.fields import field_blocks
from pipeline.compose.values import Printed
from pipeline.desk.papers.as_markdown import as_markdown
from pipeline.desk.papers.leftover import leftovers
from pipeline.desk.papers.paper_words import around_told
from pipeline.desk.papers.proposal import Proposal
from pipeline.desk.papers.reading import PaperReading, read_agreement, taken, used, value_of
from pipeline.kernel.document import Paragraph, plain
from pipeline.kernel.structs import replace
from pipeline.record.kinds import ENTERPRISE
from pipeline.record.model import Records
from pipeline.record.register import load
from pipeline.returned.running_text import PaperLine, running_text
from pipeline.returned.xml import UnreadableError
from tests import office
from tests.college import SCHEMAS, college
from tests.desk import foreign_papers, foreign_papers_more
from tests.desk.foreign_papers import NEW, Foreign, saved, written


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    """The small college's."""
    return load(college(tmp_path_factory.mktemp("库")).root, SCHEMAS).records


def _pdf() -> Foreign:
    office.need("soffice")
    return foreign_papers_more.as_pdf(office.to_pdf)


def _read(records: Records, content: bytes, *, legacy: bool = True) -> PaperReading:
    firms = {
        ENTERPRISE.file(key): {
            "name": one.name,
            "credit_code": one.credit_code,
            "address": one.address,
            "legal_representative": one.legal_representative,
        }
        for key, one in records.enterprises.items()
    }
    return read_agreement(content, records, firms, SCHEMAS["agreement"], legacy=legacy)


def _name(one: Proposal, new: str) -> str:
    before = "signing:" if one.record == "signing" else ""
    return before + ".".join("NEW" if step == new else str(step) for step in one.path)


def _plain(value: Any, new: str) -> Any:
    if isinstance(value, dict):
        return {_plain(key, new): _plain(one, new) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one, new) for one in value]
    if isinstance(value, Decimal | date):
        return str(value)
    return "NEW" if value == new else value


@pytest.mark.parametrize("make", [*foreign_papers.PAPERS, *foreign_papers_more.MORE, _pdf])
def test_what_is_sure_is_right_and_nothing_is_lost(make: Callable[[], Foreign], records: Records) -> None:
    paper = make()
    reading = _read(records, paper.content)
    new = next((one.id for one in reading.sides if one.new), "")
    sure = {
        _name(one, new): _plain(one.value, new)
        for one in reading.proposals
        if one.sure and one.path and one.record in ("agreement", "signing")
    }
    assert sure == dict(paper.truth)
    company = {str(one.path[0]): one.value for one in reading.proposals if one.sure and one.record == new}
    assert ({"name": NEW} | company if new else {}) == dict(paper.new)
    kept = "\n".join(one.text for one in leftovers(reading.outline, used(reading, taken(reading, ()))))
    assert [words for words in paper.loose if words not in kept] == []


def test_whatever_is_not_taken_stays_as_text(records: Records) -> None:
    """Every word of every paper is in a field or in what is kept, but for titles and empty places to sign."""
    for make in (*foreign_papers.PAPERS, *foreign_papers_more.MORE):
        reading = _read(records, make().content)
        chosen = taken(reading, ())
        held = "\n".join(one.text for one in leftovers(reading.outline, used(reading, chosen)))
        held += "\n".join(map(_written_as, chosen))
        held = "".join(held.replace("\\", "").split())
        for article in reading.outline.articles:
            for _, text in reading.outline.texts(article):
                said = re.sub(r"\A(?:（[一二三四五六七八九]）|[0-9.]+[、.) ])", "", text)
                assert "".join(said.split()).rstrip("。") in held, text


def _written_as(one: Proposal) -> str:
    """The words that a field gets; of a date, an amount, the words that it was read from."""
    value = one.value.get("text", one.said) if isinstance(one.value, dict) else one.value
    return value if isinstance(value, str) else one.said


TWICE = (
    "样例实训项目共建协议书",
    "甲方：样本职业技术学院",
    "乙方：晨光样例数控装备有限公司",
    "第一条 保密",
    "双方对图纸保密。",
    "第二条 合作内容",
    "1+X证书培训每年两期。",
    "第三条 保密义务",
    "双方对工艺参数保密。",
    "第四条 终止",
    "协议终止后，设备归还乙方。",
    "协议解除后，学生转入甲方实训室。",
    "第五条 履行地点",
    "样本市甲路",
    "第六条 履行地点",
    "样本市乙路",
)


def test_two_places_of_one_field_are_both_kept_by_who_agrees_to_everything(records: Records) -> None:
    reading = _read(records, saved(written(*TWICE)))
    chosen = taken(reading, range(1, len(reading.asked) + 1))
    made = value_of(chosen, "agreement")
    assert made["confidentiality"] == "双方对图纸保密。\n\n双方对工艺参数保密。"
    settled = "协议终止后，设备归还乙方。\n\n协议解除后，学生转入甲方实训室。"
    assert made["termination"]["settlement"] == settled
    assert [one["text"] for one in made["contents"]] == ["1+X证书培训每年两期。"]
    assert made["place_of_performance"] == "样本市乙路"
    kept = [one.text for one in leftovers(reading.outline, used(reading, chosen))]
    assert kept == ["履行地点：样本市甲路"]


def test_whoever_agrees_to_everything_loses_no_text(records: Records) -> None:
    papers = [make().content for make in (*foreign_papers.PAPERS, *foreign_papers_more.MORE)]
    for content in (*papers, saved(written(*TWICE))):
        reading = _read(records, content)
        chosen = taken(reading, range(1, len(reading.asked) + 1))
        kept = [one.text for one in leftovers(reading.outline, used(reading, chosen))]
        held = f"{value_of(chosen, 'agreement')!r}" + "\n".join(kept)
        for one in chosen:
            if one.record == "agreement" and one.uses and isinstance(one.value, str):
                assert all(part in held for part in one.value.split("\n\n")), one.value


def test_a_note_with_a_number_of_a_persons_is_left_out_and_told(records: Records) -> None:
    reading = _read(records, saved(written(*TWICE)))
    notes = tuple(
        PaperLine(text=text, where="脚注")
        for text in ("乙方联系人身份证号 110101199003077578。", "图纸指机床图纸。")
    )
    outline = replace(reading.outline, paper=replace(reading.outline.paper, around=notes))
    reading = replace(reading, outline=outline)
    kept = [one.text for one in leftovers(outline, used(reading, taken(reading, ()))) if one.where == "脚注"]
    assert kept == ["脚注：图纸指机床图纸。"] and reading.secret_where == ("脚注",)
    assert any("没有写进记录：脚注" in line for line in around_told(reading))


def test_a_number_of_a_persons_is_left_out(records: Records) -> None:
    made = written(
        "样例项目共建协议书",
        "甲方：样本职业技术学院",
        f"乙方：{NEW}",
        "第一条 合作目的",
        "共建。",
        "第二条 联系",
        "乙方联系人身份证号 110101199003077578。",
    )
    reading = _read(records, saved(made))
    kept = "\n".join(one.text for one in leftovers(reading.outline, used(reading, taken(reading, ()))))
    assert "110101199003077578" not in kept and len(reading.secret) == 1


def test_a_code_of_another_company_is_asked_about(records: Records) -> None:
    made = written(
        "样例项目共建协议书", "甲方：样本职业技术学院", f"乙方：{NEW}", "统一社会信用代码：91149999MA99E00168"
    )
    [asked] = [one for one in _read(records, saved(made)).asked if one.path == ("parties", "enterprises")]
    assert asked.value == "chenguang-cnc" and "库里叫“晨光样例数控装备有限公司”" in asked.doubt


WRONG_IF_SURE = {
    "甲方无需向乙方支付管理费5000元。": ("payments", 0),
    "如乙方考核优秀，甲方向乙方支付奖励金5000元。": ("payments", 0),
    "甲方不向乙方支付尾款2万元。": ("payments", 0),
    "甲方暂不向乙方支付服务费2万元。": ("payments", 0),
    "甲方应向乙方支付的服务费2万元不予支付。": ("payments", 0),
    "甲方对乙方2万元尾款不予支付，乙方不再支付管理费1万元。": ("payments", 0),
    "乙方考核优秀的，甲方向乙方支付奖励金5000元。": ("payments", 0),
    "任何一方不得提前30日通知解除本协议。": ("termination", "notice_days"),
    "因对方违约的，守约方可以不提前30日通知解除本协议。": ("termination", "notice_days"),
    "本协议自签字盖章之日起生效，合作期满无异议自动延长一年。": ("term", "months"),
    "自签字盖章之日起生效，合作期满后自动续约一年。": ("term", "months"),
    "双方同意的，合作期限可以自签字之日起为三年。": ("term", "months"),
    "合作期限自2024年9月1日至2023年8月31日。": ("term", "start"),
    "本协议一式五份，双方各执两份。": ("copies",),
}


@pytest.mark.parametrize("sentence", WRONG_IF_SURE)
def test_what_a_sentence_denies_or_muddles_is_never_sure(sentence: str, records: Records) -> None:
    lines = ("样例实训项目共建协议书", "甲方：样本职业技术学院", "乙方：晨光样例数控装备有限公司")
    reading = _read(records, saved(written(*lines, "第一条 终止", sentence, "第二条 保密", "保密。")))
    assert [one.value for one in reading.proposals if one.sure and one.path == WRONG_IF_SURE[sentence]] == []


def test_one_company_on_both_sides_is_asked_about(records: Records) -> None:
    firm = "晨光样例数控装备有限公司"
    reading = _read(records, saved(written("样例实训项目共建协议书", f"甲方：{firm}", f"乙方：{firm}")))
    assert [one.doubt for one in reading.asked if one.record == "agreement"][-1] == "甲方和乙方认成了同一家"


@pytest.mark.parametrize(
    "line",
    [
        "> 引用 **粗** _下_ [链](http://a.cn)",
        "1) 价格 3*4*5 #1 <b>x</b> | y",
        "- 破折",
        "a\\*b",
        "1. 甲方",
        "# 号 `x`",
    ],
)
def test_a_line_is_printed_letter_by_letter(line: str) -> None:
    [block] = field_blocks(Printed(text=as_markdown(line)))
    assert isinstance(block, Paragraph) and plain(block.runs) == line


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "不是完好的 Word 文件"),
        (b"%PDF-1.7\n%broken", "PDF 打不开"),
        (b"PK\x03\x04" + b"\0" * 40, "不是完好的 Word 文件"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        running_text(content)
