"""The pages of a small college: whole, linked, escaped, and with the same figures everywhere."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import urlsplit

import pytest

from pipeline.model import Records
from pipeline.reports import portfolio
from pipeline.reports.annual import annual
from pipeline.reports.ledgers import Book, agreements
from pipeline.reports.open_matters import rectifications
from pipeline.reports.words import Words
from pipeline.site.engine import days, prose, wan
from pipeline.site.public import public
from pipeline.site.write import files
from tests.college import SCHEMAS
from tests.site.everything import TODAY, records, world
from tests.site.reading import Read

SITE = dict(files(world()))
PAGES = {name: Read(content) for name, content in SITE.items() if name.endswith(".html")}
EVIL = "<script>alert(1)</script>'\"&{{7*7}}"


def test_every_tag_is_closed_and_every_id_stands_once() -> None:
    for name, page in PAGES.items():
        assert page.unclosed == [], name
        assert len(page.ids) == len(set(page.ids)), name


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_link_leads_somewhere_inside_the_site(name: str) -> None:
    for link in PAGES[name].links:
        split = urlsplit(link)
        if link == "data:,":
            continue
        assert not split.scheme and not split.netloc, link
        target = normpath(join(dirname(name), split.path)) if split.path else name
        assert target in SITE, f"{name} leads to {link}"
        if split.fragment and "=" not in split.fragment:
            assert split.fragment in PAGES[target].ids, f"{name} leads to {link}"


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_page_is_chinese_titled_and_guarded(name: str) -> None:
    tags = PAGES[name].tags
    policy = next(tag["content"] or "" for _, tag in tags if tag.get("http-equiv"))
    assert tags[0] == ("html", {"lang": "zh-CN"})
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert sum(tag == "h1" for tag, _ in tags) == sum(tag == "main" for tag, _ in tags) == 1
    assert "· 云州示例职业技术学院校企合作" in SITE[name].decode().split("<title>")[1].split("</title>")[0]


def test_nothing_runs_or_dresses_inside_a_page() -> None:
    for page in PAGES.values():
        for tag, attributes in page.tags:
            assert tag != "style" and "style" not in attributes
            assert not [key for key in attributes if key.startswith("on")]
            assert tag != "script" or attributes.get("src")


def _poisoned(value: Any, spared: frozenset[str] = frozenset()) -> Any:
    """The same record with a hostile text in every text that is not an id, nor in a field that is spared."""
    if isinstance(value, str):
        return EVIL
    if is_dataclass(value) and not isinstance(value, type):
        kept = spared | {
            "project",
            "id",
            "department",
            "implementer",
            "enterprise",
            "enterprises",
            "forms",
            "stage",
        }
        kept |= {"kind", "goal", "period", "measure", "code", "declined", "condition", "owner"}
        changed = {
            one.name: _poisoned(getattr(value, one.name), spared)
            for one in fields(value)
            if one.name not in kept
        }
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(_poisoned(item, spared) for item in value)
    if isinstance(value, dict):
        return {key: _poisoned(item, spared) for key, item in value.items()}
    return value


def test_no_value_of_any_record_becomes_markup() -> None:
    clean = records()
    evil = Records(**{one.name: _poisoned(getattr(clean, one.name)) for one in fields(clean)})
    scripts = {name: [tag for tag in page.tags if tag[0] == "script"] for name, page in PAGES.items()}
    for name, content in files(world(evil)):
        if name.endswith(".html"):
            page = Read(content)
            assert page.unclosed == []
            assert [tag for tag in page.tags if tag[0] == "script"] == scripts.get(name), name
            assert "49" not in page.text or "7*7" in page.text
    assert b"<script" not in dict(files(world(evil)))["static/search-index.js"]


def test_markdown_keeps_its_emphasis_and_loses_everything_else() -> None:
    assert prose("**重点**内容") == "<p><strong>重点</strong>内容</p>"
    assert "<a" not in prose("[链接](javascript:alert(1)) ![图](http://example.com/x.png)")
    assert prose("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>"


def test_the_overview_names_what_is_late_who_moves_and_what_ends() -> None:
    text = PAGES["index.html"].text
    rows = {row[0]: row for row in PAGES["index.html"].rows if len(row) == 4}
    assert [rows[name][2] for name in ("设备未到位", "补签安全协议", "走访企业")] == [
        "何示题",
        "何示题",
        "许拟作",
    ]
    assert "逾期 13 天" in rows["设备未到位"][3] and "联系企业" not in rows
    waiting = [row for row in PAGES["index.html"].rows if row[0] == "p3 共建项目"]
    assert waiting[0][1:3] == ["审批中", "法务部门"]
    ending = [row for row in PAGES["index.html"].rows if row[0] == "p2 共建项目"]
    assert "还有 38 天" in ending[0][3]
    assert next(row for row in PAGES["index.html"].rows if len(row) == 5)
    assert "0/ 2 项完成" in text


def test_charts_show_the_figures_of_summary_and_ledger() -> None:
    rows = PAGES["index.html"].rows
    for form, count in portfolio.by_form(records()).items():
        assert [world().forms[form], str(count)] in rows
    year = annual(records(), TODAY.year, TODAY)
    assert ["设备", wan(year.inputs["equipment"])] in rows
    assert f">{wan(year.inputs['equipment'])}</text>" in SITE["index.html"].decode()
    book = Book(words=Words(records=records(), schemas=SCHEMAS), today=TODAY)
    waiting = [row for row in rectifications(book).rows if "设备未到位" in row]
    assert len(waiting) == 1 == len(year.open_remedies)
    listed = {row[0].split("p1 共建项目")[-1]: row for row in PAGES["agreements.html"].rows if "p1" in row[0]}
    ledger = next(row for row in agreements(book).rows if "p1" in row)
    assert Decimal("960000.00") in ledger and next(iter(listed.values()))[-1] == wan(Decimal("960000.00"))


def test_a_project_page_tells_where_each_element_stands_in_the_file() -> None:
    told = replace(
        world(), texts={"p1": "stage: submitted\ntitle: p1\npurpose: |\n  term: 不是键\nterm:\n  start: x\n"}
    )
    page = Read(dict(files(told))["projects/p1.html"])
    assert next(row for row in page.rows if row[0] == "E12")[3] == "第 5 行"
    assert next(row for row in page.rows if row[0] == "E01")[3] == "第 2 行"
    assert "75%" in page.text and "89 分" in page.text and "会纪 3 号" in page.text


def test_meetings_show_which_month_had_none() -> None:
    page = PAGES["meetings.html"]
    assert "2026-09未开" in page.text and "2026-10已开" in page.text


def test_the_same_college_on_the_same_day_gives_the_same_bytes() -> None:
    assert dict(files(world())) == SITE
    assert dict(files(world(today=date(2026, 11, 24))))["index.html"] != SITE["index.html"]


def test_the_public_edition_knows_no_amounts_contacts_findings_or_drafts() -> None:
    clean = records()
    names = frozenset({"name", "title", "industry", "scale"})
    secret = Records(**{one.name: _poisoned(getattr(clean, one.name), names) for one in fields(clean)})
    seen = dict(files(public(world(clean))))
    assert {"projects/p1.html", "projects/p2.html"} == {name for name in seen if name.startswith("projects/")}
    assert not {"plans.html", "meetings.html", "supervision.html", "rules.html", "findings.html"} & set(seen)
    told = "".join(
        content.decode() for name, content in seen.items() if name.startswith(("projects", "enter", "index"))
    )
    for word in (
        "480000",
        "480,000",
        "96.00",
        "万元",
        "邹样机",
        "0000-",
        "法务",
        "设备未到位",
        "p3",
        "p4",
        "何示题",
    ):
        assert word not in told, word
    assert not [name for name, content in files(public(world(secret))) if b"alert(1)" in content]


def test_links_of_the_public_edition_lead_somewhere_too() -> None:
    seen = dict(files(public(world())))
    for name, content in seen.items():
        for link in Read(content).links if name.endswith(".html") else ():
            path = urlsplit(link).path
            assert link == "data:," or not path or normpath(join(dirname(name), path)) in seen, (
                f"{name}: {link}"
            )


def test_days_and_amounts_read_as_people_say_them() -> None:
    assert days(TODAY, TODAY) == "今天"
    assert days(date(2026, 11, 20), TODAY) == "逾期 3 天"
    assert wan(Decimal("1626000")) == "162.60" and wan(None) == "—"


def test_a_college_without_any_record_still_has_its_site() -> None:
    empty = dict(files(world(Records())))
    assert "还没有年度计划" in empty["plans.html"].decode()
    assert Read(empty["index.html"]).unclosed == []
