"""L30, L31 and L34: public property that is pledged, results that are given away, money beside the books."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules.forbidden.sayings import said, saying
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, Way, rule
from pipeline.kernel.finding import Severity
from pipeline.record.model import Agreement, Records
from pipeline.record.model.after_signing import Amendment

_PLEDGES = (
    saying(
        "pledged",
        "抵押 质押 担保 保证责任 融资 贷款 借款 授信",
        "(?:ESTATE|COLLEGE) ... !(?:抵押|质押|出质|抵押物|质押物)",
        "!(?:抵押|质押|出质) .. (?:COLLEGE|校内|校舍|实训楼|基地|使用权)",
        "(?:ESTATE) ... !(?:融资租赁|提供担保|设定担保|作担保|作为担保)",
        "(?:ESTATE) .. !(?:向|为|对)[^，。；]{0,12}(?:贷款|融资|借款|授信)",
        unless="自有|(?:乙方|企业|公司)的?(?:厂房|设备|房产|资产|土地)|(?:未|没有|无)(?:设有?|设定)?[^，]{0,6}(?:抵押|担保)|抵押权人|不存在",
    ),
    saying(
        "guaranteed",
        "担保 保证责任 连带 保证人",
        "COLLEGE ~ !(?:为|对|替|就) .. (?:FIRM|贷款|债务|借款|融资) .. (?:担保|保证责任|连带|保证人)",
        "COLLEGE ... !(?:承担|负) .. 连带(?:保证|清偿|担保)",
        after="(?:向|对|由)[^，]{0,4}",
        unless="履约担保|人身|伤害",
    ),
)


@rule(
    "L30",
    title="不拿学校的资产抵押、担保，也不让给企业",
    clause="民法典 399、683；事业单位国有资产管理暂行办法 21",
    why="学校的教育设施依法不得抵押，公益性的事业单位不得为保证人；使用权也不能拿去融资。",
    hint="删掉这句话；企业需要融资，用企业自己的资产。",
    waivable=False,
    ways={
        "pledged": "“{words}”：学校的场地、设备和使用权不得抵押、质押",
        "guaranteed": "“{words}”：学校不得为企业的债务担保",
        "transferred": "“{words}”：学校的资产是国有资产，不能约定归企业",
        "tuition": "“{words}”：学费、住宿费由学校收取，不能由企业代收",
    },
    since=READING_SINCE,
    on=AGREED,
)
def pledges_no_school_property(agreement: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """What serves teaching secures nobody's loan."""
    yield from said(agreement, (*_PLEDGES, *_GIFTS))


_GIFTS = (
    saying(
        "transferred",
        "归 转归 划归 所有 永久 无限期 产权 登记在 属于",
        "(?:甲方|学校|校方|学院|COLLEGE) .{0,2}(?:投入|提供|原有|建设|出资)(?:形成)?的? .{0,10}(?:资产|设备|设施|场地|房屋|校舍|不动产) .. !(?:归|属于?|转归|划归) .. FIRM .. (?:所有|名下|享有|$)",
        "(?:甲方|学校|校方|学院|财政|专项|公共)(?:资金|经费|拨款)?(?:购置|购买|采购|投入|出资)的? .{0,10}(?:资产|设备|设施|场地|房屋) .{0,6}? !(?:归|属于?|转移给|登记在|划归|转归) .. FIRM",
        "(?:甲方|学校|学院)(?:投入|购置|购买|采购|出资购置)的 [^，。；的]{1,12} !(?:归|属于|登记在) ~? FIRM",
        "(?:实训楼|教学楼|校舍|校产|校园) ... 由 FIRM .. !(?:取得|享有|拥有) .{0,2}(?:所有权|产权)",
        "(?:财政|专项|公共)(?:专项)?(?:资金|经费|拨款)?(?:购置|购买|采购|出资购置)的?[^，。；的]{1,14} ... (?:产权|所有权)[^，。；]{0,4} !(?:归|属于?|转移给|登记在) FIRM",
        "COLLEGE ~ !(?:把|将) .. (?:ESTATE|中心|车间|实训室|实验室|楼) .. 无偿[^，。；]{0,4}(?:划归|划转|划拨|转让|赠与|赠送|移交)[^，。；]{0,2} FIRM",
        "ESTATE .. !(?:由|供|给|交) .. FIRM .. (?:永久|无限期)(?:无偿)?(?:使用|占用|占有)",
        unless="使用权|使用后|使用期|归还|乙方(?:自有|投入)|(?<!归)(?<!属)(?<!于)(?<!由)乙方所有",
    ),
    saying(
        "tuition",
        "学费 住宿费",
        "(?:学费|住宿费)(?:收入)? .. 由 .. FIRM .. !(?:收取|代收|收缴|统一收|征收|收)",
        "FIRM ~ !(?:收取|代收|收缴|征收) .. (?:学费|住宿费)",
    ),
)
_RESULTS = (
    saying(
        "given-away",
        "归 属于 所有 享有 独有 由",
        "(?:财政|专项|科研|学校|学院|公共|政府|甲方) .{0,6}(?:经费|资金|拨款|投入|项目款|资助) ... RESULT ... !(?:归|由|属于?|均归|全部归) ~? FIRM .{0,8}(?:独有|所有|单独|独占|独家|享有|全部)?",
        "(?:财政|专项|科研|公共|政府) .{0,6}(?:经费|资金|拨款|项目款) ... RESULT ... !(?:归|由|属于?) .. FIRM .. (?:独有|所有|单独|独占|独家|享有)",
        "(?:COLLEGE)[^，。；]{0,4}(?:STAFF)[^，。；]{0,12}(?:完成|作出|研发|开发)的? (?:RESULT|课程|教材) ... !(?:归|由|属于?) ~? FIRM",
        unless="共有|双方|归(?:甲方|学校)(?=[，。；]|$)|甲方[^，。；]{0,4}(?:所有|享有)|乙方(?:单独)?出资|使用费",
    ),
    saying(
        "one-sided",
        "独有 独享 单独 独家 独占 署名 一律 全部 均归 永久",
        "(?:全部|所有|一切|任何) .. RESULT .. !(?:归|由|属于?) .. FIRM .. (?:独有|独享|单独|独家|独占)",
        "RESULT ~ !(?:一律|全部|均)归 ~ FIRM .. 所有",
        "(?:COLLEGE)的? RESULT .. !(?:零元|无偿|免费) .. (?:许可|转让|授权) .. FIRM .. (?:永久|独占|独家)",
        unless="(?:乙方|企业)[^，。；]{0,6}(?:单独|独立|自行)(?:出资|完成|开发|研发|投入)|软件许可|原有|背景|既有",
    ),
    saying(
        "unrewarded",
        "奖励 报酬 奖酬 署名 分配 分成 分红 收益",
        "(?:完成人|发明人|设计人|作者|STAFF|研发人员|参与人员|(?:课题|项目|研发|科研)(?:组|团队)(?:成员)?|团队成员|骨干|STUDENT) ~ .. !(?:自愿放弃|放弃|不再|不得|不享有|不享受|无权|不要求|不主张|同意不|承诺不|不另行) .. (?:奖励|报酬|奖酬|署名|收益|分红|权益)",
        "(?:STAFF|人员|学生)(?:参与|从事|参加)[^，。；]{0,8}(?:研发|开发|攻关)的?[，,]? .. !(?:不享受|不享有|不参与|无权|不再享有|不予) .. (?:奖励|收益|分配|报酬|奖酬|署名)",
        "(?:COLLEGE)(?:人员|一方|方面) .. !(?:放弃|不再享有|不得主张|不主张) .. (?:署名|奖励|报酬)",
        "(?:放弃|不支付|不给予|免除) .. (?:职务发明|发明人|完成人|成果) .. (?:奖励|报酬|奖酬)",
        "(?:完成人|发明人|设计人|STAFF|研发人员|参与人员|STUDENT)[^，。；]{0,4} !(?:不参与|不参加|不得参与|无权参与|不享受|不进行) .. (?:分配|分成|分红|提成|收益)",
        needs="发明|成果|职务|专利|完成人|奖励|奖酬|研发|署名|知识产权",
        unless="不得(?:要求|强迫|迫使|因)|实习报酬|课酬|毕业而",
        flat=True,
    ),
)


@rule(
    "L31",
    title="成果和完成人的权益不白白让出",
    clause="促进科技成果转化法 43、44、45；专利法 15；民法典 847",
    why="用公家的钱做出的成果不能白给一方；职务成果完成人的奖励、报酬和署名权，单位之间的协议不能替他放弃。",
    hint="改为双方共有或者按贡献约定归属，转让要评估、公示；写明由学校依法给予完成人奖励和报酬。",
    ways={
        "given-away": "“{words}”把用学校或者财政经费做出的成果全给了企业",
        "one-sided": Way(
            message="“{words}”把全部成果给了一方，看看学校的投入有没有换回什么", severity=Severity.WARNING
        ),
        "unrewarded": "“{words}”：完成人的奖励、报酬和署名，不能由协议替他放弃",
    },
    since=READING_SINCE,
    on=AGREED,
)
def gives_no_results_away(agreement: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """What public money made stays with the public, and its makers are rewarded."""
    yield from said(agreement, _RESULTS)


_ACCOUNTS = (
    saying(
        "private",
        "账户 账号 卡 微信 支付宝 收款码",
        "(?:收款|款项?|收入|费用?|经费|资金|账户|汇|转|付|打) ... !(?:个人|私人|法定代表人|负责人|经理|主任|老板|股东|会计|[^，。；]{0,6}名下) [^，。；]{0,13}?(?:账户|账号|银行卡|卡|微信|支付宝|收款码)",
        unless="STUDENT(?:的|本人|个人)?[^，。；]{0,3}(?:账户|账号|银行卡|卡|本人|个人)|WAGE|本人|工资卡|STAFF|课酬|报销",
    ),
    saying(
        "beside-books",
        "账 财务 现金 发票 开票 小金库 支配",
        "!(?:不入(?:学校|甲方|单位|公)?[^，。；]{0,4}账|账外|体外循环|小金库|不开(?:具)?(?:发)?票|不(?:进入?|入|计入|列入|纳入)(?:学校|甲方|单位)[^，。；]{0,4}(?:账|财务))",
        "(?:收入|收益|款项?) .. !(?:存入|汇入|打入|转入|缴入) .. (?:工会|协会|食堂|三产|学会|教研室|校友会)[^，。；]{0,4}(?:账户|账号|账)",
        "!(?:以|用)?现金 .. (?:交给?|付给?|支付给?|给|结算给?) .. (?:主任|经理|负责人|个人|老师)",
        flat=True,
        unless="不得|严禁|禁止|STUDENT",
    ),
)


@rule(
    "L34",
    title="款项只进单位的账户",
    clause="会计法 16",
    why="合作的钱进了个人账户或者不入账，就是账外资金，经手的人说不清，单位也要担责。条文号请对照现行文本核实。",
    hint="写单位的账户名称；学校的收入进学校统一账户。",
    waivable=False,
    ways={
        "private": "“{words}”：合作款项不能进个人账户",
        "beside-books": "“{words}”：合作收入要开票、入账，不能体外循环",
    },
    since=READING_SINCE,
    on=AGREED,
)
def pays_into_proper_accounts(agreement: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """Money of the cooperation passes through the books of both sides."""
    yield from said(agreement, _ACCOUNTS)
