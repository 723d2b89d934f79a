"""The clause register: every clause and list item of the draft, and what of this repository serves it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.kernel.structs import Struct
from pipeline.record.schema import SchemaError
from pipeline.source import load as load_yaml

FILE = "standard.yaml"

STRENGTHS: Mapping[str, str] = {"shall": "应", "may": "可、鼓励", "statement": "陈述"}
"""How a clause binds: 应 makes errors, a statement of duty or practice warnings, 可 nothing but a remark."""

MEANS = ("records", "rules", "documents", "views")
"""What may serve a clause."""


class Provision(Struct, frozen=True, kw_only=True):
    """A clause or list item of the draft by its inferred number, in our own words, with what serves it."""

    number: str
    strength: str
    text: str
    records: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    views: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The number as people write it: `6.1 a)`."""
        item = self.number[-1]
        return f"{self.number[:-1]} {item})" if item.isascii() and item.isalpha() else self.number

    @property
    def served(self) -> bool:
        """Whether anything at all serves it."""
        return any(getattr(self, means) for means in MEANS)

    def under(self, number: str) -> bool:
        """Whether this is the clause asked for, or a part of it (`8.3` has `8.3a`, `8.3 末段`)."""
        clause = self.number.replace(" ", "")
        rest = clause.removeprefix(number)
        return clause == number or (rest != clause and not rest[0].isdigit() and rest[0] != ".")


def load(folder: Path) -> tuple[Provision, ...]:
    """The register from a folder of schemas, in the order of the draft; raises SchemaError where it cannot be read."""
    try:
        source = load_yaml(FILE, (folder / FILE).read_bytes())
    except OSError as error:
        raise SchemaError(f"读不到 {FILE}：{error.strerror}") from error
    if source.data is None or source.findings:
        raise SchemaError(f"{source.findings[0].place} {source.findings[0].message}")
    clauses: Any = source.data["clauses"]
    return tuple(_provision(number, clause) for number, clause in clauses.items())


def _provision(number: str, clause: Mapping[str, Any]) -> Provision:
    unknown = set(clause) - {"strength", "text", *MEANS}
    if unknown or clause.get("strength") not in STRENGTHS or not clause.get("text"):
        raise SchemaError(f"{FILE} 的 {number} 写得不对：{'、'.join(sorted(unknown)) or 'strength 或 text'}")
    served = {means: tuple(clause.get(means, ())) for means in MEANS}
    return Provision(number=number, strength=clause["strength"], text=clause["text"], **served)


def asked(provisions: tuple[Provision, ...], text: str) -> tuple[Provision, ...]:
    """The provisions a person asks for: `8.3`, `6.1 a)`, `指南 8.3`; none where there is no such clause."""
    number = re.sub(r"指南（草案）|指南|[\s()（）]|^第|条$", "", text.strip())
    return tuple(one for one in provisions if number and one.under(number))
