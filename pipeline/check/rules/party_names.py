"""Who the parties of an agreement are, and how messages call them."""

from __future__ import annotations

from pipeline.record.model import Agreement, Records
from pipeline.record.model.names import COLLEGE


def is_known(party: str, records: Records) -> bool:
    """Whether an id is that of an enterprise, if only of a broken file."""
    return party in records.known_enterprises or party in records.enterprises


def known_enterprises(records: Records) -> frozenset[str]:
    """The ids of all enterprises there are, those of broken files included; of one alone ask `is_known`."""
    return frozenset({*records.known_enterprises, *records.enterprises})


def known_parties(agreement: Agreement, records: Records) -> tuple[str, ...]:
    """The parties that exist, once each; a misspelt id is reported as unknown (R01) and nowhere else."""
    return tuple(
        dict.fromkeys(party for party in agreement.party_ids if party == COLLEGE or is_known(party, records))
    )


def party_words(party: str, records: Records) -> str:
    """A party as messages name it: 学校, or the enterprise's name in quotation marks."""
    return "学校" if party == COLLEGE else f"“{records.party_name(party)}”"


def called(name: str | None, index: int) -> str:
    """A line of a list as messages name it: by its name, else by its number."""
    return f"“{name.strip()}”" if name and name.strip() else f"第 {index + 1} 项"
