"""The pages of a small college: whole, linked, escaped, and with the same figures everywhere."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import urlsplit

import pytest

from pipeline.kernel.codes.shape import UNKNOWN
from pipeline.kernel.finding import Place
from pipeline.kernel.structs import field_names, replace
from pipeline.record.model import Records
from pipeline.site.engine import days, prose, wan
from pipeline.site.public import public
from pipeline.site.write import files
from pipeline.standing import portfolio
from pipeline.standing.annual import annual
from pipeline.standing.labels import Labels
from pipeline.standing.ledgers import LedgerContext, agreements
from pipeline.standing.open_matters import rectifications
from tests.college import SCHEMAS
from tests.site.everything import TODAY, records, site_data
from tests.site.reading import Read

SITE = dict(files(site_data()))
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


def _poisoned(value: Any, spared: frozenset[str] = frozenset(), text: str = EVIL) -> Any:
    """The same record with a hostile text in every text that is not an id, nor in a field that is spared."""
    if isinstance(value, str):
        return text
    if names := field_names(type(value)):
        kept = spared | _IDS
        changed = {name: _poisoned(getattr(value, name), spared, text) for name in names if name not in kept}
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(_poisoned(item, spared, text) for item in value)
    if isinstance(value, dict):
        return {key: _poisoned(item, spared, text) for key, item in value.items()}
    return value


_IDS = frozenset(
    [
        "project",
        "id",
        "department",
        "implementer",
        "enterprise",
        "enterprises",
        "forms",
        "stage",
        "kind",
        "goal",
        "period",
        "measure",
        "code",
        "declined",
        "condition",
        "owner",
    ]
)


@pytest.mark.parametrize(
    "strange", ["很长的名称" * 60, "LongWithoutAnySpace" * 20, "]]>--><!--", "&amp;&#60;"]
)
def test_no_name_however_strange_breaks_a_page(strange: str) -> None:
    clean = records()
    evil = Records(**{one.name: _poisoned(getattr(clean, one.name), text=strange) for one in fields(clean)})
    made = {name: Read(content) for name, content in files(site_data(evil)) if name.endswith(".html")}
    assert all(page.unclosed == [] for page in made.values())
    assert strange in made["projects/p1.html"].text


def test_what_turns_the_order_of_writing_is_shown_by_its_number() -> None:
    place = Place(file="agreements/projects/p1/agreement.yaml", line=1)
    bad = replace(site_data(), findings=(UNKNOWN.at(place, "没有这个字段：\u202eelpmaxe"),))
    for name in ("findings.html", "projects/p1.html"):
        page = dict(files(bad))[name].decode()
        assert "\u202e" not in page and "&lt;U+202E&gt;elpmaxe" in page


def test_no_value_of_any_record_becomes_markup() -> None:
    clean = records()
    evil = Records(**{one.name: _poisoned(getattr(clean, one.name)) for one in fields(clean)})
    scripts = {name: [tag for tag in page.tags if tag[0] == "script"] for name, page in PAGES.items()}
    for name, content in files(site_data(evil)):
        if name.endswith(".html"):
            page = Read(content)
            assert page.unclosed == []
            assert [tag for tag in page.tags if tag[0] == "script"] == scripts.get(name), name
            assert "49" not in page.text or "7*7" in page.text
        elif name.startswith("static/search-"):
            assert b"<script" not in content, name


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
    assert "逾期 13 天" in rows["设备未到位"][1] and "联系企业" not in rows
    every = PAGES["index.html"].rows
    assert ["p3 共建项目", "审核协议文本，出具意见", "法务部门", "审批中"] in every
    assert [row for row in every if row[0] == "p2 共建项目" and "还有 38 天" in row[1]]
    assert "37.5%2 项任务，完成 0 项" in text


def test_no_word_of_the_files_is_said_to_leaders() -> None:
    assert "yaml" not in PAGES["index.html"].text and "progress/" not in PAGES["projects/p1.html"].text


def test_a_state_that_claims_an_approval_has_what_is_proven_beside_it() -> None:
    assert "履行中审批〔只有登记〕" in PAGES["agreements.html"].text.replace("\n", "")
    assert "审批中审批〔" not in PAGES["agreements.html"].text


def test_charts_show_the_figures_of_summary_and_ledger() -> None:
    rows = PAGES["index.html"].rows
    for form, count in portfolio.by_form(records()).items():
        assert [site_data().forms[form], str(count)] in rows
    year = annual(records(), TODAY.year, TODAY)
    assert ["设备", wan(year.inputs["equipment"])] in rows
    assert f">{wan(year.inputs['equipment'])}</text>" in SITE["index.html"].decode()
    context = LedgerContext(words=Labels(records=records(), schemas=SCHEMAS), today=TODAY)
    waiting = [row for row in rectifications(context).rows if "设备未到位" in row]
    assert len(waiting) == 1 == len(year.open_remedies)
    listed = {row[0].split("p1 共建项目")[-1]: row for row in PAGES["agreements.html"].rows if "p1" in row[0]}
    ledger = next(row for row in agreements(context).rows if "p1" in row)
    assert Decimal("960000.00") in ledger and next(iter(listed.values()))[-1] == wan(Decimal("960000.00"))


def test_a_project_page_shows_goals_marks_and_what_was_filed() -> None:
    page = PAGES["projects/p1.html"]
    assert "75%" in page.text and "89 分" in page.text and "会纪 3 号" in page.text
    assert "2026年上半年" in page.text and "2026-h1" not in page.text


def test_meetings_show_which_month_had_none() -> None:
    page = PAGES["meetings.html"]
    assert "2026-09未开" in page.text and "2026-10已开" in page.text


def test_a_meeting_that_lacks_its_day_is_shown_with_its_decisions() -> None:
    """A file with that error is reported by the check; the site is made all the same."""
    whole = records()
    meetings = {key: replace(one, date=None) for key, one in whole.meetings.items()}
    decided = [decision.text for one in meetings.values() for decision in one.decisions.values()]
    made = dict(files(site_data(replace(whole, meetings=meetings))))
    assert decided and decided[0] in Read(made["meetings.html"]).text


def test_the_same_college_on_the_same_day_gives_the_same_bytes() -> None:
    assert dict(files(site_data())) == SITE
    assert dict(files(site_data(today=date(2026, 11, 24))))["index.html"] != SITE["index.html"]


def test_the_public_edition_knows_no_amounts_contacts_findings_or_drafts() -> None:
    clean = records()
    names = frozenset({"name", "title", "industry", "scale"})
    secret = Records(**{one.name: _poisoned(getattr(clean, one.name), names) for one in fields(clean)})
    seen = dict(files(public(site_data(clean))))
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
    assert not [name for name, content in files(public(site_data(secret))) if b"alert(1)" in content]


def test_links_of_the_public_edition_lead_somewhere_too() -> None:
    seen = dict(files(public(site_data())))
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
    empty = dict(files(site_data(Records())))
    assert "还没有年度计划" in empty["plans.html"].decode()
    assert Read(empty["index.html"]).unclosed == []
