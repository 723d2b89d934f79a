"""In which box of 合同审批表 an opinion stands: the one its role carries, never one guessed from a part of its name."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.record.model.governance import Governance

DEPARTMENT, OFFICE, FINANCE, ASSETS = "承办部门意见", "归口部门意见", "财务部门意见", "国资部门意见"
LEGAL, LEADER, PRESIDENT = "法律顾问意见", "分管领导意见", "书记校长意见"

BOXES = (DEPARTMENT, OFFICE, FINANCE, ASSETS, LEGAL, LEADER, PRESIDENT)
"""The boxes that are drawn in the form; any other opinion has a row of its own under them."""

_BY_ID: Mapping[str, str] = {
    "department": DEPARTMENT,
    "office": OFFICE,
    "finance": FINANCE,
    "assets": ASSETS,
    "legal": LEGAL,
    "vice-president": LEADER,
    "president": PRESIDENT,
    "secretary": PRESIDENT,
    "party-committee": PRESIDENT,
}
"""The box of a role that the rules give none, by the id of the role."""

_NAMES: Mapping[str, str] = {
    DEPARTMENT: "承办部门 承办系部 实施系部 系部 系部主任 系部负责人 系部书记 系部审核 系主任",
    OFFICE: "归口部门 归口管理部门 校企合作办公室",
    FINANCE: "财务 财务部门 财务处 财务审核",
    ASSETS: "国资 国资部门 国资处 国有资产管理 国有资产管理处 资产管理处",
    LEGAL: "法务 法务部门 法务处 法务审核 法律顾问",
    LEADER: "分管领导 分管院领导 分管校领导 分管院长 分管校长 分管副院长 分管副校长",
    PRESIDENT: "书记 党委书记 院长 校长 党委 党委会 院长办公会 校长办公会 党委会议 书记院长 书记校长",
}
_BY_NAME: Mapping[str, str] = {name: box for box, names in _NAMES.items() for name in names.split()}
"""The box of a step that is filed on paper only, by the whole name of the role."""


def box_of_role(role: str, name: str, boxes: Mapping[str, str]) -> str:
    """The box of a role of the rules: what they say (`boxes`), else by its id, else as for a filed step."""
    return boxes.get(role) or _BY_ID.get(role) or box_named(name, {})


def of_own_department(rules: Governance) -> tuple[str, ...]:
    """The roles that only people of the department at work fill: those listed, else those that sign in its box."""
    at_work = (
        role for role, name in rules.roles.items() if box_of_role(role, name, rules.boxes) == DEPARTMENT
    )
    return rules.own_department or tuple(at_work)


def is_legal(role: str, rules: Governance) -> bool:
    """Whether a role is the legal review that comes before the contract approval (8.4)."""
    return box_of_role(role, rules.role(role), rules.boxes) == LEGAL


def box_named(name: str, boxes: Mapping[str, str]) -> str:
    """The box of a filed step by the name of its role: what `boxes` says of it, a usual name's, else its own."""
    box = name if name.endswith("意见") else f"{name}意见"
    return boxes.get(name) or _BY_NAME.get(name) or box
