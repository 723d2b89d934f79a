"""What serves a clause: the codes that cite it, the fields that carry it; `coop explain 8.4`, `coop explain 民法典502`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from pipeline.check.catalogue import CODES
from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import Struct
from pipeline.record.schema import Schema

GUIDE = "指南（草案）"
"""The guideline that a clause without a name belongs to."""

_PART = late(
    r"(?P<source>.*?)[\s第]*(?P<numbers>[0-9]+(?:\.[0-9]+)*条?(?:、第?[0-9.]+条?)*)?(?:\s+(?P<words>\S.*))?"
)


class CitedClause(Struct, frozen=True, kw_only=True):
    """A source and the number of a clause in it; number "" stands for the whole source."""

    source: str
    number: str = ""

    def __str__(self) -> str:
        return f"{self.source} {self.number}".strip()

    def covers(self, other: CitedClause) -> bool:
        """Whether what serves `other` serves this one: the same, a part of it (8 and 8.4), or its whole source."""
        if self.source != other.source:
            return False
        return self.number in ("", other.number) or other.number.startswith(f"{self.number}.")


def cited(text: str) -> Iterator[CitedClause]:
    """The clauses named in a citation: `指南（草案）8.4 合作目的；民法典 470、507`."""
    source = GUIDE
    for part in re.split("[；;]", text):
        match = _PART.fullmatch(part.strip())
        named = re.sub("[《》\\s]", "", match["source"]) if match else part.strip()
        source = _source(named) or GUIDE
        numbers = re.findall("[0-9.]+", match["numbers"] or "") if match else []
        numbers += re.findall("、([0-9.]+)$", match["words"] or "") if match else []
        yield from (CitedClause(source=source, number=number) for number in numbers or [""])


def _source(name: str) -> str:
    return GUIDE if name in ("", "指南", "指南草案", "草案", GUIDE) else name


def _codes(clause: CitedClause, schemas: Mapping[str, Schema]) -> Iterator[str]:
    for code in CODES.values():
        if code.clause and any(clause.covers(one) for one in cited(code.clause)):
            yield f"规则 {code.code}　{code.title}（{code.clause}）"


def _fields(clause: CitedClause, schemas: Mapping[str, Schema]) -> Iterator[str]:
    for kind, schema in schemas.items():
        for path, field in schema.walk():
            if field.clause and any(clause.covers(one) for one in cited(field.clause)):
                yield f"字段 {kind}.yaml 的 {'.'.join(map(str, path))}（{field.label}）"


SECTIONS: tuple[Callable[[CitedClause, Mapping[str, Schema]], Iterator[str]], ...] = (_codes, _fields)
"""Who may serve a clause, each naming what of its own does: one function and one line here for each."""


def serving(text: str, schemas: Mapping[str, Schema]) -> tuple[str, ...]:
    """Everything that serves the clauses a text names, a line each; nothing where the text names none known."""
    lines = (line for clause in cited(text) for section in SECTIONS for line in section(clause, schemas))
    return tuple(dict.fromkeys(lines))
