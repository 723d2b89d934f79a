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
    hint="请实施这个项目的系部的书记或主任批准；人所在的系部写在审批规则或 college.yaml 的 people 里；批准以后才调走的，把以前的部门写进 earlier，或者立审批规则新版本时列为承认（--keep）。",
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
    title="改动检查审批的程序和审批规则，要有人看过",
    clause=_TRAIL,
    why="程序、模板、流水线和审批规则决定什么算批准；改动它们的人可以让任何文书通过检查。",
    hint="请懂程序的人逐个看过这些改动；核验用装在库外的 coop，不用库里的程序（见 docs/trust.md）。",
    severity=Severity.WARNING,
)
PROGRAM_UNSIGNED = Code(
    code="A49",
    title="学校规定要管理人同意的程序改动，有管理人签名",
    clause=_TRAIL,
    why="审批规则（guarded）规定，这部分文件要规则管理人同意才能改；没有签名的改动不能进主分支。",
    hint="请规则管理人看过改动后运行 coop governance allow --base 目标分支 --as 人员编号 --key 钥匙文件，再提交。",
)
CHECKPOINT_APART = Code(
    code="A50",
    title="后存的核对清单包含先存的全部内容",
    clause=_TRAIL,
    why="审批记录只增不减，后一份清单应当包住前一份；包不住，说明中间有记录被抽走，或者有一份清单是假的。",
    hint="从历史里恢复缺少的文件，再另存清单；弄清哪一份清单可靠以前，不要丢掉任何一份。",
)
CHECKPOINT_SIGNED = Code(
    code="A51",
    title="核对清单由审批规则指定的人签名",
    clause=_TRAIL,
    why="清单谁都能编一份；签名对不上、签的人不是学校指定的，这份清单就不能作为依据。",
    hint="请审批规则里 keepers 写明的人（没有写的，由规则管理人或登记人）运行 coop trail --save 清单文件 --key 钥匙文件。",
)

NOT_YET = Code(
    code="A53",
    title="批准和登记签署的日期已经到了",
    clause=_TRAIL,
    why="还没有到的那一天，谁也没有批准过什么；日期写在将来，不是写错，就是先把打算写成了结果。",
    hint="请批准人按实际日期另写一份；各地时区不同，地球上任何一处已经是那一天的，算作到了。否决不论写哪一天都算数。",
)

CODES = (
    CLAIM_OF_KEYED,
    OTHER_DEPARTMENT,
    BELOW_LEVEL,
    PROGRAM_CHANGED,
    PROGRAM_UNSIGNED,
    CHECKPOINT_APART,
    CHECKPOINT_SIGNED,
    NOT_YET,
)
"""Every code of this page."""
