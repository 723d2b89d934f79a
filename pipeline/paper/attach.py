"""Charts put into a Word file's package: their parts, and the two lists that must name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.kernel.document import Figure
from pipeline.paper import chart
from pipeline.paper.archive import Packed, pack

TYPES = "[Content_Types].xml"
RELATIONS = "word/_rels/document.xml.rels"

_END = {TYPES: "</Types>", RELATIONS: "</Relationships>"}


def attached(lists: Mapping[str, str], figures: Sequence[Figure]) -> Iterator[Packed]:
    """The parts to add or replace, given the layout's own two lists; nothing where there is no chart."""
    if not figures:
        return
    numbers = range(1, len(figures) + 1)
    yield pack(TYPES, _grown(lists, TYPES, "".join(_types(numbers))))
    yield pack(RELATIONS, _grown(lists, RELATIONS, "".join(_relations(numbers))))
    for number, figure in zip(numbers, figures, strict=True):
        for name, content in chart.parts(number, figure):
            yield pack(name, content.encode() if isinstance(content, str) else content)


def _grown(lists: Mapping[str, str], name: str, more: str) -> bytes:
    before, end, after = lists[name].rpartition(_END[name])
    return f"{before}{more}{end}{after}".encode()


def _types(numbers: range) -> Iterator[str]:
    yield f'<Default Extension="xlsx" ContentType="{chart.WORKBOOK_TYPE}"/>'
    for number in numbers:
        yield f'<Override PartName="/word/charts/chart{number}.xml" ContentType="{chart.CHART_TYPE}"/>'


def _relations(numbers: range) -> Iterator[str]:
    for number in numbers:
        yield (
            f'<Relationship Id="{chart.relation(number)}" Type="{chart.CHART_RELATION}" '
            f'Target="charts/chart{number}.xml"/>'
        )
