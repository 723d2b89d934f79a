"""The sample college's site as somebody opens it who never saw it: at a desk, on a phone, on paper."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pipeline.site.site_data import Edition
from tests.site.sample import DAY, site_data
from tests.site.visiting import DESK, PHONE, Visit, visiting

pytestmark = pytest.mark.browser

BOTH = (
    *("index", "agreements", "enterprises", "departments", "matrix", "search"),
    *("projects/2025-im-001", "enterprises/xingchen-equipment", "departments/intelligent-manufacturing"),
)
INTERNAL = (
    *("todo", "plans", "meetings", "supervision", "conformity", "rules", "findings"),
    *("projects/2026-ie-002", "projects/2026-bl-001", "projects/2024-im-001", "departments/health-care"),
)
KINDS = [
    *((Edition.INTERNAL, name) for name in (*BOTH, *INTERNAL)),
    *((Edition.PUBLIC, name) for name in BOTH),
]
"""Every kind of page there is, in each edition that has it."""


@pytest.fixture
def visit(browser: Browser, editions: dict[Edition, Path]) -> Iterator[Visit]:
    """Somebody at a desk with the school's own edition."""
    with visiting(browser, editions[Edition.INTERNAL]) as visit:
        yield visit


@pytest.mark.parametrize(("edition", "name"), KINDS)
def test_a_page_shuts_nobody_out_at_a_desk_or_on_a_phone(
    browser: Browser, editions: dict[Edition, Path], edition: Edition, name: str
) -> None:
    for size in (DESK, PHONE):
        with visiting(browser, editions[edition], size) as visit:
            visit.page.emulate_media(color_scheme="light" if size == DESK else "dark")
            page = visit.go(f"{name}.html")
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
            assert visit.barriers() == ""


def test_on_a_phone_a_row_is_a_card_that_names_its_values(
    browser: Browser, editions: dict[Edition, Path]
) -> None:
    with visiting(browser, editions[Edition.INTERNAL], PHONE) as visit:
        page = visit.go("index.html")
        cell = page.get_by_role("table", name="已逾期的事项").get_by_role("cell").first
        assert "逾期 13 天" in cell.inner_text() and cell.get_attribute("data-label") == "期限"
        box = cell.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE[0]
        page = visit.go("agreements.html")
        page.get_by_role("button", name="期限").click()
        assert page.locator("#list tbody th a").first.inner_text() == "智慧仓配订单班联合培养项目"


def _clicks(page: Page, *names: str) -> str:
    """Follow links by what they are called, three at most; what the page then says."""
    assert len(names) <= 3
    for name in names:
        page.locator("main a, .top nav a").filter(has_text=name).first.click()
    return page.locator("main").inner_text()


def test_which_agreements_end_this_year_is_found_in_one_click(visit: Visit) -> None:
    page = visit.go("index.html")
    _clicks(page, "今年到期")
    assert page.url.endswith("#ending")
    table = page.get_by_role("table", name="今年到期的协议")
    assert table.locator("tbody tr").count() == 1
    assert "软件技术专业教师企业实践项目" in table.inner_text() and "2026-12-31" in table.inner_text()
    assert "虚拟云境信息技术有限公司" in _clicks(page, "软件技术专业教师企业实践项目")


def test_who_has_to_approve_what_is_found_in_one_click(visit: Visit) -> None:
    page = visit.go("index.html")
    _clicks(page, "等着审批和办理")
    assert page.url.endswith("#waiting")
    row = (
        page.get_by_role("table", name="等着审批和办理")
        .get_by_role("row")
        .filter(has_text="社区零售数字化运营")
    )
    assert "院长（李示言）" in row.inner_text() and "党委会（冯样书）" in row.inner_text()
    told = _clicks(page, "社区零售数字化运营")
    assert page.url.endswith("projects/2026-bl-001.html#approvals") and "还没有决定" in told


def test_everybody_finds_what_waits_for_him_and_can_pass_his_list_on(visit: Visit) -> None:
    page = visit.go("index.html")
    _clicks(page, "等我办")
    page.get_by_label("由谁办").select_option(label="李示言")
    shown = page.locator("#list tbody tr:visible")
    assert shown.count() == 1 and "社区零售数字化运营" in shown.first.inner_text()
    page = visit.go("todo.html#person=张拟工")
    visit.page.reload()
    told = page.locator("#list tbody tr:visible").all_inner_texts()
    assert "危化品柜温湿度记录断档11天" in told[0] and all("张拟工" in one for one in told)


def test_what_is_overdue_is_found_in_one_click_and_where_it_comes_from_in_two(visit: Visit) -> None:
    page = visit.go("index.html")
    _clicks(page, "已逾期")
    assert page.url.endswith("#late")
    late = page.get_by_role("table", name="已逾期的事项").inner_text()
    assert "危化品柜温湿度记录断档11天" in late and "张拟工" in late and "逾期 13 天" in late
    assert "精密制造与数字化检测实训基地共建项目" in _clicks(page, "危化品柜温湿度记录断档")
    assert page.url.endswith("supervision.html#2025-im-002-2026-10")


def test_how_far_the_plan_is_is_found_in_two_clicks(visit: Visit) -> None:
    page = visit.go("index.html")
    assert "49.3%" in page.get_by_role("link", name="今年计划进度").inner_text()
    _clicks(page, "今年计划进度")
    row = (
        page.get_by_role("table", name="2026 年各系部计划完成情况")
        .get_by_role("row")
        .filter(has_text="智能制造系")
    )
    assert "51.2%" in row.inner_text()
    told = _clicks(page, "智能制造系")
    assert "联合培养学生" in told and "164 人" in told and "140 人" in told and "85.4%" in told


FILTERS = {
    "实施系部": "department",
    "合作企业": "enterprise",
    "合作方式": "form",
    "状态": "state",
    "履行年份": "year",
}


@pytest.mark.parametrize(("label", "name"), FILTERS.items())
def test_each_choice_of_a_filter_shows_the_projects_that_fit_and_no_other(
    visit: Visit, label: str, name: str
) -> None:
    page = visit.go("agreements.html")
    records, standing = site_data(Edition.INTERNAL).records, site_data(Edition.INTERNAL).standing
    choice = page.locator(f".filters label:has-text('{label}') select")
    options = [
        value for value in choice.locator("option").evaluate_all("some => some.map(o => o.value)") if value
    ]
    assert len(options) >= 4
    for value in options:
        choice.select_option(value)
        shown = {
            (link.get_attribute("href") or "").split("/")[1].removesuffix(".html")
            for link in page.locator("#list tbody tr:visible th a").all()
        }
        fitting = set()
        for project, one in records.agreements.items():
            assert one.parties and one.responsible and one.term and one.term.start and one.term.end
            years = {str(year) for year in range(one.term.start.year, one.term.end.year + 1)}
            found: dict[str, set[str]] = {
                "department": {one.responsible.implementer or ""},
                "enterprise": set(one.parties.enterprises),
                "form": set(one.forms),
                "state": {standing[project].value},
                "year": years,
            }
            if value in found[name]:
                fitting.add(project)
        assert shown == fitting and f"#{name}={value}" in page.url


def test_two_characters_find_and_show_where_they_stand(visit: Visit) -> None:
    page = visit.go("search.html#q=设备")
    hits = page.locator("#hits li")
    assert hits.count() > 3
    for hit in hits.all():
        assert hit.locator("mark, a").filter(has_text="设备").count() > 0, hit.inner_text()
    page = visit.go("agreements.html")
    page.locator(".filters input").fill("数控")
    records = site_data(Edition.INTERNAL).records
    about = [one for one in records.agreements.values() if "数控" in f"{one.title}{one.majors}"]
    assert page.locator("#list tbody tr:visible").count() == len(about) == 3


def test_the_president_is_found_by_office_and_by_name(visit: Visit) -> None:
    for asked in ("院长", "李示言"):
        page = visit.go(f"search.html#q={asked}")
        visit.page.reload()
        assert "李示言（院长）" in page.locator("#hits a").all_inner_texts()
    page.locator("#hits a", has_text="李示言（院长）").click()
    assert page.locator("#p-li-shiyan").is_visible()


def test_what_a_filter_shows_is_taken_along_as_a_table(visit: Visit, tmp_path: Path) -> None:
    page = visit.go("agreements.html#department=health-care")
    with page.expect_download() as began:
        page.get_by_role("button", name="导出这张表").click()
    began.value.save_as(tmp_path / "list.csv")
    assert began.value.suggested_filename == "合作协议.csv"
    rows = list(csv.reader((tmp_path / "list.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][:3] == ["项目", "状态", "实施系部"]
    assert [row[2] for row in rows[1:]] == ["健康养护系"] * page.locator("#list tbody tr:visible").count()


def test_the_keyboard_reaches_filters_heads_and_details(visit: Visit) -> None:
    page = visit.go("agreements.html")
    seen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 40)"))
        if page.evaluate("document.activeElement.closest('th[scope=col]') !== null"):
            break
    assert sum("<select" in one for one in seen) == 5
    page.keyboard.press("Enter")
    assert page.locator("thead th").first.get_attribute("aria-sort") == "ascending"
    page = visit.go("projects/2025-im-001.html")
    page.locator(".wording summary").focus()
    page.keyboard.press("Enter")
    assert page.get_by_text("鉴于：").is_visible()


def test_a_long_page_begins_with_what_it_holds(visit: Visit) -> None:
    page = visit.go("projects/2025-im-001.html")
    contents = page.get_by_role("navigation", name="本页内容")
    assert contents.get_by_role("link").all_inner_texts()[:3] == [
        "办理进程",
        "年度目标与完成",
        "合作模式与凭据",
    ]
    contents.get_by_role("link", name="协议十二项基本内容").click()
    assert page.url.endswith("#elements")


def test_a_built_document_is_read_in_the_browser(visit: Visit) -> None:
    page = visit.go("projects/2025-im-001.html")
    page.get_by_role("link", name="合作协议书：在线阅读").click()
    assert page.url.endswith("documents/projects/2025-im-001/agreement.html")
    assert "此为工作稿，签署请用定稿" in page.locator("header").inner_text()


PAPER = {
    "index": "危化品柜温湿度记录断档11天",
    "projects/2025-im-001": "L0 有记录",
    "plans": "联合培养学生（星辰智能装备产业学院）",
    "meetings": "各系部核对年度目标的进展数字",
    "supervision": "部分设备没有粘贴权属标签",
    "departments/intelligent-manufacturing": "组织岗位实习",
    "enterprises/xingchen-equipment": "产教融合型企业",
    "agreements": "2024-im-001",
    "matrix": "教学团队主动",
}


@pytest.mark.parametrize(("name", "held"), PAPER.items())
def test_paper_shows_what_the_page_tells_and_nothing_to_click(
    visit: Visit, tmp_path: Path, name: str, held: str
) -> None:
    page = visit.go(f"{name}.html")
    paper = tmp_path / "page.pdf"
    page.pdf(path=paper, prefer_css_page_size=True)
    asked = ["pdftotext", "-layout", str(paper), "-"]
    told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    assert f"截至 {DAY.year}年{DAY.month}月{DAY.day}日" in told and held in told
    if name == "agreements":
        assert told.count("实施系部") == 2, "the head of the list stands on both pages"
    assert not [word for word in ("筛选", "数据表", "展开全文", "本页内容", "在线阅读") if word in told]


_BROKEN = """() => [...document.querySelectorAll("table th, table td")].filter((cell) => {
  const text = cell.innerText.trim(), style = getComputedStyle(cell);
  const inner = cell.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return cell.clientWidth && text.length > 1 && /[\\u4e00-\\u9fff]{2}/.test(text) && inner < 1.9 * parseFloat(style.fontSize);
}).map((cell) => cell.innerText)"""


@pytest.mark.parametrize("name", [name for edition, name in KINDS if edition is Edition.INTERNAL])
def test_no_column_is_so_narrow_on_paper_that_its_words_stand_one_sign_under_the_other(
    browser: Browser, editions: dict[Edition, Path], name: str
) -> None:
    with visiting(browser, editions[Edition.INTERNAL], (718, 1000)) as visit:
        page = visit.go(f"{name}.html")
        for cell in page.locator("#waiting ~ .scroll td:nth-child(3)").all():
            cell.evaluate(
                "(one) => (one.textContent = '实施系部（罗样本）、法务审核（韩样本）、国有资产管理（没有人担任）'.repeat(2))"
            )
        page.emulate_media(media="print")
        assert page.evaluate(_BROKEN) == []
