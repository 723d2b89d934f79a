"""Records made of schemas/*.yaml by `coop docs`: what is stated of a field is changed there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, field


class Contact(Struct, frozen=True, kw_only=True):
    """联系人: `agreement.notices.contacts.*`; `college.contact`; `enterprise.contact`."""

    name: str = ""  # 联系人
    post: str = ""  # 职务
    phone: str = ""  # 电话
    email: str = ""  # 电子邮箱


class CreditStanding(Struct, frozen=True, kw_only=True):
    """信用状况: `enterprise.standing`."""

    status: str = ""  # 状况
    checked_on: dt.date | None = None  # 查询日期
    source: str = ""  # 查询渠道


class FormerName(Struct, frozen=True, kw_only=True):
    """原名称: `enterprise.former_names[]`."""

    name: str = ""  # 名称
    until: dt.date | None = None  # 用到
    basis: str = ""  # 凭据


class Registration(Struct, frozen=True, kw_only=True):
    """境外登记 (民法典 470；涉外民事关系法律适用法 14): `enterprise.registration`."""

    country: str | None = None  # 国家或地区
    number: str | None = None  # 登记证号
    name: str | None = None  # 外文名称


class Successor(Struct, frozen=True, kw_only=True):
    """合并、分立后的承继企业 (民法典 67): `enterprise.successor`."""

    enterprise: str = ""  # 承继企业
    since: dt.date | None = None  # 承继日期
    basis: str = ""  # 凭据


class Met(Struct, frozen=True, kw_only=True):
    """核对: `enterprise.eligibility.items.*`."""

    met: bool = False  # 具备
    basis: str = ""  # 依据


class Authorisation(Struct, frozen=True, kw_only=True):
    """总公司的授权 (民法典 165): `enterprise.affiliation.authorisation`."""

    document: str = ""  # 授权书
    since: dt.date | None = None  # 授权日期
    until: dt.date | None = None  # 授权到
    signatory: str = ""  # 被授权签约人
    scope: str = ""  # 授权范围


class Eligibility(Struct, frozen=True, kw_only=True):
    """合作条件核对 (指南（草案）5.1、8.1): `enterprise.eligibility`."""

    items: Mapping[str, Met] = field(default_factory=dict)  # 逐项核对
    decision: str = ""  # 结论
    decided_on: dt.date | None = None  # 核定日期
    decided_by: str = ""  # 核定人
    note: str = ""  # 说明


class Affiliation(Struct, frozen=True, kw_only=True):
    """所属企业 (民法典 74): `enterprise.affiliation`."""

    kind: str = ""  # 关系
    name: str = ""  # 总公司或母公司名称
    credit_code: str = ""  # 总公司或母公司统一社会信用代码
    authorisation: Authorisation | None = None  # 总公司的授权


class Enterprise(Struct, frozen=True, kw_only=True):
    """合作企业: `agreements/enterprises/{id}.yaml`."""

    id: str = ""  # 编号
    stage: str = ""  # 阶段
    name: str = ""  # 名称
    kind: str = ""  # 类型
    credit_code: str = ""  # 统一社会信用代码
    registration: Registration | None = None  # 境外登记
    legal_representative: str = ""  # 法定代表人
    address: str = ""  # 住所
    contact: Contact | None = None  # 联系人
    industry: str = ""  # 行业门类
    scale: str = ""  # 规模
    staff: int | None = None  # 职工人数
    tier: str = ""  # 合作层级
    certified: bool = False  # 产教融合型企业
    labour_dispatch: bool = False  # 人力资源服务或劳务派遣单位
    profile: str = ""  # 简介
    manager: str = ""  # 联络负责人
    last_contact: dt.date | None = None  # 最近联系日期
    eligibility: Eligibility | None = None  # 合作条件核对
    standing: CreditStanding | None = None  # 信用状况
    trade: str = ""  # 产业
    majors: tuple[str, ...] = ()  # 对应专业
    ownership: str = ""  # 企业性质
    region: str = ""  # 行政区划代码
    registered_capital: Decimal | None = None  # 注册资本（元）
    listed: bool = False  # 上市公司
    top500: bool = False  # 500 强企业
    large: bool = False  # 规模以上企业
    relation: str = ""  # 合作性质
    filed_on: dt.date | None = None  # 备案日期
    former_names: tuple[FormerName, ...] = ()  # 原名称
    successor: Successor | None = None  # 合并、分立后的承继企业
    affiliation: Affiliation | None = None  # 所属企业
