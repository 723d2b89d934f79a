"""Cells of a ledger that hold more than the name or code that their head asks for."""

from __future__ import annotations

import re
import unicodedata

from pipeline.desk.cell_meaning import Meaning
from pipeline.kernel.finding import DataPath

_NOTED = re.compile(r"\s*(?:[①-⑳*※★☆△▲#]+|\[[0-9]+\]|[（(][0-9]{1,2}[）)])\Z")
_FORMERLY = re.compile(r"\s*[（(]\s*(?:原|曾用名|前身|现名|更名|已更名|已注销|注销|停用)[^（()）]*[）)]\s*\Z")
_PERSON = re.compile(
    r"(?P<name>[\u4e00-\u9fff·]{2,8})[\s:：,，、/（(]*(?P<phone>[0-9][0-9+\- ]{5,19}[0-9])\s*[）)]?"
)


def company(text: str) -> tuple[str, str]:
    """The name of a company without the mark of a note or a remark in brackets behind it, and the question about that."""
    bare = _FORMERLY.sub("", _NOTED.sub("", text))
    if bare == text or not bare:
        return text, ""
    return bare, f"名称只写“{bare}”，“{text[len(bare) :].strip()}”不写进去"


def code(text: str) -> str:
    """A credit code without the signs that keep a spreadsheet from making it a number."""
    return re.sub(r"[\s'’‘`\"“”\-]", "", unicodedata.normalize("NFKC", text)).upper()


def contact(text: str, head: str) -> dict[DataPath, Meaning]:
    """A person to ring: with the number where both stand in one cell, refused where they cannot be told apart."""
    name, phone = ("contact", "name"), ("contact", "phone")
    if not re.search("[0-9]{5}", unicodedata.normalize("NFKC", text)):
        return {}
    both = person_and_phone(text)
    if both is None:
        return {name: Meaning(refused=f"{head}里有姓名也有电话，分不清；分成两栏")}
    return {name: Meaning(value=both[0]), phone: Meaning(value=both[1])}


def person_and_phone(text: str) -> tuple[str, str] | None:
    """Somebody's name and the one number behind it; None where the text is not just these two."""
    both = _PERSON.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return (both["name"], both["phone"]) if both else None
