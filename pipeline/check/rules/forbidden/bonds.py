"""L27–L29: what binds students beyond learning: papers that are kept, service that is owed, data that is sold."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules.forbidden.sayings import said, saying
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, rule
from pipeline.record.model import Agreement, Records
from pipeline.record.model.after_signing import Amendment

_PAPERS = (
    saying(
        "kept",
        "证 户口 护照 银行卡",
        "PAPER ... !(?:KEEP|统一管理|集中管理)",
        "STUDENT ... !(?:上交|交存|交出|缴存|交由) ~ PAPER",
        "!KEEP ~ (?:.{0,6}STUDENT.{0,4}?)?PAPER",
        unless="复印件|扫描件|(?:STAFF)(?:(?!STUDENT|KEEP)[^，。；]){0,10}PAPER|资质|合格证|设备|核验后|当场(?:归还|交还)|立即(?:归还|交还)|档案|考取|保密|照片|自行保管|本人保管|妥善保管",
        needs="STUDENT|毕业|实习|身份证|学生证|报到|服务期",
    ),
    saying(
        "withheld",
        "证 手续",
        "(?:不予?发放|不发|不予?颁发|不颁发|缓发|暂缓(?:发放|颁发)|暂不(?:发放|颁发)|扣发|不给) .. PAPER",
        "(?:拒绝|不|未|没有)(?:能)?(?:签订?|签署)[^，。；]{0,8}(?:就业|劳动|服务)[^，。；]{0,4}(?:协议|合同) ... (?:不得|不予|不|暂不|暂缓)(?:为[^，。；]{0,4})?(?:办理|发放|颁发|核发)[^，。；]{0,4}(?:毕业|学籍|离校)(?:手续|证书|证)?",
        "PAPER ... 待 .. (?:工作|服务|任职|留任|上班) .{0,10} !(?:后|时|期满) .{0,3}(?:发放|颁发|发给|领取|发还)",
        unless="不得因|不因|不得以|考核不合格|学分|学业|成绩不合格|STAFF|结业|培训证",
        needs="STUDENT|服务|实习|离职|违约|就业",
        flat=True,
    ),
)


@rule(
    "L27",
    title="不扣押学生的证件和证书",
    clause="居民身份证法 15；职业学校学生实习管理规定 19",
    why="任何组织不得扣押居民身份证，也不能拿毕业证书当留人的筹码。条文号请对照原文核实。",
    hint="删掉这句话；需要核对身份的，写“查验后当场归还”。",
    waivable=False,
    ways={
        "kept": "“{words}”是扣留学生的证件，法律不允许",
        "withheld": "“{words}”：学业合格就应当发证，不能以实习、服务期为条件扣发",
    },
    since=READING_SINCE,
    on=AGREED,
)
def keeps_no_papers(agreement: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """Papers belong to whom they name."""
    yield from said(agreement, _PAPERS)


_SERVICE = (
    saying(
        "service",
        "服务 工作 任职 离职 就业 留任 入职 上班 劳动合同",
        "(?:毕业后|出师后|就业后|录用后|入职后|服务期|STUDENT) ... (?:服务|工作|任职|留任|履职) .{0,6}?(?:[0-9一二三四五六七八九十两]+年|期) ... !(?:违约金|赔偿|退还|返还|支付|补偿|赔付|违者|否则)",
        "(?:毕业后|STUDENT) ... (?:拒绝|拒不|不愿|不|未)(?:能)?(?:到|在|去|赴|与|按|服从)[^，。；]{0,12}(?:就业|工作|入职|上班|任职|报到|劳动合同) ... !(?:违约金|赔偿|退还|返还|退回|补偿|赔付)",
        "(?:毕业后|出师后|期满|STUDENT) ... (?:拒绝|拒不|不愿|不)(?:意)?(?:留任|留用|留下|入职|签约|留厂|留企) ... !(?:退还|返还|退回|赔偿|补偿|赔付)",
        "(?:须|应当?|必须|承诺|保证) ~ 在 .. FIRM .. (?:服务|工作|任职)(?:满|不少于)? ... (?:违约金|赔偿|退还|返还)",
        "(?:未|不|没有|拒绝)能?(?:留任|留用|留下|入职|签约|续签|(?:到|在)[^，。；]{0,6}(?:就业|工作))[^，。；]{0,12} STUDENT ... !(?:违约金|赔偿|退还|返还|退回|补偿|赔付)",
        needs="STUDENT|学徒|毕业|出师",
        unless="STAFF|不作为|自主择业|工伤|设备|安全|加班|工作(?:服|时间|日|餐|量|人员|报酬)|技术服务|服务费|(?:乙方|企业)(?:未|不|逾期|拒)[^，。；]{0,14}的",
    ),
    saying(
        "service",
        "离开 离职 辞职 辞去 跳槽 调离",
        # What follows is what must be paid, not what must not.
        "(?:毕业后|就业后|入职后|STUDENT) ... (?:不得|不准|不能)(?:擅自)?(?:离开|离职|辞职|辞去|跳槽|调离) ... (?:违约金|赔偿|退还|返还|退回|补偿|赔付)",
        needs="STUDENT|学徒|毕业|出师",
        unless="STAFF|不作为|自主择业|工伤|(?:无需|不须|不必|不)[^，。；]{0,6}(?:赔偿|支付|承担)",
        flat=True,
    ),
    saying(
        "leaving",
        "返校 离岗 退出 离职 终止 结束 离开 解除 辞",
        "STUDENT ~ (?:中途|提前|擅自|无故|自行|单方)? ~ (?:离岗|退出|结束|离职|终止|离开|解除|辞职|停止|返校) ... !(?:违约金|赔偿|支付|补偿|退还|扣除|扣发|停发|不发|没收)",
        "(?:未满|未到期|中途|提前|擅自|无故)[^，。；]{0,6}(?:离岗|退出|离职|离开)的? STUDENT ... !(?:违约金|赔偿|支付|补偿|退还|没收)",
        unless="STAFF|安全|损坏|设备(?:损|毁)|不支付|无需|乙方(?:应|须)[^，]{0,4}(?:赔|支)",
        needs="STUDENT",
    ),
    saying(
        "barred",
        "竞争 同行 同类 同业",
        "(?:限制|禁止) ~ STUDENT ... !(?:进入|到|去|受聘于|加入|入职) .. (?:竞争|同行业?|同类|同业)[^，。；]{0,6}(?:企业|单位|公司|酒店|就业|任职|工作)",
        "STUDENT ... (?:不得|不能|不可|禁止) ~ (?:到|在|至|去|加入)? .. (?:竞争|同行业?|同类|同业) .. (?:就业|任职|工作|单位|企业|应聘|公司)",
        flat=True,
    ),
)


@rule(
    "L28",
    title="不用违约金把实习学生留在企业",
    clause="职业学校学生实习管理规定 19；劳动合同法 22、25",
    why="实习学生不是职工，不能约定服务期、竞业限制和离岗违约金；毕业后的劳动关系由学生和企业届时自愿订立。条文号请对照原文核实。",
    hint="删掉违约金，改写企业用什么条件吸引毕业生留下。",
    waivable=False,
    ways={
        "service": "“{words}”给学生定了带赔偿的服务期，没有法律依据",
        "leaving": "“{words}”：学生中途离岗不能约定违约金、赔偿金",
        "barred": "“{words}”：对实习学生和毕业生不能约定竞业限制",
    },
    since=READING_SINCE,
    on=AGREED,
)
def binds_students_to_no_service(agreement: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """A student is free to choose where he works."""
    yield from said(agreement, _SERVICE)


_DATA_WORDS = (
    "通讯录 信息 资料 数据 名单 联系 电话 手机 肖像 照片 视频 影像 人脸 隐私 简历 成绩 档案 病历 记录"
)
_PRIVACY = (
    saying(
        "passed",
        _DATA_WORDS,
        "STUDENT ... DATA ... !(?:提供给?|转让|出售|出让|共享|交给|推送|交换|披露|发给|授权) .. (?:广告|保险|销售|合作商|合作伙伴|合作方|关联|第三方|其他(?:企业|单位|公司|机构)|推广|客户|中介|招聘平台|培训机构)",
        "STUDENT ... DATA ... !(?:用于|供|作为|用作) .. (?:商业|广告|推广|推介|推销|营销|销售|宣传|盈利)",
        "STUDENT ... DATA ... (?:关联|第三方|合作伙伴|其他)[^，。；]{0,6} !(?:共享|共用|使用|转让)",
        "STUDENT .. DATA .. !(?:永久|无限期|长期)(?:保存|留存|使用|保留)",
        "STUDENT ... DATA ... !(?:转让|出售|出让|有偿)",
        "!(?:出售|转让|出让|售卖|有偿提供) .. STUDENT .. DATA",
        "!(?:永久|无限期|长期)(?:保存|留存|使用|保留) .. STUDENT .. DATA",
        "(?:终止|结束|期满|解除)以?后 ... !(?:继续|仍可|仍然)(?:使用|保留|留存|保存) .. STUDENT .. DATA",
        unless="STAFF|(?<!不)(?<!不经)(?<!无需)(?:本人|书面|单独|家长|监护人|事先)[^，]{0,6}同意(?!即可)|不得|脱敏|匿名|去标识|无需标",
        needs="STUDENT",
    ),
    saying(
        "passed",
        _DATA_WORDS,
        "STUDENT ... DATA ... STUDENT[^，。；]{0,4} !(?:不得|无权|不能)(?:拒绝|反对|提出异议)",
        "(?:采集|收集|使用)[^，。；]{0,4}STUDENT[^，。；]{0,6}DATA ... !(?:不得|无权|不能)(?:拒绝|反对|提出异议)",
        unless="考勤|报到|学籍|实习管理",
        flat=True,
    ),
    saying(
        "portrait",
        "肖像 照片 视频 影像 形象",
        "!(?:无偿|免费|任意|自由|永久|不经[^，。；]{0,6}同意|无需[^，。；]{0,8}同意|未经[^，。；]{0,6}同意)[^，。；]{0,6}(?:使用|利用|用于|发布) .. STUDENT? .. (?:DATA|宣传|招聘|广告)",
        needs="STUDENT",
        unless="不得|禁止|STAFF",
        flat=True,
    ),
)


@rule(
    "L29",
    title="学生的个人信息不给别人用",
    clause="个人信息保护法 13、23、29",
    why="把学生信息给第三方、用于推广，要有本人单独同意；未满十四周岁的还要监护人同意。协议双方替学生说了不算。",
    hint="删掉这句话，改写“只为实习管理使用，未经本人同意不向第三方提供，结束后删除”。",
    waivable=False,
    ways={
        "passed": "“{words}”：未经本人同意，不能把学生信息给别人用或者用于推广",
        "portrait": "“{words}”：使用学生的肖像、影像要本人同意",
    },
    since=READING_SINCE,
    on=AGREED,
)
def passes_no_student_data_on(agreement: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """The parties cannot consent in a student's name."""
    yield from said(agreement, _PRIVACY)
