"""The words colleges use at the head of their ledgers, and what each means for the records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.kernel.finding import DataPath
from pipeline.record.kinds import AGREEMENT, COLLEGE, ENTERPRISE, MEETING, PLACEMENT, Kind

AMOUNTS: frozenset[DataPath] = frozenset({("registered_capital",)})
"""The columns of money: their heads may name a unit."""
TERM: DataPath = ("term",)
"""Stands for a column that holds both ends of a term."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerKind:
    """A kind of ledger: the records its rows become, the words of its columns, the columns without which it is none.

    `fields` says for columns that stand elsewhere in the record where their field is.
    """

    name: str
    label: str
    kind: Kind
    words: Mapping[DataPath, tuple[str, ...]]
    needs: tuple[DataPath, ...]
    below: DataPath = ()
    fields: Mapping[DataPath, DataPath] = field(default_factory=dict)


ENTERPRISES = LedgerKind(
    name="enterprise",
    label="合作企业台账",
    kind=ENTERPRISE,
    needs=(("name",),),
    words={
        ("name",): (
            "企业名称",
            "单位名称",
            "合作企业",
            "合作单位",
            "公司名称",
            "企业全称",
            "单位全称",
            "合作企业名称",
            "名称",
        ),
        ("credit_code",): (
            "统一社会信用代码",
            "社会信用代码",
            "信用代码",
            "统一信用代码",
            "机构代码",
            "税号",
        ),
        ("legal_representative",): ("法定代表人", "法人代表", "企业法人", "法人", "法人姓名"),
        ("address",): ("地址", "住所", "单位地址", "注册地址", "企业地址", "通讯地址"),
        ("contact", "name"): ("联系人", "企业联系人", "联系人姓名", "对接人"),
        ("contact", "post"): ("联系人职务", "职务"),
        ("contact", "phone"): ("联系电话", "电话", "手机", "手机号", "联系方式", "联系人电话", "联系人手机"),
        ("contact", "email"): ("邮箱", "电子邮箱", "联系人邮箱"),
        ("industry",): ("行业", "行业门类", "所属行业"),
        ("scale",): ("规模", "企业规模"),
        ("staff",): ("职工人数", "员工人数", "企业人数"),
        ("ownership",): ("企业性质", "单位性质", "经济性质"),
        ("majors",): ("对应专业", "合作专业", "面向专业"),
        ("registered_capital",): ("注册资本", "注册资金"),
    },
)
PEOPLE = LedgerKind(
    name="people",
    label="人员名册",
    kind=COLLEGE,
    below=("people",),
    needs=(("name",), ("post",)),
    words={
        ("name",): ("姓名", "教师姓名", "人员姓名", "教职工姓名"),
        ("post",): ("职务", "行政职务", "岗位", "职务职称"),
        ("department",): ("部门", "系部", "所在部门", "所属部门", "院系", "二级学院", "所在系部"),
        ("since",): ("任职时间", "任现职时间", "任职日期"),
    },
)
AGREEMENTS = LedgerKind(
    name="agreement",
    label="协议台账",
    kind=AGREEMENT,
    needs=(("title",), ("parties", "enterprises")),
    words={
        ("number",): ("协议编号", "合同编号", "编号", "协议号"),
        ("title",): ("项目名称", "协议名称", "合作项目", "合同名称", "合作项目名称", "合作内容名称"),
        ("parties", "enterprises"): (
            "合作企业",
            "合作单位",
            "乙方",
            "企业名称",
            "对方单位",
            "合作方",
            "签约单位",
            "单位名称",
        ),
        ("signed_on",): ("签订日期", "签订时间", "签约日期", "签约时间", "签署日期", "签署时间"),
        ("term", "start"): ("开始日期", "起始日期", "开始时间", "合作开始时间", "起始时间", "生效日期", "起"),
        ("term", "end"): (
            "截止日期",
            "终止日期",
            "结束日期",
            "到期日期",
            "到期时间",
            "有效期至",
            "结束时间",
            "止",
        ),
        TERM: ("合作期限", "有效期", "期限", "起止时间", "协议期限", "起止日期", "合作时间"),
        ("responsible", "implementer"): (
            "承办系部",
            "系部",
            "实施系部",
            "二级学院",
            "责任部门",
            "承办部门",
            "所属系部",
        ),
        ("responsible", "manager"): ("负责人", "项目负责人", "经办人", "校方负责人"),
        ("forms",): ("合作方式", "合作形式", "合作类型", "合作模式"),
        ("majors",): ("对应专业", "合作专业", "涉及专业", "专业"),
        ("origin", "kept_at"): ("存放处", "存放位置", "存档位置", "档案号", "原件存放"),
    },
)
PLACEMENTS = LedgerKind(
    name="placement",
    label="人员互聘台账",
    kind=PLACEMENT,
    needs=(("enterprise",), ("task",)),
    words={
        ("kind",): ("类别", "互聘类别", "类型"),
        ("person",): ("教师", "教师姓名", "姓名"),
        ("outsider", "name"): ("企业人员", "企业教师", "兼职教师", "企业导师", "企业指导教师"),
        ("outsider", "post"): ("职务", "职称", "职务职称"),
        ("enterprise",): (
            "企业",
            "企业名称",
            "实践企业",
            "合作企业",
            "所在企业",
            "实践单位",
            "挂职企业",
            "挂职单位",
            "锻炼企业",
            "锻炼单位",
            "顶岗企业",
        ),
        ("department",): ("系部", "所在系部", "二级学院", "聘用系部", "部门"),
        ("start",): ("开始日期", "开始时间", "实践开始", "聘期开始", "挂职开始"),
        ("end",): ("结束日期", "结束时间", "实践结束", "聘期结束", "挂职结束"),
        ("days",): ("实践天数", "天数", "挂职天数"),
        ("hours",): ("授课学时", "学时", "课时"),
        ("task",): ("岗位", "任务", "实践岗位", "挂职岗位", "实践内容", "工作内容", "岗位或任务"),
        ("courses",): ("承担课程", "课程", "授课课程"),
    },
)
MEETINGS = LedgerKind(
    name="meeting",
    label="例会台账",
    kind=MEETING,
    needs=(("date",), ("host",)),
    words={
        ("date",): ("会议日期", "会议时间", "日期", "时间", "召开时间", "召开日期"),
        ("title",): ("会议名称", "名称"),
        ("place",): ("地点", "会议地点"),
        ("host",): ("主持人", "主持"),
        ("recorder",): ("记录人", "记录"),
        ("attendees",): ("出席人员", "参会人员", "参加人员", "出席人", "参会人"),
        ("items",): ("议题", "会议议题", "会议内容", "主要内容"),
    },
)
_BASE: DataPath = ("co_building", 0, "bases", 0)
BASES = LedgerKind(
    name="base",
    label="实训基地台账",
    kind=AGREEMENT,
    needs=(("name",), ("place",)),
    words={
        ("name",): (
            "基地名称",
            "实训基地名称",
            "实训基地",
            "实习基地名称",
            "实习实训基地名称",
            "实训室名称",
            "实训室",
            "校外实训基地",
        ),
        ("place",): ("地点", "地址", "所在地点", "所在地", "基地地点", "基地地址", "建设地点", "位置"),
        ("on_campus",): ("校内外", "校内/校外", "校内或校外", "类别", "基地类别", "基地类型"),
        ("capacity",): ("工位数", "工位", "实训工位数", "容纳人数", "可容纳人数", "可接纳人数"),
        ("equipment",): ("主要设备", "设备清单", "主要仪器设备", "仪器设备", "设备"),
        ("project",): ("项目", "项目编号", "合作项目", "依托项目", "所属项目", "项目名称"),
        ("enterprise",): ("合作企业", "共建企业", "依托企业", "依托单位", "合作单位", "企业名称", "企业"),
    },
    fields={
        **{(key,): (*_BASE, key) for key in ("name", "place", "on_campus", "capacity")},
        ("equipment",): ("inputs", "equipment"),
        ("project",): ("renews",),
        ("enterprise",): ("parties", "enterprises", 0),
    },
)
KINDS = (ENTERPRISES, AGREEMENTS, PEOPLE, PLACEMENTS, MEETINGS, BASES)
"""The ledgers that can be taken in; which one a file is, its heads tell."""

STATES = ("状态", "履行状态", "协议状态", "进展", "履行情况", "是否到期", "审批状态")
"""Heads of what the program works out by itself: a state is never taken in."""
PRIVATE = ("身份证", "身份证号", "身份证号码", "学生姓名", "学号", "家长电话")
"""Heads of what must not be kept in git."""

ROSTER = frozenset(("学号", "学籍号", "班级", "专业班级", "学生姓名", "家长电话", "监护人"))
"""Heads of lists of students: what stands under the others is about students then, whatever their heads say."""
