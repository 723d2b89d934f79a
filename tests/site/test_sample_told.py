"""What the sample's site tells that its papers tell too, or that no paper tells."""

from __future__ import annotations

from pipeline.site.site_data import Edition
from tests.site.sample import site


def _page(name: str) -> str:
    return site(Edition.INTERNAL)[name].decode()


def test_what_is_registered_of_an_agreement_whose_text_lies_elsewhere_is_told_on_its_page() -> None:
    page = _page("projects/2024-im-001.html")
    assert "双方联合选拔、训练参加数控类技能竞赛的学生和职工" in page
    assert "登记的协议内容" in page
    assert "登记的协议内容" not in _page("projects/2025-im-001.html")


def test_the_departments_last_assessment_is_that_of_its_paper() -> None:
    page = _page("departments.html")
    last = page[page.index('id="assessed"') :]
    assert "2025 年系部考核" in last and "截至 2026年3月20日" in last
    for figure in ("95.7", "94.3", "88.2", "不排名"):
        assert figure in last
