"""A list of equipment in one cell: 五轴加工中心2台、三坐标测量机（1台）."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from pipeline.desk.cell_meaning import Meaning, text_meaning, words
from pipeline.returned.filled_book import FilledCell

_PARTS = re.compile(r"[、，,；;\n]+")
_COUNTED = re.compile(r"(.+?)\s*[(x×*:]?\s*([0-9]{1,5})\s*(台套|台|套|件|个|组|把|辆|张|条|批)\s*\)?")


def machines(cell: FilledCell) -> Meaning:
    """The items with their numbers; refused where one says no number: nobody invents it."""
    spoken = text_meaning(words(cell.value))
    if spoken.refused:
        return spoken
    made = []
    for part in filter(None, (one.strip() for one in _PARTS.split(str(spoken.value)))):
        match = _COUNTED.fullmatch(unicodedata.normalize("NFKC", part))
        if match is None:
            return Meaning(refused=f"“{part}”没有写成“名称、数量、单位”，如 数控车床12台")
        made.append({"name": match[1].strip(), "quantity": int(Decimal(match[2])), "unit": match[3]})
    return Meaning(value=made)
