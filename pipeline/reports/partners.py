"""The partners: when each was last met (6.1 d) and what each puts in (5.2, 8.4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from pipeline.model import Agreement, Records


def last_contacts(records: Records, today: date) -> Mapping[str, date]:
    """Enterprise → the last day until today on which a visit, an event or its own record tells of contact."""
    told = (
        *((one.date, (one.enterprise,)) for one in records.visits.values()),
        *((one.date, one.enterprises) for one in records.events.values()),
        *((one.last_contact, (key,)) for key, one in records.enterprises.items()),
    )
    found: dict[str, date] = {}
    for day, names in told:
        if day and day <= today:
            found |= {name: max(found.get(name, day), day) for name in names}
    return found


def provided(agreement: Agreement) -> Mapping[str, Decimal]:
    """What an agreement brings in, in yuan, by enterprise; under "" what no single enterprise is named for."""
    found: dict[str, Decimal] = {}
    lines = agreement.inputs.lines() if agreement.inputs and not agreement.framework else ()
    only = agreement.party_ids[1] if len(agreement.party_ids) == 2 else ""
    for _, _, item in lines:
        provider = item.provider or only
        found[provider] = found.get(provider, Decimal("0.00")) + (item.amount or Decimal(0))
    return found


def brought(records: Records) -> Mapping[str, Decimal]:
    """What all agreements bring in, in yuan, by enterprise; under "" what no single enterprise is named for."""
    found: dict[str, Decimal] = {}
    for agreement in records.agreements.values():
        for provider, amount in provided(agreement).items():
            found[provider] = found.get(provider, Decimal("0.00")) + amount
    return found
