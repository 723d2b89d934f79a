"""Every code a finding can carry, of every room, in one order (floor 5)."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline import register, schema, source, waivers
from pipeline.approvals import codes as approvals
from pipeline.build import codes as build
from pipeline.compose import codes as compose
from pipeline.finding import Code
from pipeline.rules.table import RULES
from pipeline.trail import codes as trail

CODES: Mapping[str, Code] = {
    code.code: code
    for code in sorted(
        (
            *source.CODES,
            *schema.CODES,
            *register.CODES,
            *(rule.info for rule in RULES),
            *compose.CODES,
            *build.CODES,
            *waivers.CODES,
            *approvals.CODES,
            *trail.CODES,
        ),
        key=lambda code: code.code,
    )
}
"""Code → its page."""
