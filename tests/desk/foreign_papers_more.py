"""Agreements as other people write them, the other half: letterheads, two languages, columns, chapters, a PDF."""

from __future__ import annotations

from collections.abc import Callable

from docx.oxml.ns import qn

from tests.desk.foreign_papers import FIRM, NEW, SCHOOL, Foreign, saved, tabled, written


def letterhead_first() -> Foreign:
    """A letterhead, a file number, the parties by 以下简称 in a sentence, articles without titles, fees."""
    made = written(
        "远山样例机械有限公司文件",
        "电话：0350-0000009",
        "工业软件技术服务合同",
        f"{NEW}（以下简称甲方）与{SCHOOL}（以下简称乙方）就技术服务事宜达成如下协议：",
        "第一条 乙方为甲方提供工业软件二次开发服务。",
        "第二条 甲方应于验收后十日内向乙方支付技术服务费人民币120000元（大写：壹拾贰万元整）。",
        "第三条 甲方应向乙方支付差旅费每次3000元。",
        "第四条 本合同自双方签字盖章之日起生效，有效期一年。",
        "第五条 因本合同发生的争议，提交样本仲裁委员会仲裁。",
    )
    return Foreign(
        content=saved(made),
        truth={
            "title": "工业软件技术服务",
            "parties.enterprises": "NEW",
            "parties.order": ["NEW", "college"],
            "term.basis": "signing",
            "term.months": 12,
            "payments.0": {"item": "技术服务费", "payer": "NEW", "payee": "college", "amount": "120000"},
        },
        loose=("二次开发服务", "差旅费每次3000元", "样本仲裁委员会", "壹拾贰万元整"),
        new={"name": NEW},
    )


def bilingual() -> Foreign:
    """Chinese and English beside each other."""
    made = written(
        "COOPERATION AGREEMENT",
        "智能制造产业学院共建协议",
        f"Party A（甲方）: {SCHOOL} Yangben Vocational College",
        f"Party B（乙方）: {FIRM} Chenguang Sample CNC Co., Ltd.",
        "第一条 合作目的 Article 1 Purpose",
        "双方共建智能制造产业学院。",
        "The Parties shall jointly build the industry college.",
        "第二条 保密 Article 2 Confidentiality",
        "双方应保守商业秘密。",
        "Each Party shall keep trade secrets.",
        "第三条 期限 Article 3 Term",
        "本协议自各方签字盖章之日起生效，有效期三年。",
    )
    return Foreign(
        content=saved(made),
        truth={
            "title": "智能制造产业学院共建",
            "parties.enterprises": "chenguang-cnc",
            "purpose": "双方共建智能制造产业学院。\n\nThe Parties shall jointly build the industry college.",
            "confidentiality": "双方应保守商业秘密。\n\nEach Party shall keep trade secrets.",
            "term.basis": "signing",
            "term.months": 36,
        },
        loose=("COOPERATION AGREEMENT",),
    )


def two_columns() -> Foreign:
    """Set in two columns; the parties' lines hold both of them, set apart by tabs and spaces."""
    made = written(
        "订单班人才培养合作协议",
        f"甲方：{SCHOOL}\t乙方：{FIRM}",
        "地址：样本市例子路1号\t地址：样本市例子路88号",
        "联系人：绿样本      联系人：褐样例",
        "开户行：样本银行例子支行\t账号：00001111",
        "1. 合作方式",
        "订单培养。",
        "2. 合作内容",
        "2.1 共同招生。",
        "2.2 共同制定培养方案。",
        "3. 期限",
        "三年，自签订之日起计算。",
        "4. 违约责任",
        "甲方违约的，赔偿乙方损失。",
    )
    columns = made.sections[0]._sectPr.find(qn("w:cols"))
    assert columns is not None
    columns.set(qn("w:num"), "2")
    return Foreign(
        content=saved(made),
        truth={
            "title": "订单班人才培养合作",
            "parties.enterprises": "chenguang-cnc",
            "notices.contacts.college.name": "绿样本",
            "notices.contacts.chenguang-cnc.name": "褐样例",
            "form_details": "订单培养。",
            "contents.0": {"text": "共同招生。"},
            "contents.1": {"text": "共同制定培养方案。"},
            "term.basis": "signing",
            "term.months": 36,
            "breach.college.0": "甲方违约的，赔偿乙方损失。",
        },
        loose=("00001111",),
    )


def manual_spaces() -> Foreign:
    """Blanks instead of tabs and lines, titles and text in one line, blanks still to be filled in."""
    made = written(
        "　　　　　　共享实训平台建设协议",
        f"　　甲　方　：　{SCHOOL}　　　　　",
        f"　　乙　方　：　{FIRM}　　　　　　",
        "　　法定代表人：＿＿＿＿＿＿　　电　话：________",
        "　　第 一 条　合作期限：自 2025 年 3 月 1 日 起 至 2025 年 2 月 1 日 止。",
        "　　第 二 条　履行地点：样本市例子路1号实训楼",
        "　　第 三 条　知识产权：各自独立完成的归各自，共同完成的归双方共有。",
        "　　第 四 条　板材规格：1200*2400*18 毫米，1.5~2.0 级。",
        "　　第 五 条　本协议一式 陆 份，甲方执 贰 份，乙方执 叁 份。",
    )
    return Foreign(
        content=saved(made),
        truth={
            "title": "共享实训平台建设",
            "parties.enterprises": "chenguang-cnc",
            "place_of_performance": "样本市例子路1号实训楼",
            "ip.ownership": "各自独立完成的归各自，共同完成的归双方共有。",
        },
        loose=("1200*2400*18", "1.5~2.0"),
    )


def by_chapters() -> Foreign:
    """第一章 with 第一条 below it, the enterprise first, a nested duty list, an annex behind the signatures."""
    made = written(
        "师资互聘与教师企业实践合作协议",
        f"甲方（企业）：{FIRM}",
        f"乙方（学校）：{SCHOOL}",
        "第一章 合作目的",
        "第一条 双方互派教师和工程师。",
        "第二章 合作期限",
        "第二条 本协议有效期自2026年1月1日至2026年12月31日，共两年。",
        "第三章 安全",
        "第三条 教师进入车间前，甲方应完成安全教育。",
        "第四章 争议解决",
        "第四条 争议由双方协商解决；协商不成的，可以申请仲裁或者向法院起诉。",
        "（以下无正文）",
        "甲方（盖章）：",
        "乙方（盖章）：",
        "2025年12月1日　　　　2025年12月3日",
        "附件1 设备清单（企业提供的设备）",
    )
    tabled(made, ("设备名称", "型号", "数量", "单价（元）"), ("数控车床", "CK-6140", "3台", "150,000.00"))
    return Foreign(
        content=saved(made),
        truth={
            "title": "师资互聘与教师企业实践合作",
            "parties.enterprises": "chenguang-cnc",
            "parties.order": ["chenguang-cnc", "college"],
            "purpose": "双方互派教师和工程师。",
            "safety": "教师进入车间前，甲方应完成安全教育。",
            "inputs.equipment.0": {
                "name": "数控车床",
                "model": "CK-6140",
                "quantity": 3,
                "unit": "台",
                "unit_price": "150000.00",
            },
        },
        loose=("可以申请仲裁或者向法院起诉",),
    )


PDF_LINES = (
    "现代物流专业共建协议",
    f"甲方：{SCHOOL}",
    "乙方：明日样例物流有限公司",
    "第一条 合作目的",
    "双方以培养现代物流技术技能人才为目标，围绕仓储、配送、供应链管理等岗位开展合作，共同制定人才培养方案，"
    "共同开发课程和教材，共同建设实训基地。",
    "第二条 合作期限",
    "本协议期限自2026年1月1日起至2028年12月31日止。",
    "第三条 不可抗力",
    "遭遇不可抗力的一方应及时通知对方。",
    "第四条 班级文化",
    "班级每学期举办一次“样例物流节”。",
)


def as_pdf(to_pdf: Callable[[bytes], bytes]) -> Foreign:
    """The text layer of a PDF."""
    return Foreign(
        content=to_pdf(saved(written(*PDF_LINES))),
        truth={
            "title": "现代物流专业共建",
            "parties.enterprises": "mingri-logistics",
            "purpose": PDF_LINES[4],
            "term.start": "2026-01-01",
            "term.end": "2028-12-31",
            "force_majeure": "遭遇不可抗力的一方应及时通知对方。",
            "origin.elements.0": {"element": "E02", "page": 1, "clause": "第一条"},
            "origin.elements.1": {"element": "E12", "page": 1, "clause": "第二条"},
        },
        loose=("样例物流节",),
    )


MORE = (letterhead_first, bilingual, two_columns, manual_spaces, by_chapters)
