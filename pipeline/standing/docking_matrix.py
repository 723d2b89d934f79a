"""五对接 × 六共建: which projects work where the five dockings and the six joint undertakings meet (5.4–5.6)."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.kernel.structs import Struct
from pipeline.record.model import Agreement, Records

DOCKINGS = ("D1", "D2", "D3", "D4", "D5")
"""The five dockings of clause 5.5; their names are the schema's."""

CO_BUILDINGS = ("B1", "B2", "B3", "B4", "B5", "B6")
"""The six joint undertakings of clause 5.6."""


class Matrix(Struct, frozen=True, kw_only=True):
    """The projects at each crossing, of each row and column, and those that name none of either."""

    cells: Mapping[tuple[str, str], tuple[str, ...]]
    dockings: Mapping[str, tuple[str, ...]]
    co_buildings: Mapping[str, tuple[str, ...]]
    unplaced: tuple[str, ...]


def matrix(records: Records) -> Matrix:
    """The matrix of all agreements; a project stands at every crossing of what it names."""
    named = {project: codes(agreement) for project, agreement in sorted(records.agreements.items())}
    rows = {project: dockings for project, (dockings, _) in named.items()}
    columns = {project: buildings for project, (_, buildings) in named.items()}
    return Matrix(
        cells={
            (d, b): tuple(project for project in rows if d in rows[project] and b in columns[project])
            for d in DOCKINGS
            for b in CO_BUILDINGS
        },
        dockings={d: tuple(project for project in rows if d in rows[project]) for d in DOCKINGS},
        co_buildings={b: tuple(project for project in rows if b in columns[project]) for b in CO_BUILDINGS},
        unplaced=tuple(project for project in rows if not rows[project] or not columns[project]),
    )


def codes(agreement: Agreement) -> tuple[frozenset[str], frozenset[str]]:
    """The dockings and the joint undertakings an agreement names."""
    return (
        _DOCKINGS.intersection([docking.code for docking in agreement.docking]),
        _CO_BUILDINGS.intersection([building.code for building in agreement.co_building]),
    )


_DOCKINGS, _CO_BUILDINGS = frozenset(DOCKINGS), frozenset(CO_BUILDINGS)
