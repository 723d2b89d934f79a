"""Fields that no wording names: those that are not for print, and those that code puts into a text."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.record.register.kinds import COLLEGE

UNPRINTED: Mapping[str, Mapping[str, str]] = {
    "agreement": {
        "stage": "记录走到哪一步",
        "wording": "选用哪种文本",
        "means": "按指南 3.1 归类，供统计",
        "fields": "按指南 7 归类，供统计",
        "chains": "按指南 4.3 归类，供统计",
        "docking": "五对接，供统计和看板",
        "co_building": "六共建，供统计和看板",
        "school_inputs": "按指南 5.1 归类，供统计",
        "relationship": "关系管理，学校内部使用",
        "goals": "年度目标，供计划和总结",
        "appraisal_flag": "是否需要论证，学校内部决定",
        "renews": "续签自哪个项目",
        "origin": "由原协议扫描件登记",
    },
    "amendment": {"changes.*.field": "改的是协议的哪个字段，供修改前后对照"},
    "plan": {"stage": "记录走到哪一步"},
}
"""Kind of record → its fields that no text of it prints, and what they are for."""

BY_CODE: Mapping[str, frozenset[str]] = {
    "agreement": frozenset({"parties"}),
    "amendment": frozenset({"goals"}),
    "evaluation": frozenset({"evaluators", "outsiders", "scores", "problems"}),
    "exit": frozenset({"notice.party", "equipment", "ip.due", "data.due", "money"}),
    "inspection": frozenset({"inspectors", "outsiders", "findings"}),
    "meeting": frozenset({"follow_up", "decisions"}),
    "plan": frozenset({"tasks"}),
    "progress": frozenset({"goals", "staff", "milestones", "received", "spent", "courses"}),
    "scheme": frozenset({"division", "schedule", "staff", "budget", "agreed"}),
    "summary": frozenset({"drafted_by", "tasks"}),
}
"""Kind of record → its fields that the facts of its documents print, whatever their wording calls them."""

REGISTERS = frozenset({COLLEGE.name})
"""Kinds that documents take names from and that have no document of their own."""


def accounted(kind: str, path: tuple[str, ...]) -> bool:
    """Whether a field, or one that it stands in, is declared unprinted or is printed by code."""
    leads = {".".join(path[:length]) for length in range(1, len(path) + 1)}
    return bool(leads & UNPRINTED.get(kind, {}).keys() or leads & BY_CODE.get(kind, frozenset()))
