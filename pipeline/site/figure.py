"""The figure the standard refers to and lacks (5.4, 图1): who leads, who acts, where five dockings meet six buildings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from pipeline.site.engine import safe, text
from pipeline.standing.docking_matrix import CO_BUILDINGS, DOCKINGS, Matrix

_LEFT, _TOP = 280, 132
_CELL, _HEIGHT = 96, 48
_WIDTH = _LEFT + 6 * _CELL + 76
_FOOT = _TOP + 5 * _HEIGHT


def figure(found: Matrix, dockings: Mapping[str, str], buildings: Mapping[str, str], office: str) -> Markup:
    """The figure as SVG with the names of rows and columns; every number leads to the agreements it counts."""
    return safe(
        f'<svg class="chart figure" viewBox="0 0 {_WIDTH} {_FOOT + 118}" role="group" '
        'aria-label="校企合作运行方式：学院主导、系部实施、教学团队主动、校企双主体，五对接与六共建">',
        *_frame(office),
        *_heads(found, dockings, buildings),
        *_cells(found, dockings, buildings),
        "</svg>",
    )


def _band(x: int, y: int, width: int, height: int, kind: str, label: str, note: str) -> str:
    middle = x + width / 2
    return (
        f'<rect class="band {kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="4"/>'
        f'<text class="band-title" x="{middle}" y="{y + height / 2 - 3}" text-anchor="middle">{label}</text>'
        f'<text class="band-note" x="{middle}" y="{y + height / 2 + 15}" text-anchor="middle">{note}</text>'
    )


def _pillar(x: int, label: str) -> str:
    middle, lines = (
        x + 27,
        "".join(
            f'<tspan x="{x + 27}" dy="{0 if index == 0 else 22}">{char}</tspan>'
            for index, char in enumerate(label)
        ),
    )
    top = _TOP + (5 * _HEIGHT - 22 * len(label)) / 2 + 16
    return (
        f'<rect class="band body" x="{x}" y="{_TOP}" width="54" height="{5 * _HEIGHT}" rx="4"/>'
        f'<text class="band-title" x="{middle}" y="{top}" text-anchor="middle">{lines}</text>'
    )


def _frame(office: str) -> Iterator[str]:
    note = f"{text(office)}归口管理，统一签约与审批"
    yield _band(8, 6, _WIDTH - 16, 46, "lead", "学院主导", note)
    yield _pillar(8, "学校主体")
    yield _pillar(_WIDTH - 62, "企业主体")
    half = (_WIDTH - 24) // 2
    yield _band(8, _FOOT + 10, half, 46, "act", "系部实施", "校企合作工作小组拟订计划、组织实施")
    yield _band(16 + half, _FOOT + 10, half, 46, "act", "教学团队主动", "联系企业、开发课程、结对互聘")
    yield _band(
        8, _FOOT + 64, _WIDTH - 16, 46, "lead", "校企双主体", "共同投入、共同管理、共担责任、共享成果"
    )


def _heads(found: Matrix, dockings: Mapping[str, str], buildings: Mapping[str, str]) -> Iterator[str]:
    for column, (code, label) in enumerate(buildings.items()):
        middle = _LEFT + column * _CELL + _CELL / 2
        link = f"agreements.html#building={code}"
        yield (
            f'<a href="{link}"><text class="head" x="{middle}" y="{_TOP - 46}" text-anchor="middle">'
            f'<tspan x="{middle}">{text(label[:4])}</tspan><tspan x="{middle}" dy="17">{text(label[4:])}</tspan>'
            f'<tspan class="sum" x="{middle}" dy="18">{len(found.co_buildings[code])} 项</tspan></text></a>'
        )
    for row, (code, label) in enumerate(dockings.items()):
        y = _TOP + row * _HEIGHT + _HEIGHT / 2
        yield (
            f'<a href="agreements.html#docking={code}"><text class="head" x="{_LEFT - 10}" y="{y - 3}" '
            f'text-anchor="end"><tspan x="{_LEFT - 10}">{text(label)}</tspan>'
            f'<tspan class="sum" x="{_LEFT - 10}" dy="17">{len(found.dockings[code])} 项</tspan></text></a>'
        )


def _cells(found: Matrix, dockings: Mapping[str, str], buildings: Mapping[str, str]) -> Iterator[str]:
    most = max((len(projects) for projects in found.cells.values()), default=0) or 1
    for row, docking in enumerate(DOCKINGS):
        for column, building in enumerate(CO_BUILDINGS):
            count = len(found.cells[docking, building])
            x, y = _LEFT + column * _CELL + 2, _TOP + row * _HEIGHT + 2
            level = 0 if not count else 1 + round(3 * (count - 1) / max(most - 1, 1))
            label = text(f"{dockings[docking]}、{buildings[building]}：{count} 项")
            box = (
                f'<rect class="cell level-{level}" x="{x}" y="{y}" width="{_CELL - 4}" height="{_HEIGHT - 4}" rx="3"/>'
                f'<text class="cell level-{level}" x="{x + _CELL / 2 - 2}" y="{y + 28}" text-anchor="middle">'
                f"{count or '·'}</text>"
            )
            link = f"agreements.html#docking={docking}&amp;building={building}"
            yield f'<a href="{link}" aria-label="{label}">{box}</a>' if count else box
