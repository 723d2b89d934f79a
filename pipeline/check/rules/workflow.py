"""U01: what the workflow of clause 8 lets an agreement be."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules.rule import Fault, fault, rule
from pipeline.kernel.finding import Severity
from pipeline.record.model import Agreement, Records

APPRAISED = {
    "major": "共建专业",
    "second-level-college": "共建二级学院",
    "industry-college": "共建产业学院",
    "training-base": "共建实训基地",
}
"""The forms that clause 8.3 lists, as messages name them."""


@rule(
    "U01",
    title="统一文本只用于不需论证的项目",
    clause="指南（草案）8.3；指南（草案）8.4",
    why="共建专业、二级学院、实训基地要经专家论证，各有各的内容，统一文本写不下；8.4 只让不需论证的项目用它。",
    hint="把 wording 改为 full，按完整文本写。",
    ways={"appraised": "{form}按 8.3 应当论证，不宜采用学院统一文本（uniform）"},
    severity=Severity.WARNING,
)
def uniform_text_needs_no_appraisal(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """The uniform text is allowed (可) where no appraisal is demanded, and so not meant where one is."""
    if agreement.wording == "uniform" and agreement.needs_appraisal:
        forms = "、".join(APPRAISED[form] for form in agreement.forms if form in APPRAISED)
        yield fault("appraised", "wording", form=forms)
