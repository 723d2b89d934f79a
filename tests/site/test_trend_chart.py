"""The picture of a measure over the years: heights by the figures, all of them in its words, a gap where none was aimed at."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.site.site_data import Edition
from pipeline.site.trend_chart import trend_chart
from pipeline.standing.year_figures import MeasureYear
from tests.site.sample import site

YEARS = (2024, 2025, 2026)


def _year(target: int, actual: int) -> MeasureYear:
    return MeasureYear(
        measure="trained", unit="人", projects=1, target=Decimal(target), actual=Decimal(actual)
    )


def _heights(drawn: str, kind: str) -> list[float]:
    return [float(one) for one in re.findall(rf'class="{kind}"[^>]* height="([0-9.]+)"', drawn)]


def test_columns_stand_to_each_other_as_the_figures_do() -> None:
    drawn = trend_chart("培养学生（人）", YEARS, (_year(50, 25), None, _year(100, 80)))
    assert _heights(drawn, "aim") == [21, 42]
    assert _heights(drawn, "bar") == [10.5, 33.6]


def test_whoever_cannot_see_it_hears_every_figure() -> None:
    drawn = trend_chart("培养学生（人）", YEARS, (_year(50, 25), None, _year(100, 80)))
    said = "2024 年目标 50人，完成 25人；2025 年没有安排；2026 年目标 100人，完成 80人"
    assert f'role="img" aria-label="培养学生（人）历年走势：{said}"' in drawn


def test_nothing_aimed_at_and_nothing_reached_draws_no_column_of_any_height() -> None:
    assert set(_heights(trend_chart("竞赛（次）", (2026,), (_year(0, 0),)), "bar")) == {0}


def test_both_editions_show_it_on_their_first_page() -> None:
    for edition in Edition:
        page = site(edition)["index.html"].decode()
        assert "培养学生（人）历年走势：2025 年目标 72人，完成 72人；2026 年目标 164人，完成 140人" in page
