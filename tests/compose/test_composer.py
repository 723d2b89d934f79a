"""The composer: which wording, which frame, and documents of colleges in every state."""

from __future__ import annotations

import re

import pytest

from pipeline.check.run import examine
from pipeline.kernel.document import (
    PAGE,
    PAGES,
    Contents,
    Cover,
    Heading,
    Paragraph,
    Party,
    Signature,
    Table,
    plain,
)
from pipeline.record.register import load
from tests.college import AGREEMENT, COLLEGE, ENTERPRISE, SCHEMAS, SmallCollege
from tests.compose.samples import composed, drop, lines, runs_of

LETTER = """stage: submitted
title: 数字物流人才培养合作
forms: [framework]
purpose: 研究共同培养数字物流人才的可能
scope: 物流管理专业
parties: {college: {signatory: bai-yangben}, enterprises: [mingri-logistics]}
term: {start: 2026-09-01, end: 2027-08-31}
"""


def text(home: SmallCollege) -> str:
    return "\n".join(lines(composed(home).body.blocks))


def test_the_full_text_is_the_usual_one_and_has_a_cover(home: SmallCollege) -> None:
    made = composed(home)
    assert (made.kind, made.layout) == ("agreement", "contract")
    assert isinstance(made.body.blocks[0], Cover)
    assert made.body.title == "数控实训基地共建与订单培养合作协议书"
    assert made.body.number == "样校合〔2026〕1号"


def test_the_uniform_text_is_chosen_by_its_word(home: SmallCollege) -> None:
    home.change("wording: full", "wording: uniform")
    made = composed(home)
    assert not any(isinstance(block, Cover | Contents) for block in made.body.blocks)
    assert "本协议采用甲方的统一文本" in text(home)
    assert {block.name for block in made.body.blocks if isinstance(block, Table)} == {
        "inputs",
        "resources",
        "costs",
        "revenue",
        "columns-4",
    }


def test_a_framework_is_a_letter_of_intent_whatever_its_wording_says(home: SmallCollege) -> None:
    home.write(LETTER + "wording: full\n")
    made = composed(home)
    assert made.body.title == "数字物流人才培养合作合作意向书"
    assert "不是校企合作协议" in text(home)
    assert not any(isinstance(block, Table) for block in made.body.blocks)


def test_the_frame_says_honestly_that_nothing_is_approved(home: SmallCollege) -> None:
    frame = composed(home).frame
    assert frame.header == "样校合〔2026〕1号　数控实训基地共建与订单培养合作协议书"
    assert (frame.watermark, frame.status) == ("草稿", "草稿　尚未完成审批，不得签署")
    assert PAGE in frame.footer and PAGES in frame.footer


def test_three_parties_have_their_particulars_duties_liability_and_seals(home: SmallCollege) -> None:
    home.change("enterprises: [chenguang-cnc]", "enterprises: [chenguang-cnc, yunfan-software]")
    home.change(
        "  chenguang-cnc:\n    rights:",
        "  yunfan-software: {rights: [甲乙丙], duties: [子丑寅]}\n  chenguang-cnc:\n    rights:",
    )
    home.change("breach:\n", "breach:\n  yunfan-software: [逾期部署的，赔偿损失]\n")
    made = composed(home)
    parties = [block for block in made.body.blocks if isinstance(block, Party)]
    assert [party.role for party in parties] == [
        "甲方：样本职业技术学院",
        "乙方：晨光样例数控装备有限公司",
        "丙方：云帆样例软件有限公司",
    ]
    (signature,) = [block for block in made.body.blocks if isinstance(block, Signature)]
    assert [plain(place.lines[0])[:2] for place in signature.parties] == ["甲方", "乙方", "丙方"]
    said = text(home)
    assert "丙方的权利和义务" in said and "1.子丑寅" in said
    assert "丙方的违约责任" in said and "1.逾期部署的，赔偿损失" in said


def test_many_parties_are_called_by_the_heavenly_stems_and_then_by_number(home: SmallCollege) -> None:
    many = ", ".join(["chenguang-cnc", *(f"firm-{number}" for number in range(11))])
    home.change("enterprises: [chenguang-cnc]", f"enterprises: [{many}]")
    (line,) = lines(composed(home, "{{ parties | roles }}").body.blocks)
    assert line == "甲方、乙方、丙方、丁方、戊方、己方、庚方、辛方、壬方、癸方、第11方、第12方、第13方"


def test_an_agreement_without_parties_shows_the_missing_partner(home: SmallCollege) -> None:
    drop(home, "parties")
    said = text(home)
    assert "乙方：【待补充：合作企业】" in said
    assert "签约代表：【待补充：学校签字人】" in said


def test_what_is_a_gap_counts_as_missing_in_a_condition(home: SmallCollege) -> None:
    wording = "{% for p in parties %}{% if p.name %}有{% else %}无{% endif %}{% endfor %}"
    assert lines(composed(home, wording).body.blocks) == ["有有"]
    home.path(ENTERPRISE).unlink()
    assert lines(composed(home, wording).body.blocks) == ["有无"]


def test_a_partner_that_is_not_registered_is_a_gap_named_after_its_id(home: SmallCollege) -> None:
    home.path(ENTERPRISE).unlink()
    assert "乙方：【待补充：chenguang-cnc】" in text(home)


def test_a_college_that_cannot_be_read_still_gives_a_document(home: SmallCollege) -> None:
    home.write("name: [\n", COLLEGE)
    assert "甲方：【待补充：college】" in text(home)


@pytest.mark.parametrize("wording", ["full", "uniform"])
def test_an_almost_empty_draft_is_composed_with_its_gaps(home: SmallCollege, wording: str) -> None:
    home.write(f"stage: draft\nwording: {wording}\ntitle: 某项目\n")
    made = composed(home)
    labels = set(re.findall("【待补充：([^】]+)】", text(home)))
    assert {
        "合作目的",
        "合作范围",
        "合作方式",
        "权利",
        "义务",
        "违约责任",
        "提前通知天数",
        "结束日期",
    } <= labels
    assert all(run.gap for run in runs_of(made.body.blocks) if "【待补充" in run.text)
    articles = [block for block in made.body.blocks if isinstance(block, Heading) and block.level == 1]
    assert len(articles) >= 12


def test_an_empty_file_is_still_composed(home: SmallCollege) -> None:
    home.write("{}\n")
    assert "【待补充：合作项目名称】" in text(home)


def test_every_party_pays_its_share_and_amounts_are_told_twice(home: SmallCollege) -> None:
    said = text(home)
    assert "投入合计¥1,020,000.00（大写：人民币壹佰零贰万元整）" in said
    assert "本协议一式四份，其中甲方执二份，乙方执二份，各份具有同等法律效力。" in said
    assert "本协议的期限为三年，自2026年9月1日起至2029年8月31日止" in said


def test_what_is_declared_not_to_apply_says_why_and_has_no_annex(home: SmallCollege) -> None:
    drop(home, "revenue")
    home.write(home.text() + "revenue: {none: 基地不对外开放服务}\n")
    said = text(home)
    assert "理由：基地不对外开放服务" in said
    assert "附件4　开放服务收入分配表（本项目不适用）" in said
    assert [block.name for block in composed(home).body.blocks if isinstance(block, Table)] == [
        "inputs",
        "resources",
        "costs",
        "columns-4",
    ]


def test_a_project_that_nobody_wrote_is_a_key_error(home: SmallCollege) -> None:
    with pytest.raises(KeyError):
        composed(home, project="nobody")


def test_a_note_of_a_comment_changes_nothing(home: SmallCollege) -> None:
    before = composed(home)
    home.write("# 备注\n" + home.text(), AGREEMENT)
    assert composed(home) == before


def test_no_paragraph_is_empty_and_none_ends_in_a_blank(home: SmallCollege) -> None:
    for block in composed(home).body.blocks:
        if isinstance(block, Paragraph):
            said = plain(block.runs)
            assert said == said.strip(" ") and said


def test_contents_of_one_kind_that_follow_each_other_share_a_heading(home: SmallCollege) -> None:
    home.change(
        "{code: C4, text: 共建数控", "{code: C2, text: 选派企业导师授课}\n  - {code: C4, text: 共建数控"
    )
    headings = [
        plain(block.runs)
        for block in composed(home).body.blocks
        if isinstance(block, Heading) and block.level == 2
    ]
    assert headings.count("人才培养、人员互聘与相互支持") == 1
    said = text(home)
    assert "每学年修订一次" in said and "选派企业导师授课" in said


@pytest.mark.parametrize("wording", ["full", "uniform", "framework", "apprenticeship"])
def test_contents_of_one_kind_share_a_heading_wherever_they_stand(home: SmallCollege, wording: str) -> None:
    home.change(
        "  - {code: C4", "  - {code: C4, text: 先写的共建}\n  - {code: C2, text: 后写的育人}\n  - {code: C4"
    )
    if wording in ("framework", "apprenticeship"):
        home.change(r"forms: [training-base, order-class]", f"forms: [{wording}]")
    else:
        home.change("wording: full", f"wording: {wording}")
    blocks = composed(home).body.blocks
    headings = [plain(block.runs) for block in blocks if isinstance(block, Heading) and block.level == 2]
    assert len(headings) == len(set(headings))
    said = text(home)
    assert said.index("每学年修订一次") < said.index("后写的育人") < said.index("先写的共建")


@pytest.mark.parametrize("forms", ["training-base", "framework", "apprenticeship"])
def test_what_is_told_of_a_title_is_what_is_printed(home: SmallCollege, forms: str) -> None:
    home.change("forms: [training-base, order-class]", f"forms: [{forms}]")
    home.change("title: 数控实训基地共建与订单培养", "title: 《数控人才意向合作协议书》")
    register = load(home.root, SCHEMAS)
    (told,) = [one for one in examine(register, SCHEMAS).findings if one.code == "R08"]
    assert f"“{composed(home).body.title}”" in told.message
