"""L23 and L24: pay and hours of interns, as far as words settle them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rules.forbidden.sayings import binds, said, saying
from pipeline.check.rules.read_once import prose_of
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, rule
from pipeline.kernel.late_pattern import late
from pipeline.prose.facts import Amount, Share, Span
from pipeline.prose.grammar import classes
from pipeline.prose.passages import facts_of
from pipeline.record.model import Agreement, Records
from pipeline.record.model.after_signing import Amendment

_FLOOR = 80
"""Per cent of the post's wage that an intern who works relatively independently gets at least."""
_DAY, _WEEK = 8, 40
"""Hours that may be worked a day and a week (国务院关于职工工作时间的规定 3)."""

_PAY_WORDS = "酬 资 贴 薪 待遇 补助 劳务费 工钱"
_PAY = (
    saying(
        "unpaid",
        _PAY_WORDS,
        "(?:试用|试工|试岗|考察期|熟悉期|见习|实习|个月|学徒|适应期|磨合期|观察期|STUDENT|期间) ... !(?:不付|不支付|不予?发放|不发|不给|没有|无(?!故|正当|论|法|需)|不计|不再?享[受有](?:任何)?|不获得?|不领取?|不另(?:行)?(?:计发|支付|发放|付|发)|零|免付|无偿) ~ WAGE",
        "(?:STUDENT|实习|试用) ... WAGE .. (?:为零|为0|不计|不发)",
        "(?:完不成|未完成|没有完成|没完成|未能完成|达不到|未达到) .. (?:任务|指标|定额|产量|业绩|工时) ... WAGE ... !(?:不予?发放|不发|不予支付|不支付|停发|不给|扣发)",
        "(?:完不成|未完成|没有完成|达不到|未达|不达标|考勤|迟到|旷工)[^，。；]{0,12} ... !(?:扣发|停发|不予?发放|不予支付) .. WAGE",
        "(?:考勤|产量|合格率|工时)[^，。；]{0,4}(?:不满|不足|不达标|不合格)[^，。；]{0,4} ... WAGE ... !(?:不予?发放|不发|不予支付|停发|扣发|按[一二三四五六七]折|减半)",
        "!(?:暂停|停止|中止)(?:发放|支付) .. STUDENT .. WAGE",
        "WAGE .. !(?:计入|折算[为成]?|折抵|抵作?) .{0,2}学分",
        "(?:STUDENT|实习|试用) ... 无偿(?:劳动|工作|实习|提供劳务|上岗)",
        unless="认识实习|参观|观摩|不得|禁止|STAFF|校内|的，[^。]{0,20}(?:有权|可以|违约)|克扣|奖金|加班费",
        needs="STUDENT|实习|试用|试工|试岗|学徒|跟班|考勤|产量|学分|考察期|适应期|熟悉期|见习期|磨合期|观察期",
        flat=True,
    ),
    saying(
        "through",
        _PAY_WORDS,
        "WAGE ... !(?:付|汇|打|拨|划|转|交|存) ~ (?:到|至|入|给|由)? ~ (?:COLLEGE|第三方|AGENCY|班主任|系部) .. (?:账户|账号|账|代发|转发|统一|名下|代为)",
        "WAGE ... (?:由|经|通过|交由|委托) .. (?:COLLEGE|第三方|AGENCY|班主任) .. !(?:代发|转发|核发|计发|代领|转付|统一发放|发放|代为发放|领取|代收|统筹)",
        "WAGE .. (?:统一)? !(?:汇入|打入|转入|付至|拨付至|交付给?|支付给?) ~ (?:COLLEGE|AGENCY|第三方)",
        "WAGE .. !(?:打给|交给|拨给|汇给|转给|付给|划给) ~ (?:COLLEGE|AGENCY|系部)",
        unless="STAFF",
        needs="STUDENT|实习|报酬",
    ),
    saying(
        "goods",
        "购物卡 储值卡 消费卡 提货卡 实物 券 产品 礼品 积分 季 学期 年 一次性 期满 结束 届满",
        "WAGE .. !(?:以|用|按|折算?|折合|充抵|抵作) .. (?:购物卡|储值卡|消费卡|提货卡|实物|代金券|消费券|餐券|产品|礼品|积分|饭卡)",
        "WAGE ... !(?:以|用) .. (?:购物卡|储值卡|消费卡|提货卡|实物|代金券|消费券|餐券|产品|礼品|积分|饭卡) .. (?:发放|支付|抵付|充抵|兑付)",
        "(?:以|用) .. (?:购物卡|储值卡|消费卡|提货卡|实物|代金券|消费券|餐券|产品|礼品|积分|饭卡) .. !(?:发放|支付|抵付|抵作|抵|冲抵|兑付|充当) .. WAGE",
        "WAGE ... !(?:按季|按学期|按年|每季度?|每半年|每学期|年终|年底|(?:实习|期)[^，。；]{0,6}(?:结束|期满|届满)[^，。；]{0,8}?后?(?:一次性|统一|集中|再行?|一并)) .. (?:发放|支付|结算|结清|兑现|兑付|补发|发|付)",
        "!(?:每季度?|按季度?|每学期|每半年|年终|年底|期满后?)[^，。；]{0,6}(?:结算|发放|支付|结清|兑付)[^，。；]{0,4}(?:一次)? .. WAGE",
        needs="STUDENT|实习|学徒",
        unless="STAFF",
    ),
)


@rule(
    "L23",
    title="实习学生的报酬足额、按月、直接付给本人",
    clause="职业教育法 50；职业学校学生实习管理规定 18",
    why="岗位实习的报酬原则上不低于相同岗位工资的八成或者最低档，用货币按月直接付给学生本人，不能经学校或者第三方转手，"
    "也没有不付报酬的试用期。条文号请对照原文核实。",
    hint="写明“报酬不低于相同岗位工资的 80%，由企业按月以货币直接付给学生本人”。",
    waivable=False,
    ways={
        "unpaid": "“{words}”：学生顶岗干活就应当有报酬，没有不付报酬的试用期",
        "low": "报酬定为{words}，低于相同岗位工资的 80%",
        "through": "“{words}”：报酬应当由企业直接付给学生本人，不能经学校或者第三方转手",
        "goods": "“{words}”：报酬应当用货币支付，最长一个月一付",
    },
    since=READING_SINCE,
    on=AGREED,
)
def pays_interns_themselves(agreement: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """Who works is paid: enough, in money, monthly, and into his own hand."""
    yield from said(agreement, _PAY)
    yield from _low_pay(agreement)


_OF_WAGE = classes(
    r"(?:试用期|同岗位?|正式|相同岗位|同等岗位|在岗|本单位|在职|员工|职工|最低)[^，。；]{0,10}(?:工资|薪酬|薪资|待遇|报酬|标准|收入|员工)的?[^，。；0-9百%一二三四五六七八九]{0,4}"
)
_HALF = late("一半|半数|二分之一")


def _low_pay(agreement: Agreement | Amendment) -> Iterator[Fault]:
    reading = prose_of(agreement)
    words = ("酬", "资", "薪", "待遇", "补贴", "津贴", "标准")
    for sentence, (start, end) in reading.prose.readings(_too_little, words):
        path = reading.paths[sentence.number]
        if binds(path, sentence.text, start, end):
            values = {"words": f"“{sentence.text[start:end]}”"}
            yield Fault(
                way="low", at=path, values=values, offset=reading.prose.offset(sentence.start + start)
            )
            return


def _too_little(text: str, before: str) -> tuple[int, int] | None:
    """Where a sentence pays interns less than four fifths of what the post pays."""
    if not re.search("实习|学生|学徒|报酬", text):
        return None
    facts = facts_of(text)
    less = _less_than_staff(text, facts)
    if less:
        return less
    for match in _OF_WAGE.find(text):
        share = next((fact for fact in facts if fact.start == match.end()), None)
        low = isinstance(share, Share) and share.percent < _FLOOR
        half = _HALF.match(text, match.end())
        if low or half:
            return match.start(), share.end if share and low else half.end() if half else match.end()
    return None


_OF_STAFF = classes(
    "(?:同岗位?|同等岗位|相同岗位|正式|在岗)[^，。；]{0,8}(?:工资|薪酬|薪资|月薪|薪水|待遇|报酬|收入)[^，。；]{0,4}\\Z"
)


def _less_than_staff(text: str, facts: tuple[object, ...]) -> tuple[int, int] | None:
    """Where an intern's pay and that of the post's staff stand side by side as amounts, and the one is too low."""
    amounts = [fact for fact in facts if isinstance(fact, Amount)]
    of_staff = [fact for fact in amounts if _OF_STAFF.search(text[: fact.start])]
    of_interns = [fact for fact in amounts if fact not in of_staff]
    if len(of_staff) != 1 or len(of_interns) != 1 or of_interns[0].yuan * 100 >= of_staff[0].yuan * _FLOOR:
        return None
    return min(of_interns[0].start, of_staff[0].start), max(of_interns[0].end, of_staff[0].end)


_WORK = (
    saying(
        "hours",
        "加班 加点 夜 晚 倒 凌晨 作至 作到 轮换 运转 晚班 通宵 延长 轮班 超时",
        "!(?:加班加点|加班|上?夜班|晚班|三班倒|两班倒|倒班|轮班|班[0-9两三四]倒|班[0-9两三四]运转|[两三四]班[两三四]运转|(?<!参)加点(?!名|评)|翻班|夜间(?:值班|工作|生产|作业|轮班|上岗|劳动|实习)|通宵(?:作业|生产)?|延长(?:工作|实习|上岗|劳动)?时间|超时工作)",
        "STUDENT ... !(?:晚上?|夜里|夜间)(?:十|1[0-2]|2[2-4]|二十二)(?:点|时)[^，。；]{0,10}(?:在岗|上岗|工作|完成|下班)",
        "STUDENT ... (?:工作|上岗|在岗|服务|营业)[至到] !(?:(?:次日)?凌晨|(?:晚上?|夜里|深夜)(?:十|1[0-2])|二十[二三四]|2[2-4])",
        "STUDENT ... !(?:[甲早]班[、和]?[乙中]班[、和]?[丙晚夜]班|轮换(?:倒|值)班)",
        needs="STUDENT|实习|服从|学徒|[两三]班倒",
        blot="(?:与|和|同|跟|按照?|参照|比照)[^，。；]{0,8}STAFF[^，。；]{0,4}?(?:一样|相同|一致|同等|一并|一起|的)",
        unless="STAFF|(?<!夜间)值班|保安|设备(?:连续|三班)|机器|(?<!随)(?<!跟)产线|备案|批准|加班费|主管部门|用餐|图书馆",
    ),
    saying(
        "holidays",
        "节 假 国庆 春节 五一 元旦 清明 端午 中秋 双休",
        "(?:法定(?:节假)?日|法定假日|节假日|国庆|春节|五一|元旦|清明|端午|中秋|双休日) ... !(?:上岗|到岗|上班|顶班|留岗|工作|生产|照常|值守|值班|实习)",
        needs="STUDENT|实习|学徒",
        unless="STAFF|备案|寒假|暑假|放假|(?<!不)(?<!不另)(?<!不予)(?<!不安排)(?<!不另安排)休息|休假|顺延|遇",
    ),
)
_DANGERS = (
    saying(
        "danger",
        "高空 高处 井 放射 毒 爆 带电 危险 危化",
        "(?:STUDENT|实习) ... !(?:从事|参加|参与|安排|承担|负责|顶岗|下|进入|独立|完成) .. (?:高空|高处|井下|矿井|竖井|放射|有毒|剧毒|易燃易爆|爆破|带电|危险化学品|危化品)[^，。；]{0,12}(?:作业|岗位|操作|工作|施工|配制|喷洒|搬运|装卸|检修|顶岗|实习)",
        "(?:安排|组织|派|允许) ~ STUDENT .. !(?:从事|参加|到|在|下|进入|承担)?[^，。；]{0,6}(?:高空|高处|井下|矿井|竖井|放射|有毒|剧毒|易燃易爆|爆破|带电|危险化学品|危化品)[^，。；]{0,12}(?:作业|岗位|操作|工作|施工|配制|喷洒|搬运|装卸|检修|顶岗|实习)",
        unless="仿真|模拟|虚拟|安全(?:培训|教育|知识|规程)|考试|考核|作业证|操作证|STAFF|备案|批准|无毒|以外|之外|观摩|参观学习|(?<!不)防护距离",
    ),
)
_HOURS_OF = late(
    r"(?P<per>每天|每班|一班|每日|每周|一天|一周|日均|日工作|周工作|日|天)[^，。；0-9一二三四五六七八九十]{0,12}\Z"
)
_SIX_DAYS = late(
    r"每周(?:工作|上岗|实习|上班)?(?:六|七|6|7)[天日]|每周休息(?:一|1|半)[天日](?!以)|单休(?!日)|[做上工][五六6]?休一|六天工作制|大小周|连续[^，。；]{0,4}(?:六|6)[天日][^，。；]{0,4}(?:调休|休息?)(?:半|一|1)[天日]|连续(?:工作|上岗|上班|实习|出勤)(?:[7-9]|[1-9][0-9]|[七八九]|十[一二三四五六七八九]?|[二三]十[一二三四五六七八九]?)[天日]|每月休息?[一两二三四五1-5][天日]"
)


@rule(
    "L24",
    title="不安排实习学生加班、夜班、法定节假日上岗和高风险的实习",
    clause="职业学校学生实习管理规定 17",
    why="实习学生每天不超过八小时、每周不超过四十小时，一般不得加班、上夜班、法定节假日上岗，也不得从事高空、井下、放射性、有毒、易燃易爆等高风险的实习；专业和岗位确有需要的要先备案。"
    "条文号请对照原文核实。",
    hint="删掉这句话；确有需要的，写明报主管部门备案后才可以安排。",
    ways={
        "hours": "“{words}”：实习学生一般不得加班、上夜班",
        "holidays": "“{words}”：法定节假日一般不得安排学生实习",
        "danger": "“{words}”：学生不得从事高空、井下、放射性、有毒、易燃易爆等高风险的实习",
        "long": "“{words}”：实习每天不超过八小时，每周不超过四十小时、至少休息两天",
    },
    since=READING_SINCE,
    on=AGREED,
)
def keeps_interns_hours_short(agreement: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """A student learns at the workplace; he does not fill the shifts."""
    seen = set()
    for fault in said(agreement, (*_WORK, *_DANGERS)):
        seen.add(fault.at)
        yield fault
    for fault in _long_hours(agreement):
        if fault.at not in seen:
            seen.add(fault.at)
            yield fault


_AT_WORK = classes("STUDENT|实习|上岗|每天十|工作|每班|休息|休一|大小周")
_OF_STAFF_ALONE = classes("STAFF")
_STUDENT = classes("STUDENT")
_NOT_AT_WORK = classes("开放|开馆|值守|运行|供应|预约|内响应|备案|服务时间|授课|课时")


def _long_hours(agreement: Agreement | Amendment) -> Iterator[Fault]:
    reading = prose_of(agreement)
    words = ("小时", "每周", "单休", "休一", "工作制", "大小周", "每月休", "连续")
    for sentence, (start, end) in reading.prose.readings(_too_long, words):
        path = reading.paths[sentence.number]
        if binds(path, sentence.text, start, end):
            at = reading.prose.offset(sentence.start + start)
            yield Fault(way="long", at=path, values={"words": sentence.text[start:end]}, offset=at)


def _too_long(text: str, before: str) -> tuple[int, int] | None:
    """Where a sentence has interns work for more hours or days than they may."""
    if not _AT_WORK.search(text) or _NOT_AT_WORK.search(text):
        return None
    if _OF_STAFF_ALONE.search(text) and not _STUDENT.search(text):
        return None
    days = _SIX_DAYS.search(text)
    if days:
        return days.span()
    for fact in facts_of(text):
        if isinstance(fact, Span) and fact.unit == "小时":
            per = _HOURS_OF.search(text[: fact.start])
            most = _WEEK if per and "周" in per["per"] else _DAY
            if per and fact.value > most and "不得超过24" not in text:
                return per.start(), fact.end
    return None
