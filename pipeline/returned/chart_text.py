"""The figures that a chart of a Word file shows: what is stored to be drawn, not what is said about it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def figures(chart: Element) -> tuple[tuple[str, ...], ...]:
    """A head row with the names of the series, then a row for each category; missing points are empty."""
    series = list(chart.iter(f"{_C}ser"))
    names = tuple("".join(_points(one.find(f"{_C}tx"))) for one in series)
    categories = tuple(_points(series[0].find(f"{_C}cat"))) if series else ()
    columns = [tuple(_points(one.find(f"{_C}val"))) for one in series]
    rows = (
        (category, *(column[index] if index < len(column) else "" for column in columns))
        for index, category in enumerate(categories)
    )
    return (("", *names), *rows)


def _points(element: Element | None) -> Iterator[str]:
    """The stored points of a series' name, categories or values, in order."""
    cache = None if element is None else next(element.iter(f"{_C}ptCount"), None)
    if element is None or cache is None:
        return
    stored = {int(point.get("idx", "0")): point.findtext(f"{_C}v") or "" for point in element.iter(f"{_C}pt")}
    for index in range(int(cache.get("val", "0"))):
        yield stored.get(index, "")
