"""L15: what students are made to pay for, in whatever words."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules.forbidden.sayings import said, saying
from pipeline.check.rules.rule import AGREED, Fault, rule
from pipeline.record.model import Agreement, Records
from pipeline.record.model.after_signing import Amendment

_LAWFUL = (
    "学费|住宿费(?![^。；]{0,20}(?:交|付|缴)[^，。；]{0,4}(?:FIRM))|教材费|学杂费|社会保险费?(?:个人部分)?|社保|个人所得税|个税|住房公积金|公积金|团费|党费|个人部分"
    "|(?:STUDENT)的?(?:个人|身份|基本|培养|教学|实习|实训|轮岗|招生|派遣|选拔|安置)?"
    "(?:信息|资料|名单|数据|档案|计划|方案|名册|名额|人数|数量|规模|管理(?!费|服务|押金|保证金))"
    "|水电费用?(?=超)|免费|费用(?=由乙方|由甲方|由企业|由学校)|赔偿费用?|修理费|违约金(?:[^，。；0-9]{0,6}[0-9.]+万?元)?"
)
_HELPING = "(?:为|给|替|代|(?<!定)向|对|从|按|将|把|关于|针对|以|用于|由于|组织|安排|及时|与|退还|退回|返还|清退|报销)[^，,]{0,10}"
_FEES = "费 耗 开支 开销 花费 补贴 报酬 工资 津贴 金 保险 险 款 元 提成 钱 % 百分之 抽 购 备"

_SAYINGS = (
    saying(
        "charged",
        _FEES,
        "STUDENT ~ !BEAR .. FEE",
        "STUDENT ~ !BEAR ~ MONEY",
        "STUDENT .. MONEY ~ !BEAR .. FEE",
        "(?:STUDENT|每人|每生) ~ [，,]?(?:须|需|应|自愿|必须) ~ !BEAR .. FEE",
        "STUDENT [^，,。；]{0,16}?[，,](?:(?!SIDE|由|所)[^，,。；]){0,10}? !BEAR .. FEE",
        "STUDENT ~ !(?:购买|购置|自购|自备|订购) .. (?:指定|统一|规定)[^，。；]{0,8}(?:电脑|设备|工具|教材|服装|服|鞋|软件|器材|产品|手机)",
        "STUDENT ~ !(?:自备|自购|自费购[买置]|自行购买|自行购置|自行准备|自行配备) .. (?:劳保|工装|工服|工作服|工作鞋|劳保鞋|安全帽|防护|工具|耗材|材料|手套)",
        "STUDENT ~ !(?:自费|自掏腰包|自行出资) .. (?:办理|办|购买|购置|体检|配备|参加|乘坐|租)",
        "STUDENT .. (?:劳保|工装|工服|工作服|工作鞋|防护|护目镜|安全帽|工具|耗材|手套) ... 由? (?:STUDENT|SELF)? ~ !(?:自备|自购|自费购[买置]|自行(?:购买|购置|准备|配备))",
        "STUDENT [^，,。；由]{0,4}(?:向|给)[^，,。；]{0,12}? !BEAR .. FEE",
        "STUDENT .. !(?:退回|退还|返还|补交|补缴|偿还) .. (?:培训|培养|学习|教育|实训)(?:费|经费|成本)",
        "STUDENT ... (?:费用?|开支|花费|开销) ~ !(?:自担|自理|自付|自负|(?:自行|自己|本人)(?:承担|解决|负担|想办法|出|掏|付))",
        after=_HELPING,
        blot=_LAWFUL,
        needs="STUDENT",
        unless="(?:自行|自主|自愿)(?:决定|选择)|自愿(?:购买|投保)的|不强制|工伤|回家|返乡|返家|离校回|日用品|生活用品|个人消费|话费|零用|探亲|外出|捐赠|奖学金|损坏|丢失|违约金|赔偿|服务期|教师|导师",
    ),
    saying(
        "charged",
        _FEES,
        "FEE (?![^，,]{0,6}(?:SIDE)) (?:(?![为给替代向与])[^，,：:。；]){0,14}? [，,]?(?:均|全部|一律|应当?|须|也)? 由? (?:(?![为给替代向与]|SIDE|由)[^，,：:。；]){0,8}? (?:STUDENT|SELF) ~ !BEAR",
        "FEE ... !(?:代收|收齐|统一收取|汇总收取|收取)[^，。；]{0,6}?后?[，,]? (?:统一)?(?:转交|上交|交给|交至|转付|汇缴|转入) .. SIDE",
        "(?:FEE|住宿费) .. 由 STUDENT .. !(?:交给|交至|交予|付给|支付给|缴给) .. FIRM",
        "FEE .. [，,]?(?:均|全部|一律|应当?|须)?由 ~ (?:SELF|参加人) ~ !BEAR",
        "(?:损耗|耗材|物料消耗) .. 由 .. STUDENT ~ !BEAR",
        "(?:的钱|费用?|开支) .. 由 ~ (?:STUDENT|SELF) .. !(?:出|掏|拿|贴)",
        needs="STUDENT",
        blot=_LAWFUL,
        unless="工伤|损坏|教师|导师|日用品|生活用品|个人消费|话费|零用|返家|回家|返乡|探亲",
    ),
    saying(
        "charged",
        _FEES,
        "(?:向|对) .. STUDENT .. !TAKE .. (?:FEE|MONEY)",
        "(?:FEE|MONEY) .. (?:向|对) .. STUDENT .. !TAKE",
        "(?:向|对) .. STUDENT .. FEE .. !TAKE",
        "(?:SIDE)(?![^，。；]{0,24}向(?:SIDE))[^，。；]{0,6}(?:每生|每名?学生|每人|生均|按人) .. !TAKE .. FEE",
        "STUDENT .. WAGE .. (?:%|百分之.{1,3}|成) ~ !TAKE .. FEE",
        blot=_LAWFUL,
        after="(?:退还|退回|返还|清退|归还|退)[^，,。；]{0,12}",
        unless="收取的[^，。；]{0,8}[，,]?(?:(?!离岗|毕业|结束|期满|离开|满)[^。；]){0,16}(?:退还|返还|退回|清退)",
    ),
    saying(
        "charged",
        "收",
        "(?:SIDE) ~ !TAKE .. STUDENT .. FEE",
        blot=_LAWFUL,
        unless="检查|监督|查处|举报|行为|情况|意见|赔偿|奖学金",
    ),
    saying(
        "charged",
        "预交 预缴 交纳 缴纳 交付 支付 缴清",
        "(?:报名|参加|入读|进入|加入)[^，,。；]{0,8}(?:班|学徒制|实习|学员)[^，,。；]{0,3}(?:者|的|人员) [，,]? ~ !BEAR .. (?:FEE|MONEY)",
        unless="STAFF|企业员工|社会学员|对外培训",
        blot=_LAWFUL,
    ),
    saying(
        "deducted",
        _FEES,
        "(?:从|在|自) .. (?:WAGE|首月) .. !DEDUCT .. (?:FEE|[0-9.]+%|百分之|费)",
        "FEE .. (?:从|在|自) .. WAGE .. !DEDUCT",
        "WAGE .. (?:[0-9.]+%|百分之[一二三四五六七八九十]+|[一二三]成) .. !(?:作为|用作|充作|抵作|归|留作) .. (?:FEE|归|SIDE)",
        "WAGE .. !DEDUCT .. FEE",
        "(?:对|向|从) .. STUDENT .. !DEDUCT .. WAGE",
        "STUDENT .. WAGE .. !(?:作为|用作|充作|抵作|充当|冲抵) .. (?:保证|押金|担保|抵押|违约金|罚款)",
        "STUDENT ... !(?:扣除|扣发|扣款|扣减|罚款) .. MONEY",
        needs="STUDENT|实习",
        blot=_LAWFUL,
        unless="STAFF",
    ),
    saying(
        "deducted",
        "扣 从 由",
        "(?:FEE|垫付) ... (?:从|在|自|由) .. (?:STUDENT|实习)的? .{0,4}WAGE .. !(?:扣回|扣还|扣清|抵扣|冲抵|抵还|扣除|扣)",
        "(?:津贴|补贴|奖金|课酬|带教费|指导费|餐费|费用) ~ (?:从|由|在) .. STUDENT的? WAGE .. !(?:支付|列支|开支|支出|出|提取|负担)",
    ),
    saying(
        "charged",
        "社会保险 社保 五险",
        "(?:社会保险|社保|五险一金|五险)费?用? .. (?:全部|全额|均|一律|单位(?:应缴)?部分|企业(?:应缴)?部分) .. 由? ~ (?:STUDENT|SELF) ~ !(?:承担|缴纳|负担|交纳|缴付|自理)",
        needs="STUDENT",
    ),
    saying(
        "charged",
        "收",
        "STUDENT [^，,。；]{0,16}? !(?:另行收取|另外收取|额外收取|加收|另收|加收取) .. (?:MONEY|FEE)",
        unless="超出|逾期",
    ),
    saying(
        "kept",
        "退",
        "(?:FEE|交款|缴款) ~ .. [，,]?(?:概不|一律不|均不|不予|不得|不再|不)(?:予)?(?:退还|退回|返还|退)",
        "(?:概不|一律不|均不|不予|不得|不再|不)退(?:还|回)? .. STUDENT .. FEE",
        needs="STUDENT|已(?:缴|交|收)",
        blot=_LAWFUL,
        unless="实训耗材|设备款|技术服务",
        flat=True,
    ),
)


@rule(
    "L15",
    title="不以安排实习的名义向学生收费",
    clause="职业教育法 42、50",
    why="法律不许以介绍工作、安排实习实训的名义向学生收费；押金、管理费、保险费、工装费都在内，从报酬里扣也一样。",
    hint="删掉这句话，费用改由学校或企业承担，写进 costs。",
    waivable=False,
    ways={
        "charged": "“{words}”是向实习学生收费，法律不允许",
        "deducted": "“{words}”是从学生的报酬里扣费用，报酬应当足额直接付给学生",
        "kept": "“{words}”：向学生收的押金、费用本来就不能收，更不能约定不退",
    },
    on=AGREED,
)
def takes_no_fees_from_students(agreement: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """A student pays nothing for being placed, whatever the fee is called and whichever way it is taken."""
    yield from said(agreement, _SAYINGS)
