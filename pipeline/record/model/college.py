"""Records made of schemas/*.yaml by `coop docs`: what is stated of a field is changed there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct, field

from pipeline.record.model import derived
from pipeline.record.model.attribute import attribute
from pipeline.record.model.enterprise import Contact


class Department(Struct, frozen=True, kw_only=True):
    """部门: `college.departments.*`."""

    name: str = ""  # 名称
    kind: str = ""  # 性质
    secretary: str = ""  # 书记
    director: str = ""  # 主任


class Group(Struct, frozen=True, kw_only=True):
    """工作小组: `college.groups.*`."""

    leader: str = ""  # 组长
    leader_post: str = ""  # 组长职务
    members: tuple[str, ...] = ()  # 成员
    formed_on: dt.date | None = None  # 成立日期
    duties: Mapping[str, str] = field(default_factory=dict)  # 七项职责的承担人


class Handover(Struct, frozen=True, kw_only=True):
    """项目移交: `college.handovers[]`."""

    projects: tuple[str, ...] = ()  # 移交的项目
    since: dt.date | None = None  # 移交日期
    former: str = ""  # 移出系部
    department: str = ""  # 接收系部
    manager: str = ""  # 接手的项目负责人
    team: str = ""  # 接手的教学团队
    basis: str = ""  # 依据
    matters: str = ""  # 交接事项


class Major(Struct, frozen=True, kw_only=True):
    """专业设置: `college.majors[]`."""

    name: str = ""  # 专业名称
    code: str = ""  # 专业代码
    catalogue: int | None = None  # 专业目录年份
    level: str = ""  # 层次
    department: str = ""  # 系部


class Office(Struct, frozen=True, kw_only=True):
    """校企合作办公室 (指南（草案）6.1): `college.office`."""

    name: str = ""  # 名称
    head: str = ""  # 负责人
    members: tuple[str, ...] = ()  # 成员
    duties: Mapping[str, str] = field(default_factory=dict)  # 九项职责的承担人


class Platform(Struct, frozen=True, kw_only=True):
    """信息化平台 (指南（草案）6.1、10.3): `college.platform`."""

    name: str = ""  # 名称
    address: str = ""  # 网址
    since: dt.date | None = None  # 启用日期


class EarlierPost(Struct, frozen=True, kw_only=True):
    """以前的职务: `college.people.*.earlier[]`."""

    post: str = ""  # 职务
    department: str = ""  # 部门
    since: dt.date | None = None  # 任职起
    until: dt.date | None = None  # 任职止


class RuleVersion(Struct, frozen=True, kw_only=True):
    """历次版本: `college.rules.*.versions[]`."""

    version: str = ""  # 版次
    approved_on: dt.date | None = None  # 通过日期
    effective_on: dt.date | None = None  # 施行日期
    doc_no: str = ""  # 文号
    changes: str = ""  # 修改要点


class Person(Struct, frozen=True, kw_only=True):
    """人员: `college.people.*`."""

    name: str = ""  # 姓名
    post: str = ""  # 职务
    department: str = ""  # 部门
    since: dt.date | None = None  # 任现职起
    until: dt.date | None = None  # 任现职止
    earlier: tuple[EarlierPost, ...] = ()  # 以前的职务


class ManagementRule(Struct, frozen=True, kw_only=True):
    """制度: `college.rules.*`."""

    title: str = ""  # 名称
    versions: tuple[RuleVersion, ...] = ()  # 历次版本


class College(Struct, frozen=True, kw_only=True):
    """学校信息: `agreements/college.yaml`."""

    stage: str = ""  # 阶段
    name: str = ""  # 学校名称
    short_name: str = ""  # 简称
    credit_code: str = ""  # 统一社会信用代码
    school_code: str = ""  # 学校代码
    legal_representative: str = ""  # 法定代表人
    address: str = ""  # 住所
    postcode: str = ""  # 邮政编码
    contact: Contact | None = None  # 联系人
    office: Office | None = None  # 校企合作办公室
    departments: Mapping[str, Department] = field(default_factory=dict)  # 系部和职能部门
    people: Mapping[str, Person] = field(default_factory=dict)  # 人员
    groups: Mapping[str, Group] = field(default_factory=dict)  # 校企合作工作小组
    liaisons: Mapping[str, str] = field(default_factory=dict)  # 各系部联络员
    leaders: Mapping[str, str] = field(default_factory=dict)  # 学校领导
    rules: Mapping[str, ManagementRule] = field(default_factory=dict)  # 校企合作管理制度
    majors: tuple[Major, ...] = ()  # 专业设置
    platform: Platform | None = None  # 信息化平台
    handovers: tuple[Handover, ...] = ()  # 项目移交

    teaching = attribute(derived.teaching)
    person_name = derived.person_name
    department_name = derived.department_name
