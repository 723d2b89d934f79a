"""The box of an opinion: the role's own, told by the rules, by its id or its whole name, and never by a part of it."""

from __future__ import annotations

import pytest

from pipeline.approval.trail.opinions import boxes
from pipeline.record.model.governance import Governance
from pipeline.record.rounds.boxes import BOXES, box_named, is_legal, of_own_department


@pytest.mark.parametrize(
    ("name", "box"),
    [
        ("归口部门", "归口部门意见"),
        ("财务", "财务部门意见"),
        ("国资处", "国资部门意见"),
        ("分管副院长", "分管领导意见"),
        ("院长办公会", "书记校长意见"),
        ("教学副院长", "教学副院长意见"),
        ("副校长", "副校长意见"),
        ("审计处", "审计处意见"),
        ("系统管理员", "系统管理员意见"),
        ("资产评估机构", "资产评估机构意见"),
        ("法律系", "法律系意见"),
        ("专家意见", "专家意见"),
    ],
)
def test_a_filed_step_stands_in_the_box_of_its_whole_name_or_in_its_own(name: str, box: str) -> None:
    assert box_named(name, {}) == box


def test_what_the_rules_say_of_a_role_comes_first() -> None:
    rules = Governance(
        roles={"vp-teaching": "教学副院长", "audit": "审计处", "president": "山长", "counsel": "法制办"},
        boxes={"vp-teaching": "分管领导意见", "counsel": "法律顾问意见"},
    )
    assert boxes(rules) == {
        "教学副院长": "分管领导意见",
        "审计处": "审计处意见",
        "山长": "书记校长意见",
        "法制办": "法律顾问意见",
    }
    assert box_named("教学副院长", boxes(rules)) == "分管领导意见"
    assert [role for role in rules.roles if is_legal(role, rules)] == ["counsel"]


def test_every_box_of_the_form_can_be_named_by_its_own_role() -> None:
    assert {box_named(name, {}) for name in ("承办部门", "法务", "校企合作办公室")} <= set(BOXES)


def test_roles_of_the_department_at_work_are_listed_or_sign_in_its_box() -> None:
    roles = {"head": "系部主任", "chair": "主任", "office": "系部联络办公室", "president": "院长"}
    assert of_own_department(Governance(roles=roles)) == ("head",)
    assert of_own_department(Governance(roles=roles, boxes={"chair": "承办部门意见"})) == ("head", "chair")
    assert of_own_department(Governance(roles=roles, own_department=("office",))) == ("office",)
