"""Records made of schemas/*.yaml by `coop docs`: what is stated of a field is changed there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, field

from pipeline.record.model import derived
from pipeline.record.model.attribute import attribute
from pipeline.record.model.clauses import (
    BankAccount,
    Content,
    Copies,
    CoverageLine,
    Dispute,
    Donation,
    Effectiveness,
    Funding,
    Instalment,
    IntellectualProperty,
    Notices,
    Obligation,
    OwnAnnex,
    Parties,
    Quality,
    Responsible,
    Term,
    Termination,
    YearlyInterns,
)
from pipeline.record.model.cooperation import (
    AppraisalFlag,
    CoBuilding,
    Docking,
    Goal,
    OriginalAgreement,
    Relationship,
    SchoolInput,
)


class Cost(Struct, frozen=True, kw_only=True):
    """设施配套和运行成本: `agreement.costs[]`."""

    kind: str | None = None  # 类别
    item: str | None = None  # 项目
    estimate: Decimal | None = None  # 估算（元/年）
    shares: Mapping[str, Decimal] = field(default_factory=dict)  # 分担比例
    liability: str | None = None  # 承担责任


class Item(Struct, frozen=True, kw_only=True):
    """设备: `agreement.inputs.equipment[]`; `agreement.inputs.technology[]`; `agreement.inputs.facilities[]` …."""

    name: str | None = None  # 名称
    asset_no: str | None = None  # 资产编号
    model: str | None = None  # 规格型号
    quantity: Decimal | None = None  # 数量
    unit: str | None = None  # 单位
    unit_price: Decimal | None = None  # 单价（元）
    value: Decimal | None = None  # 金额（元）
    period: str | None = None  # 使用期间
    approval_no: str | None = None  # 资产使用批文号
    lease: bool = False  # 是否出租
    ownership: str | None = None  # 权属
    provider: str | None = None  # 投入方
    delivered_by: dt.date | None = None  # 交付时间
    note: str | None = None  # 说明

    product = attribute(derived.product)
    amount = attribute(derived.amount)


class Benefit(Struct, frozen=True, kw_only=True):
    """收入分配: `agreement.revenue.items[]`."""

    item: str | None = None  # 收入项目
    shares: Mapping[str, Decimal] = field(default_factory=dict)  # 分配比例
    basis: str | None = None  # 计算依据


class Inputs(Struct, frozen=True, kw_only=True):
    """企业投入 (指南（草案）5.2、8.4): `agreement.inputs`."""

    mode: str | None = None  # 投入方式
    equipment: tuple[Item, ...] = ()  # 设备
    technology: tuple[Item, ...] = ()  # 技术
    facilities: tuple[Item, ...] = ()  # 设施
    premises: tuple[Item, ...] = ()  # 场地
    capital: tuple[Item, ...] = ()  # 资本
    knowledge: tuple[Item, ...] = ()  # 知识
    management: tuple[Item, ...] = ()  # 管理
    total: Decimal | None = None  # 投入合计（元）
    lacking: str | None = None  # 没有装备或者没有技术的说明

    lines = attribute(derived.lines)
    sum = attribute(derived.sum_)
    product_sum = attribute(derived.product_sum)


class Resources(Struct, frozen=True, kw_only=True):
    """占用学院资源 (指南（草案）8.4): `agreement.resources`."""

    premises: tuple[Item, ...] = ()  # 场地
    equipment: tuple[Item, ...] = ()  # 设备
    staff: tuple[Item, ...] = ()  # 人员
    other: tuple[Item, ...] = ()  # 其他
    total: Decimal | None = None  # 价值合计（元）

    lines = attribute(derived.lines)
    sum = attribute(derived.sum_)
    product_sum = attribute(derived.product_sum)


class Revenue(Struct, frozen=True, kw_only=True):
    """开放服务收入 (指南（草案）8.4): `agreement.revenue`."""

    items: tuple[Benefit, ...] = ()  # 收入分配
    management: str | None = None  # 财务管理
    account: str | None = None  # 收款账户
    settlement: str | None = None  # 结算方式


class Agreement(Struct, frozen=True, kw_only=True):
    """合作协议: `agreements/projects/{project}/agreement.yaml`."""

    project: str = ""  # 项目编号
    declined: Mapping[str, str] = field(default_factory=dict)  # 声明不发生的字段：理由
    stage: str | None = None  # 阶段
    number: str | None = None  # 协议编号
    wording: str | None = None  # 采用文本
    title: str | None = None  # 合作项目名称
    scope: str | None = None  # 合作范围
    purpose: str | None = None  # 合作目的
    forms: tuple[str, ...] = ()  # 合作方式
    form_details: str | None = None  # 合作方式说明
    contents: tuple[Content, ...] = ()  # 合作具体内容
    majors: tuple[str, ...] = ()  # 对应专业
    industry: str | None = None  # 服务产业
    recitals: tuple[str, ...] = ()  # 鉴于
    parties: Parties | None = None  # 合作各方
    responsible: Responsible | None = None  # 实施责任
    obligations: Mapping[str, Obligation] = field(default_factory=dict)  # 各方权利和义务
    inputs: Inputs | None = None  # 企业投入
    resources: Resources | None = None  # 占用学院资源
    costs: tuple[Cost, ...] = ()  # 设施配套和运行成本
    costs_lacking: str | None = None  # 没有设施配套或者没有运行成本的说明
    revenue: Revenue | None = None  # 开放服务收入
    funding: Funding | None = None  # 出资
    payments: tuple[Instalment, ...] = ()  # 款项支付
    accounts: Mapping[str, BankAccount] = field(default_factory=dict)  # 各方账户
    donation: Donation | None = None  # 捐赠
    termination: Termination | None = None  # 合同终止
    breach: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # 违约责任
    term: Term | None = None  # 合同期限
    place_of_performance: str | None = None  # 履行地点
    quality: Quality | None = None  # 质量与验收
    dispute: Dispute | None = None  # 争议解决
    notices: Notices | None = None  # 通知与送达
    force_majeure: str | None = None  # 不可抗力
    ip: IntellectualProperty | None = None  # 知识产权
    confidentiality: str | None = None  # 保密
    personal_data: str | None = None  # 个人信息保护
    interns: int | None = None  # 安排实习学生人数
    interns_by_year: tuple[YearlyInterns, ...] = ()  # 各年度实习人数
    safety: str | None = None  # 安全
    insurance: str | None = None  # 保险
    insurances: tuple[CoverageLine, ...] = ()  # 保险清单
    copies: Copies | None = None  # 份数
    annexes: tuple[OwnAnnex, ...] = ()  # 自有附件
    effectiveness: Effectiveness | None = None  # 生效
    changes: str | None = None  # 变更与转让
    other_terms: tuple[str, ...] = ()  # 其他约定
    means: tuple[str, ...] = ()  # 合作途径
    fields: tuple[str, ...] = ()  # 合作领域
    chains: tuple[str, ...] = ()  # 五链
    docking: tuple[Docking, ...] = ()  # 五对接
    co_building: tuple[CoBuilding, ...] = ()  # 六共建
    school_inputs: tuple[SchoolInput, ...] = ()  # 学校提供的资源
    relationship: Relationship | None = None  # 合作关系管理
    goals: Mapping[str, Goal] = field(default_factory=dict)  # 年度目标
    appraisal_flag: AppraisalFlag | None = None  # 领导认为需要论证
    framework_agreement: str | None = None  # 所属框架协议
    renews: str | None = None  # 续签自
    origin: OriginalAgreement | None = None  # 协议原件

    party_ids = attribute(derived.party_ids)
    in_order = attribute(derived.in_order)
    submitted = attribute(derived.submitted)
    framework = attribute(derived.framework)
    needs_appraisal = attribute(derived.needs_appraisal)
    must_be_appraised = attribute(derived.must_be_appraised)
