"""Every code a finding can carry, of every room, in one order."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.check import waivers
from pipeline.check.rules.table import RULES
from pipeline.kernel import codes
from pipeline.kernel.finding import Code

CODES: Mapping[str, Code] = {
    code.code: code
    for code in sorted(
        (*codes.CODES, *waivers.CODES, *(rule.info for rule in RULES)), key=lambda code: code.code
    )
}
"""Code → its page."""
