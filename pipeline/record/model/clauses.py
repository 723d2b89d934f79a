"""Records made of schemas/*.yaml by `coop docs`: what is stated of a field is changed there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, field

from pipeline.record.model.enterprise import Contact


class BankAccount(Struct, frozen=True, kw_only=True):
    """账户: `agreement.accounts.*`."""

    name: str | None = None  # 户名
    bank: str | None = None  # 开户行
    number: str | None = None  # 账号
    tax_no: str | None = None  # 纳税人识别号


class Content(Struct, frozen=True, kw_only=True):
    """合作具体内容: `agreement.contents[]`."""

    code: str | None = None  # 内容类别
    text: str | None = None  # 内容


class Copies(Struct, frozen=True, kw_only=True):
    """份数: `agreement.copies`."""

    total: int | None = None  # 总份数
    each: Mapping[str, int] = field(default_factory=dict)  # 各方份数


class CoverageLine(Struct, frozen=True, kw_only=True):
    """保险清单: `agreement.insurances[]`."""

    kind: str | None = None  # 险种
    payer: str | None = None  # 投保方
    insured: str | None = None  # 被保险人
    amount: Decimal | None = None  # 保险金额（元）
    period: str | None = None  # 保险期间


class Dispute(Struct, frozen=True, kw_only=True):
    """争议解决 (民法典 470、507): `agreement.dispute`."""

    method: str | None = None  # 解决方式
    body: str | None = None  # 管辖法院或仲裁机构


class Donation(Struct, frozen=True, kw_only=True):
    """捐赠 (公益事业捐赠法 12；民法典 657): `agreement.donation`."""

    donor: str | None = None  # 捐赠人
    use: str | None = None  # 捐赠用途
    naming: str | None = None  # 留名和答谢


class Effectiveness(Struct, frozen=True, kw_only=True):
    """生效 (指南（草案）8.4；民法典 502): `agreement.effectiveness`."""

    condition: str | None = None  # 生效条件
    text: str | None = None  # 补充说明


class Funding(Struct, frozen=True, kw_only=True):
    """出资 (民法典 470): `agreement.funding`."""

    kind: str | None = None  # 出资性质
    total: Decimal | None = None  # 出资总额（元）
    shares: Mapping[str, Decimal] = field(default_factory=dict)  # 出资比例
    use: str | None = None  # 用途和管理
    risk: str | None = None  # 盈亏和风险


class Instalment(Struct, frozen=True, kw_only=True):
    """款项支付: `agreement.payments[]`."""

    item: str | None = None  # 款项
    payer: str | None = None  # 付款方
    payee: str | None = None  # 收款方
    amount: Decimal | None = None  # 金额
    currency: str | None = None  # 币种
    due: dt.date | None = None  # 付款日期
    condition: str | None = None  # 付款条件
    invoice: str | None = None  # 票据


class IntellectualProperty(Struct, frozen=True, kw_only=True):
    """知识产权 (民法典 860、861): `agreement.ip`."""

    ownership: str | None = None  # 成果归属
    use: str | None = None  # 使用
    benefit: str | None = None  # 收益


class Obligation(Struct, frozen=True, kw_only=True):
    """一方的权利义务: `agreement.obligations.*`."""

    rights: tuple[str, ...] = ()  # 权利
    duties: tuple[str, ...] = ()  # 义务


class OwnAnnex(Struct, frozen=True, kw_only=True):
    """自有附件: `agreement.annexes[]`."""

    title: str | None = None  # 附件名称
    text: str | None = None  # 附件内容
    pages: int | None = None  # 另附页数


class Quality(Struct, frozen=True, kw_only=True):
    """质量与验收 (民法典 470): `agreement.quality`."""

    standard: str | None = None  # 质量标准
    acceptance: str | None = None  # 验收办法


class Responsible(Struct, frozen=True, kw_only=True):
    """实施责任 (指南（草案）5.3、8.5): `agreement.responsible`."""

    lead: str | None = None  # 牵头部门
    implementer: str | None = None  # 实施系部
    team: str | None = None  # 教学团队
    manager: str | None = None  # 项目负责人
    supporting: tuple[str, ...] = ()  # 配合部门


class Term(Struct, frozen=True, kw_only=True):
    """合同期限 (指南（草案）8.4): `agreement.term`; `amendment.term`."""

    start: dt.date | None = None  # 开始日期
    end: dt.date | None = None  # 结束日期
    renewal: str | None = None  # 续签
    basis: str | None = None  # 期限的起算
    months: int | None = None  # 期限（月）
    open: bool = False  # 不约定终止日期


class Termination(Struct, frozen=True, kw_only=True):
    """合同终止 (指南（草案）8.4；民法典 562、567): `agreement.termination`."""

    conditions: tuple[str, ...] = ()  # 终止条件
    notice_days: int | None = None  # 提前通知天数
    settlement: str | None = None  # 终止后的处理


class YearlyInterns(Struct, frozen=True, kw_only=True):
    """各年度实习人数: `agreement.interns_by_year[]`."""

    year: int | None = None  # 年度
    number: int | None = None  # 人数


class CollegeParty(Struct, frozen=True, kw_only=True):
    """学校方: `agreement.parties.college`."""

    signatory: str | None = None  # 学校签字人


class Parties(Struct, frozen=True, kw_only=True):
    """合作各方 (指南（草案）1、8.4): `agreement.parties`."""

    college: CollegeParty | None = None  # 学校方
    enterprises: tuple[str, ...] = ()  # 合作企业
    order: tuple[str, ...] = ()  # 甲乙丙方的次序


class Notices(Struct, frozen=True, kw_only=True):
    """通知与送达 (民法典 565): `agreement.notices`."""

    contacts: Mapping[str, Contact] = field(default_factory=dict)  # 各方联系人
    delivery: str | None = None  # 送达方式
