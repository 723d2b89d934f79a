"""The wordings that agreements are written in, by name, and which one an agreement takes."""

from __future__ import annotations

from pipeline.record.model import Agreement

FULL, UNIFORM, LETTER = "agreement-full", "agreement-uniform", "agreement-letter"
"""The wordings of agreements: the full text, the college's uniform text (8.3, 8.4), the letter of intent."""
APPRENTICESHIP = "agreement-apprenticeship"
"""The wording of an agreement on apprentices (职业教育法 30)."""


def wording_of(agreement: Agreement) -> str:
    """Which wording an agreement is written in."""
    if agreement.framework:
        return LETTER
    if "apprenticeship" in agreement.forms:
        return APPRENTICESHIP
    return UNIFORM if agreement.wording == "uniform" else FULL
