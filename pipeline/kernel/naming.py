"""An id proposed from a Chinese name: 张三 → zhang-san, 机械工程系 → ji-xie-gong-cheng-xi."""

from __future__ import annotations

import re
from collections.abc import Container

_SURNAMES = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha", "任": "ren", "华": "hua", "朴": "piao",
    "区": "ou", "盖": "ge", "缪": "miao", "覃": "qin", "翟": "zhai", "尉": "wei", "乐": "yue", "员": "yun",
    "召": "shao", "黑": "he", "秘": "bi", "折": "she", "种": "chong", "繁": "po", "冼": "xian", "万": "wan",
}  # fmt: skip
"""Surnames that are read otherwise than the same character in other words."""

_DOUBLE = (
    "欧阳",
    "诸葛",
    "上官",
    "司马",
    "司徒",
    "东方",
    "独孤",
    "南宫",
    "夏侯",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "长孙",
    "宇文",
)
_COMPANY = re.compile(r"（[^）]*）|\([^)]*\)|有限责任公司|股份有限公司|有限公司|集团|公司$")
"""What nearly all companies have in their names, and what would make every id long."""

_LONGEST = 40


def proposed_id(name: str, taken: Container[str] = (), *, person: bool = False) -> str:
    """An id for a name, unlike those `taken`; a person's surname is read as a surname.

    Latin letters and figures are kept; what has no sound is left out. Empty where nothing is left.
    """
    from pypinyin import lazy_pinyin  # its dictionary takes a while to load, and few commands need it

    plain_name = name.strip().lower() if person else _COMPANY.sub("", name.strip()).lower() or name.lower()
    parts = lazy_pinyin(plain_name, errors=_latin)
    if person and name[:1] in _SURNAMES:
        parts[0] = _SURNAMES[name[0]]
    if person and len(parts) > 2:
        surname = 2 if name.startswith(_DOUBLE) else 1
        parts = ["".join(parts[:surname]), "".join(parts[surname:])]
    # ü is typed as v, as on every keyboard (吕 is lv): u would be another syllable.
    plain = "-".join(re.sub(r"[^a-z0-9-]", "", part.replace("ü", "v")) for part in parts)
    whole = re.sub(r"-+", "-", plain).strip("-")
    while len(whole) > _LONGEST:
        whole = whole.rpartition("-")[0] or whole[:_LONGEST]
    found, number = whole, 2
    while whole and found in taken:
        found, number = f"{whole}-{number}", number + 1
    return found


def _latin(rest: str) -> str:
    """What has no sound: its letters and figures, the gaps between them as hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", rest)
