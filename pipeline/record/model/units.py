"""Records made of schemas/*.yaml by `coop docs`: what is stated of a field is changed there."""

from __future__ import annotations

from collections.abc import Mapping

UNITS: Mapping[str, str] = {
    "trained": "人",
    "order-students": "人",
    "apprentices": "人",
    "interns": "人",
    "employed": "人",
    "courses": "门",
    "textbooks": "种",
    "standards": "项",
    "part-time-teachers": "人",
    "teacher-practice": "人",
    "staff-training": "人天",
    "services": "项",
    "service-income": "元",
    "patents": "项",
    "equipment-value": "元",
    "bases": "个",
    "contests": "次",
}
"""What goals are counted in, by measure; `other` names its own unit."""
