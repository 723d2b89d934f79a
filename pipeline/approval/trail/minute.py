"""The sealed minute that fixes a version's digest as the pin: on the screen, and as a paper to be sealed."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.compose.frames import official_frame
from pipeline.kernel.document import Block, Body, Document, Paragraph, Run, Title
from pipeline.record.rounds.versions import GovernanceVersion

TITLE = "审批规则基准确认纪要"
_CLOSING = ("学校（盖章）：", "日期：　　　　年　　月　　日")
_EDGE = " " * 40


def text(version: GovernanceVersion) -> str:
    """The minute for the screen."""
    said = "\n\n".join((TITLE, *_said(version)))
    return f"{said}\n\n" + "".join(f"{_EDGE}{line}\n" for line in _CLOSING)


def document(version: GovernanceVersion) -> Document:
    """The minute as an official paper."""
    blocks: list[Block] = [Title(runs=(Run(text=TITLE),))]
    blocks += [Paragraph(runs=(Run(text=line.strip()),)) for line in _said(version)]
    blocks += [Paragraph(runs=(Run(text=line),), style="closing") for line in _CLOSING]
    body = Body(title=TITLE, number="", blocks=tuple(blocks))
    return Document(kind="minute", layout="official", body=body, frame=official_frame(body))


def _said(version: GovernanceVersion) -> Iterator[str]:
    rules = version.rules
    yield (
        f"一、经核对，本校校企合作协议库（本库编号 {rules.repository}）"
        f"审批规则第 {version.number} 版的 SHA-256 摘要为："
    )
    yield f"    {version.digest}"
    yield "二、自本纪要盖章之日起，以上述摘要为核验审批记录的基准。更早的版本只作历史。"
    yield "三、本纪要原件存学校档案；基准同时登记在代码平台的流水线变量 COOP_PIN 中，并印在每份审批表上。"
    yield "四、重新确认基准（首次登记钥匙、管理人凑不够人数、依法删除）须另立纪要。"
    yield f"规则管理人：{'、'.join(map(rules.name, rules.governors))}。"
