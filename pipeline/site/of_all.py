"""What all projects together tell a site: known as long as no field of an agreement changes that tells it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pipeline.memory.trace import Traced, Tracing
from pipeline.memory.value_marks import mark_of
from pipeline.record.model import Records
from pipeline.record.register import Register
from pipeline.site.proven import proofs
from pipeline.site.site_data import Approval, OfAll, titles_of
from pipeline.standing import families, portfolio
from pipeline.standing.as_agreed import agreements_of
from pipeline.standing.as_of import as_of
from pipeline.standing.proof import Approved


def of_all(
    register: Register,
    today: date,
    approved: Approved,
    trail: Mapping[str, Approval],
    tracing: Tracing | None,
) -> OfAll:
    """What all projects together tell on a day; of it `tracing` may know."""

    def work(register: Register) -> OfAll:
        return _of_all(as_of(register.records, today), today, approved, trail)

    mark = mark_of((today, dict(approved), dict(trail))) if tracing else None
    if tracing is None or mark is None:
        return work(register)
    return tracing.told("of all", mark.hex(), Traced[OfAll], work)


def _of_all(records: Records, today: date, approved: Approved, trail: Mapping[str, Approval]) -> OfAll:
    standing = portfolio.states(records, today, approved)
    together = families.families(records)
    agreed = agreements_of(records, day=today)
    altered = {key for key, one in agreed.items() if one is not records.agreements[key]}
    # A line counts once among those that belong together: whoever asks for one of them asks for all.
    for one in together.values():
        if not altered.isdisjoint((one.framework, *one.specific)):
            altered.update((one.framework, *one.specific))
    return OfAll(
        titles=titles_of(records),
        standing=dict(standing),
        proofs=dict(proofs(records, standing, trail)),
        families=dict(together),
        altered=tuple(sorted(altered & records.agreements.keys())),
    )
