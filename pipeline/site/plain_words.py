"""What the office calls by the standard's words, said as parents and pupils would: for the public edition."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.kernel.late_pattern import late
from pipeline.record.kinds import KINDS, kind_of

PLAIN: Mapping[str, str] = {
    "D1": "开什么专业、学什么本领，对着企业的岗位来定",
    "D2": "课程内容按这一行的职业标准来编",
    "D3": "老师到企业实践，企业的技术人员到学校上课，结对带学生",
    "D4": "校内的实训按生产车间的样子和要求来建",
    "D5": "在校时就了解企业的规矩和文化，学会与人共事",
    "B1": "学校和企业一起建实训场所，学生在真设备上练",
    "B2": "课程、题库等学习资源一起建、一起用",
    "B3": "老师、学生和企业一起做技术研发",
    "B4": "一起培养既会教书又懂技术的老师",
    "B5": "跟着产业的变化，一起改造老专业、开设新专业",
    "B6": "一起培养学生，上课、实习、就业连在一起",
}
"""The five dockings (5.5) and the six joint undertakings (5.6) in everyday words."""


def _names() -> Mapping[str, str]:
    """How files and folders of records are called → the label of the kind that they hold."""
    found = {}
    for kind in KINDS:
        *folders, name = kind.path.split("/")
        own = [folder for folder in folders if "{" not in folder]
        found[name if "{" not in name else own[-1]] = kind.label
    return found


def record_name(file: str) -> str:
    """A record inside of its project: its kind, and the period, day, year or number by which it is told apart."""
    kind, key = kind_of(file) or (None, "")
    if kind is None:
        return "其他文件"
    ids = [str(value) for name, value in kind.ids(key).items() if name != "project"]
    return " ".join((kind.label, *ids))


_PATH = late(
    r"(?<![\w/]) ?(?:[a-z0-9<>{}*.…年份编号项目-]+/)*[a-z0-9<>{}*.…年份编号日期部门-]*\.yaml ?|(?<![\w/])[a-z]+/(?![\w<{])",
    re.ASCII,
)


def unfiled(text: str) -> str:
    """A finding's words for readers who know records by their names, not by their files."""
    return _PATH.sub(lambda match: _label(match[0].strip()), text)


def _label(path: str) -> str:
    parts = [part for part in reversed(path.split("/")) if part]
    label = next((_LABELS[part] for part in parts if part in _LABELS), "")
    return f"“{label}”" if label else path if path.endswith("/") else "记录"


_LABELS = _names()
