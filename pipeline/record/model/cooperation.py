"""Records made of schemas/*.yaml by `coop docs`: what is stated of a field is changed there."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from msgspec import Struct

from pipeline.record.model import derived
from pipeline.record.model.attribute import attribute


class AppraisalFlag(Struct, frozen=True, kw_only=True):
    """领导认为需要论证 (指南（草案）8.3): `agreement.appraisal_flag`."""

    by: str = ""  # 提出人
    on: dt.date | None = None  # 日期
    reason: str = ""  # 理由


class Goal(Struct, frozen=True, kw_only=True):
    """目标: `agreement.goals.*`; `amendment.goals.*`."""

    year: int | None = None  # 年度
    measure: str = ""  # 指标
    quantity: Decimal | None = None  # 目标值
    unit: str = ""  # 计量单位
    text: str = ""  # 目标说明

    counted_in = attribute(derived.counted_in)


class Relationship(Struct, frozen=True, kw_only=True):
    """合作关系管理 (指南（草案）4.4；GB/Z 41838): `agreement.relationship`."""

    principles: tuple[str, ...] = ()  # 采用的原则
    plan: str = ""  # 关系管理计划


class SchoolInput(Struct, frozen=True, kw_only=True):
    """学校提供的资源: `agreement.school_inputs[]`."""

    kind: str = ""  # 类别
    text: str = ""  # 内容


class Pair(Struct, frozen=True, kw_only=True):
    """教师与技术人员结对: `agreement.docking[].pairs[]`."""

    teacher: str = ""  # 教师
    engineer: str = ""  # 技术人员


class Base(Struct, frozen=True, kw_only=True):
    """基地: `agreement.co_building[].bases[]`."""

    name: str = ""  # 名称
    place: str = ""  # 地点
    on_campus: bool | None = None  # 在校内
    capacity: int | None = None  # 工位数


class MajorAction(Struct, frozen=True, kw_only=True):
    """专业调整: `agreement.co_building[].majors[]`."""

    name: str = ""  # 专业
    action: str = ""  # 怎样调整


class Outcome(Struct, frozen=True, kw_only=True):
    """预期成果: `agreement.co_building[].outcomes[]`."""

    name: str = ""  # 名称
    type: str = ""  # 类型


class SharedResource(Struct, frozen=True, kw_only=True):
    """共享资源: `agreement.co_building[].resources[]`."""

    name: str = ""  # 名称
    type: str = ""  # 类型
    owner: str = ""  # 所有方
    licence: str = ""  # 使用权


class SharedUse(Struct, frozen=True, kw_only=True):
    """共同使用: `agreement.co_building[].shared_use[]`."""

    asset: str = ""  # 课程或设备
    terms: str = ""  # 使用约定
    non_interference: bool = False  # 不影响对方教学或生产


class Pointer(Struct, frozen=True, kw_only=True):
    """十二项内容所在: `agreement.origin.elements[]`."""

    element: str = ""  # 内容
    page: int | None = None  # 页
    clause: str = ""  # 条款


class Docking(Struct, frozen=True, kw_only=True):
    """五对接: `agreement.docking[]`."""

    code: str = ""  # 对接类别
    text: str = ""  # 怎样对接
    posts: tuple[str, ...] = ()  # 岗位群
    occupational_standard: str = ""  # 职业标准
    pairs: tuple[Pair, ...] = ()  # 教师与技术人员结对
    base: str = ""  # 实训基地
    workshop: str = ""  # 生产车间
    culture: str = ""  # 企业文化内容


class CoBuilding(Struct, frozen=True, kw_only=True):
    """六共建: `agreement.co_building[]`."""

    code: str = ""  # 共建类别
    text: str = ""  # 怎样共建
    bases: tuple[Base, ...] = ()  # 基地
    resources: tuple[SharedResource, ...] = ()  # 共享资源
    outcomes: tuple[Outcome, ...] = ()  # 预期成果
    teacher_practice: int | None = None  # 教师企业实践（人）
    part_time_teachers: int | None = None  # 企业兼职教师（人）
    majors: tuple[MajorAction, ...] = ()  # 专业调整
    shared_use: tuple[SharedUse, ...] = ()  # 共同使用


class OriginalAgreement(Struct, frozen=True, kw_only=True):
    """协议原件: `agreement.origin`."""

    kind: str = ""  # 来源
    name: str = ""  # 文件名
    sha256: str = ""  # SHA-256 摘要
    kept_at: str = ""  # 存放处
    pages: int | None = None  # 页数
    elements: tuple[Pointer, ...] = ()  # 十二项内容所在
