"""What a pupil's parents read of a project: why it is, who does it, how far it is, where its pictures are."""

from __future__ import annotations

from pipeline.kernel.structs import replace
from pipeline.record.model.preparation import Scheme, Step
from pipeline.site.public import public
from pipeline.site.site_data import Edition
from tests.site.sample import site, site_data


def _page(name: str) -> str:
    return site(Edition.PUBLIC)[name].decode()


def test_a_project_is_introduced_with_its_milestones_and_pictures() -> None:
    page = _page("projects/2025-im-001.html")
    assert "学生在真实产线上学五轴加工和产线调试" in page
    assert "教学区改造完成：2025年10月28日完成" in page
    assert "再建成3门课程：计划2026年12月31日完成" in page
    assert (
        '<a href="https://www.example.edu.cn/xqhz/2025/kaiban.html" rel="noreferrer">开班第一课</a>' in page
    )
    assert "星辰虚构装备制造有限公司" in page


def test_a_project_without_an_introduction_has_no_empty_heading() -> None:
    page = _page("projects/2024-im-001.html")
    assert not any(f'id="{one}"' in page for one in ("about", "milestones", "pictures"))


def test_a_milestone_that_names_an_amount_stays_behind() -> None:
    full = site_data(Edition.INTERNAL)
    steps = {"a": Step(name="首笔款 50万元到账"), "b": Step(name="开班"), "c": Step(name="验收 1200 台")}
    schemes = {**full.records.schemes, "2025-im-001": Scheme(project="2025-im-001", schedule=steps)}
    shown = public(replace(full, records=replace(full.records, schemes=schemes)))
    assert list(shown.records.schemes["2025-im-001"].schedule) == ["b"]


def test_visitors_are_not_shown_how_clauses_are_served() -> None:
    made = site(Edition.PUBLIC)
    assert "conformity.html" not in made
    pages = {name: text.decode() for name, text in made.items() if name.endswith(".html")}
    for word in ("符合性", "系部考核", "系部与考核", "标准缺失", "L1", "L2", ".yaml"):
        assert [name for name, text in pages.items() if word in text] == [], word


def test_visitors_read_in_plain_words_what_is_done_together() -> None:
    page = _page("projects/2025-bl-001.html")
    assert "一起培养学生，上课、实习、就业连在一起" in page
    assert "进入岗位实习：合作已经结束" in page and "计划2026年7月10日完成" not in page
    told = _page("matrix.html")
    assert "<h1>学校和企业怎么合作" in told and "课程内容按这一行的职业标准来编" in told


def test_visitors_meet_no_numbers_of_files_and_no_words_of_the_office() -> None:
    made = {name: text.decode() for name, text in site(Edition.PUBLIC).items() if name.endswith(".html")}
    for word in ("项目编号", "登记企业", "未填报", "等我办", "考核得分", ">2025-im-001<"):
        assert [name for name, text in made.items() if word in text] == [], word


def test_no_page_of_the_office_names_a_file() -> None:
    made = site(Edition.INTERNAL)
    assert [name for name, text in made.items() if name.endswith(".html") and b".yaml" in text] == []
