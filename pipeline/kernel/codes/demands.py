"""The codes of what an approval must come up to (family A, second half)."""

from __future__ import annotations

from pipeline.kernel.finding import Code, Severity

_TRAIL = "指南（草案）8.4"

CLAIM_OF_KEYED = Code(
    code="A45",
    title="登记了钥匙的人用钥匙批准",
    clause=_TRAIL,
    why="自述谁都能替别人写；本人有钥匙，就没有理由用一句没有签名的话代替他。",
    hint="请本人用 coop approve --key 批准；这份自述不影响他用钥匙签的决定，可以删去。",
    severity=Severity.WARNING,
)
OTHER_DEPARTMENT = Code(
    code="A46",
    title="实施系部的意见由本系部的人给出",
    clause=_TRAIL,
    why="实施系部对项目负责；别的系的书记主任不了解这个项目，也管不着它。",
    hint="请实施这个项目的系部的书记或主任批准；人所在的系部写在 college.yaml 的 people 或审批规则的 people 里。",
)
BELOW_LEVEL = Code(
    code="A47",
    title="批准证明到审批规则要求的级别",
    clause=_TRAIL,
    why="学校规定了要签名的，只有登记、没有签名的批准就不算数；否则谁替谁写一份都行。",
    hint="请有钥匙的人用 coop approve --key 批准；核验时给出基准（--pin）和核对基准（--base）；要求不合适的，立审批规则的新版本。",
)

CODES = (
    CLAIM_OF_KEYED,
    OTHER_DEPARTMENT,
    BELOW_LEVEL,
)
"""Every code of this page."""
