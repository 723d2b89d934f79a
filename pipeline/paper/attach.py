"""Charts and codes put into a Word file's package: their parts, and the two lists that must name them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.kernel.document import Figure
from pipeline.kernel.late_pattern import late
from pipeline.paper import chart, code_mark
from pipeline.paper.archive import Packed, pack

TYPES = "[Content_Types].xml"
RELATIONS = "word/_rels/document.xml.rels"

_PNG = late(r'<Default[^>]*Extension="png"', re.IGNORECASE)
_END = {TYPES: "</Types>", RELATIONS: "</Relationships>"}


def attached(lists: Mapping[str, str], figures: Sequence[Figure], code: str = "") -> Iterator[Packed]:
    """The parts to add or replace, given the layout's own two lists; nothing where there is no chart and no code."""
    if not figures and not code:
        return
    numbers = range(1, len(figures) + 1)
    types, relations = "".join(_types(numbers)), "".join(_relations(numbers))
    if code:
        types += "" if _PNG.search(lists[TYPES]) else '<Default Extension="png" ContentType="image/png"/>'
        relations += (
            f'<Relationship Id="{code_mark.RELATION}" Type="{code_mark.RELATION_TYPE}" '
            f'Target="{code_mark.PART.removeprefix("word/")}"/>'
        )
        yield pack(code_mark.PART, code_mark.picture(code))
    yield pack(TYPES, _grown(lists, TYPES, types))
    yield pack(RELATIONS, _grown(lists, RELATIONS, relations))
    for number, figure in zip(numbers, figures, strict=True):
        for name, content in chart.parts(number, figure):
            yield pack(name, content.encode() if isinstance(content, str) else content)


def _grown(lists: Mapping[str, str], name: str, more: str) -> bytes:
    before, end, after = lists[name].rpartition(_END[name])
    return f"{before}{more}{end}{after}".encode()


def _types(numbers: range) -> Iterator[str]:
    if numbers:
        yield f'<Default Extension="xlsx" ContentType="{chart.WORKBOOK_TYPE}"/>'
    for number in numbers:
        yield f'<Override PartName="/word/charts/chart{number}.xml" ContentType="{chart.CHART_TYPE}"/>'


def _relations(numbers: range) -> Iterator[str]:
    for number in numbers:
        yield (
            f'<Relationship Id="{chart.relation(number)}" Type="{chart.CHART_RELATION}" '
            f'Target="charts/chart{number}.xml"/>'
        )
