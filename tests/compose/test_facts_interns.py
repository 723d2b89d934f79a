"""The papers that students sign call every party as they do themselves, whatever the cooperation's agreement calls it."""

from __future__ import annotations

from pipeline.compose.composer import Composer
from pipeline.compose.sheets import sheet_named
from pipeline.kernel.document import Document, Signature, plain
from pipeline.record.register import load
from tests.college import SCHEMAS, TEMPLATES, SmallCollege
from tests.compose.samples import put, runs_of


def paper(home: SmallCollege, name: str = "internship") -> Document:
    sheet = sheet_named(name)
    assert sheet
    return Composer(TEMPLATES, SCHEMAS, load(home.root, SCHEMAS).records).compose(sheet, "example")


def said(home: SmallCollege, name: str = "internship") -> str:
    return "".join(run.text for run in runs_of(paper(home, name).body.blocks))


def two_enterprises(home: SmallCollege) -> None:
    home.change("enterprises: [chenguang-cnc]", "enterprises: [chenguang-cnc, yunfan-software]")


def test_a_third_party_of_the_agreement_is_named_where_the_third_party_is_the_student(
    home: SmallCollege,
) -> None:
    two_enterprises(home)
    put(home, "safety", "学生在餐饮后厨发生的事故由丙方承担，甲方和乙方协助救治。")
    text = said(home)
    firms = load(home.root, SCHEMAS).records.enterprises
    assert f"事故由{firms['yunfan-software'].name}承担，甲方和{firms['chenguang-cnc'].name}协助救治" in text
    assert "事故由丙方承担" not in text


def test_the_school_is_party_a_here_also_where_it_is_party_b_there(home: SmallCollege) -> None:
    home.change(
        "enterprises: [chenguang-cnc]", "enterprises: [chenguang-cnc], order: [chenguang-cnc, college]"
    )
    put(home, "insurance", "乙方为学生投保实习责任保险，甲方为学生投保意外险，双方不向学生收取保险费。")
    text = said(home)
    assert "甲方为学生投保实习责任保险，乙方为学生投保意外险，甲方、乙方不向学生收取" in text.replace(
        "乙方、甲方", "甲方、乙方"
    )


def test_what_is_about_staff_and_things_alone_stays_behind(home: SmallCollege) -> None:
    put(home, "insurance", "甲方投保实习责任保险。乙方为员工投保雇主责任险。")
    assert "实习责任保险" in said(home)
    assert "雇主责任险" not in said(home)


def test_no_item_is_taken_out_of_a_list(home: SmallCollege) -> None:
    rules = "1. 进入车间戴护目镜；\n2. 下班前切断主电源，由值班教师签字；\n3. 每学期演练一次。"
    put(home, "safety", rules)
    text = said(home)
    assert "下班前切断主电源，由值班教师签字" in text and "每学期演练一次" in text


def test_each_signer_has_a_date_and_the_paper_a_mark_of_its_own(home: SmallCollege) -> None:
    made = paper(home)
    (signature,) = (block for block in made.body.blocks if isinstance(block, Signature))
    assert len(signature.parties) == 4
    assert all(any("日期" in plain(line) for line in party.lines) for party in signature.parties)
    assert "空白文本" in made.frame.status
    assert not made.frame.watermark


def test_apprentices_have_a_paper_that_ties_the_enterprise_to_its_party(home: SmallCollege) -> None:
    home.change("forms: [training-base, order-class]", "forms: [apprenticeship]")
    home.change("code: C2", "code: C3")
    assert "晨光样例数控装备有限公司" in said(home, "apprentice")
    sheet = sheet_named("apprentice")
    agreement = load(home.root, SCHEMAS).records.agreements["example"]
    assert sheet and sheet.prints(agreement)
    internship = sheet_named("internship")
    assert internship and not internship.prints(agreement)
    whole = Composer(TEMPLATES, SCHEMAS, load(home.root, SCHEMAS).records).agreement("example")
    assert "本协议所称企业，是指乙方。" in "".join(run.text for run in runs_of(whole.body.blocks))
