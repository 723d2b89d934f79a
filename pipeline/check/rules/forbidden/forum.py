"""L32, L33 and L35: which law, which arbitrators, and from when on."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules.forbidden.sayings import said, saying
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, Way, rule
from pipeline.kernel.finding import Severity
from pipeline.record.model import Agreement, Records
from pipeline.record.model.after_signing import Amendment

_LAWS = (
    saying(
        "foreign",
        "法 仲裁",
        "!(?:适用|受|依据|依照|根据|按照|遵循|服从) .. AWAY .{0,8}?(?:法律?(?!院|人)|管辖|法规|判例)",
        "(?:提交|向|由|在) .. AWAY .{0,4}(?:国际)?(?:商事)?仲裁",
        unless="研学|当地法律|出境|游学|留学|STUDENT赴",
    ),
)


@rule(
    "L32",
    title="国内各方之间的协议适用中国法律",
    clause="涉外民事关系法律适用法 3",
    why="没有涉外因素的合同选境外法律、到境外仲裁，一般不被认可，真起了争议反而没有依据。",
    hint="改为适用中华人民共和国法律，在国内仲裁或者诉讼；确有境外当事人的，请法务另行审查。",
    severity=Severity.WARNING,
    ways={"foreign": "“{words}”：国内各方之间约定境外法律或者境外仲裁，一般没有效力"},
    since=READING_SINCE,
    on=AGREED,
)
def stays_under_domestic_law(agreement: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """Parties at home cannot choose a law abroad; with one from abroad they may."""
    whole = records.agreements.get(agreement.project) if isinstance(agreement, Amendment) else agreement
    parties = [records.enterprises.get(party) for party in whole.party_ids] if whole else []
    if not any(party and party.registration for party in parties):
        yield from said(agreement, _LAWS)


_VAGUE = (
    saying(
        "vague",
        "仲裁",
        "(?:双方任一方所在地|任何?一方所在地|各自所在地|有关|相关|有权|有管辖权|当地|任意|任何一家|某|适当|双方认可|国家)的?(?:一家)?的? 仲裁 (?:委员会|机构|部门|机关|委)",
        "(?:COLLEGE|FIRM|原告|被告)(?:或者?|和|及|、|与|/) .{0,3}(?:COLLEGE|FIRM|原告|被告) .{0,6}所在地的?仲裁",
        "(?:有关|相关|主管|上级)(?:部门|单位|机关) .{0,2} 仲裁",
        "(?:提交|由|向|申请|到|递交)(?:至|给)?(?:相应的?)? 仲裁 (?:机构|部门|机关)",
        unless="劳动|人事争议|该仲裁机构|的仲裁规则",
        flat=True,
    ),
)


@rule(
    "L33",
    title="仲裁机构写得出名称",
    clause="仲裁法 27、29",
    why="仲裁协议要有选定的仲裁机构；写“有关仲裁委员会”又达不成补充协议的，仲裁条款无效。这是 2026 年 3 月 1 日起施行的文本的条号。",
    hint="写出仲裁委员会的全称，并和 dispute.body 一致。",
    ways={"vague": "“{words}”没有说是哪一家仲裁委员会，仲裁条款会因此无效"},
    since=READING_SINCE,
    on=AGREED,
)
def names_its_arbitrators(agreement: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """Nobody in particular arbitrates nothing."""
    yield from said(agreement, _VAGUE)


_BACKWARDS = (
    saying(
        "retroactive",
        "追溯 溯及 倒签 回溯 适用 追认 有效 约束力 效力",
        "!(?:追溯|溯及|回溯)(?:至|到|适用|生效|力|执行|履行|既往|以往|到?[^，。；]{0,8}(?:签订|合作|起)|[至到]?[0-9]{4}年)",
        "!倒签",
        "(?:签订|签署|生效|此|以)前 ... !追认",
        "本?(?:协议|合同) ~ (?:对|对于|及于) .. (?:已|此前|之前|以前|先前|先期) ... !(?:同样|一并|一体|均|也|仍|亦)(?:有效|适用|有约束力|具有?(?:法律)?效力|产生效力)",
        "(?:签订|签署|生效|此|以)前的?[^，。；]{0,16}[，,][^，。；]{0,16} !(?:适用|按照?|依照) ~ 本(?:协议|合同)",
        unless="质量|批次|产品|数据|可追溯|不(?:具有?|具备|产生)?(?:追溯|溯及)|不予追溯|工位|样件",
    ),
    saying(
        "beforehand",
        "前",
        "(?:生效|签订|签署|签约|此)(?:之)?前 .. (?:已|发生|开展|履行|实施|进行) ... !(?:按照?|适用|视为|依照|依据|执行) .. 本?(?:协议|合同) ~ (?:执行|履行|处理|结算|约定|办理|的一部分)?",
        "(?:此前|之前|以前) .. (?:合作|履行|往来|工作|投入) .. !(?:视为|视同|按照?|适用) .. (?:本?协议|本?合同)",
        unless="原协议|原合同|当时|另行|意向书|知识产权|保密|培养方案",
    ),
)


@rule(
    "L35",
    title="协议不往回生效",
    clause="指南（草案）8.4；民法典 502",
    why="审批、签署以前的事按新协议算，等于绕过审批，也会牵出先履行后签约的责任；倒签日期更是作假。",
    hint="写明从生效之日起履行；以前的往来按当时的约定结算，确需认可的另写清单报审批。",
    ways={
        "retroactive": "“{words}”让协议往回生效，绕过了审批",
        "beforehand": Way(
            message="“{words}”把生效以前的事也算作按本协议履行，请法务确认", severity=Severity.WARNING
        ),
    },
    since=READING_SINCE,
    on=AGREED,
)
def works_forward_only(agreement: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """An agreement that must be approved cannot have worked before it was."""
    yield from said(agreement, _BACKWARDS)


_ABOVE = (
    saying(
        "law",
        "法律 法规 规定 政策",
        "(?:法律|法规|国家规定|管理规定|强制性规定|有关规定|政策) .. (?:不一致|不符|冲突|抵触|不同|矛盾)的? [，,]? .. !(?:以(?:本协议|本合同|本约定|其他约定|本条|FIRM|双方)[^，。；]{0,8}为准|按照?(?:本协议|本合同)(?:的约定)?(?:执行|办理))",
        "!(?:不适用|排除适用|不执行) .. (?:国家(?:有关|的)?规定|法律|法规|管理规定)",
        "(?:本协议|本合同|本约定|其他约定|本条) .. !(?:优先于|高于|不受) .. (?:法律|法规|国家规定|管理规定|强制性规定)",
    ),
    saying(
        "students",
        "学生 学徒 实习",
        "(?:其他约定|特别约定|本约定|本条(?:约定)?|乙方[^，。；]{0,4}(?:制度|规定)) .. !优先于? ... (?:STUDENT|实习)",
        "STUDENT ... !(?:不得|不准|禁止|不能) .. (?:向|到) .. (?:主管部门|教育部门|劳动|有关部门|媒体|监察) .. (?:反映|投诉|举报|申诉|求助)",
        "STUDENT ... !无条件 .. (?:服从|接受|遵守|同意)",
        "(?:FIRM)的?[^，。；]{0,6}(?:制度|规定|规章) .. 为准 ... (?:STUDENT|实习)[^，。；]{0,6} !(?:服从|不得(?:异议|拒绝)|接受)",
        unless="学籍|安全指令|紧急|避险|疏散",
        flat=True,
    ),
    saying(
        "order",
        "为准 优先",
        "(?:(?:其他|特别|补充|专门)(?:约定|条款)) .. (?:正文|前述|以上|前款|其他条款|(?:本协议|本合同)[^，。；]{0,8}) .. (?:不一致|不符|冲突|抵触|矛盾|不同)的?(?:时|之处)? [，,]? .. !以(?:(?:(?:其他|特别|补充|专门)(?:约定|条款))|其)[^，。；]{0,4}为准",
        "(?:正文|前述|以上|前款|其他条款|(?:本协议|本合同)[^，。；]{0,8}) .. (?:(?:其他|特别|补充|专门)(?:约定|条款)) .. (?:不一致|不符|冲突|抵触|矛盾|不同)的?(?:时|之处)? [，,]? .. !以(?:(?:其他|特别|补充|专门)(?:约定|条款))[^，。；]{0,4}为准",
        "未尽(?:事宜|事项) ... 以 .{0,2}(?:FIRM) .. (?:制度|规定|规章|解释|通知|决定)[^，。；]{0,4} !为准",
        "(?:本协议|本合同) .. (?:FIRM)[^，。；]{0,6}(?:制度|规定|规章) .. (?:不一致|不符|冲突|抵触|不同)的?(?:时)? [，,]? .. !以 .. (?:FIRM)[^，。；]{0,6}(?:制度|规定|规章)[^，。；]{0,2}为准",
        "(?:(?:其他|特别|补充|专门)(?:约定|条款)) .. !优先于?(?:适用)?(?:正文|前述|以上|其他条款|本协议|本合同|$)",
        unless="学生|实习|学徒|强制|法律|法规|权益",
        flat=True,
    ),
    saying(
        "interpretation",
        "解释",
        "(?:本|该)(?:协议书?|合同)(?!附件)[^，。；]{0,10} 由 (?:COLLEGE|FIRM) .{0,4} !解释",
        "未尽(?:事宜|事项) .. 由 (?:COLLEGE|FIRM) .{0,4} !解释",
        "(?:COLLEGE|FIRM) .. (?:有|享有|拥有) .. !(?:最终|唯一)?解释权",
        "解释权 .. !(?:归|属于?|由) .. (?:COLLEGE|FIRM)",
        unless="双方|培养方案|奖学金|竞赛|活动",
    ),
    saying(
        "recourse",
        "起诉 诉讼 诉诸",
        "(?:双方|各方|任何一方|甲方|乙方|当事人|争议|纠纷) ~ .. !(?:放弃|不得|均不得|不能|不许) .. (?:起诉|诉讼|诉诸法律|诉诸法院)",
        unless="仲裁|STUDENT|保全",
    ),
)


@rule(
    "L43",
    title="条文不越过法律，也不越过保护学生的约定",
    clause="民法典 153、466、496、497；职业教育法 50",
    why="和强制性规定相反的约定无效；写“以本协议为准”挡不住法律，反而让人以为学生可以不受保护。解释权归一方的写法也没有用：争议由法院、仲裁机构解释。",
    hint="删掉这句话；需要排次序的，只在本协议、附件和补充协议之间排，并写明不影响对学生的保护。",
    ways={
        "law": "“{words}”：协议不能约定自己高于法律",
        "students": "“{words}”：不能约定学生放弃保护、无条件服从",
        "order": Way(
            message="“{words}”：没有把保护学生的条款和强制性规定排除在外，请法务确认",
            severity=Severity.WARNING,
        ),
        "recourse": Way(
            message="“{words}”：起诉、申请仲裁的权利不能事先放弃，这样的约定没有效力",
            severity=Severity.WARNING,
        ),
        "interpretation": Way(
            message="“{words}”：合同由双方共同解释，约定解释权归一方没有效力", severity=Severity.WARNING
        ),
    },
    waivable=False,
    since=READING_SINCE,
    on=AGREED,
)
def stands_under_the_law(agreement: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """No agreement ranks above what protects those who did not sign it."""
    yield from said(agreement, _ABOVE)
