"""Records made of schemas/*.yaml by `coop docs`: what is stated of a field is changed there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, field

from pipeline.record.model import derived


class AssessmentPolicy(Struct, frozen=True, kw_only=True):
    """系部考核 (指南（草案）10.2): `policy.assessment`."""

    included: bool = False  # 监督结果纳入系部考核
    weights: Mapping[str, Decimal] = field(default_factory=dict)  # 各部分权重


class Criterion(Struct, frozen=True, kw_only=True):
    """条件: `policy.eligibility.*`."""

    text: str = ""  # 条件
    required: bool = False  # 必须具备


class Important(Struct, frozen=True, kw_only=True):
    """重要的合作单位 (指南（草案）6.1): `policy.important`."""

    text: str = ""  # 认定办法
    contact_days: int | None = None  # 至少多少天联系一次


class Lead(Struct, frozen=True, kw_only=True):
    """提前提醒: `policy.lead`."""

    expiry_days: int | None = None  # 协议到期前几天
    rectification_days: int | None = None  # 整改到期前几天
    action_days: int | None = None  # 议定事项到期前几天


class Regular(Struct, frozen=True, kw_only=True):
    """定期 (指南（草案）6.1、6.2、10.1): `policy.regular`."""

    inspection_months: int | None = None  # 每个项目至少几个月督查一次
    progress_months: int | None = None  # 每个项目至少几个月填报一次进展
    standing_months: int | None = None  # 至少几个月核对一次企业信用
    evaluation_month: int | None = None  # 次年几月底前完成绩效评价
    summary_month: int | None = None  # 次年几月底前完成年度总结
    plan_month: int | None = None  # 当年几月底前批准年度计划


class Shallow(Struct, frozen=True, kw_only=True):
    """非深度合作 (指南（草案）8.3): `policy.shallow`."""

    text: str = ""  # 界定
    forms: tuple[str, ...] = ()  # 属于深度合作的方式
    most_input: Decimal | None = None  # 企业投入上限（元）


class Exemption(Struct, frozen=True, kw_only=True):
    """不开例会的月份: `policy.meetings.exemptions[]`."""

    name: str = ""  # 名称
    months: tuple[int, ...] = ()  # 月份
    year: int | None = None  # 年份
    reason: str = ""  # 理由


class Grade(Struct, frozen=True, kw_only=True):
    """等级: `policy.evaluation.grades[]`."""

    name: str = ""  # 等级
    least: Decimal | None = None  # 最低分


class MeetingPolicy(Struct, frozen=True, kw_only=True):
    """例会 (指南（草案）9.1): `policy.meetings`."""

    since: dt.date | None = None  # 从哪天起记录例会
    exemptions: tuple[Exemption, ...] = ()  # 不开例会的月份

    exemption = derived.exemption


class EvaluationPolicy(Struct, frozen=True, kw_only=True):
    """绩效评价 (指南（草案）6.2、10.1): `policy.evaluation`."""

    weights: Mapping[str, Decimal] = field(default_factory=dict)  # 指标权重
    grades: tuple[Grade, ...] = ()  # 等级


class Policy(Struct, frozen=True, kw_only=True):
    """学校约定: `agreements/policy.yaml`."""

    stage: str = ""  # 阶段
    approved_on: dt.date | None = None  # 批准日期
    eligibility: Mapping[str, Criterion] = field(default_factory=dict)  # 具备条件的企业
    important: Important | None = None  # 重要的合作单位
    shallow: Shallow | None = None  # 非深度合作
    regular: Regular | None = None  # 定期
    lead: Lead | None = None  # 提前提醒
    meetings: MeetingPolicy | None = None  # 例会
    evaluation: EvaluationPolicy | None = None  # 绩效评价
    assessment: AssessmentPolicy | None = None  # 系部考核
    academic_year_start: int | None = None  # 学年从几月开始
