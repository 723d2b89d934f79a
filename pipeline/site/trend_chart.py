"""A measure over the years as a small picture: what was aimed at as a frame, what was reached as a bar in it (10.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from markupsafe import Markup

from pipeline.kernel.chinese import grouped
from pipeline.site.engine import safe, text
from pipeline.standing.year_figures import MeasureYear

_STEP, _BAR, _TALL, _YEAR = 46, 30, 44, 16


def trend_chart(label: str, years: Sequence[int], told: Sequence[MeasureYear | None]) -> Markup:
    """One picture with all figures in its words; a year without a target leaves its place empty."""
    most = max((max(one.target, one.actual) for one in told if one), default=Decimal(0)) or Decimal(1)
    width = _STEP * len(years)
    said = "；".join(_said(year, one) for year, one in zip(years, told, strict=True))
    return safe(
        f'<svg class="trend" width="{width}" height="{_TALL + _YEAR}" viewBox="0 0 {width} {_TALL + _YEAR}" '
        f'role="img" aria-label="{text(label)}历年走势：{text(said)}">',
        *_drawn(years, told, most),
        "</svg>",
    )


def _said(year: int, one: MeasureYear | None) -> str:
    if one is None:
        return f"{year} 年没有安排"
    return f"{year} 年目标 {grouped(one.target)}{one.unit}，完成 {grouped(one.actual)}{one.unit}"


def _drawn(years: Sequence[int], told: Sequence[MeasureYear | None], most: Decimal) -> Iterator[str]:
    yield f'<path class="foot" d="M0 {_TALL}.5H{_STEP * len(years)}"/>'
    for index, (year, one) in enumerate(zip(years, told, strict=True)):
        left = index * _STEP + (_STEP - _BAR) / 2
        yield (
            f'<text class="year" x="{left + _BAR / 2}" y="{_TALL + _YEAR - 3}" text-anchor="middle">{year}</text>'
        )
        if one:
            yield _column("aim", left, _BAR, one.target / most)
            yield _column("bar", left + 6, _BAR - 12, one.actual / most)


def _column(kind: str, left: float, width: int, share: Decimal) -> str:
    # Two points are left above the highest, so that the frame's line is not cut.
    height = round(float(share) * (_TALL - 2), 1)
    return (
        f'<rect class="{kind}" x="{left}" y="{round(_TALL - height, 1)}" width="{width}" height="{height}"/>'
    )
