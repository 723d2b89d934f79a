"""A form is written back into its file: what was not touched stays, what somebody else changed is noticed."""

from __future__ import annotations

import re
from typing import Any

from tests.college import AGREEMENT, COLLEGE, SmallCollege
from tests.desk.serving import Served, desk, served


def opened(page: Served, file: str = AGREEMENT) -> dict[str, Any]:
    told: dict[str, Any] = page.do("form", file=file)
    return told


def sent(page: Served, told: dict[str, Any], action: str = "save") -> Any:
    return page.do(action, file=told["file"], form=told["form"], base=told["base"], touched=True, paper=True)


def test_a_form_nobody_touched_changes_nothing(page: Served, small: SmallCollege) -> None:
    for path in sorted((small.root / "agreements").rglob("*.yaml")):
        name = path.relative_to(small.root).as_posix()
        if "/governance/" in name or "/approvals/" in name:
            continue
        before = path.read_bytes()
        told = opened(page, name)
        assert sent(page, told, "check")["changes"] == []
        assert not sent(page, told)["changed"]
        assert path.read_bytes() == before


def test_one_answer_changes_one_line(page: Served, small: SmallCollege) -> None:
    small.change("title: ", "# 名称另议过\ntitle: ")
    before = small.text().splitlines()
    told = opened(page)
    told["form"]["title"] = "改过的名称"
    assert [(one["where"], one["new"]) for one in sent(page, told, "check")["changes"]] == [
        ("合作项目名称", "改过的名称")
    ]
    sent(page, told)
    after = small.text().splitlines()
    assert len(after) == len(before)
    assert [new for old, new in zip(before, after, strict=True) if old != new] == ["title: 改过的名称"]


def test_figures_and_days_are_read_as_people_write_them(page: Served, small: SmallCollege) -> None:
    told = opened(page)
    told["form"]["term"]["end"] = "2031年8月31日"
    told["form"]["copies"]["total"] = "６"
    item = next(one for one in told["form"]["inputs"].values() if isinstance(one, list) and one)[0]
    item["unit_price"] = "1,2万元".replace(",", "")
    sent(page, told)
    text = small.text()
    assert "end: 2031-08-31" in text
    assert re.search(r"total: 6[,}\n]", text)
    assert "120000.00" in text


def test_what_cannot_be_read_is_told_at_its_field_and_kept(page: Served) -> None:
    told = opened(page)
    told["form"]["term"]["end"] = "明年底"
    checked = sent(page, told, "check")
    assert ["term", "end"] in [one["path"] for one in checked["findings"]]
    again = opened(page)
    assert again["drafted"]
    assert again["form"]["term"]["end"] == "明年底"


def test_an_element_that_does_not_apply_is_declared(page: Served, small: SmallCollege) -> None:
    told = opened(page)
    told["form"]["inputs"] = {"$none": "企业只派人，不投设备"}
    sent(page, told)
    assert "none: 企业只派人，不投设备" in small.text()
    assert opened(page)["form"]["inputs"] == {"$none": "企业只派人，不投设备"}


def test_rows_are_added_copied_moved_and_removed(page: Served, small: SmallCollege) -> None:
    told = opened(page)
    contents = told["form"]["contents"]
    contents.append({**contents[0], "text": "抄来的一项", "$at": None})
    contents.insert(0, contents.pop())
    sent(page, told)
    told = opened(page)
    assert told["form"]["contents"][0]["text"] == "抄来的一项"
    del told["form"]["contents"][0]
    before = small.text()
    sent(page, told)
    assert "抄来的一项" not in small.text()
    assert before != small.text()


def test_two_editors_who_change_different_fields_are_merged(page: Served, small: SmallCollege) -> None:
    told = opened(page)
    told["form"]["title"] = "我改的名称"
    sent(page, told, "check")
    small.change("stage: submitted", "stage: draft")
    sent(page, told)
    assert "title: 我改的名称" in small.text()
    assert "stage: draft" in small.text()


def test_two_editors_of_one_field_are_told_which(page: Served, small: SmallCollege) -> None:
    told = opened(page)
    told["form"]["stage"] = ""
    sent(page, told, "check")
    small.change("stage: submitted", "stage: draft")
    said = page.refused("save", file=AGREEMENT, form=told["form"], base=told["base"])
    assert "阶段" in said
    assert "草稿" in said
    assert "stage: draft" in small.text()
    assert opened(page)["form"]["stage"] == ""


def test_a_draft_outlives_the_desk(small: SmallCollege) -> None:
    with served(desk(small.root)) as first:
        told = opened(first)
        told["form"]["title"] = "没保存就关了"
        sent(first, told, "check")
    assert "没保存就关了" not in small.text()
    with served(desk(small.root)) as second:
        assert opened(second)["form"]["title"] == "没保存就关了"
        second.do("discard", file=AGREEMENT)
        assert opened(second)["form"]["title"] != "没保存就关了"


def test_a_saved_change_is_taken_back_unless_the_file_moved_on(page: Served, small: SmallCollege) -> None:
    before = small.text()
    told = opened(page)
    told["form"]["title"] = "第一次"
    sent(page, told)
    assert page.do("undo")["files"] == [AGREEMENT]
    assert small.text() == before
    assert "没有可以撤销" in page.refused("undo")
    told = opened(page)
    told["form"]["title"] = "第二次"
    sent(page, told)
    small.change("第二次", "别人改的")
    assert "不能撤销" in page.refused("undo")


def test_texts_that_look_like_pages_stay_texts(page: Served) -> None:
    evil = '<img src=x onerror="alert(1)"></span><script>alert(2)</script>'
    told = opened(page)
    told["form"]["title"] = evil
    told["form"]["scope"] = evil
    checked = sent(page, told, "check")
    papers = "".join(one["html"] for one in checked["papers"])
    assert "<script" not in papers
    assert "<img" not in papers
    sent(page, told)
    for html in (
        page.do("home")["html"],
        page.do("project", project="example")["html"],
        page.do("kind", kind="agreement")["html"],
    ):
        assert "<script" not in html
        assert "&lt;script" in html


def test_a_new_company_and_project_begin_with_a_few_questions(page: Served, small: SmallCollege) -> None:
    asked = page.do("new", kind="enterprise")
    assert [one["name"] for one in asked["questions"]] == ["id"]
    assert "小写字母" in page.refused("begin", kind="enterprise", answers={"id": "星辰"})
    assert (
        page.do("begin", kind="enterprise", answers={"id": "new-co"})["file"]
        == "agreements/enterprises/new-co.yaml"
    )
    assert "已经有了" in page.refused("begin", kind="enterprise", answers={"id": "chenguang-cnc"})
    told = page.do("new")
    answers = {
        "title": "新项目",
        "department": told["departments"][0][0],
        "enterprises": ["chenguang-cnc"],
        "forms": [],
    }
    file = page.do("begin", kind="agreement", answers=answers)["file"]
    form = opened(page, file)
    assert form["form"]["title"] == "新项目"
    sent(page, form)
    text = small.text(file)
    assert text.startswith("stage: draft\n")
    assert "enterprises: [chenguang-cnc]" in text or "- chenguang-cnc" in text
    assert COLLEGE not in text
