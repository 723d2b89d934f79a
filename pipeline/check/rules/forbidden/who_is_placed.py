"""L25 and L26: which students may be placed, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rules.forbidden.sayings import binds, said, saying
from pipeline.check.rules.read_once import prose_of
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, Way, rule
from pipeline.kernel.finding import Severity
from pipeline.kernel.late_pattern import late
from pipeline.record.model import Agreement, Records
from pipeline.record.model.after_signing import Amendment

_AGE = (
    saying(
        "year",
        "一年级 大一 新生 第一学年 第一学期 首学期 第1学期 入学 二学期",
        "(?:一年级|大一|新生|第一学年|(?<![年级])第(?:一|1|二|2)学期|首学期|首个学期|入学(?:当年|当学期|后即|后?满?[^，。；]{0,3}(?:周|个月|半年))) ... !(?:岗位实习|顶岗|跟岗|上岗|到岗|赴[^，。；]{0,8}实习|到[^，。；]{0,8}实习|进厂|进入[^，。；]{0,6}车间|到[^，。；]{0,6}车间|编入[^，。；]{0,8}(?:车间|班组|门店|产线)|跟班(?:生产|上岗)|从事生产|参加生产)",
        unless="认识实习|参观|见习课|校内|第[三四五六]学期|工学交替",
    ),
    saying(
        "venue",
        "酒吧 夜总会 歌 洗浴 足浴 按摩 桑拿 网吧 棋牌 游戏厅 娱乐",
        "(?:STUDENT|实习) ... !(?:到|在|赴|去|进入|安排|派往|分配到) .. (?:酒吧|夜总会|歌厅|歌舞厅|洗浴中心|足浴|按摩店|桑拿|网吧|棋牌室|电子游戏厅|营业性娱乐场所)[^，。；]{0,14}(?:实习|上岗|顶岗|服务|工作|岗位|驻唱|促销|兼职)",
        unless="不得|不安排|禁止|严禁|除外|以外|STAFF",
    ),
    saying(
        "young",
        "岁 未成年",
        "(?:未满|不满|不足|低于)(?:16|十六)周?岁 ... !(?:也可|可以?|允许|同意|安排|接收|上岗|参加)",
        unless="校内|不得|不安排|不接收|不允许|禁止|监护人同意|不参加",
        flat=True,
    ),
)
_REFUSED = late("不得|不安排|禁止|不接收|校内")
_YOUNG = late(r"(?:年?满)?(?P<age>1[0-5]|十[一二三四五])周?岁")


@rule(
    "L25",
    title="不安排一年级和未满十六周岁的学生岗位实习，不到营业性娱乐场所实习",
    clause="职业学校学生实习管理规定 16；未成年人保护法 61",
    why="一年级在校生不得参加岗位实习，任何单位不得安排未满十六周岁的未成年人上岗，也不得安排学生到酒吧、夜总会、歌厅、洗浴中心等营业性娱乐场所实习。",
    hint="岗位实习放到高年级，写明“实习学生应当年满十六周岁”；一年级只安排认识实习、参观。",
    waivable=False,
    ways={
        "year": "“{words}”：一年级学生不得参加岗位实习",
        "venue": "“{words}”：不得安排学生到酒吧、夜总会、歌厅、洗浴中心等营业性娱乐场所实习",
        "young": "“{words}”：未满十六周岁的学生不得上岗实习",
    },
    since=READING_SINCE,
    on=AGREED,
)
def places_no_first_years(agreement: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """The youngest learn at school first."""
    yield from said(agreement, _AGE)
    reading = prose_of(agreement)
    for sentence in reading.prose.sentences("岁"):
        match, path = _YOUNG.search(sentence.text), reading.paths[sentence.number]
        meant = re.search("实习|上岗|顶岗|工作|到岗|岗位", sentence.text) and not _REFUSED.search(
            sentence.text
        )
        if match and meant and binds(path, sentence.text, *match.span()):
            at = reading.prose.offset(sentence.start + match.start())
            yield Fault(way="young", at=path, values={"words": sentence.text}, offset=at)


_AGENTS = (
    saying(
        "agency",
        "劳务 人力 人才 中介 外包 派遣 职业介绍",
        "AGENCY ... !(?:组织|招募|招收|安排|派往|派遣|派到|管理|输送|介绍|推荐|签订|派|代理|负责)",
        "STUDENT ... !(?:由|通过|委托|与|经|交由|借助) .. AGENCY",
        "!(?:由|通过|委托|与|经|交由|借助) .. AGENCY ... (?:STUDENT|实习)",
        needs="STUDENT|实习|招募|派往",
        unless="(?:保安|保洁|后勤|物业)|STAFF",
    ),
    saying(
        "passed-on",
        "转派 转给 转介 借调 调配 转让 转移 输送 派往 派到",
        "STUDENT ~ !(?:转派|转给|转介|转移|转让|借调|调配|派往|派到|输送) .. (?:关联|其他|第三方|客户|下属|兄弟|合作) .{0,2}(?:企业|单位|公司|厂)",
        "STUDENT .. 由 .. FIRM .. !(?:转派|转介|借调|调配|派往|派到|输送) .. (?:关联|其他|第三方|客户|下属|兄弟|合作) .{0,2}(?:企业|单位|公司|厂)",
        unless="书面同意|信息|资料|数据",
    ),
    saying(
        "sold",
        "介绍费 推荐费 人头费 输送费 信息费 管理费",
        "(?:每名?|按人头|按人数|STUDENT) ... !(?:收取|支付|给付|付给?|提取|返还|结算) .. (?:STUDENT)?(?:介绍费|推荐费|人头费|输送费|信息费)",
        "!(?:收取|支付|给付|付给?) .. (?:介绍费|推荐费|人头费|输送费) ... (?:每名|按人|STUDENT)",
        unless="不得|严禁|禁止",
        needs="STUDENT|实习|人头",
    ),
)


@rule(
    "L26",
    title="学生实习不经过中介和劳务派遣，也不转派",
    clause="职业教育法 50、66",
    why="法律禁止人力资源服务机构、劳务派遣单位组织学生实习，违者没收所得并处罚款；把学生转给别的单位用也是一样。",
    hint="删掉这句话，由学校直接和实际用人的企业签协议。",
    waivable=False,
    ways={
        "agency": "“{words}”：学生实习不能由中介、劳务派遣单位组织和管理",
        "sold": "“{words}”：安排学生实习不能收取、支付介绍费、推荐费",
        "passed-on": Way(
            message="“{words}”：接收实习的企业不能把学生转派给别的单位", severity=Severity.WARNING
        ),
    },
    since=READING_SINCE,
    on=AGREED,
)
def places_students_itself(agreement: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """Nobody earns by passing students on."""
    yield from said(agreement, _AGENTS)
