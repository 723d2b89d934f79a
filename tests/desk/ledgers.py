"""Ledgers as people keep them, each with the mess of its kind, and what of it belongs into the records."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl

CHENGUANG, YUNFAN = "晨光样例数控装备有限公司", "云帆样例软件有限公司"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A ledger: its kind, its workbook, the value of each cell that is right, the cells that must be asked or refused."""

    kind: str
    content: bytes
    rows: tuple[dict[str, Any], ...]
    asked: int = 0
    refused: int = 0


def book(rows: list[list[Any]], *merged: str) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def plain() -> Sample:
    rows: list[list[Any]] = [
        ["序号", "企业名称", "统一社会信用代码", "法定代表人", "地址", "联系人", "联系电话"],
        [
            1,
            "远山样例机械有限公司",
            "91149999MA99E0075B",
            "邬样甲",
            "样本市例子路1号",
            "郗样乙",
            "0000-1234567",
        ],
        [2, "碧水样例食品厂", None, "郗样丙", "样本市例子路2号", None, None],
    ]
    first = {
        "name": "远山样例机械有限公司",
        "credit_code": "91149999MA99E0075B",
        "legal_representative": "邬样甲",
        "address": "样本市例子路1号",
        "contact": {"name": "郗样乙", "phone": "0000-1234567"},
    }
    second = {"name": "碧水样例食品厂", "legal_representative": "郗样丙", "address": "样本市例子路2号"}
    return Sample(kind="enterprise", content=book(rows), rows=(first, second))


def two_heads() -> Sample:
    rows: list[list[Any]] = [
        ["样本职业技术学院校企合作单位一览表（2026年）"],
        ["填报部门：校企合作办公室", None, None, None, "2026年3月"],
        ["序号", "单位名称", "社会信用代码", "企业联系人", None],
        [None, None, None, "姓名", "手机"],
        [1, "远山样例\n机械有限公司 ", 911499990000007521, "郗样乙", 13900000000],
        [2, "碧水样例食品厂", "91149999MA99E00836", "郗样丁", "—"],
        ["合计", 2],
    ]
    merged = ("A1:E1", "A3:A4", "B3:B4", "C3:C4", "D3:E3")
    first = {"name": "远山样例机械有限公司", "contact": {"name": "郗样乙", "phone": "13900000000"}}
    second = {"name": "碧水样例食品厂", "credit_code": "91149999MA99E00836", "contact": {"name": "郗样丁"}}
    return Sample(kind="enterprise", content=book(rows, *merged), rows=(first, second), refused=1)


def old_agreements() -> Sample:
    rows: list[list[Any]] = [
        ["校企合作协议台账"],
        ["系部", "协议编号", "项目名称", "合作单位", "签订时间", "合作期限", "履行状态", "存放位置"],
        [
            "机械工程系",
            "样校合〔2021〕3号",
            "订单班",
            CHENGUANG,
            "2021年8月20日",
            "2021.9.1-2024.8.31",
            "已到期",
            "档案室1柜",
        ],
        [
            None,
            "样校合〔2022〕5号",
            "实训基地",
            CHENGUANG,
            datetime(2022, 6, 1),
            "2022/7/1至2027/6/30",
            "履行中",
            "同上",
        ],
        [None, "样校合〔2022〕6号", "产业学院", "云帆样例软件", "2022.6.3", "三年", "履行中", "档案室2柜"],
        ["说明：以上均为已签协议"],
    ]
    common = {"responsible": {"implementer": "mechanical"}}

    def made(number: str, title: str, company: str, signed: date, place: str, **more: Any) -> dict[str, Any]:
        parties = {"parties": {"enterprises": [company]}, "origin": {"kept_at": place}}
        return {"number": number, "title": title, "signed_on": signed, **parties, **common, **more}

    first_term = {"start": date(2021, 9, 1), "end": date(2024, 8, 31)}
    second_term = {"start": date(2022, 7, 1), "end": date(2027, 6, 30)}
    found = (
        made("样校合〔2021〕3号", "订单班", "chenguang-cnc", date(2021, 8, 20), "档案室1柜", term=first_term),
        made(
            "样校合〔2022〕5号", "实训基地", "chenguang-cnc", date(2022, 6, 1), "档案室1柜", term=second_term
        ),
        # A part of a company's name is asked about, so the row comes without its party.
        made("样校合〔2022〕6号", "产业学院", "yunfan-software", date(2022, 6, 3), "档案室2柜"),
    )
    del found[-1]["parties"]
    return Sample(kind="agreement", content=book(rows, "A1:H1", "A3:A5"), rows=found, asked=1, refused=1)


def serial_days() -> Sample:
    rows: list[list[Any]] = [
        ["编号", "合同名称", "乙方", "合作方式", "起始日期", "到期日期", "是否到期"],
        ["X-2023-01", "师资培训", YUNFAN, "教师企业实践与互聘、订单培养", 45170, "20260831", "否"],
        ["X-2023-02", "软件实训", "从没听说的公司", "订单", "2023年9月", "2026-08-31", "否"],
        ["X-2023-03", "实习基地", CHENGUANG, "岗位实习", datetime(2023, 9, 1), datetime(2026, 8, 31), "否"],
    ]
    first = {
        "number": "X-2023-01",
        "title": "师资培训",
        "parties": {"enterprises": ["yunfan-software"]},
        "forms": ["teacher-practice", "order-class"],
        "term": {"end": date(2026, 8, 31)},
    }
    second = {"number": "X-2023-02", "title": "软件实训", "term": {"end": date(2026, 8, 31)}}
    third = {
        "number": "X-2023-03",
        "title": "实习基地",
        "parties": {"enterprises": ["chenguang-cnc"]},
        "forms": ["internship"],
        "term": {"start": date(2023, 9, 1), "end": date(2026, 8, 31)},
    }
    return Sample(kind="agreement", content=book(rows), rows=(first, second, third), asked=2, refused=2)


def staff() -> Sample:
    rows: list[list[Any]] = [
        ["所在部门", "姓 名", "行政职务", "任职时间", "身份证号"],
        ["机械工程系", "邬 样戊", "教研室主任", "2020/9/1", None],
        ["〃", "郗样己", "教师", "2021.03.01", None],
        ["所在部门", "姓 名", "行政职务", "任职时间", "身份证号"],
        ["没有的系", "郗样庚", "教师", "2021年", None],
    ]
    found = (
        {"department": "mechanical", "name": "邬样戊", "post": "教研室主任", "since": date(2020, 9, 1)},
        {"department": "mechanical", "name": "郗样己", "post": "教师", "since": date(2021, 3, 1)},
        {"name": "郗样庚", "post": "教师"},
    )
    return Sample(kind="people", content=book(rows), rows=found, refused=2)


def exchange() -> Sample:
    rows: list[list[Any]] = [
        ["类别", "教师姓名", "实践单位", "系部", "开始时间", "结束时间", "天数", "实践岗位"],
        [
            "教师企业实践",
            "黑样本",
            CHENGUANG,
            "机械工程系",
            "２０２５年７月１日",
            "2025-07-31",
            "２３天",
            "工艺员",
        ],
        ["教师企业实践", "蓝样本", "同上", "同上", "2025.8.1", "2025.8.31", 21, "质检员"],
    ]
    common = {"kind": "teacher-practice", "enterprise": "chenguang-cnc", "department": "mechanical"}
    july = {"person": "hei-yangben", "start": date(2025, 7, 1), "end": date(2025, 7, 31), "days": 23}
    august = {"person": "lan-yangben", "start": date(2025, 8, 1), "end": date(2025, 8, 31), "days": 21}
    found = ({**common, **july, "task": "工艺员"}, {**common, **august, "task": "质检员"})
    return Sample(kind="placement", content=book(rows), rows=found)


def meetings() -> Sample:
    rows: list[list[Any]] = [
        ["例会记录"],
        ["召开时间", "地点", "主持人", "参会人员", "主要内容"],
        ["2025年3月5日", "第一会议室", "蓝样本", "黑样本、蓝样本", "1.通报进展；2.研究经费"],
        [datetime(2025, 4, 2), "第一会议室", "黑样本", "黑样本，蓝样本", "年度计划"],
    ]
    first = {"date": date(2025, 3, 5), "host": "lan-yangben", "attendees": ["hei-yangben", "lan-yangben"]}
    first |= {"place": "第一会议室", "items": [{"topic": "通报进展"}, {"topic": "研究经费"}]}
    second = {"date": date(2025, 4, 2), "host": "hei-yangben", "attendees": ["hei-yangben", "lan-yangben"]}
    second |= {"place": "第一会议室", "items": [{"topic": "年度计划"}]}
    return Sample(kind="meeting", content=book(rows, "A1:E1"), rows=(first, second))


def starred() -> Sample:
    rows: list[list[Any]] = [
        [None, None, None],
        [
            None,
            "*企业\n名称（全称）",
            None,
            "注册资本\n（万元）",
            "*企业性质",
            "企业规模",
            "职工人数",
            "备注栏",
        ],
        [None, "远山样例机械有限公司", None, 1200, "民营", "大型", "３２０人", "无"],
        [None, "碧水样例食品厂", None, 86.5, "民营企业", "小", 40, None],
        [None, "注：注册资本以营业执照为准"],
    ]
    first = {
        "name": "远山样例机械有限公司",
        "registered_capital": Decimal("12000000.00"),
        "ownership": "private",
    }
    first |= {"scale": "large", "staff": 320}
    second = {"name": "碧水样例食品厂", "registered_capital": Decimal("865000.00"), "staff": 40}
    return Sample(kind="enterprise", content=book(rows), rows=(first, second), asked=2)


def bases() -> Sample:
    """A college's table of training bases, on and off its campus."""
    rows: list[list[Any]] = [
        ["校内外实训基地一览表"],
        ["序号", "基地名称", "共建企业", "地点", "校内/校外", "可容纳人数", "主要设备", "管理员电话"],
        [
            1,
            "精密测量 实训室",
            CHENGUANG,
            "样本市例子路1号",
            "校内",
            40,
            "三坐标测量机2台、投影仪（1台）",
            None,
        ],
        [2, "云帆软件实训基地", YUNFAN, "样本市别处2号", "校外", "约30", "电脑若干", "0000-1"],
    ]
    first = {
        "name": "精密测量实训室",
        "enterprise": "chenguang-cnc",
        "place": "样本市例子路1号",
        "on_campus": True,
    }
    first["equipment"] = [
        {"name": "三坐标测量机", "quantity": 2, "unit": "台"},
        {"name": "投影仪", "quantity": 1, "unit": "台"},
    ]
    second = {
        "name": "云帆软件实训基地",
        "enterprise": "yunfan-software",
        "place": "样本市别处2号",
        "on_campus": False,
    }
    return Sample(kind="base", content=book(rows, "A1:H1"), rows=(first, second), asked=1, refused=2)


SAMPLES = {
    one.__name__: one
    for one in (plain, two_heads, old_agreements, serial_days, staff, exchange, meetings, starred, bases)
}
