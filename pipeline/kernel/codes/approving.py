"""The codes of the approval trail (family A)."""

from __future__ import annotations

from pipeline.kernel.finding import Code, Severity

_TRAIL = "指南（草案）8.4"

STATEMENT_FORM = Code(
    code="A01",
    title="批准记录写法规范",
    clause=_TRAIL,
    why="批准记录是要长期核对的证据；键写两遍、多出字段、换一种写法，都可能让两个人读出两个意思。",
    hint="批准记录不能手改；用 coop approve 或 coop record 重新做一份（序号会加一）。",
)
STATEMENT_PLACE = Code(
    code="A02",
    title="批准记录的位置和文件名与它的内容一致",
    clause=_TRAIL,
    why="把一份批准记录抄到别的文书名下，或者改个文件名，不能变成对别的文书的批准。",
    hint="删去这份抄来的文件，请批准人对本文书另行批准。",
)
OTHER_WORDS = Code(
    code="A03",
    title="批准记录里的摘要就是它所批准的那一轮文本",
    clause=_TRAIL,
    why="批准只对当时看到的那份文字有效；摘要对不上，批准的就不是这份文字。",
    hint="请批准人对现在这一轮重新批准。",
)
OTHER_REPOSITORY = Code(
    code="A04",
    title="批准记录属于本库",
    clause=_TRAIL,
    why="别的库里的批准，不能搬来用。",
    hint="删去这份记录，在本库重新批准。",
)
CITED = Code(
    code="A05",
    title="批准记录所依据的审批规则在本库的规则链上",
    clause=_TRAIL,
    why="批准人当时有没有权限，要看当时的审批规则；查不到那个版本，就无从判断。",
    hint="核对 agreements/governance/ 是否齐全；确实引错的，请批准人重新批准。",
)
NOT_HELD = Code(
    code="A06",
    title="批准人担任他所写的角色",
    clause=_TRAIL,
    why="没有这个角色的人写的批准，不算这个角色的批准。",
    hint="请担任该角色的人批准；角色有变动的，先立审批规则的新版本。",
)
NO_LONGER = Code(
    code="A07",
    title="批准人现在仍担任该角色、仍用这把钥匙，或者他的批准已列为承认",
    clause=_TRAIL,
    why="离任的人、换下的钥匙还能签出“旧日期”的批准，日期是随便写的，所以要由现行规则承认才算数。",
    hint="确是在任时批准的，立规则新版本时用 coop governance new --keep 人员编号 列入 accepted；不是的，请现任重新批准。",
)
SELF = Code(
    code="A08",
    title="起草人不批准自己起草的文书",
    clause=_TRAIL,
    why="自己起草、自己批准，等于没有人审过。",
    hint="请担任该角色的另一位同事批准。",
)
TWO_ROLES = Code(
    code="A09",
    title="每个角色由不同的人批准",
    clause=_TRAIL,
    why="一个人兼几个角色，只能算一个人看过。",
    hint="请担任该角色的另一位同事批准；确实只有一人的，由学校另行授权一人。",
)
UNSIGNED = Code(
    code="A10",
    title="写明有签名的批准，签名在旁边",
    clause=_TRAIL,
    why="写着“已签名”却没有签名文件，只是一句话。",
    hint="补上同名的 .sig 文件；丢失了就请批准人重新批准。",
)
BAD_SIGNATURE = Code(
    code="A11",
    title="签名由本人登记的钥匙签在这份记录上",
    clause=_TRAIL,
    why="签名对不上，说明记录被改过、签名是从别处拿来的，或者签的人不是他。",
    hint="恢复原来的文件；恢复不了就请批准人重新批准。",
)
FROZEN_FORM = Code(
    code="A12",
    title="送审文本完好，轮次连续",
    clause=_TRAIL,
    why="送审文本是被批准的原文，改一个字节、换一下次序，都不再是那份原文。",
    hint="从历史里恢复 r<N>.jsonl；要改内容，改文书后再 coop submit 送审新一轮。",
)
CHANGED = Code(
    code="A13",
    title="现在的文书与最近一轮送审文本一致",
    clause=_TRAIL,
    why="批准的是送审时的文字；之后改了内容，原来的批准就不再是对现在文字的批准。",
    hint="改回送审时的内容，或者运行 coop submit 送审新一轮。",
    severity=Severity.WARNING,
)
CHANGED_AFTER_SIGNING = Code(
    code="A14",
    title="签署以后不改协议",
    clause=_TRAIL,
    why="签了的协议，改动要由各方另签补充协议，单方改文件没有用处，还会让库里和纸上不一致。",
    hint="把协议改回签署的内容；确需变更的，写补充协议。",
)
REWORDED_AFTER_SIGNING = Code(
    code="A15",
    title="签署以后，模板和别处信息的改动只作提示",
    clause=_TRAIL,
    why="签过的文字不会因为后来改了模板、换了电话而变化。",
    hint="不用处理；签署文本以送审文本为准。",
    severity=Severity.INFO,
)
REJECTED = Code(
    code="A16",
    title="没有人否决现在这一轮",
    clause=_TRAIL,
    why="有一人否决，这一轮就不算批准。",
    hint="按否决意见修改后，运行 coop submit 送审新一轮；或请否决人改为批准（另写一份，序号加一）。",
    severity=Severity.WARNING,
)
LOST = Code(
    code="A17",
    title="审批记录只增不减",
    clause=_TRAIL,
    why="核对基准里有的批准、否决、送审文本和审批规则，现在少了或变了，等于有人抽走了案卷里的纸。",
    hint="从历史里恢复这个文件（git checkout 基准版本 -- 文件）。",
)
LOST_BETWEEN = Code(
    code="A18",
    title="历史上出现过的审批记录都还在",
    clause=_TRAIL,
    why="两个版本之间曾经有过、后来没了的记录，要么是合并前自己撤回的，要么是被抽走的，请看一眼历史。",
    hint="确是被抽走的，从历史里恢复这个文件。",
    severity=Severity.WARNING,
)
GOVERNANCE_FORM = Code(
    code="A19",
    title="审批规则写得完整、前后一致",
    clause=_TRAIL,
    why="审批规则写错一处，谁有权批准就说不清。",
    hint="按提示改；已经生效的版本不能改，要立新版本（coop governance new）。",
)
GOVERNANCE_CHAIN = Code(
    code="A20",
    title="审批规则一版接一版",
    clause=_TRAIL,
    why="每一版都写着上一版的摘要；接不上，说明中间有一版被改过或抽走了。",
    hint="恢复被改动的旧版本；要改规则，用 coop governance new 立新版本。",
)
GOVERNANCE_SIGNED = Code(
    code="A21",
    title="审批规则的新版本由上一版的管理人签名",
    clause=_TRAIL,
    why="谁都能提交一个新版本；只有上一版的管理人够数签了名，新版本才算数。",
    hint="请上一版的管理人运行 coop governance sign；签够人数以前，旧版本继续有效。",
)
KEYS = Code(
    code="A22",
    title="每把公钥只属于一个人，强度足够",
    clause=_TRAIL,
    why="一把钥匙两个人用，就分不清是谁签的；太弱的钥匙能被仿造。",
    hint="各人用 coop keys new 做自己的钥匙（ed25519）。",
)
WRONG_PIN = Code(
    code="A23",
    title="审批规则与学校保存的基准一致",
    clause=_TRAIL,
    why="基准由学校档案和合同文本另行保存；库里找不到基准所指的那一版，规则就可能整套被换过。",
    hint="核对基准抄得对不对；规则确实被换过的，从历史里恢复。重定基准要有盖章的纪要。",
)
NO_PIN = Code(
    code="A24",
    title="核验时给出审批规则的基准",
    clause=_TRAIL,
    why="没有基准，就不知道库里这套规则是不是学校认的那一套，级别只能是 L0 有记录。",
    hint="用 --pin 或环境变量 COOP_PIN 给出学校保存的基准（coop governance pin 可以看到）。",
    severity=Severity.INFO,
)
NOT_REGULAR = Code(
    code="A25",
    title="审批记录和文书都是普通文件",
    clause=_TRAIL,
    why="符号链接、嵌套的仓库会让人看到的和程序核验的不是同一份东西。",
    hint="换成普通文件；已经批准过的要重新核对内容。",
)
NAMES = Code(
    code="A26",
    title="文件名没有只差大小写或写法的孪生",
    clause=_TRAIL,
    why="在 Windows 和 macOS 上，只差大小写的两个文件会互相覆盖，各人看到的就不是同一份。",
    hint="删去或改名其中一个；文件名只用小写字母、数字和连字符。",
)
ATTRIBUTES = Code(
    code="A27",
    title=".gitattributes 不改动、不隐藏审批记录",
    clause=_TRAIL,
    why="审批记录按字节核对；换行转换会改字节，export-ignore 会让打包出来的案卷缺页。",
    hint="写上：agreements/approvals/** -text 和 agreements/governance/** -text，去掉 export-ignore。",
)
STRAY = Code(
    code="A28",
    title="approvals/ 和 governance/ 里每个文件都认得出是什么",
    clause=_TRAIL,
    why="认不出的文件不参加核验，却会让人以为是批准。",
    hint="删去这个文件，或者放回它该在的位置。",
)
NOT_VERIFIED = Code(
    code="A29",
    title="签名都核验过",
    clause=_TRAIL,
    why="没有核验的签名不算签名，也不能当作不存在。",
    hint="安装 OpenSSH（ssh-keygen 8.9 以上）后再核。",
)
REVIVED = Code(
    code="A30",
    title="回到旧文本要另行送审",
    clause=_TRAIL,
    why="文书改回了更早一轮的内容；更早的批准已被后一轮取代，不会因为改回来而复活。",
    hint="运行 coop submit 送审新一轮，或者改成最近一轮的内容。",
    severity=Severity.WARNING,
)
CLAIMED_AUTHOR = Code(
    code="A31",
    title="提交的署名不当作批准",
    clause=_TRAIL,
    why="提交的作者和提交人可以随便填写，不能证明是谁。",
    hint="请本人用 coop approve 批准。",
    severity=Severity.INFO,
)
CLAIMED_TRAILER = Code(
    code="A32",
    title="提交说明里的“批准”字样不当作批准",
    clause=_TRAIL,
    why="Reviewed-by、Approved-by 一类的尾行谁都能写，合并时还会被丢掉。",
    hint="请本人用 coop approve 批准。",
    severity=Severity.INFO,
)
NOT_RECOMPOSED = Code(
    code="A33",
    title="送审过的文书现在还排得出来",
    clause=_TRAIL,
    why="文书不见了、读不出来或排不出来，就没法与批准的文字核对，只能当作已经改动。",
    hint="恢复文书；先运行 coop check 改好错误。",
    severity=Severity.WARNING,
)
SKIPPED = Code(
    code="A34",
    title="同一人以同一角色写的批准记录，序号连续",
    clause=_TRAIL,
    why="序号跳了一个，说明中间有一份没有合进来，或者被抽走了；被抽走的可能是一份否决。",
    hint="请本人确认；确是被抽走的，从历史里恢复这个文件。",
    severity=Severity.WARNING,
)

CODES = (
    STATEMENT_FORM,
    STATEMENT_PLACE,
    OTHER_WORDS,
    OTHER_REPOSITORY,
    CITED,
    NOT_HELD,
    NO_LONGER,
    SELF,
    TWO_ROLES,
    UNSIGNED,
    BAD_SIGNATURE,
    FROZEN_FORM,
    CHANGED,
    CHANGED_AFTER_SIGNING,
    REWORDED_AFTER_SIGNING,
    REJECTED,
    LOST,
    LOST_BETWEEN,
    GOVERNANCE_FORM,
    GOVERNANCE_CHAIN,
    GOVERNANCE_SIGNED,
    KEYS,
    WRONG_PIN,
    NO_PIN,
    NOT_REGULAR,
    NAMES,
    ATTRIBUTES,
    STRAY,
    NOT_VERIFIED,
    REVIVED,
    CLAIMED_AUTHOR,
    CLAIMED_TRAILER,
    NOT_RECOMPOSED,
    SKIPPED,
)
"""Every code of this room."""
