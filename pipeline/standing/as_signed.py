"""The parties of a contract as they were called when they signed it: a later name or successor changes no signed paper."""

from __future__ import annotations

from datetime import date

from pipeline.record.model import Records
from pipeline.record.model.preparation import Signed
from pipeline.record.model.records import with_changed
from pipeline.standing.agreed import signed_by_all
from pipeline.standing.as_written import KnownRecords
from pipeline.standing.former_names import enterprises_as_of, with_heirs


def by_signing(records: Records, key: str, today: date | None) -> KnownRecords:
    """A contract names its parties as they were called when they signed it, an unsigned one as they are called now.

    An amendment is signed by whoever has taken a party over since the agreement.
    """
    project, _, amendment = key.partition("/")
    agreement, signing = records.agreements.get(project), records.signings.get(project)
    signed: tuple[Signed, ...] = (signing,) if signing and not amendment else ()
    if signing and amendment:
        signed = tuple(one for one in signing.amendments if one.amendment == amendment)
    day = signed_by_all(signed[0], agreement.party_ids) if agreement and signed else None
    partners = with_heirs(records, day) if amendment else records.enterprises
    if day:
        partners = enterprises_as_of(partners, day)
    kept = partners is records.enterprises
    return KnownRecords(records if kept else with_changed(records, enterprises=partners), today)
