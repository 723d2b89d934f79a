"""Records made of schemas/*.yaml by `coop docs`: what is stated of a field is changed there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, field

from pipeline.record.model import derived
from pipeline.record.model.attribute import attribute
from pipeline.record.model.preparation import Outsider


class Score(Struct, frozen=True, kw_only=True):
    """对口就业率: `evaluation.scores.employment-match`; `evaluation.scores.satisfaction`; `evaluation.scores.certificates` …."""

    value: Decimal | None = None  # 实测值
    score: Decimal | None = None  # 得分
    basis: str = ""  # 依据
    inapplicable: str = ""  # 不适用的理由


class Rectification(Struct, frozen=True, kw_only=True):
    """整改 (指南（草案）10.1): `inspection.findings.*.rectification`."""

    measures: str = ""  # 整改措施
    done_on: dt.date | None = None  # 完成日期
    evidence: tuple[str, ...] = ()  # 佐证材料
    reviewed_by: str = ""  # 复查人
    reviewed_on: dt.date | None = None  # 复查日期
    result: str = ""  # 复查意见


class Course(Struct, frozen=True, kw_only=True):
    """共同开发课程: `progress.courses[]`."""

    code: str = ""  # 课程号
    name: str = ""  # 课程名
    summary: str = ""  # 简介
    enterprise: str = ""  # 合作企业
    start: dt.date | None = None  # 开始日期
    end: dt.date | None = None  # 结束日期
    college_lead: str = ""  # 学校负责人
    enterprise_lead: str = ""  # 企业负责人


class Delivery(Struct, frozen=True, kw_only=True):
    """到货验收: `progress.deliveries[]`."""

    item: str = ""  # 名称
    quantity: Decimal | None = None  # 到货数量
    on: dt.date | None = None  # 到货日期
    received_by: str = ""  # 验收人
    place: str = ""  # 存放地点
    asset_no: str = ""  # 资产编号或标牌号
    evidence: str = ""  # 验收凭据


class MilestoneDone(Struct, frozen=True, kw_only=True):
    """节点: `progress.milestones.*`."""

    done_on: dt.date | None = None  # 完成日期
    note: str = ""  # 说明
    evidence: tuple[str, ...] = ()  # 佐证材料


class Payment(Struct, frozen=True, kw_only=True):
    """收到款项: `progress.received[]`; `progress.spent[]`."""

    item: str = ""  # 款项
    party: str = ""  # 付款方
    amount: Decimal | None = None  # 金额（元）
    on: dt.date | None = None  # 到账或支付日期
    voucher: str = ""  # 凭证号


class Reached(Struct, frozen=True, kw_only=True):
    """目标完成情况: `progress.goals.*`."""

    actual: Decimal | None = None  # 本时段完成
    note: str = ""  # 说明
    evidence: tuple[str, ...] = ()  # 佐证材料


class Work(Struct, frozen=True, kw_only=True):
    """过程管理: `progress.work[]`."""

    kind: str = ""  # 工作类别
    text: str = ""  # 内容


class Evaluation(Struct, frozen=True, kw_only=True):
    """绩效评价: `agreements/projects/{project}/evaluations/{year}.yaml`."""

    project: str = ""  # 项目编号
    year: int = 0  # 年份
    stage: str = ""  # 阶段
    date: dt.date | None = None  # 评价日期
    evaluators: tuple[str, ...] = ()  # 评价人员
    outsiders: tuple[Outsider, ...] = ()  # 校外评价人员
    scores: Mapping[str, Score] = field(default_factory=dict)  # 评价指标
    effects: str = ""  # 成效
    problems: str = ""  # 问题
    suggestions: str = ""  # 建议


class Defect(Struct, frozen=True, kw_only=True):
    """问题: `inspection.findings.*`."""

    text: str = ""  # 问题
    basis: str = ""  # 依据
    severity: str = ""  # 程度
    demand: str = ""  # 整改要求
    owner: str = ""  # 整改责任人
    party: str = ""  # 责任方
    due: dt.date | None = None  # 整改期限
    rectification: Rectification | None = None  # 整改

    closed_on = attribute(derived.closed_on)


class Progress(Struct, frozen=True, kw_only=True):
    """项目进展: `agreements/projects/{project}/progress/{period}.yaml`."""

    project: str = ""  # 项目编号
    period: str = ""  # 时段
    stage: str = ""  # 阶段
    reported_on: dt.date | None = None  # 填报日期
    reported_by: str = ""  # 填报人
    summary: str = ""  # 进展情况
    goals: Mapping[str, Reached] = field(default_factory=dict)  # 年度目标
    work: tuple[Work, ...] = ()  # 过程管理
    staff: Mapping[str, int] = field(default_factory=dict)  # 人员配备（人）
    milestones: Mapping[str, MilestoneDone] = field(default_factory=dict)  # 进度节点
    received: tuple[Payment, ...] = ()  # 收到款项
    spent: tuple[Payment, ...] = ()  # 支出款项
    deliveries: tuple[Delivery, ...] = ()  # 到货验收
    courses: tuple[Course, ...] = ()  # 共同开发课程
    problems: str = ""  # 问题
    next_steps: str = ""  # 下一步

    year = attribute(derived.year)


class Inspection(Struct, frozen=True, kw_only=True):
    """督查: `agreements/projects/{project}/inspections/{id}.yaml`."""

    project: str = ""  # 项目编号
    id: str = ""  # 编号
    declined: Mapping[str, str] = field(default_factory=dict)  # 声明不发生的字段：理由
    stage: str = ""  # 阶段
    date: dt.date | None = None  # 督查日期
    number: str = ""  # 文号
    kind: str = ""  # 督查方式
    inspectors: tuple[str, ...] = ()  # 督查人员
    outsiders: tuple[Outsider, ...] = ()  # 校外评价人员
    progress: str = ""  # 进展情况
    performance: str = ""  # 履约情况
    findings: Mapping[str, Defect] = field(default_factory=dict)  # 发现的问题
    conclusion: str = ""  # 结论
