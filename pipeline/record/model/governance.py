"""Records made of schemas/*.yaml by `coop docs`: what is stated of a field is changed there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, field

from pipeline.record.model import derived


class Member(Struct, frozen=True, kw_only=True):
    """人员: `governance.people.*`."""

    name: str = ""  # 姓名
    department: str = ""  # 所在部门
    roles: tuple[str, ...] = ()  # 担任的角色
    keys: tuple[str, ...] = ()  # 公钥
    accounts: tuple[str, ...] = ()  # 代码平台账号


class When(Struct, frozen=True, kw_only=True):
    """什么情况: `governance.matrix[].when`; `governance.levels[].when`."""

    kinds: tuple[str, ...] = ()  # 文书种类
    forms: tuple[str, ...] = ()  # 合作方式
    amount_from: Decimal | None = None  # 金额不少于（元）
    money_from: Decimal | None = None  # 合同金额不少于（元）
    years_from: Decimal | None = None  # 期限不少于（年）
    state_assets: bool | None = None  # 占用学校资产
    interns: bool | None = None  # 安排学生实习
    leaders_flag: bool | None = None  # 学校领导要求


class MatrixRow(Struct, frozen=True, kw_only=True):
    """一条规定: `governance.matrix[]`."""

    when: When = When()  # 什么情况
    roles: tuple[str, ...] = ()  # 要哪些角色批准
    note: str = ""  # 说明


class LevelRow(Struct, frozen=True, kw_only=True):
    """一条规定: `governance.levels[]`."""

    when: When = When()  # 什么情况
    least: str = ""  # 至少证明到哪一级
    note: str = ""  # 说明


class Governance(Struct, frozen=True, kw_only=True):
    """governance: `agreements/governance`."""

    repository: str = ""  # 本库编号
    version: int = 0  # 版本
    previous: str = ""  # 上一版本的 SHA-256
    since: dt.date | None = None  # 审批记录启用日期
    governors: tuple[str, ...] = ()  # 规则管理人
    threshold: int = 1  # 至少几人签名
    roles: Mapping[str, str] = field(default_factory=dict)  # 审批角色
    boxes: Mapping[str, str] = field(default_factory=dict)  # 审批表栏目
    people: Mapping[str, Member] = field(default_factory=dict)  # 人员
    matrix: tuple[MatrixRow, ...] = ()  # 审批权限表
    accepted: tuple[str, ...] = ()  # 离任、换钥匙后仍然承认的批准
    own_department: tuple[str, ...] = ()  # 限本系部的角色
    levels: tuple[LevelRow, ...] = ()  # 要求的证明级别
    guarded: tuple[str, ...] = ()  # 要管理人同意才能改的
    keepers: tuple[str, ...] = ()  # 清单签名人

    holds = derived.holds
    name = derived.name
    role = derived.role
