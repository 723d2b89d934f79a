"""L12: nobody is freed beforehand from answering for injury, intent or gross negligence."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules.forbidden.sayings import said, saying
from pipeline.check.rules.rule import AGREED, Fault, Way, rule
from pipeline.kernel.finding import Severity
from pipeline.record.model import Agreement, Records
from pipeline.record.model.after_signing import Amendment

_HARM = "伤 亡 死 残 害 人身 意外 事故 疾 职业病 安全 中毒 生命"
_OUTSIDE = "不可抗力|放假|休假|回家|自行外出|擅自外出|请假|非实习时间|无过错|没有过错|均无过|已尽|尽到|他人损害|第三人|第三方损害|不因此"
_INSURED = "保险(?:金额|额|公司|限额|责任限额)|保额|投保"

_SAYINGS = (
    saying(
        "injury",
        _HARM + " 受伤 无关 关系",
        "HARM ... !NOTLIABLE",
        "(?:概不|不|无需)(?:承担|负)(?:任何|一切)*(?:人身|伤亡|安全|工伤)[^。；，,]{0,10}责任",
        "NOTLIABLE .. HARM",
        "(?:不再|概不|均不|一律不|不)对[^，,。；]{0,16}(?:安全|HARM)[^，,。；]{0,8}(?:负责|承担[^，,。；]{0,6}责任|担责)",
        "(?:限于|为限|不超过|以内|封顶|概不承担) ... (?:人身|HARM)[^，,。；]{0,6}(?:亦同|同样|也一样|也不例外|亦然|在内|一并适用)",
        unless=rf"\A(?!.*STUDENT).*STAFF|(?<!先)由(?!.*免责)(?:SIDE|责任方|过错方)[^。；，,]{{0,12}}(?:承担|负责|赔偿|处理)|{_OUTSIDE}|财物|因此免除|不得[^，,]{{0,24}}(?:拒绝|免除|推|拖|不支付|不承担|不负担|不垫付)|(?:约定|条款)无效|不免除|(?<!不)依法承担|法律另有规定",
        blot="(?<![听服遵]从)(?<!违反)(?:STAFF)[^，。；]{0,16}?HARM|由(?:责任方|过错方|侵权人)",
        flat=True,
    ),
    saying(
        "injury",
        _HARM,
        "(?:COLLEGE)[^，。；]{0,8}(?:STAFF) ... (?:FIRM|厂区|车间|工地|现场)[^，。；]{0,14} HARM ... (?:FIRM)[^，。；]{0,4} !(?:NOTLIABLE|免除)",
        "HARM ... !(?:只|仅)(?:负责?|承担)?(?:送医|救治|抢救|垫付|协助|通知|陪护)[^，。；]{0,8}[，,](?:其余|后续|其他)?[^，。；]{0,8}?(?:不再?|概不|不予)(?:承担|负责|支付|负担|过问)",
        unless=f"{_OUTSIDE}|(?:由|向)(?:责任方|过错方)",
        flat=True,
    ),
    saying(
        "borne",
        _HARM + " 自负 违规 操作 风险 后果 责任",
        "(?:HARM|违规操作|操作不当|操作失误|违章) ... !(?:由|责任由|后果由|归) ~ (?:STUDENT|SELF)[^，,。；]{0,10}?(?:承担|负责|自负|负担|自理|解决)",
        "STUDENT ~ !(?:自愿|自行|自己)?(?:承担|担负|负) ~ (?:一切|全部|所有|任何) .. (?:风险|后果|责任|损失)",
        "(?:HARM) ... !(?:自行|自己|自)(?:承担|负责|负担|负|理)",
        "STUDENT ~ !(?:承担|负担|负) .. HARM .. (?:责任|后果|风险|费用)",
        "STUDENT ... (?:受伤|HARM) ... (?:医疗费|医药费|治疗费)[^，,。；]{0,6}(?:自理|自负|自付|自担)",
        unless=f"{_OUTSIDE}|依法|财物|设备损坏|工具|同等责任|STAFF|责任方|过错方|互相|保险理赔后",
        needs="STUDENT|实习|学徒|后果|人身",
    ),
    saying(
        "waived",
        "放弃 追究 索赔 主张 追偿 起诉 要求 索要",
        "(?:STUDENT|本人|家属) ~ !(?:自愿|同意|承诺|书面|声明)?[^，,。；]{0,6}?(?:放弃|不再?|不得|不会|免予) ~ (?:(?:SIDE)[^，,。；]{0,10}?)?(?:索赔|追究|追偿|赔偿|索要|主张权利|诉讼|起诉|提起诉求)",
        "(?:STUDENT|家属) ~ (?:放弃|不得|不) .. (?:主张|要求|提出|提起) .. (?:赔偿|权利|补偿|诉讼|责任|(?:其他|任何|额外|一切)(?:要求|请求|费用|主张))",
        "(?:STUDENT|本人|家属) .. !不再?追究 .. (?:责任|SIDE)",
        "(?:STUDENT|家属) ... !放弃[^，。；]{0,24}?(?:主张|索赔|赔偿|诉讼|起诉|追究)[^，。；]{0,6}(?:权利?|请求)",
        "(?:STUDENT|家属) ... !(?:不再|不得|放弃)[^，,。；]{0,24}?(?:提出|主张|提起)[^，,。；]{0,6}(?:赔偿|索赔|补偿|诉讼)",
        unless="不得要求(?:STUDENT|家长)|不得以|无效",
        flat=True,
    ),
    saying(
        "capped",
        _HARM,
        "HARM ... !CAP ~ (?:赔偿|赔付|补偿|支付|承担|责任|[0-9.]+万?元|[一二三四五六七八九十百千万两]+元)",
        "HARM ... (?:赔偿|赔付|补偿|责任|补助|抚恤)[^，。；]{0,10}?[，,]?(?:以[^，。；]{0,14}为(?:限|上限)|不超过|CAP)",
        needs="STUDENT|实习|学徒|人身|安全事故|伤亡|伤残",
        unless=f"除外|财产|财物|设备损|不适用|另行|依法|员工|职工|不低于|报告|小时|分钟|{_INSURED}",
    ),
    saying(
        "intent",
        "故意 过失",
        "(?:故意|重大过失) ... (?:免责|NOTLIABLE|为限|不超过|上限|封顶|限额|最多|最高|至多|以内|元内|范围内|只赔|免除)",
        "(?:为限|不超过|上限|最高|最多|至多|封顶|限额|以内|元内|只赔|免责|不承担|免除) ... (?:包括|含|无论|不论|即使|也) ~ (?:故意|重大过失)",
        "(?:为限|不超过|上限|最高|最多|至多|封顶|以内|元内) ... (?:故意|重大过失)[^，,。；]{0,6}(?:亦同|同样|也一样|也不例外|亦然|在内|一并适用)",
        unless="除外|不适用|不受|仍(?:应|须|需)|但[^，,]{0,12}(?:故意|重大过失)|他人损害|不免除|无故意|STUDENT故意",
        flat=True,
    ),
    saying(
        "sweeping",
        "责任 后果 不负 概不",
        "后果自负|概不负责|一切责任自负|(?:不承担|不负)(?:任何|一切)(?:法律|经济|赔偿)?责任|免除(?:一切|全部|所有)责任",
        unless="不可抗力",
    ),
)


@rule(
    "L12",
    title="没有免除或者压低人身伤害责任的话",
    clause="民法典 506",
    why="免除造成对方人身损害责任、免除故意或者重大过失责任的条款无效，写了也挡不住赔偿，只会让人误以为不用管安全；"
    "把伤害推给学生自己、让学生事先放弃索赔、给赔偿封顶，都是同一回事。",
    hint="删掉这句话，改写发生伤害后谁救治、谁报告、保险怎样赔付，保险不足的由责任方承担。",
    waivable=False,
    ways={
        "injury": "“{words}”免除了人身伤害的责任，这样的约定无效",
        "borne": "“{words}”把人身伤害的责任推给学生自己承担，这样的约定无效",
        "waived": "“{words}”要学生或家长事先放弃追究、索赔，这样的约定无效",
        "capped": "“{words}”给人身伤害的赔偿封了顶，超出的部分照样要赔",
        "intent": "“{words}”把故意或者重大过失的责任也免除、封顶了，这样的约定无效",
        "sweeping": Way(
            message="“{words}”什么责任都推开了，人身伤害、故意和重大过失的责任是推不掉的",
            severity=Severity.WARNING,
        ),
    },
    on=AGREED,
)
def exempts_nobody_from_injury(agreement: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """Who hurts a person answers for it; no wording changes that, and it is worst where students work."""
    yield from said(agreement, _SAYINGS)
