"""What is begun on the desk and not saved yet is lost to nothing that is begun after it."""

from __future__ import annotations

from tests.desk.serving import Served


def test_two_projects_begun_in_one_department_are_two(page: Served) -> None:
    files = [
        page.do("begin", kind="agreement", answers={"title": title, "department": "mechanical"})["file"]
        for title in ("甲班", "乙班")
    ]
    assert [page.do("form", file=file)["form"]["title"] for file in files] == ["甲班", "乙班"]
    assert len(set(files)) == 2


def test_a_company_begun_twice_is_one_draft_as_it_was_left(page: Served) -> None:
    answers = {"id": "星辰虚构装备有限公司"}
    file = page.do("begin", kind="enterprise", answers=answers)["file"]
    form = page.do("form", file=file)["form"] | {"address": "样本市一路1号"}
    page.desk.drafts.keep(file, None, form)
    assert page.do("begin", kind="enterprise", answers=answers)["file"] == file
    assert page.do("form", file=file)["form"]["address"] == "样本市一路1号"
    other = page.do("begin", kind="enterprise", answers={"id": "星辰虚构装备集团有限公司"})["file"]
    assert other != file and page.do("form", file=file)["form"]["address"] == "样本市一路1号"
    typed = file.split("/")[-1].removesuffix(".yaml")
    assert page.do("begin", kind="enterprise", answers={"id": typed})["file"] == file
    assert page.do("form", file=file)["form"]["address"] == "样本市一路1号"
