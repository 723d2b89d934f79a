"""A teacher who knows no YAML and no git, at the page in a browser: from nothing to an agreement sent for review.

On the way the mistakes that people make in forms: each is said at its field, and nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.college import AGREEMENT, ENTERPRISE, SmallCollege
from tests.desk.forge import Forge
from tests.desk.serving import desk, served
from tests.desk.window import Window, sitting
from tests.site.visiting import PHONE

pytestmark = pytest.mark.browser

FILE = "agreements/projects/2026-m-001/agreement.yaml"
WRITTEN = Path(__file__).with_name("written.yaml").read_text(encoding="utf-8")
TABLE = (
    "设备名称\t型号\t数量\t单位\t单价（元）\t权属\t交付日期\t备注\r\n"
    "五轴加工中心\tVMC-850\t２\t台\t96,000.00\t晨光样例数控装备有限公司\t2027年3月1日\t新购\r\n"
    "三坐标测量机\tCMM-5\t1\t台\t9.6万\t晨光样例数控装备有限公司\t2027.3.1\t\r\n"
    "合计\t\t3\t\t288,000.00\t\t\t\r\n"
)
"""A table as Excel copies it: other headings, a line of totals, a column that no field takes."""


@pytest.fixture
def forge(tmp_path: Path, small: SmallCollege) -> Forge:
    return Forge(tmp_path, small)


@pytest.fixture
def window(browser: Browser, forge: Forge, small: SmallCollege) -> Iterator[Window]:
    with served(desk(small.root)) as opened, sitting(browser, opened) as window:
        yield window


def test_a_teacher_brings_an_agreement_from_nothing_to_review(
    window: Window, forge: Forge, small: SmallCollege
) -> None:
    _begin(window)
    _what_and_who(window)
    _what_it_takes(window)
    _closed_in_the_middle(window)
    _for_how_long(window)
    _the_rest(window)
    forge.change("period: 每学期第 1 至 16 周", "period: 全学年")  # main moves meanwhile
    window.press("保存")
    window.hears("已保存")
    assert small.text(FILE) == WRITTEN
    _sent(window)
    assert forge.shown("coop/projects-2026-m-001-agreement", FILE) == WRITTEN.strip()
    assert "period: 全学年" in forge.shown("coop/projects-2026-m-001-agreement")


def _begin(window: Window) -> None:
    window.go("new/agreement")
    page = window.page
    page.get_by_label("合作项目名称").fill("教师企业实践")
    page.get_by_label("由哪个系部实施").select_option(label="机械工程系")
    page.get_by_label("晨光样例数控装备有限公司").check()
    page.get_by_label("教师企业实践与互聘").check()
    window.press("开始填写")
    page.get_by_role("heading", name="新的合作协议").wait_for()


def _what_and_who(window: Window) -> None:
    window.fill(scope="机械类专业教师的企业实践")
    window.paste("purpose", "年度\t教师\r\n2027\t8\r\n2028\t8\r\n")
    assert window.control("purpose").input_value() == "| 年度 | 教师 |\n|---|---|\n| 2027 | 8 |\n| 2028 | 8 |"
    window.page.locator('[data-path="purpose"]').get_by_role("button").click()
    expect(window.page.locator('[data-path="purpose"] .looks td')).to_have_text(["2027", "8", "2028", "8"])
    window.fill(purpose="两年内安排 16 人次教师到企业实践")
    window.add("contents")
    window.fill(contents__0__text="2、每学期安排四名教师到企业实践")
    window.told("contents.0", "这一项开头带着编号“2、”")
    window.told("contents.0", "没有写合作内容第 1 项的内容类别")
    window.fill(
        contents__0__text="每学期安排四名教师到企业实践", contents__0__code="人才培养、人员互聘与相互支持"
    )
    window.paste("obligations.college.rights.0", "（1）按需要提出岗位要求；\n（2）检查安全保障情况。\n")
    window.fill(
        obligations__college__duties__0="开学前两周交来教师名单",
        **{"obligations__chenguang-cnc__rights__0": "对教师提出岗位管理要求"},
        **{"obligations__chenguang-cnc__duties__0": "安排带教（待定）"},
    )
    window.told("obligations.chenguang-cnc.duties", "还留着“待定”")
    window.fill(**{"obligations__chenguang-cnc__duties__0": "安排带教的技术人员和安全培训"})
    window.page.locator('[data-path="obligations"] .field.key select').nth(1).select_option(index=1)
    window.hears("已经有一项了")


def _what_it_takes(window: Window) -> None:
    page = window.page
    window.fill(inputs__mode="设备无偿使用，产权不转移")
    page.locator('[data-path="inputs"] > details > summary').click()
    window.add("inputs.equipment")
    window.paste("inputs.equipment.0.name", TABLE)
    window.hears("“备注”没有对应的栏目")
    expect(page.locator('[data-path="inputs.equipment"] .card')).to_have_count(2)
    window.fill(inputs__total="28.8万元")
    assert window.control("inputs.total").input_value() == "288,000.00"
    window.fill(inputs__total="3万")
    window.told("inputs.total", "各项相加是 288,000.00 元")
    window.fill(inputs__total="288,000", inputs__lacking="不投入技术：设备成熟")
    for label in ("占用学院资源", "开放服务收入"):
        page.get_by_label(f"{label}：本项不发生").check()
    window.fill(resources__none="无", revenue__none="本项目不对外服务")
    window.told("resources", "还留着“无”")
    window.fill(resources__none="不占用学院场地")


def _closed_in_the_middle(window: Window) -> None:
    window.add("costs")
    window.fill(costs__0__item="实训耗材", costs__0__liability="超出预算的由使用方承担")
    window.page.goto("about:blank")
    window.go("", "今天")
    window.page.get_by_role("link", name="新的合作协议 教师企业实践").click()
    window.page.get_by_role("heading", name="新的合作协议").wait_for()
    assert window.control("costs.0.item").input_value() == "实训耗材"


def _for_how_long(window: Window) -> None:
    window.add("costs.0.shares", 2)
    window.fill(costs__0__shares__college="60%", **{"costs__0__shares__chenguang-cnc": "120"})
    window.told("costs.0.shares", "应为 0 到 100 的百分数")
    window.fill(**{"costs__0__shares__chenguang-cnc": "３０"})
    window.told("costs.0", "各方分担合计 90%")
    window.fill(**{"costs__0__shares__chenguang-cnc": "40"})
    window.fine("costs.0.shares")
    window.paste("term.start", "2028年12月31日")
    window.fill(term__end="2027-01-01")
    window.told("term", "不晚于开始日期")
    window.control("term.end").focus()
    window.page.keyboard.press("Delete")  # a part of the day is missing now, the year or the month
    window.control("term.start").focus()
    window.told("term.end", "日期没有写完整")
    window.fill(term__start="2027-01-01", term__end="2028-12-31")
    window.fine("term")
    window.add("termination.conditions")
    window.paste("termination.conditions.0", "1、期限届满；\n2、一方严重违约，催告后仍不改正。")
    window.fill(termination__notice_days="三十天")
    window.told("termination.notice_days", "应为整数，现在写的是“三十天”")
    window.fill(termination__notice_days="３０", termination__settlement="已经开始的实践做完为止")
    window.fill(
        breach__college__0="逾期交名单的，时间顺延", **{"breach__chenguang-cnc__0": "未安排带教的，补足时间"}
    )


def _the_rest(window: Window) -> None:
    window.fill(
        place_of_performance="企业车间",
        quality__standard="按实践计划",
        quality__acceptance="每学期末共同考核",
    )
    window.fill(dispute__method="诉讼", dispute__body="样本仲裁委员会")
    window.told("dispute", "却是仲裁的机构")
    window.fill(dispute__body="学校所在地人民法院")
    window.add("notices.contacts", 2)
    window.fill(notices__contacts__college__name="绿样本", notices__delivery="书面送达之日视为送达")
    window.page.locator('[data-path="notices.contacts.chenguang-cnc"] summary').click()
    window.fill(
        **{"notices__contacts__chenguang-cnc__name": "褐样例"},
        **{"notices__contacts__chenguang-cnc__phone": "００００－００００２０２"},
    )
    window.fill(force_majeure="三日内通知对方，并减少损失", confidentiality="终止后继续三年")
    window.fill(personal_data="协议终止后删除", safety="企业进行安全教育", insurance="学校投保意外伤害险")
    window.add("copies.each", 2)
    window.fill(copies__total="四", copies__each__college="2", **{"copies__each__chenguang-cnc": "1"})
    window.told("copies.total", "应为整数")
    window.fill(copies__total="4")
    window.told("copies", "各方份数相加是 3 份，总份数写的是 4 份")
    window.fill(**{"copies__each__chenguang-cnc": "2"})
    window.fill(effectiveness__condition="各方签字盖章并经甲方履行完合同审批手续", stage="提交审核")


def _sent(window: Window) -> None:
    window.page.get_by_role("link", name="送审").click()
    window.page.get_by_label("合作协议").check()
    window.signs("绿样本", "lv")
    window.press("送出审核")
    window.hears("邮箱")
    window.signs("绿样本", "lv@example.edu.cn")
    window.press("送出审核")
    window.hears("送出去了，等待审核")


def test_two_who_wrote_one_field_see_both_and_choose(window: Window, small: SmallCollege) -> None:
    window.go(f"file/{AGREEMENT}")
    window.fill(scope="我写的范围")
    old = next(line for line in small.text().splitlines() if line.startswith("scope:"))
    small.change(old, "scope: 同事写的范围")
    window.press("保存")
    expect(window.page.locator("#asked td")).to_have_text(["我写的范围", "同事写的范围"])
    window.press("都用我的")
    window.hears("已保存")
    assert "scope: 我写的范围\n" in small.text()


def test_records_are_saved_together_and_taken_back_together(window: Window, small: SmallCollege) -> None:
    before = small.text(), small.text(ENTERPRISE)
    for file, field in ((AGREEMENT, "title"), (ENTERPRISE, "address")):
        window.go(f"file/{file}")
        window.fill(**{field: "改过的"})
        expect(window.page.locator("#standing")).to_contain_text("草稿已记下")
    window.go("", "今天")
    window.press("2 份一起保存")
    window.hears("2 份记录一起保存了")
    assert "改过的" in small.text() and "改过的" in small.text(ENTERPRISE)
    window.press("撤销这次保存")
    window.hears("2 份记录都回到原来的样子")
    assert (small.text(), small.text(ENTERPRISE)) == before


def test_the_form_shuts_nobody_out_on_a_phone_or_without_a_mouse(
    browser: Browser, small: SmallCollege
) -> None:
    with served(desk(small.root)) as opened, sitting(browser, opened, PHONE) as window:
        page = window.page
        for place in ("", "new/agreement", "file/agreements/enterprises/chenguang-cnc.yaml", "review"):
            window.go(place)
            assert window.barriers() == "", place
        window.go(f"file/{AGREEMENT}")
        page.locator("#papers .paper").first.wait_for(state="attached")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        window.control("title").focus()
        page.keyboard.press("End")
        page.keyboard.type("（修订）")
        page.keyboard.press("Control+s")
        window.hears("已保存")
        assert "（修订）" in small.text()
