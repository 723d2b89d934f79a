"""人员配备: how many people each party puts in, as the scheme plans it and as progress tells it (10.3)."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.kernel.structs import Struct
from pipeline.record.model import Records, under


class Staffing(Struct, frozen=True, kw_only=True):
    """The people of a project by party: `planned` by its scheme, and at the end of each period that was reported."""

    parties: tuple[str, ...]
    planned: Mapping[str, int]
    periods: tuple[tuple[str, Mapping[str, int]], ...]


def staffing(records: Records, project: str) -> Staffing | None:
    """Who is at work in a project; None where nobody has told."""
    scheme = records.schemes.get(project)
    planned = scheme.staff if scheme else {}
    periods = tuple((one.period, one.staff) for one in under(records.progress, project) if one.staff)
    parties = tuple(
        dict.fromkeys(party for told in (planned, *(one for _, one in periods)) for party in told)
    )
    return Staffing(parties=parties, planned=planned, periods=periods) if parties else None
