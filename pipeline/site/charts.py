"""Charts as inline SVG: bars and the time line, each with the table of the same figures beside it.

Colours come from the style sheet's classes and never carry a meaning alone: every bar has its figure written on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from pipeline.kernel.structs import Struct
from pipeline.site.engine import safe, text
from pipeline.standing.portfolio import LIVE, AgreementTerm
from pipeline.standing.state import ProjectState

_WIDTH = 440
_LABEL = 150
_ROW = 30
_TAIL = 78


class Bar(Struct, frozen=True, kw_only=True):
    """One bar: its label, its value, the figure written on it, and the page behind it."""

    label: str
    value: Decimal | int
    shown: str
    href: str = ""


class Chart(Struct, frozen=True, kw_only=True):
    """A drawing and its figures: `head` and `rows` are the table for those who cannot or will not see it.

    `key` is its address on the page, where something leads to it; `legend` tells what its colours and shapes mean,
    each by its class in the style sheet.
    """

    title: str
    svg: Markup
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    key: str = ""
    legend: tuple[tuple[str, str], ...] = ()


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


_LINE_WIDTH, _LINE_ROW, _LINE_TOP = 720, 50, 44
_YEARS = 8
"""So many years at most have their number on the time line."""

_KINDS = {
    "live": "履行中、待生效",
    "soon": "今年到期",
    "open": "还没有签署",
    "over": "期限已过",
    "due": "整改期限",
    "late": "整改逾期",
}
"""What a bar or a mark means, by its class."""


class DayMark(Struct, frozen=True, kw_only=True):
    """A day on the time line that is not a term: a rectification due, say."""

    day: date
    label: str
    overdue: bool

    @property
    def kind(self) -> str:
        """Its class in the style sheet."""
        return "late" if self.overdue else "due"


def timeline(
    title: str, spans: Sequence[AgreementTerm], today: date, marks: Sequence[tuple[str, DayMark]] = ()
) -> Chart:
    """Terms as bars over the years, each under its name, today as a line, due days as marks on their project's row."""
    rows = {span.project: index for index, span in enumerate(spans)}
    shown = [(rows[project], mark) for project, mark in marks if project in rows]
    scale = _Scale(spans, today)
    height = _LINE_TOP + _LINE_ROW * len(spans) + 4
    drawn = safe(
        f'<svg class="chart timeline" viewBox="0 0 {_LINE_WIDTH} {height}" role="group" '
        f'aria-label="{text(title)}：共 {len(spans)} 份协议的期限，数据见下表">',
        *_grid(scale, height),
        *_today(scale, today, height),
        *(_term(span, index, scale, today) for index, span in enumerate(spans)),
        *(_mark(row, mark, scale) for row, mark in shown),
        "</svg>",
    )
    used = {_kind(span, today) for span in spans} | {mark.kind for _, mark in shown}
    return Chart(
        title=title,
        svg=drawn,
        head=("协议", "开始", "到期", "状态"),
        rows=tuple((one.title, one.start.isoformat(), one.end.isoformat(), one.state.label) for one in spans),
        legend=tuple((kind, label) for kind, label in _KINDS.items() if kind in used),
    )


class _Scale:
    """Days to places from left to right, over whole years with today among them."""

    def __init__(self, spans: Sequence[AgreementTerm], today: date) -> None:
        first = min((today.year, *(span.start.year for span in spans)))
        last = max((today.year, *(span.end.year for span in spans)))
        self.years = range(first, last + 2)
        self._first, self._days = date(first, 1, 1), (date(last + 1, 1, 1) - date(first, 1, 1)).days

    def x(self, day: date) -> float:
        return round((day - self._first).days / self._days * _LINE_WIDTH, 1)


def _grid(scale: _Scale, height: int) -> Iterator[str]:
    step = -(-(len(scale.years) - 1) // _YEARS)
    for year in scale.years:
        x = scale.x(date(year, 1, 1))
        yield f'<line class="grid" x1="{x}" x2="{x}" y1="{_LINE_TOP - 10}" y2="{height}"/>'
        if year != scale.years[-1] and (year - scale.years[0]) % step == 0:
            yield f'<text class="label" x="{x + 4}" y="{_LINE_TOP - 14}">{year}</text>'


def _kind(span: AgreementTerm, today: date) -> str:
    if span.end < today:
        return "over"
    if span.state not in LIVE:
        return "open"
    return "soon" if span.end.year == today.year else "live"


def _term(span: AgreementTerm, index: int, scale: _Scale, today: date) -> str:
    top = _LINE_TOP + index * _LINE_ROW
    left, right = scale.x(span.start), scale.x(span.end)
    label = f"{span.title}：{span.start} 至 {span.end}，{span.state.label}"
    return (
        f'<a href="projects/{text(span.project)}.html"><title>{text(label)}</title>'
        f'<text class="label" x="0" y="{top + 17}">{text(_short(span.title, 20))}'
        f'<tspan class="day" dx="10">{span.end} 到期{_also(span.state)}</tspan></text>'
        f'<rect class="term {_kind(span, today)}" x="{left}" y="{top + 24}" '
        f'width="{max(right - left, 3):.1f}" height="15" rx="2"/></a>'
    )


def _also(state: ProjectState) -> str:
    """The state where it is not the usual one, so that no colour tells it alone."""
    return "" if state is ProjectState.IN_FORCE else f"，{state.label}"


def _mark(row: int, mark: DayMark, scale: _Scale) -> str:
    """A diamond for a day to come, a triangle for one that has passed."""
    x, y = scale.x(mark.day), _LINE_TOP + row * _LINE_ROW + 31.5
    tips = f"L{x + 8} {y + 7}L{x - 8} {y + 7}Z" if mark.overdue else f"L{x + 8} {y}L{x} {y + 8}L{x - 8} {y}Z"
    return f'<path class="mark {mark.kind}" d="M{x} {y - 8}{tips}"><title>{text(mark.label)}</title></path>'


def _today(scale: _Scale, today: date, height: int) -> Iterator[str]:
    x = scale.x(today)
    yield f'<line class="today" x1="{x}" x2="{x}" y1="{_LINE_TOP - 10}" y2="{height}"/>'
    near = "end" if x > _LINE_WIDTH - 60 else "start" if x < 60 else "middle"
    yield f'<text class="today" x="{x}" y="14" text-anchor="{near}">今天 {today}</text>'
