"""Records made of schemas/*.yaml by `coop docs`: what is stated of a field is changed there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, field

from pipeline.record.model import derived
from pipeline.record.model.attribute import attribute


class Expert(Struct, frozen=True, kw_only=True):
    """论证专家: `appraisal.experts[]`."""

    name: str = ""  # 姓名
    unit: str = ""  # 工作单位
    major: str = ""  # 专业
    title: str = ""  # 职称
    internal: bool = False  # 校内专家
    chair: bool = False  # 组长


class Waived(Struct, frozen=True, kw_only=True):
    """不作论证 (指南（草案）8.3): `appraisal.waiver`."""

    reason: str = ""  # 理由
    by: str = ""  # 决定人
    on: dt.date | None = None  # 决定日期


class Outsider(Struct, frozen=True, kw_only=True):
    """校外评价人员: `evaluation.outsiders[]`; `event.speakers[]`; `inspection.outsiders[]` …."""

    name: str = ""  # 姓名
    unit: str = ""  # 单位
    post: str = ""  # 职务或职称


class Agreed(Struct, frozen=True, kw_only=True):
    """一方的认可: `scheme.agreed.*`."""

    name: str = ""  # 认可人
    on: dt.date | None = None  # 日期


class BudgetLine(Struct, frozen=True, kw_only=True):
    """经费: `scheme.budget[]`."""

    item: str = ""  # 项目
    amount: Decimal | None = None  # 金额（元）
    party: str = ""  # 出资方


class Risk(Struct, frozen=True, kw_only=True):
    """风险与对策: `scheme.risks[]`."""

    risk: str = ""  # 风险
    measure: str = ""  # 对策


class Step(Struct, frozen=True, kw_only=True):
    """进度节点: `scheme.schedule.*`."""

    name: str = ""  # 节点
    start: dt.date | None = None  # 开始日期
    due: dt.date | None = None  # 完成期限
    owner: str = ""  # 负责人
    party: str = ""  # 责任方


class FileDigest(Struct, frozen=True, kw_only=True):
    """签署用的文件 (指南（草案）8.4): `signing.file`; `signing.scan`; `signing.amendments[].file` …."""

    name: str = ""  # 文件名
    sha256: str = ""  # SHA-256 摘要
    kept_at: str = ""  # 存放处


class PartySigning(Struct, frozen=True, kw_only=True):
    """一方的签署: `signing.parties.*`; `signing.amendments[].parties.*`."""

    signatory: str = ""  # 签字人
    signed_on: dt.date | None = None  # 签字日期
    seal: str = ""  # 印章
    sealed_on: dt.date | None = None  # 盖章日期
    authorisation: str = ""  # 授权委托书

    done_on = attribute(derived.done_on)


class LegalReview(Struct, frozen=True, kw_only=True):
    """法务审核 (指南（草案）8.4): `signing.review.legal`; `signing.amendments[].review.legal`."""

    by: str = ""  # 审核人
    counsel: str = ""  # 外聘法律顾问
    on: dt.date | None = None  # 审核日期
    opinion: str = ""  # 审核意见


class ReviewConsent(Struct, frozen=True, kw_only=True):
    """学校合同审批: `signing.review.approvals[]`; `signing.amendments[].review.approvals[]`."""

    role: str = ""  # 审批环节
    by: str = ""  # 审批人
    on: dt.date | None = None  # 审批日期
    opinion: str = ""  # 审批意见
    minute: str = ""  # 会议纪要号


class Survey(Struct, frozen=True, kw_only=True):
    """调研: `agreements/projects/{project}/survey.yaml`."""

    project: str = ""  # 项目编号
    declined: Mapping[str, str] = field(default_factory=dict)  # 声明不发生的字段：理由
    stage: str = ""  # 阶段
    date: dt.date | None = None  # 调研日期
    people: tuple[str, ...] = ()  # 调研人员
    enterprises: tuple[str, ...] = ()  # 被调研企业
    place: str = ""  # 地点
    methods: tuple[str, ...] = ()  # 调研方式
    majors: tuple[str, ...] = ()  # 涉及专业
    needs: str = ""  # 专业特点和人才培养需要
    findings: str = ""  # 调研情况
    capability: str = ""  # 企业条件
    site: Mapping[str, str] = field(default_factory=dict)  # 实习单位考察
    risks: str = ""  # 风险
    conclusion: str = ""  # 调研结论
    recommendation: str = ""  # 建议


class Appraisal(Struct, frozen=True, kw_only=True):
    """论证: `agreements/projects/{project}/appraisal.yaml`."""

    project: str = ""  # 项目编号
    stage: str = ""  # 阶段
    date: dt.date | None = None  # 论证日期
    place: str = ""  # 地点
    experts: tuple[Expert, ...] = ()  # 论证专家
    opinions: Mapping[str, str] = field(default_factory=dict)  # 论证意见
    suggestions: str = ""  # 问题与建议
    conclusion: str = ""  # 论证结论
    revised_on: dt.date | None = None  # 修改完成日期
    waiver: Waived | None = None  # 不作论证

    passed_on = attribute(derived.passed_on)


class Scheme(Struct, frozen=True, kw_only=True):
    """合作方案: `agreements/projects/{project}/scheme.yaml`."""

    project: str = ""  # 项目编号
    declined: Mapping[str, str] = field(default_factory=dict)  # 声明不发生的字段：理由
    stage: str = ""  # 阶段
    date: dt.date | None = None  # 定稿日期
    version: int | None = None  # 版次
    authors: tuple[str, ...] = ()  # 起草人
    background: str = ""  # 背景与需求
    goals: str = ""  # 目标
    content: str = ""  # 内容与方式
    division: Mapping[str, str] = field(default_factory=dict)  # 职责分工
    schedule: Mapping[str, Step] = field(default_factory=dict)  # 进度安排
    inputs: str = ""  # 资源投入
    staff: Mapping[str, int] = field(default_factory=dict)  # 人员配备（人）
    budget: tuple[BudgetLine, ...] = ()  # 经费
    risks: tuple[Risk, ...] = ()  # 风险与对策
    outcomes: str = ""  # 预期成果
    exit: str = ""  # 退出安排
    agreed: Mapping[str, Agreed] = field(default_factory=dict)  # 各方认可

    money = attribute(derived.money)


class Review(Struct, frozen=True, kw_only=True):
    """审核与审批登记 (指南（草案）8.4): `signing.review`; `signing.amendments[].review`."""

    legal: LegalReview | None = None  # 法务审核
    approvals: tuple[ReviewConsent, ...] = ()  # 学校合同审批

    approved_on = attribute(derived.approved_on)


class Signed(Struct, frozen=True, kw_only=True):
    """补充协议的签署: `signing.amendments[]`."""

    amendment: str = ""  # 补充协议
    parties: Mapping[str, PartySigning] = field(default_factory=dict)  # 各方签字盖章
    place: str = ""  # 签订地点
    copies: int | None = None  # 用印份数
    paging_seal: bool = False  # 骑缝章
    words: str = ""  # 审定文字摘要
    file: FileDigest | None = None  # 签署用的文件
    scan: FileDigest | None = None  # 签署后的扫描件
    review: Review | None = None  # 审核与审批登记

    signed_on = attribute(derived.signed_on)


class Signing(Signed, frozen=True, kw_only=True):
    """签署: `agreements/projects/{project}/signing.yaml`."""

    project: str = ""  # 项目编号
    stage: str = ""  # 阶段
    amendments: tuple[Signed, ...] = ()  # 补充协议的签署
