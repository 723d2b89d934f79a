"""`docs/conformity.md`: each clause of the draft beside what serves it and the test that holds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from pipeline.check.catalogue import CODES
from pipeline.check.handbook.examples import FOLDER
from pipeline.compose.document_names import DOCUMENTS
from pipeline.kernel.home import HOME
from pipeline.record.clause_register import STRENGTHS, Provision, load
from pipeline.record.kinds import KINDS
from pipeline.record.schema import Schema

SCHEMAS = HOME / "schemas"
"""Where the register lies."""

VIEWS: Mapping[str, str] = {
    "site/project": "网站：项目页",
    "site/matrix": "网站：五对接 × 六共建",
    "site/enterprises": "网站：合作企业",
    "site/enterprise": "网站：企业页",
    "site/organisation": "网站：机构与制度",
    "site/activities": "网站：走访、活动与信息",
    "site/department": "网站：系部页",
    "site/plans": "网站：年度计划",
    "site/meetings": "网站：工作例会",
    "site/supervision": "网站：项目监督",
    "site/conformity": "网站：与标准的对应",
    "ledger/协议台账": "台账：协议",
    "ledger/设备台账": "台账：设备",
    "ledger/合作企业台账": "台账：合作企业",
    "ledger/整改台账": "台账：整改",
    "ledger/会议议定事项": "台账：会议议定事项",
    "ledger/访企拓岗数据": "上报表：访企拓岗数据",
    "ledger/产学合作数据": "上报表：产学合作数据",
    "ledger/共同开发课程": "上报表：校企合作共同开发课程",
    "ledger/年度目标台账": "台账：年度目标",
    "ledger/五对接六共建台账": "台账：五对接、六共建",
    "ledger/走访企业台账": "台账：走访企业",
    "ledger/活动台账": "台账：活动",
    "ledger/人员互聘台账": "台账：人员互聘",
    "ledger/市场调研台账": "台账：市场调研",
    "ledger/政策信息台账": "台账：政策信息",
    "ledger/管理制度台账": "台账：管理制度",
    "coop/explain": "命令 coop explain",
    "coop/new": "命令 coop new",
    "coop/show": "命令 coop show",
    "coop/approve": "命令 coop approve",
    "coop/trail": "命令 coop trail",
    "coop/site": "命令 coop site",
}
"""Every view that a clause may name, with what people call it."""

_HEAD = """\
# 与标准的对应

这一页由程序从条款登记册 `schemas/standard.yaml` 生成（`coop docs`），请不要直接修改。
《职业院校校企合作工作指南》是草案，没有条款号，编号按标题和列项的次序推定；“要求”一栏是转述。
“文书”“展示”两栏写的地方都试过：在条款所列的每个字段里填上别处没有的字，逐处找到（`tests/test_every_field_is_shown.py`）。
强度：**应**是必须做到的；**陈述**写明职责和做法；**可、鼓励**由学校决定。
命令行里用 `coop explain 8.3` 看一条由什么落实。

| 条款 | 强度 | 要求 | 记录 | 规则 | 文书 | 展示 | 测试 |
|---|---|---|---|---|---|---|---|
"""


@cache
def provisions() -> tuple[Provision, ...]:
    """The clause register that comes with the tool."""
    return load(SCHEMAS)


def page(schemas: Mapping[str, Schema]) -> str:
    """The whole page as Markdown, one row for each clause and list item."""
    rows = [_row(provision, schemas) for provision in provisions()]
    return _HEAD + "\n".join(rows) + f"\n\n共 {len(rows)} 条，每一条都有落实。\n"


def _row(provision: Provision, schemas: Mapping[str, Schema]) -> str:
    cells = (
        provision.shown,
        STRENGTHS[provision.strength],
        provision.text,
        "、".join(record_words(name, schemas) for name in provision.records),
        "、".join(f"[{code}](rules.md#{code.lower()})" for code in provision.rules),
        # A name without words shows itself; a test says where the words are missing.
        "、".join(DOCUMENTS.get(name, name) for name in provision.documents),
        "、".join(VIEWS[name] for name in provision.views),
        f"`{proof(provision)}`",
    )
    return f"| {' | '.join(cells)} |"


def record_words(name: str, schemas: Mapping[str, Schema]) -> str:
    """A record or a field of one as people call it: 合作协议：年度目标."""
    kind, _, path = name.partition(".")
    label = next((one.label for one in KINDS if one.name == kind), kind)
    field = schemas[kind].at(tuple(path.split("."))) if path else None
    return f"{label}：{field.label}" if field else label


def proof(provision: Provision) -> str:
    """The test that holds a clause: the examples of its first rule, else the reading of its first record."""
    shown = [code for code in provision.rules if (FOLDER / code).is_dir()]
    if shown:
        return f"tests/examples/{shown[0]}"
    if provision.records:
        kind = provision.records[0].partition(".")[0]
        return f"tests/record/test_kinds.py::test_a_record_of_each_kind_is_read[{kind}]"
    return "tests/record/test_clause_register.py"


def explained(asked: tuple[Provision, ...], schemas: Mapping[str, Schema]) -> Iterator[str]:
    """What `coop explain 8.3` says of clauses of the draft, line by line."""
    for provision in asked:
        yield f"{provision.shown}（{STRENGTHS[provision.strength]}）{provision.text}"
        yield from (f"  记录　{record_words(name, schemas)}（{name}）" for name in provision.records)
        yield from (f"  规则　{code}　{CODES[code].title}" for code in provision.rules)
        yield from (f"  文书　{DOCUMENTS.get(name, name)}（{name}）" for name in provision.documents)
        yield from (f"  展示　{VIEWS[name]}" for name in provision.views)
        yield f"  测试　{proof(provision)}"
