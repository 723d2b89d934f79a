"""The codes of what an approval must come up to, and of who keeps the verifier (family A, second half)."""

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
PROGRAM_CHANGED = Code(
    code="A48",
    title="检查程序、字段定义、模板和流水线的改动有人看过",
    clause=_TRAIL,
    why="改了核验的程序，核验的结论就由改的人说了算；这类改动要单独看，不能夹在协议里带进来。",
    hint="逐个看改动；用库外安装的、学校确认过的 coop 再核一遍；规则要求的，请管理人运行 coop governance program 签名同意。",
    severity=Severity.WARNING,
)
PROGRAM_UNAPPROVED = Code(
    code="A49",
    title="检查程序的改动由规则管理人同意",
    clause=_TRAIL,
    why="学校规定：改 pipeline/、schemas/、templates/ 和流水线文件，要管理人签名同意。",
    hint="请管理人看过改动后运行 coop governance program --as 人员编号 --key 钥匙文件，签名一起提交。",
)
PAPER_DIFFERS = Code(
    code="A50",
    title="登记的审核审批与审批记录一致",
    clause=_TRAIL,
    why="同一件事在 signing.yaml 和审批记录里写成两个人、两个日期，日后说不清哪个是真的。",
    hint="照审批记录改 signing.yaml 的 review；审批记录错了的，请本人重新决定一次。审批记录里有的，review 里可以不写。",
    severity=Severity.WARNING,
)

CODES = (
    CLAIM_OF_KEYED,
    OTHER_DEPARTMENT,
    BELOW_LEVEL,
    PROGRAM_CHANGED,
    PROGRAM_UNAPPROVED,
    PAPER_DIFFERS,
)
"""Every code of this page."""
