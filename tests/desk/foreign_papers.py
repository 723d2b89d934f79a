"""Agreements as other people write them: ten layouts, each made here, with what is written in it.

All schools, companies and people are invented.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

SCHOOL, FIRM = "样本职业技术学院", "晨光样例数控装备有限公司"
NEW = "远山样例机械有限公司"


@dataclass(frozen=True, kw_only=True)
class Foreign:
    """A paper: its file, what it truly says by field, and words that fit no field."""

    content: bytes
    truth: Mapping[str, Any]
    loose: Sequence[str] = ()
    new: Mapping[str, str] = field(default_factory=dict)


def saved(made: Document) -> bytes:
    """The file."""
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def written(*lines: str) -> Document:
    """A document of plain paragraphs."""
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    return made


def tabled(made: Document, *rows: Sequence[str]) -> None:
    """Add a table."""
    table = made.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def numbered(made: Document, *levels: tuple[str, str]) -> int:
    """A list of Word's own numbers: format and text of each level; its id."""
    part = made.part.numbering_part.element
    key = 90 + len(part.findall(qn("w:num")))
    lines = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    part.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">{lines}</w:abstractNum>')
    )
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'))
    return key


def item(made: Document, text: str, key: int, level: int = 0) -> None:
    """A paragraph of such a list."""
    properties = made.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>')
    )


def by_articles() -> Foreign:
    """第一条 with its title, the parties as lines, dates in full."""
    made = written(
        "数控技术现场工程师联合培养协议书",
        "协议编号：CG-2024-07",
        f"甲方：{SCHOOL}",
        "法定代表人：白样本",
        "地址：样本市例子路1号",
        f"乙方：{FIRM}",
        "统一社会信用代码：91149999MA99E00168",
        "法定代表人：朱样例",
        "甲乙双方经友好协商，订立本协议。",
        "第一条 合作目的",
        "共同培养数控技术技能人才。",
        "第二条 合作期限",
        "本协议期限为三年，自2024年9月1日起至2027年8月31日止。",
        "第三条 甲方的权利和义务",
        "（一）甲方有权对实训过程进行监督。",
        "（二）甲方应提供不少于两间实训室。",
        "第四条 乙方的权利和义务",
        "（一）乙方负责选派三名工程师授课。",
        "第五条 保密",
        "双方对知悉的技术资料保密，协议终止后继续三年。",
        "第六条 吉祥物",
        "双方共同使用机器人吉祥物“小铣”。",
        "第七条 争议解决",
        "协商不成的，向甲方所在地人民法院起诉。",
        "第八条 其他",
        "本协议一式肆份，甲乙双方各执贰份。",
        "甲方（盖章）：　　　　　　乙方（盖章）：",
        "法定代表人（签字）：　　　法定代表人（签字）：",
        "签订日期：2024年8月20日",
    )
    return Foreign(
        content=saved(made),
        truth={
            "title": "数控技术现场工程师联合培养",
            "number": "CG-2024-07",
            "parties.enterprises": "chenguang-cnc",
            "parties.college.signatory": "bai-yangben",
            "purpose": "共同培养数控技术技能人才。",
            "term.start": "2024-09-01",
            "term.end": "2027-08-31",
            "obligations.college.rights.0": "甲方有权对实训过程进行监督。",
            "obligations.college.duties.0": "甲方应提供不少于两间实训室。",
            "obligations.chenguang-cnc.duties.0": "乙方负责选派三名工程师授课。",
            "confidentiality": "双方对知悉的技术资料保密，协议终止后继续三年。",
            "dispute.method": "court",
            "dispute.body": "甲方所在地人民法院",
            "copies": {"total": 4, "each": {"college": 2, "chenguang-cnc": 2}},
            "signing:parties.college.signed_on": "2024-08-20",
            "signing:parties.chenguang-cnc.signed_on": "2024-08-20",
        },
        loose=("机器人吉祥物“小铣”", "经友好协商"),
    )


def by_word_lists() -> Foreign:
    """Articles and paragraphs numbered by Word: no number stands in any text."""
    made = written("机电设备实训基地共建协议", f"甲方：{SCHOOL}", f"乙方：{NEW}", "住所：样本市样例大道2号")
    key = numbered(made, ("chineseCounting", "第%1条"), ("chineseCounting", "（%2）"))
    item(made, "合作内容", key)
    item(made, "共建机电实训室。", key, 1)
    item(made, "每学期开展一次技能比武。", key, 1)
    item(made, "合作期限", key)
    made.add_paragraph("自2025年1月1日至2026年12月31日。")
    item(made, "违约责任", key)
    item(made, "乙方逾期交付设备的，每日按设备价值的万分之三支付违约金。", key, 1)
    item(made, "任何一方违约的，应赔偿对方损失。", key, 1)
    item(made, "不可抗力", key)
    made.add_paragraph("遭遇不可抗力的一方应三日内通知对方。")
    return Foreign(
        content=saved(made),
        truth={
            "title": "机电设备实训基地共建",
            "parties.enterprises": "NEW",
            "contents.0": {"text": "共建机电实训室。"},
            "contents.1": {"text": "每学期开展一次技能比武。"},
            "term.start": "2025-01-01",
            "term.end": "2026-12-31",
            "breach.NEW.0": "乙方逾期交付设备的，每日按设备价值的万分之三支付违约金。",
            "force_majeure": "遭遇不可抗力的一方应三日内通知对方。",
        },
        loose=("任何一方违约的，应赔偿对方损失。",),
        new={"name": NEW, "address": "样本市样例大道2号"},
    )


def by_chinese_numerals() -> Foreign:
    """一、 and （一）, sides and their rights under headings of their own, months without days."""
    made = written(
        "校 企 合 作 协 议 书",
        f"甲    方：{SCHOOL}（以下简称甲方）",
        f"乙    方：{FIRM}（以下简称乙方）",
        "一、合作目的与意义",
        "深化产教融合。",
        "二、双方权利与义务",
        "（一）甲方权利与义务",
        "1. 甲方有权参与课程开发。",
        "2. 甲方负责学生管理。",
        "（二）乙方义务",
        "1. 提供实习岗位二十个。",
        "三、合作期限",
        "合作期限为2024年9月至2027年8月。",
        "四、协议的终止",
        "1. 期限届满，本协议终止。",
        "2. 一方提前30日书面通知对方的，可以解除本协议。",
        "3. 协议终止后，在培学生由双方继续培养至毕业。",
        "五、附则",
        "未尽事宜，双方另行签订补充协议。",
        "甲方代表（签字）：          乙方代表（签字）：",
        "   年  月  日              年  月  日",
    )
    return Foreign(
        content=saved(made),
        truth={
            "parties.enterprises": "chenguang-cnc",
            "purpose": "深化产教融合。",
            "obligations.college.rights.0": "甲方有权参与课程开发。",
            "obligations.college.duties.0": "甲方负责学生管理。",
            "obligations.chenguang-cnc.duties.0": "提供实习岗位二十个。",
            "termination.conditions.0": "期限届满，本协议终止。",
            "termination.conditions.1": "一方提前30日书面通知对方的，可以解除本协议。",
            "termination.notice_days": 30,
            "termination.settlement": "协议终止后，在培学生由双方继续培养至毕业。",
        },
        loose=("未尽事宜，双方另行签订补充协议", "2024年9月至2027年8月"),
    )


def by_tables() -> Foreign:
    """Parties side by side in a table, what the company brings in another one, in 万元, with its sum."""
    made = written("新能源汽车实训中心共建合同", "合同编号：XN〔2025〕3号")
    tabled(
        made,
        ("", "甲方", "乙方"),
        ("单位名称", SCHOOL, NEW),
        ("统一社会信用代码", "", "91149999MA99E00836"),
        ("法定代表人", "白样本", "远例样"),
        ("联系人", "绿样本", "近例样"),
        ("联系电话", "0350-0000001", "0350-0000002"),
    )
    for line in ("第一条 企业投入", "乙方投入下列设备，产权归乙方。单位：万元"):
        made.add_paragraph(line)
    tabled(
        made,
        ("序号", "设备名称", "规格型号", "数量", "单位", "单价", "金额", "产权归属", "交付时间"),
        ("1", "五轴加工中心", "VMC-850", "2", "台", "48", "96", "乙方", "2025年9月1日"),
        ("2", "工业机器人", "IR-6", "约三台", "台", "10", "30", "乙方", "2025-10-01"),
        ("", "合计", "", "", "", "", "126", "", ""),
    )
    for line in ("第二条 运行成本", "运行成本分担比例如下："):
        made.add_paragraph(line)
    tabled(made, ("项目", "甲方承担比例", "乙方承担比例"), ("水电费", "60%", "40%"), ("耗材", "50%", "40%"))
    return Foreign(
        content=saved(made),
        truth={
            "title": "新能源汽车实训中心共建",
            "number": "XN〔2025〕3号",
            "parties.college.signatory": "bai-yangben",
            "notices.contacts.college.name": "绿样本",
            "notices.contacts.college.phone": "0350-0000001",
            "notices.contacts.NEW.name": "近例样",
            "notices.contacts.NEW.phone": "0350-0000002",
            "parties.enterprises": "NEW",
            "costs.0": {"item": "水电费", "shares": {"college": 60, "NEW": 40}},
        },
        loose=("约三台", "工业机器人", "运行成本分担比例如下"),
        new={"name": NEW, "credit_code": "91149999MA99E00836", "legal_representative": "远例样"},
    )


PAPERS = (
    by_articles,
    by_word_lists,
    by_chinese_numerals,
    by_tables,
)
