"""H18: equipment that stands only in words, in an agreement or in what an amendment adds, and in no list."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules.against.line_names import NAME_END
from pipeline.check.rules.forbidden.sayings import binds
from pipeline.check.rules.missing import is_framework
from pipeline.check.rules.read_once import prose_of
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, rule
from pipeline.kernel.finding import Severity
from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import field_names
from pipeline.prose.facts import Count
from pipeline.prose.passages import clauses, facts_of
from pipeline.record.model import Agreement, Records
from pipeline.record.model.after_signing import Amendment

_UNITS = frozenset("台套辆条件座组")
_THING = r"(?:[机床仪]|设备|仪器|仪表|加工中心|工作站|工作台|实训台|生产线|产线|流水线|装置|机器人|服务器|电脑|计算机|打印机|雷达|相机|摄像机|显微镜|示波器|控制器|传感器|平台|系统|车辆|叉车)"
_BEFORE = late(rf"(?P<name>[一-鿿A-Za-z0-9\-]{{0,10}}?{_THING})(?:[（(][^）)]*[)）])?(?:共|计|合计)?\Z")
_AFTER = late(rf"(?P<name>[一-鿿A-Za-z0-9\-]{{0,10}}?{_THING})")
_VERBS = late("^(?:投入|提供|捐赠|购置|新增|增加|添置|配备|的|了)+")
_GIVEN = late("投入|提供|捐赠|捐献|赠送|增加|新增|追加|增投|加投|另投|再投|增配|添置|购置|配备|补充")
_OTHERWISE = late(
    "每[人生名位班组间]|学生|维修|维护|保养|检修|使用时间|租|借用|报废|退出|撤回|撤走|损坏|验收|参观|年均|其中"
)
_ANY = frozenset({"设备", "仪器", "仪表", "装置"})
"""Words for things of any kind."""
_EARLIER = late("已于|此前已|曾于|曾经|先前已")
_WORDS = ("台", "套", "辆", "条", "件", "座", "组")
_APART = frozenset({"inputs", "resources", "recitals", "donation", "payments", "annexes"})
"""Where things are listed, or where what is told of was so before."""


@rule(
    "H18",
    title="投入的设备列进清单，不只写在话里",
    clause="指南（草案）8.4 企业投入方式、占用学院资源",
    why="清单是交接、验收、折旧和退还的依据；设备只写在话里，没有型号、价值、权属和交付时间，合计也对不上。",
    hint="在 inputs 里逐项写名称、型号、数量、单价、权属和交付时间，改合计；补充协议增加的写在补充协议自己的 inputs 里。",
    ways={
        "agreement": "“{words}”，清单里却没有“{name}”",
        "amendment": "“{words}”，补充协议的 inputs 里却没有“{name}”，增加以后的清单和合计印不出来",
    },
    severity=Severity.WARNING,
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
def things_are_listed(agreement: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """What is handed over is counted from a list."""
    way = "amendment" if isinstance(agreement, Amendment) else "agreement"
    names = _listed(agreement, records)
    reading = prose_of(agreement)
    for sentence, (name, start, end) in reading.prose.readings(_given, _WORDS):
        path = reading.paths[sentence.number]
        if path[0] in _APART or not binds(path, sentence.text, start, end) or _known(name, names):
            continue
        if name in _ANY and names and way == "agreement":
            continue  # 设备两套: whichever they are, the list tells
        values = {"words": sentence.text[start:end], "name": name}
        yield Fault(
            way=way,
            at=path,
            values=values,
            offset=reading.prose.offset(sentence.start + start),
            related=(("", ("inputs",)),),
        )


def _given(text: str, before: str) -> tuple[str, int, int] | None:
    """The first thing that a sentence has handed over in some number: its name, and where its clause stands."""
    counts = [fact for fact in facts_of(text) if isinstance(fact, Count) and fact.unit in _UNITS]
    for start, clause in clauses(text) if counts and not _EARLIER.search(text) else ():
        given = _GIVEN.search(clause)
        if given is None or _OTHERWISE.search(clause):
            continue
        for fact in counts:
            if start + given.start() <= fact.start < start + len(clause):
                told = _BEFORE.search(text[start + given.end() : fact.start]) or _AFTER.match(
                    text[fact.end :]
                )
                if told:
                    return _VERBS.sub("", told["name"]), start, start + len(clause)
    return None


def _listed(record: Agreement | Amendment, records: Records) -> tuple[str, ...]:
    """The names of all that is listed where a record may speak of it; the agreement's own for an amendment, too."""
    agreement = records.agreements.get(record.project) if isinstance(record, Amendment) else record
    lists = [agreement.inputs, agreement.resources] if agreement else []
    lines = [item for one in lists if one is not None for _, _, item in one.lines]
    if isinstance(record, Amendment) and record.inputs is not None:
        lines += [item for part in field_names(type(record.inputs)) for item in getattr(record.inputs, part)]
    return tuple(item.name for item in lines if item.name)


def _known(name: str, names: tuple[str, ...]) -> bool:
    """Whether a thing is one that is listed: prose calls it by the end of its name (工业机器人工作站: 工作站)."""
    return any(name in listed or listed in name or listed[-NAME_END:] in name for listed in names)
