"""Records made of schemas/*.yaml by `coop docs`: what is stated of a field is changed there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, field

from pipeline.record.model.preparation import Outsider


class GovernmentPolicy(Struct, frozen=True, kw_only=True):
    """政策信息: `agreements/policies/{id}.yaml`."""

    id: str = ""  # 编号
    stage: str = ""  # 阶段
    title: str = ""  # 名称
    issuer: str = ""  # 发布单位
    doc_no: str = ""  # 文号
    date: dt.date | None = None  # 发布日期
    level: str = ""  # 层级
    benefit: str = ""  # 主要内容与优惠
    use: str = ""  # 我校如何使用
    person: str = ""  # 登记人


class Absentee(Struct, frozen=True, kw_only=True):
    """请假: `meeting.absentees[]`."""

    person: str = ""  # 请假人
    reason: str = ""  # 事由


class Decision(Struct, frozen=True, kw_only=True):
    """议定事项: `meeting.decisions.*`."""

    text: str = ""  # 事项
    owner: str = ""  # 责任人
    department: str = ""  # 责任部门
    project: str = ""  # 项目
    due: dt.date | None = None  # 期限


class FollowUp(Struct, frozen=True, kw_only=True):
    """上次议定事项落实: `meeting.follow_up[]`."""

    meeting: dt.date | None = None  # 议定的会议
    decision: str = ""  # 议定事项
    done_on: dt.date | None = None  # 办结日期
    due: dt.date | None = None  # 延长到
    note: str = ""  # 情况


class Topic(Struct, frozen=True, kw_only=True):
    """议题: `meeting.items[]`."""

    topic: str = ""  # 议题
    discussion: str = ""  # 讨论情况


class CollegePlan(Struct, frozen=True, kw_only=True):
    """学校计划的总述 (指南（草案）6.2): `plan.college`."""

    goals: str = ""  # 全校总体目标
    work: str = ""  # 全校重点工作
    measures: str = ""  # 全校保障措施


class Task(Struct, frozen=True, kw_only=True):
    """任务: `plan.tasks.*`."""

    name: str = ""  # 任务名称
    level: str = ""  # 级别
    owner: str = ""  # 负责人
    supervisor: str = ""  # 分管领导
    start: dt.date | None = None  # 开始日期
    due: dt.date | None = None  # 完成期限
    project: str = ""  # 项目
    goal: str = ""  # 协议目标
    expected: str = ""  # 预期目标
    effect: str = ""  # 预期成效
    evidence: str = ""  # 佐证材料
    target: Decimal | None = None  # 目标值
    unit: str = ""  # 计量单位
    counts: str = ""  # 按记录计数
    weight: Decimal | None = None  # 权重
    staff: int | None = None  # 投入人员（人）
    budget: Decimal | None = None  # 经费（元）


class PlanApproval(Struct, frozen=True, kw_only=True):
    """审批: `plan-approval.departments.*`."""

    by: str = ""  # 批准人
    on: dt.date | None = None  # 批准日期
    minute: str = ""  # 会议纪要号


class Feed(Struct, frozen=True, kw_only=True):
    """用于哪些年度计划: `research.feeds[]`."""

    year: int | None = None  # 年份
    department: str = ""  # 系部


class CollegeSummary(Struct, frozen=True, kw_only=True):
    """学校总结的总述 (指南（草案）6.2): `summary.college`."""

    overview: str = ""  # 全校基本情况
    effects: str = ""  # 全校主要成效
    problems: str = ""  # 全校存在问题
    next_year: str = ""  # 全校下年打算


class TaskResult(Struct, frozen=True, kw_only=True):
    """完成情况: `summary.tasks.*`."""

    actual: Decimal | None = None  # 完成值
    done_on: dt.date | None = None  # 完成日期
    note: str = ""  # 说明


class Demand(Struct, frozen=True, kw_only=True):
    """用人需求: `visit.posts[]`; `visit.interns[]`; `visit.graduates[]`."""

    major: str = ""  # 专业
    level: str = ""  # 层次
    number: int | None = None  # 人数
    pay: Decimal | None = None  # 平均月薪（元）


class Event(Struct, frozen=True, kw_only=True):
    """活动: `agreements/events/{id}.yaml`."""

    id: str = ""  # 编号
    stage: str = ""  # 阶段
    kind: str = ""  # 类别
    title: str = ""  # 名称
    date: dt.date | None = None  # 日期
    place: str = ""  # 地点
    departments: tuple[str, ...] = ()  # 参加部门
    enterprises: tuple[str, ...] = ()  # 参加企业
    project: str = ""  # 项目
    speakers: tuple[Outsider, ...] = ()  # 报告人
    students: int | None = None  # 参加学生（人）
    staff: int | None = None  # 参加教职工或企业职工（人）
    person_days: Decimal | None = None  # 培训人天
    summary: str = ""  # 情况
    improvements: str = ""  # 总结与改进


class Placement(Struct, frozen=True, kw_only=True):
    """人员互聘: `agreements/placements/{id}.yaml`."""

    id: str = ""  # 编号
    stage: str = ""  # 阶段
    kind: str = ""  # 类别
    person: str = ""  # 教师
    outsider: Outsider | None = None  # 企业人员
    enterprise: str = ""  # 企业
    department: str = ""  # 系部
    project: str = ""  # 项目
    start: dt.date | None = None  # 开始日期
    end: dt.date | None = None  # 结束日期
    days: Decimal | None = None  # 实践天数
    hours: Decimal | None = None  # 授课学时
    task: str = ""  # 岗位或任务
    courses: tuple[str, ...] = ()  # 承担课程
    result: str = ""  # 成果与评价


class Meeting(Struct, frozen=True, kw_only=True):
    """例会: `agreements/meetings/{date}.yaml`."""

    date: dt.date | None = None  # 日期
    stage: str = ""  # 阶段
    number: str = ""  # 文号
    title: str = ""  # 会议名称
    place: str = ""  # 地点
    host: str = ""  # 主持人
    recorder: str = ""  # 记录人
    attendees: tuple[str, ...] = ()  # 出席人员
    absentees: tuple[Absentee, ...] = ()  # 请假
    guests: tuple[Outsider, ...] = ()  # 列席人员
    items: tuple[Topic, ...] = ()  # 议题
    follow_up: tuple[FollowUp, ...] = ()  # 上次议定事项落实
    decisions: Mapping[str, Decision] = field(default_factory=dict)  # 议定事项


class Plan(Struct, frozen=True, kw_only=True):
    """年度计划: `agreements/plans/{year}/{department}.yaml`."""

    year: int = 0  # 年份
    department: str = ""  # 系部编号
    stage: str | None = None  # 阶段
    drafted_by: str = ""  # 起草人
    basis: str = ""  # 编制依据
    college: CollegePlan | None = None  # 学校计划的总述
    goals: str = ""  # 年度总目标
    tasks: Mapping[str, Task] = field(default_factory=dict)  # 任务
    measures: str = ""  # 保障措施


class PlanApprovals(Struct, frozen=True, kw_only=True):
    """计划审批: `agreements/plans/{year}/approval.yaml`."""

    year: int = 0  # 年份
    stage: str = ""  # 阶段
    departments: Mapping[str, PlanApproval] = field(default_factory=dict)  # 各系部计划的审批


class Research(Struct, frozen=True, kw_only=True):
    """市场调研: `agreements/research/{id}.yaml`."""

    id: str = ""  # 编号
    stage: str = ""  # 阶段
    title: str = ""  # 题目
    date: dt.date | None = None  # 完成日期
    people: tuple[str, ...] = ()  # 调研人员
    departments: tuple[str, ...] = ()  # 涉及系部
    purposes: tuple[str, ...] = ()  # 为哪方面提供参考
    method: str = ""  # 方法
    findings: str = ""  # 发现
    suggestions: str = ""  # 建议
    feeds: tuple[Feed, ...] = ()  # 用于哪些年度计划


class Summary(Struct, frozen=True, kw_only=True):
    """年度总结: `agreements/summaries/{year}/{department}.yaml`."""

    year: int = 0  # 年份
    department: str = ""  # 系部编号
    stage: str = ""  # 阶段
    date: dt.date | None = None  # 成文日期
    drafted_by: str = ""  # 起草人
    college: CollegeSummary | None = None  # 学校总结的总述
    overview: str = ""  # 基本情况
    highlights: tuple[str, ...] = ()  # 重点项目
    effects: str = ""  # 主要成效
    problems: str = ""  # 存在问题
    next_year: str = ""  # 下年打算
    tasks: Mapping[str, TaskResult] = field(default_factory=dict)  # 不对应协议目标的任务的完成情况


class Visit(Struct, frozen=True, kw_only=True):
    """走访企业: `agreements/visits/{id}.yaml`."""

    id: str = ""  # 编号
    declined: Mapping[str, str] = field(default_factory=dict)  # 声明不发生的字段：理由
    stage: str = ""  # 阶段
    date: dt.date | None = None  # 拜访日期
    enterprise: str = ""  # 走访企业
    leader: str = ""  # 牵头拜访人
    companions: tuple[str, ...] = ()  # 同行人员
    host: Outsider | None = None  # 企业接待人
    purpose: str = ""  # 目的
    posts: tuple[Demand, ...] = ()  # 用人需求
    interns: tuple[Demand, ...] = ()  # 接受实习
    graduates: tuple[Demand, ...] = ()  # 接受就业
    outcome: str = ""  # 访谈成果
    other_intent: str = ""  # 其他意向
    summary: str = ""  # 走访情况
