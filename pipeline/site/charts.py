"""Charts as inline SVG: bars and the time line, each with the table of the same figures beside it.

Colours come from the style sheet's classes and never carry a meaning alone: every bar has its figure written on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from pipeline.reports.portfolio import Span
from pipeline.site.engine import safe, text

_WIDTH = 440
_LABEL = 150
_ROW = 30
_TAIL = 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its label, its value, the figure written on it, and the page behind it."""

    label: str
    value: Decimal | int
    shown: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing and its figures: `head` and `rows` are the table for those who cannot or will not see it.

    `key` is its address on the page, where something leads to it.
    """

    title: str
    svg: Markup
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    key: str = ""
    wide: bool = False


def bars(title: str, unit: str, items: Sequence[Bar], subject: str = "类别", key: str = "") -> Chart:
    """Horizontal bars on one scale from zero; `unit` is printed with the title."""
    most = max((item.value for item in items), default=0) or 1
    height = _ROW * len(items) + 4
    # A picture may hold no links; a chart that leads on is a group of them.
    role = "group" if any(item.href for item in items) else "img"
    drawn = safe(
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {height}" role="{role}" aria-label="{text(_said(title, unit, items))}">',
        *(_bar(item, index, most) for index, item in enumerate(items)),
        "</svg>",
    )
    return Chart(
        title=f"{title}（{unit}）",
        svg=drawn,
        head=(subject, unit),
        rows=tuple((item.label, item.shown) for item in items),
        key=key,
    )


def _said(title: str, unit: str, items: Sequence[Bar]) -> str:
    return f"{title}：{'，'.join(f'{item.label} {item.shown}' for item in items)}（{unit}）"


def _bar(item: Bar, index: int, most: Decimal | int) -> str:
    top = index * _ROW + 4
    width = round(float(item.value) / float(most) * (_WIDTH - _LABEL - _TAIL), 1)
    label = text(_short(item.label, 11))
    drawn = (
        f'<text class="label" x="{_LABEL - 8}" y="{top + 16}" text-anchor="end">{label}</text>'
        f'<rect class="track" x="{_LABEL}" y="{top + 3}" width="{_WIDTH - _LABEL - _TAIL}" height="18" rx="2"/>'
        f'<rect class="bar" x="{_LABEL}" y="{top + 3}" width="{width}" height="18" rx="2"/>'
        f'<text class="value" x="{_LABEL + width + 6}" y="{top + 16}">{text(item.shown)}</text>'
    )
    if not item.href:
        return drawn
    return f'<a href="{text(item.href)}"><title>{text(item.label)}：{text(item.shown)}</title>{drawn}</a>'


def _short(label: str, length: int) -> str:
    return label if len(label) <= length else label[: length - 1] + "…"


_LINE_WIDTH = 960
_LINE_LABEL = 300
_LINE_TOP = 30
_DAY = 50
"""How much room a day takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A day on the time line that is not a term: a rectification due, say."""

    day: date
    label: str
    overdue: bool


def timeline(title: str, spans: Sequence[Span], today: date, marks: Sequence[tuple[str, Mark]] = ()) -> Chart:
    """Terms as bars over the years, today as a line, due days as marks on their project's row."""
    first = min((span.start.year for span in spans), default=today.year)
    last = max((span.end.year for span in spans), default=today.year)
    scale = _Scale(first=date(first, 1, 1), last=date(last + 1, 1, 1))
    height = _LINE_TOP + _ROW * len(spans) + 10
    drawn = safe(
        f'<svg class="chart timeline" viewBox="0 0 {_LINE_WIDTH} {height}" role="group" '
        f'aria-label="{text(title)}：共 {len(spans)} 份协议的期限，数据见下表">',
        *_grid(scale, range(first, last + 2), height),
        *(_term(span, index, scale, today) for index, span in enumerate(spans)),
        *_marks(spans, marks, scale),
        *_today(scale, today, height),
        "</svg>",
    )
    rows = tuple(
        (span.title, span.start.isoformat(), span.end.isoformat(), span.state.label) for span in spans
    )
    return Chart(title=title, svg=drawn, head=("协议", "开始", "到期", "状态"), rows=rows, wide=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Days to places from left to right."""

    first: date
    last: date

    def x(self, day: date) -> float:
        whole = (self.last - self.first).days
        inside = min(max((day - self.first).days, 0), whole)
        return round(_LINE_LABEL + inside / whole * (_LINE_WIDTH - _LINE_LABEL - 12), 1)


def _grid(scale: _Scale, years: range, height: int) -> Iterator[str]:
    for year in years:
        x = scale.x(date(year, 1, 1))
        yield f'<line class="grid" x1="{x}" x2="{x}" y1="{_LINE_TOP - 8}" y2="{height - 4}"/>'
        if year != years[-1]:
            yield f'<text class="label" x="{x + 6}" y="{_LINE_TOP - 12}">{year} 年</text>'


def _term(span: Span, index: int, scale: _Scale, today: date) -> str:
    top = _LINE_TOP + index * _ROW
    left, right = scale.x(span.start), scale.x(span.end)
    state = "over" if span.end < today else "soon" if span.end.year == today.year else "live"
    label = text(_short(span.title, 20))
    told = f"{span.title}：{span.start} 至 {span.end}，{span.state.label}"
    # The day stands inside the bar, unless there is no room or today's line would run through it.
    inside = right - left > _DAY and not right - _DAY < scale.x(today) < right
    at = f'x="{right - 6}" text-anchor="end"' if inside else f'x="{right + 6}"'
    kind = f"end {state}" if inside else "label"
    return (
        f'<a href="projects/{text(span.project)}.html"><title>{text(told)}</title>'
        f'<text class="label" x="{_LINE_LABEL - 10}" y="{top + 18}" text-anchor="end">{label}</text>'
        f'<rect class="term {state}" x="{left}" y="{top + 5}" width="{max(right - left, 3):.1f}" height="18" rx="2"/>'
        f'<text class="{kind}" {at} y="{top + 18}">{span.end:%m-%d}</text></a>'
    )


def _marks(spans: Sequence[Span], marks: Sequence[tuple[str, Mark]], scale: _Scale) -> Iterator[str]:
    rows = {span.project: index for index, span in enumerate(spans)}
    for project, mark in marks:
        if project in rows:
            x, y = scale.x(mark.day), _LINE_TOP + rows[project] * _ROW + 14
            kind = "late" if mark.overdue else "due"
            shape = f"M{x} {y - 7}L{x + 7} {y}L{x} {y + 7}L{x - 7} {y}Z"
            yield f'<path class="mark {kind}" d="{shape}"><title>{text(mark.label)}</title></path>'


def _today(scale: _Scale, today: date, height: int) -> Iterator[str]:
    x = scale.x(today)
    yield f'<line class="today" x1="{x}" x2="{x}" y1="{_LINE_TOP - 8}" y2="{height - 4}"/>'
    yield f'<text class="today" x="{x}" y="{10}" text-anchor="middle">今天</text>'
