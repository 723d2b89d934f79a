"""What to type instead of a value of the wrong form, where only one thing can have been meant."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from pipeline.kernel import meant
from pipeline.kernel.finding import Fix
from pipeline.kernel.late_pattern import late
from pipeline.prose.facts import Amount, Count, Share, Span
from pipeline.prose.numerals import NUMERALS, number
from pipeline.prose.reader import facts
from pipeline.record.schema.definition import Field
from pipeline.record.schema.value_types import TYPES, is_id

_CURLY = late("[“”「」『』‘’＂＇]")
_DASHES = "—–―−"
"""What stands for a hyphen where a Chinese keyboard typed it."""
_TRUTHS = {"是": "true", "有": "true", "对": "true", "否": "false", "无": "false", "不": "false"}
_TRUTHS |= {"yes": "true", "on": "true", "no": "false", "off": "false"}
_SEPARATORS = late(r"\s*[、，,；;]\s*|\s+")
_WIDE_BRACKETS = late(r"[［【〔（]([^［【〔（\]］】〕）]*)[］】〕）]")
_TABLE = late(r"^\s*\|.*\|\s*$", re.MULTILINE)


def literal(value: Any, wanted: str, field: Field | None) -> str | None:
    """The text to type for a value that is not of the type wanted; None where nothing is certain."""
    if isinstance(value, bool) or value is None:
        return None
    if wanted == "list":
        return _list(value, field)
    if wanted == "dict" or not isinstance(value, str | int | Decimal):
        return None
    return _scalar(str(value), wanted)


def _scalar(text: str, wanted: str) -> str | None:
    bare = _CURLY.sub("", text).strip()
    if wanted == "money":
        return meant.money(bare) or _in_words(bare, wanted)
    if wanted == "percent":
        return meant.percent(bare) or _fitting(meant.number(bare) or _in_words(bare, wanted), wanted)
    if wanted in ("number", "integer"):
        return meant.number(bare, whole=wanted == "integer") or _in_words(bare, wanted)
    if wanted == "date":
        return meant.day(bare)
    if wanted == "flag":
        return _TRUTHS.get(bare.lower())
    slip = unicodedata.normalize("NFKC", bare).lower().replace("_", "-").replace(" ", "-")
    return slip if wanted == "id" and is_id(slip) and slip != text else None


def _in_words(text: str, wanted: str) -> str | None:
    """A figure that is written in words: 捌万陆仟元整, 三成, 六十日; None where it may be counted in something else."""
    words = text.removeprefix("人民币")
    read = [
        fact for fact in facts(text) if fact.end == len(text) and fact.start in (0, len(text) - len(words))
    ]
    fact = read[0] if len(read) == 1 else None
    plain = number(text) if text and set(text) <= set(f"{NUMERALS}万亿") else None
    if wanted == "money":
        yuan = fact.yuan if isinstance(fact, Amount) else plain
        return meant.money(f"{yuan:f}") if yuan is not None else None
    if wanted == "percent":
        return f"{fact.percent.normalize():f}" if isinstance(fact, Share) else None
    if isinstance(fact, Count):
        plain = fact.number
    elif isinstance(fact, Span) and fact.days == fact.value:
        plain = fact.value
    return meant.number(f"{plain:f}", whole=wanted == "integer") if plain is not None else None


def _fitting(text: str | None, wanted: str) -> str | None:
    return text if text is not None and TYPES[wanted](Decimal(text)) else None


def _list(value: Any, field: Field | None) -> str | None:
    """One item, or several on a line, that belong in brackets: ids and choices surely, other text only if alone."""
    each = field.each if field else None
    if isinstance(value, str) and (wide := _WIDE_BRACKETS.fullmatch(value.strip())):
        value = wide[1].strip()
    if each is None or each.type not in ("text", "id", "markdown") or not isinstance(value, str):
        return None
    if each.values or each.type == "id":
        words = [choice(one, each) or one for one in _SEPARATORS.split(value.strip())]
        fits = all(one in each.values if each.values else is_id(one) for one in words)
        return f"[{', '.join(words)}]" if fits else None
    plain = not re.search(r"[、，,；;：:#\[\]{}\n\"'“”|&*!%@`]", value)
    return f"[{value}]" if plain and value.strip() == value and value else None


def choice(value: object, field: Field | None) -> str | None:
    """The choice that was called so in an earlier version, or whose Chinese label was written instead of it."""
    if field and str(value).strip() in field.former_values:
        return field.former_values[str(value).strip()]
    values = field.values if field else {}
    found = [
        key for key, label in values.items() if label == str(value).strip() or key == slipped(str(value), key)
    ]
    return found[0] if len(found) == 1 else None


def slipped(text: str, like: str) -> str:
    """A word in the form of another one: small letters of usual width, its strokes where the other has them."""
    folded = unicodedata.normalize("NFKC", text).strip().lower()
    return folded.replace("-", "_") if "_" in like else folded.replace("_", "-")


def choices(value: object, field: Field | None) -> str | None:
    """Several choices written as one item of a list in brackets, with commas that are none."""
    words = _SEPARATORS.split(str(value).strip())
    found = [one if field and one in field.values else choice(one, field) for one in words]
    return ", ".join(one for one in found if one) if len(found) > 1 and all(found) else None


def pattern(value: object, regex: str) -> tuple[str, str]:
    """For a text that does not fit a pattern: the signs that are to blame, and the text as it would fit; or nothing."""
    if not isinstance(value, str):
        return "", ""
    blamed = "".join(
        dict.fromkeys(one for one in value if _CURLY.match(one) or "！" <= one <= "～" or one in _DASHES)
    )
    bare = (
        unicodedata.normalize("NFKC", _CURLY.sub("", value))
        .translate(dict.fromkeys(map(ord, _DASHES), "-"))
        .strip()
    )
    if "〔" in regex:  # the brackets that documents are numbered with, which keyboards lack
        blamed += "".join(one for one in value if one in "[]【】")
        bare = bare.translate(_NUMBERING)
    if bare != value and re.compile(rf"(?:{regex})\Z").match(bare):
        return blamed, bare
    return "", ""


def bulleted(text: str, line: int, column: int) -> Fix | None:
    """A list whose items begin with some other sign than a dash and a space, each on its line, written right.

    `line` and `column` (from 1) are where its first item begins.
    """
    lines = text.split("\n")
    first, indent = line - 1, " " * (column - 1)
    last = first
    while last < len(lines) and lines[last].startswith(indent) and _BULLET.match(lines[last][column - 1 :]):
        last += 1
    below = lines[last] if last < len(lines) else ""
    if last == first or lines[first][: column - 1].strip() or below.startswith(indent + " "):
        return None
    start = sum(len(one) + 1 for one in lines[:first])
    new = "\n".join(indent + "- " + _BULLET.sub("", one[column - 1 :], count=1) for one in lines[first:last])
    return Fix(text=new, start=start, end=start + len("\n".join(lines[first:last])))


_BULLET = late("[－—–•·●▪*-][ \u3000]*")
_NUMBERING = str.maketrans("[]【】", "〔〕〔〕")


def is_table(value: object) -> bool:
    """Whether a text is a Markdown table, or holds one."""
    return isinstance(value, str) and len(_TABLE.findall(value)) > 1
