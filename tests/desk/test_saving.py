"""A form is written back into its file: what was not touched stays, what somebody else changed is noticed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.college import AGREEMENT, COLLEGE, ENTERPRISE, SmallCollege
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


@pytest.mark.parametrize("chosen", ["mine", "theirs"])
def test_two_editors_of_one_field_see_both_and_choose(page: Served, small: SmallCollege, chosen: str) -> None:
    told = opened(page)
    told["form"]["scope"] = "我写的"
    told["form"]["title"] = "只有我改的名称"
    old = next(line for line in small.text().splitlines() if line.startswith("scope:"))
    small.change(old, "scope: 同事写的")  # before the desk heard of what is being typed
    before = small.text()
    clashes = sent(page, told)["clashes"]
    assert [(one["mine"], one["theirs"]) for one in clashes] == [("我写的", "同事写的")]
    assert "合作范围" in clashes[0]["where"] and small.text() == before
    assert page.do("save", file=AGREEMENT, form=told["form"], base=told["base"], chosen=chosen)["changed"]
    assert f"scope: {'我' if chosen == 'mine' else '同事'}写的\n" in small.text()
    assert "title: 只有我改的名称\n" in small.text()


def test_an_element_that_applies_after_all_is_declared_no_longer(page: Served, small: SmallCollege) -> None:
    told = opened(page)
    told["form"]["inputs"] = {"$none": "企业只派人，不投设备"}
    sent(page, told)
    told = opened(page)
    told["form"]["inputs"] = {"mode": "无偿使用"}
    sent(page, told)
    assert "inputs: {mode: 无偿使用}\n" in small.text()


def test_codes_typed_with_wide_letters_are_kept_narrow_and_chinese_as_it_is(
    page: Served, small: SmallCollege
) -> None:
    told = opened(page, ENTERPRISE)
    told["form"] |= {"credit_code": "９１１４９９９９ＭＡ９９Ｅ００１６８", "address": "样本市例子路８８号"}
    sent(page, told)
    assert "credit_code: 91149999MA99E00168\n" in small.text(ENTERPRISE)
    assert "address: 样本市例子路８８号\n" in small.text(ENTERPRISE)


def test_drafts_are_saved_together_or_not_at_all(page: Served, small: SmallCollege) -> None:
    before = small.text(), small.text(ENTERPRISE)
    for file, field in ((AGREEMENT, "scope"), (ENTERPRISE, "address")):
        told = opened(page, file)
        told["form"][field] = "我写的"
        sent(page, told, "check")
    assert page.do("save-together")["files"] == [ENTERPRISE, AGREEMENT]
    assert page.do("undo")["files"] == [ENTERPRISE, AGREEMENT]
    assert (small.text(), small.text(ENTERPRISE)) == before
    for file, field in ((AGREEMENT, "scope"), (ENTERPRISE, "address")):
        told = opened(page, file)
        told["form"][field] = "我写的"
        sent(page, told, "check")
    small.change("address: 样本市例子路88号", "address: 同事写的", ENTERPRISE)
    assert "写法不同" in page.refused("save-together")
    assert small.text() == before[0]
    assert opened(page)["form"]["scope"] == "我写的"


def test_a_finding_names_fields_by_their_labels(page: Served) -> None:
    told = opened(page)
    del told["form"]["inputs"]["technology"]
    found = [one for one in sent(page, told, "check")["findings"] if "技术" in one["message"]]
    assert "没有装备或者没有技术的说明" in found[0]["hint"] and "lacking" not in str(found)


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


EVIL = '<img src=x onerror="alert(1)"></span><script>alert(2)</script>'


def evil(value: Any) -> Any:
    """A form with something that looks like a page in every text of it."""
    if isinstance(value, dict):
        kept = ("key", "$at", "stage", "code")
        return {key: one if key in kept else evil(one) for key, one in value.items()}
    return [evil(one) for one in value] if isinstance(value, list) else f"{value}{EVIL}"


def test_texts_that_look_like_pages_stay_texts_in_every_field(page: Served, small: SmallCollege) -> None:
    for file in (
        AGREEMENT,
        ENTERPRISE,
        COLLEGE,
        *(f"agreements/projects/example/{one}.yaml" for one in ("survey", "scheme", "appraisal")),
    ):
        told = opened(page, file)
        told["form"] = evil(told["form"])
        checked = sent(page, told, "check")
        papers = "".join(one["html"] for one in checked.get("papers", ()))
        assert "<script" not in papers and "<img" not in papers
        sent(page, told)
        assert "alert(2)" in small.text(file)
    assert "<img" not in page.do("looks", text=EVIL)["html"]
    pages = [page.do("home"), page.do("project", project="example")]
    for html in (
        one["html"] for one in (*pages, *(page.do("kind", kind=name) for name in ("agreement", "enterprise")))
    ):
        assert "<script" not in html and "<img" not in html
    assert "&lt;script" in pages[0]["html"]


def test_a_new_company_and_project_begin_with_a_few_questions(page: Served, small: SmallCollege) -> None:
    asked = page.do("new", kind="enterprise")
    assert [one["label"] for one in asked["questions"]] == ["企业全称"]
    assert page.do("new", kind="inspection")["questions"][1]["value"] == "2026-11"
    begun = page.do("begin", kind="enterprise", answers={"id": "星辰虚构装备有限公司"})["file"]
    assert begun == "agreements/enterprises/xing-chen-xu-gou-zhuang-bei.yaml"
    assert opened(page, begun)["form"] == {"stage": "draft", "name": "星辰虚构装备有限公司"}
    own = page.do("begin", kind="enterprise", answers={"id": "new-co"})["file"]
    assert own == "agreements/enterprises/new-co.yaml"
    for known in "chenguang-cnc", "晨光样例数控装备有限公司":
        assert "打开" in page.refused("begin", kind="enterprise", answers={"id": known})
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
