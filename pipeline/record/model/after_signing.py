"""Records made of schemas/*.yaml by `coop docs`: what is stated of a field is changed there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, field

from pipeline.record.model.agreement import Item
from pipeline.record.model.clauses import Term
from pipeline.record.model.cooperation import Goal


class ClauseChange(Struct, frozen=True, kw_only=True):
    """变更内容: `amendment.changes[]`."""

    field: str = ""  # 字段
    clause: str = ""  # 条款
    was: str = ""  # 原约定
    now: str = ""  # 现约定


class Attachment(Struct, frozen=True, kw_only=True):
    """附件: `attachments.items.*`."""

    kind: str = ""  # 类别
    title: str = ""  # 名称
    name: str = ""  # 文件名
    sha256: str = ""  # SHA-256 摘要
    kept_at: str = ""  # 存放处
    date: dt.date | None = None  # 日期
    pages: int | None = None  # 页数
    party: str = ""  # 所属方


class Picture(Struct, frozen=True, kw_only=True):
    """对外照片: `attachments.pictures[]`."""

    title: str = ""  # 说明
    address: str = ""  # 网址


class ExitItem(Struct, frozen=True, kw_only=True):
    """设备: `exit.equipment[]`."""

    name: str = ""  # 名称
    quantity: Decimal | None = None  # 数量
    unit: str = ""  # 单位
    disposal: str = ""  # 处置
    to: str = ""  # 去向
    due: dt.date | None = None  # 期限
    done_on: dt.date | None = None  # 完成日期


class ExitMatter(Struct, frozen=True, kw_only=True):
    """知识产权: `exit.ip`; `exit.data`."""

    what: str = ""  # 有哪些
    arrangement: str = ""  # 安排
    due: dt.date | None = None  # 期限
    done_on: dt.date | None = None  # 完成日期


class ExitMoney(Struct, frozen=True, kw_only=True):
    """款项: `exit.money`."""

    receivable: Decimal | None = None  # 应收（元）
    payable: Decimal | None = None  # 应付（元）
    text: str = ""  # 说明
    due: dt.date | None = None  # 期限
    settled_on: dt.date | None = None  # 结清日期


class ExitStudents(Struct, frozen=True, kw_only=True):
    """在培学生: `exit.students`."""

    count: int | None = None  # 人数
    arrangement: str = ""  # 安排
    due: dt.date | None = None  # 期限
    done_on: dt.date | None = None  # 完成日期


class Notice(Struct, frozen=True, kw_only=True):
    """通知 (民法典 565): `exit.notice`."""

    party: str = ""  # 通知方
    on: dt.date | None = None  # 通知日期
    delivery: str = ""  # 送达方式


class Waiver(Struct, frozen=True, kw_only=True):
    """豁免: `waivers.waivers[]`."""

    code: str = ""  # 提示代码
    file: str = ""  # 文件
    field: str = ""  # 字段
    reason: str = ""  # 理由
    person: str = ""  # 决定人
    on: dt.date | None = None  # 决定日期
    until: dt.date | None = None  # 有效期至


class AddedInputs(Struct, frozen=True, kw_only=True):
    """增加的企业投入 (指南（草案）8.4): `amendment.inputs`."""

    equipment: tuple[Item, ...] = ()  # 设备
    technology: tuple[Item, ...] = ()  # 技术
    facilities: tuple[Item, ...] = ()  # 设施
    premises: tuple[Item, ...] = ()  # 场地
    capital: tuple[Item, ...] = ()  # 资本
    knowledge: tuple[Item, ...] = ()  # 知识
    management: tuple[Item, ...] = ()  # 管理


class Attachments(Struct, frozen=True, kw_only=True):
    """附件: `agreements/projects/{project}/attachments.yaml`."""

    project: str = ""  # 项目编号
    stage: str = ""  # 阶段
    items: Mapping[str, Attachment] = field(default_factory=dict)  # 附件
    introduction: str = ""  # 对外介绍
    pictures: tuple[Picture, ...] = ()  # 对外照片


class Exit(Struct, frozen=True, kw_only=True):
    """退出: `agreements/projects/{project}/exit.yaml`."""

    project: str = ""  # 项目编号
    declined: Mapping[str, str] = field(default_factory=dict)  # 声明不发生的字段：理由
    stage: str = ""  # 阶段
    kind: str = ""  # 结束方式
    reason: str = ""  # 原因
    decided_on: dt.date | None = None  # 决定日期
    notice: Notice | None = None  # 通知
    ended_on: dt.date | None = None  # 合作最后一天
    students: ExitStudents | None = None  # 在培学生
    equipment: tuple[ExitItem, ...] = ()  # 设备
    ip: ExitMatter | None = None  # 知识产权
    data: ExitMatter | None = None  # 数据和个人信息
    money: ExitMoney | None = None  # 款项
    lessons: str = ""  # 经验与教训
    confirmed: Mapping[str, str] = field(default_factory=dict)  # 各方确认
    closed_on: dt.date | None = None  # 清理完毕日期


class Waivers(Struct, frozen=True, kw_only=True):
    """豁免: `agreements/projects/{project}/waivers.yaml`."""

    project: str = ""  # 项目编号
    stage: str = ""  # 阶段
    waivers: tuple[Waiver, ...] = ()  # 豁免


class Amendment(Struct, frozen=True, kw_only=True):
    """补充协议: `agreements/projects/{project}/amendments/{id}.yaml`."""

    project: str = ""  # 项目编号
    id: str = ""  # 编号
    stage: str = ""  # 阶段
    kind: str = ""  # 类别
    number: str = ""  # 编号
    title: str = ""  # 名称
    reason: str = ""  # 原因
    changes: tuple[ClauseChange, ...] = ()  # 变更内容
    term: Term | None = None  # 变更后的期限
    inputs: AddedInputs | None = None  # 增加的企业投入
    ends_on: dt.date | None = None  # 终止日期
    goals: Mapping[str, Goal] = field(default_factory=dict)  # 增加或替换的年度目标
    unchanged: str = ""  # 其余条款
