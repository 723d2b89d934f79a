"""H07, H08 and H10: forum, effect and ownership in prose against their fields."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rules.against.against_fields import against_fields
from pipeline.check.rules.against.line_names import NAME_END
from pipeline.check.rules.against.sides import PARTY, called, party_of, spot
from pipeline.check.rules.missing import is_framework
from pipeline.check.rules.read_once import RecordProse
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, Way, rule
from pipeline.kernel.finding import DataPath, Severity
from pipeline.kernel.late_pattern import late
from pipeline.prose.facts import Day
from pipeline.prose.grammar import denied
from pipeline.prose.lexicon import COLLEGE
from pipeline.prose.passages import facts_of
from pipeline.record.model import Agreement, Records

_COURT = late(
    "法院[^，。；]{0,8}(?:起诉|诉讼|管辖|审理|解决|处理|裁判|提起)|(?:起诉|诉讼|诉至)[^，。；]{0,14}法院|向[^，。；]{2,20}法院[^，。；]{0,6}(?:起诉|诉讼)|由[^，。；]{2,20}法院"
)
_ARBITRATION = late("仲裁")
_CHOICE = late("诉讼|起诉|法院")
_SIDE_MATTER = late(
    "保全|执行|撤销|确认|劳动|人事|证据|强制|裁决为|终局|规则|本条|法律援助|知识产权法院判|判决|(?:学生|学徒)[^，。；]{0,4}(?:有权|可以|可)"
)
_EITHER = late(
    "或者?|也可以?|亦可|均可|任选|选择|(?:仲裁|裁决)[^。；]{0,6}(?:不成|不服)|再(?:向|行|提起|起诉)"
)
_BODY = late(r"(?:提交|提请|交由|由|向|至|到|申请)([一-鿿]{2,16}?(?:仲裁委员会|仲裁委|仲裁院|法院))")
_VAGUE = late("有关|相关|当地|任意|任何|有管辖权|有权")


@rule(
    "H07",
    title="条文里的争议解决方式和 dispute 一致",
    clause="民法典 470；仲裁法 27",
    why="一处写仲裁、一处写起诉，仲裁条款一般就无效了，案子到哪里打先要打一场官司。",
    hint="争议解决只在 dispute 里写，条文里的删掉。",
    ways={
        "court": "“{words}”要去法院，而 dispute 写的是仲裁（{body}）",
        "arbitration": "“{words}”要去仲裁，而 dispute 写的是诉讼（{body}）",
        "both": "“{words}”又仲裁又诉讼，只能选一种；dispute 写的是 {body}",
        "body": Way(message="“{words}”写的机构和 dispute 的 {body} 不一样", severity=Severity.WARNING),
    },
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
@against_fields
def says_the_forum_once(agreement: Agreement, reading: RecordProse, records: Records) -> Iterator[Fault]:
    """Court or arbitration, and the same wherever it is said."""
    dispute = agreement.dispute
    if dispute is None or dispute.method not in ("court", "arbitration"):
        return
    for sentence in reading.prose.having(_of_disputes, "法院", "仲裁", "诉讼"):
        text = sentence.text
        if reading.fields[sentence.number][0] == "dispute":
            continue
        way = _other_forum(text, dispute.method, dispute.body or "")
        if way:
            values = {"words": text, "body": dispute.body or "还没有写机构"}
            yield spot(reading, sentence, way, 0, ("dispute",), **values)


def _of_disputes(text: str) -> bool:
    return not _SIDE_MATTER.search(text)


def _other_forum(text: str, method: str, body: str) -> str:
    arbitration, court = bool(_ARBITRATION.search(text)), bool(_COURT.search(text))
    if arbitration and _CHOICE.search(text):
        return "both" if _EITHER.search(text) else ""
    if court and method == "arbitration":
        return "court"
    if arbitration and method == "court":
        return "arbitration"
    named = _BODY.search(text)
    if named and body and not _VAGUE.search(named[1]) and (arbitration or court):
        said, field = _folded(named[1]), _folded(body)
        return "" if said in field or field in said else "body"
    return ""


def _folded(body: str) -> str:
    """A body's name without the ways of saying the same."""
    body = re.sub(COLLEGE, "学校", re.sub("乙方|公司|企业方", "企业", body))
    return re.sub("住所地|所在地|注册地", "所在地", body).replace("的", "").replace("仲裁委员会", "仲裁委")


_SIGNED = "签字|签章|签署|签订|盖章|签名|用印|签约|加盖"
_EFFECT = late(
    rf"(?:{_SIGNED})[^。；]{{0,24}}?(?:生效|发生效力|法律效力|开始履行|[约拘]束力|即行有效|正式有效)"
)
_APPROVED = late("审批|批准|报批|核准|审核通过|审议|审定")
_UNAPPROVED = late(
    "(?:生效|效力|履行|约束|有效)[^。；]{0,12}?(?:无需|不需|无须|不必|不经|不待|不以|不受|不因)[^，。；]{0,10}(?:审批|批准|报批|核准|审议)"
    "|(?:无需|不需|无须|不必|不经|不待)[^，。；]{0,8}(?:审批|批准|报批|核准|审议)[^。；]{0,10}(?:生效|履行|有效)"
    "|(?:审批|批准|报批|核准)[^，。；]{0,8}(?:之前|以前|前)[^。；]{0,6}(?:先行|即)[^，。；]{0,4}(?:生效|履行|执行)"
    "|先签(?:订|署)?后批|审批(?:手续)?[^，。；]{0,4}(?:事后补|以后补|后补)|先行(?:生效|履行|执行)[^。；]{0,12}(?:审批|报批|批准)[^，。；]{0,6}(?:后补|补办|另补|不影响)"
)
_FROM_A_DAY = late(
    r"(?:(?:协议书?|合同)[^，。；]{0,4}|\A)(?:自|于|从)[^，。；]{6,14}?(?:起|之日)?(?:正式|开始)?(?:生效|发生效力|产生效力)"
    r"|(?:协议书?|合同)的?生效(?:日期?|时间)(?:为|是|：|:)[^，。；]{6,12}"
)
_OTHER_EFFECT = late(
    "补充|变更|附件|授权(?!代表)|委托|委任|修改|通知|三方协议|实习协议|意向|确认书|交接|合同审批后|同等"
)


@rule(
    "H08",
    title="条文里的生效条件和 effectiveness 一致",
    clause="指南（草案）8.4；民法典 502",
    why="条文写签字就生效，审批就挡不住它；两种说法并存，对方可以主张已经生效。",
    hint="生效条件只在 effectiveness 里写；条文改为“签章并经学校审批后生效”。",
    ways={
        "signing": "“{words}”是签了就生效，而 effectiveness 写的是审批后生效",
        "day": Way(
            message="“{words}”写死了生效的日子，而 effectiveness 写的是审批后生效",
            hint="删掉这个日子，从哪天起合作写在 term 里；审批在那天以后才办完的，协议也还没有生效。",
        ),
    },
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
@against_fields
def says_the_effect_once(agreement: Agreement, reading: RecordProse, records: Records) -> Iterator[Fault]:
    """Before the approval nothing binds, wherever it is said."""
    if agreement.effectiveness is None or agreement.effectiveness.condition != "approval":
        return
    words, field = (
        ("生效", "效力", "约束", "拘束", "履行", "有效", "先签", "补"),
        ("effectiveness", "condition"),
    )
    for sentence, match in reading.prose.readings(_on_signature, words):
        yield spot(reading, sentence, "signing", match.start(), field, words=sentence.text)
    for sentence, match in reading.prose.readings(_on_a_day, ("生效", "效力")):
        yield spot(reading, sentence, "day", match.start(), field, words=sentence.text)


def _on_signature(text: str, before: str) -> re.Match[str] | None:
    if _OTHER_EFFECT.search(text):
        return None
    match = _UNAPPROVED.search(text)
    if match:
        return match
    match = _EFFECT.search(text)
    return match if match and not _APPROVED.search(text) else None


def _on_a_day(text: str, before: str) -> re.Match[str] | None:
    """Where the agreement is said to take effect on a day of the calendar, whether or not it is approved by then."""
    match = None if _APPROVED.search(text) or _OTHER_EFFECT.search(text) else _FROM_A_DAY.search(text)
    days = [fact for fact in facts_of(text) if isinstance(fact, Day)] if match else []
    return match if match and any(match.start() <= one.start < match.end() for one in days) else None


_OWNED = late(
    rf"(?:归属?于?|由(?=[^，。；]{{2,4}}(?:所有|取得|拥有))|属于?|转移[给至到]|转[给归至]|移转给?|过户(?:给|至|到)|移交给?|转让给)(?P<party>{PARTY})(?:单独)?(?:取得|所有|享有|拥有|名下|独有|独占|独享|的)?(?:所有权|产权)?(?=[，,。；]|$|所有)"
)
_OWNERSHIP = late("所有权|产权|权属|所有(?!权?设备|投入|资料)|归|共有")
_LATER = late("期满|届满|终止|结束后|合作结束|捐赠|原有|到期|续签|使用权(?!.*所有)|维修|耗材")
_GENERIC = late(
    "(?:投入|全部|上述|所有|该批|该)的?(?:投入)?(?:设备|装备)|\\A(?:(?:设备|装备)的?)?(?:经?(?:安装|验收|交付|到货)[^，。；]{0,6})?其?(?:产权|所有权)"
)
_SHARED = late("(?:归|由|属于?)(?:甲乙)?(?:双方|各方|三方)(?:共同)?(?:共有|所有|享有|拥有)")


@rule(
    "H10",
    title="条文里的权属和清单的 ownership 一致",
    clause="指南（草案）8.4 企业投入方式；民法典 240",
    why="设备归谁写了两个答案，登记入账、折旧和退出时都会争。",
    hint="权属只在清单的 ownership 里写；期满后转移的写“期满后移交甲方”。",
    ways={"owner": "“{words}”，而清单里{name}归{owner}（ownership）"},
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
@against_fields
def says_the_owner_once(agreement: Agreement, reading: RecordProse, records: Records) -> Iterator[Fault]:
    """A thing has the owner its line names."""
    words = ("归", "属于", "转移", "所有", "产权", "共有", "过户")
    for sentence, match in reading.prose.readings(_owning, words):
        text = sentence.text
        party = party_of(match["party"], agreement.in_order) if match.re.groups else "*"
        if not party or reading.fields[sentence.number][0] == "inputs":
            continue
        line = next(_owned_otherwise(agreement, text, party), None)
        if line:
            path, name, owner = line
            values = {"words": text, "name": f"“{name}”", "owner": called(agreement, owner)}
            yield spot(reading, sentence, "owner", match.start(), path, **values)


def _owning(text: str, before: str) -> re.Match[str] | None:
    match = _OWNED.search(text) or _SHARED.search(text)
    if match is None or _LATER.search(text) or not _OWNERSHIP.search(text) or denied(text, match):
        return None
    return match


def _names(text: str, name: str) -> bool:
    """Whether a text names a line, be it by the end of its name: 工作站的所有权 for 工业机器人工作站."""
    if name[-NAME_END:] not in text:
        return False
    tails = "|".join(re.escape(name[start:]) for start in range(1, len(name) - NAME_END + 1))
    return name in text or bool(
        tails and re.search(rf"(?:{tails})的?(?:产权|所有权|权属|著作权|版权|归)", text)
    )


def _owned_otherwise(agreement: Agreement, text: str, party: str) -> Iterator[tuple[DataPath, str, str]]:
    """The lines that a text names and that belong to somebody else; 全部设备 where none belongs to the one named."""
    lines = list(agreement.inputs.lines) if agreement.inputs else []
    for kind, index, item in lines:
        if item.name and item.ownership and _names(text, item.name):
            if item.ownership != party:
                yield ("inputs", kind, index, "ownership"), item.name, item.ownership
            return
    if party == "*":
        return  # 双方共有 of nothing named may be said of results
    owners = [
        (item.ownership, index) for kind, index, item in lines if kind == "equipment" and item.ownership
    ]
    generic = _GENERIC.search(text)
    if generic and owners and all(owner != party for owner, _ in owners):
        yield ("inputs", "equipment", owners[0][1], "ownership"), generic.group(), owners[0][0]
