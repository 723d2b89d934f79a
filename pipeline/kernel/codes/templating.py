"""The codes of wording and of Markdown in text fields."""

from __future__ import annotations

from pipeline.kernel.finding import Code, Finding, Place, Severity

UNSUPPORTED = Code(
    code="M01",
    title="长文本只用文书里排得出来的格式",
    why="段落、编号和圆点清单、加粗、斜体、表格能排进文书；标题、链接、图片、代码等排不进去，不能悄悄丢掉。",
    hint="改成普通段落、“- ”或“1. ”开头的清单、**加粗**或表格；要保留符号本身，在前面加反斜杠 \\。",
)
BROKEN_WORDING = Code(
    code="T01",
    title="文书模板能用",
    why="模板写错一处，所有用它的文书都出不来。",
    hint="按提示的文件和行号改 templates/ 下的模板；不清楚的请负责模板的同事处理。",
)

UNKNOWN_FIELD = Code(
    code="T02",
    title="模板只用记录里有的字段",
    why="字段名写错一个字母，整份文书都出不来；在改模板的时候就要发现。",
    hint="照提示改成正确的字段名；记录有哪些字段见 docs/ 里的说明或 schemas/。",
)
UNUSED_FIELD = Code(
    code="T03",
    title="记录里填的内容都印进文书",
    why="填了却哪份文本都不印的字段，填的人以为写上了，看的人却没有看到。",
    hint="在 templates/ 的文字模板里用上这个字段；只供统计、不印的，请维护工具的同事登记为不印。",
    severity=Severity.WARNING,
)
UNSAFE_WORDING = Code(
    code="T04",
    title="模板只取字段、判断和循环",
    why="模板里能运行别的代码，就能读到不该读的东西，或者让程序停不下来。",
    hint="删去提示的写法；要计算的数请维护工具的同事在程序里算好。",
)
WIDE_BRACES = Code(
    code="T05",
    title="模板的花括号用半角",
    why="全角花括号不会被当作标记，会原样印在文书上。",
    hint="切换到英文输入法，重新输入 {{ }} 或 {% %}。",
)
BAD_MARKS = Code(
    code="T06",
    title="Word 版式干净、标记写对地方",
    why="修订、批注、隐藏文字、宏和外部链接会跟着每一份文书发出去；放错地方的标记会吞掉旁边的文字。",
    hint="用 Word 打开这个版式，按提示的部分和段落改好再保存。",
)
LAYOUT_WORDS = Code(
    code="T07",
    title="供签署的文书版式只有样式和标记",
    why="审批审的是程序排出的文字；版式自己带的文字、图形、自动编号没有人审过，却会被一起签署。",
    hint="把文字移到 templates/ 的文字模板里，图形和编号从版式中删去。",
)
FORM_LABELS = Code(
    code="T08",
    title="表单的栏目和它的文字模板对得上",
    why="栏目对不上，内容没有地方放，或者栏目一直空着。",
    hint="表单里的标记（如 {{ 合同名称 }}）和文字模板里的“- 合同名称：”用同一个名称。",
)
BROKEN_PACK = Code(
    code="T09",
    title="上报表的栏目写得对",
    why="栏目取的数写错一个字母，这张表就出不来，或者报上去的不是要报的数。",
    hint="照提示改 templates/packs/ 下的文件；自带的可以用 coop templates own packs/名称.yaml 抄出来对照。",
)

CODES = (
    UNSUPPORTED,
    BROKEN_WORDING,
    UNKNOWN_FIELD,
    UNUSED_FIELD,
    UNSAFE_WORDING,
    WIDE_BRACES,
    BAD_MARKS,
    LAYOUT_WORDS,
    FORM_LABELS,
    BROKEN_PACK,
)


class WordingError(Exception):
    """A wording cannot be composed: where, and what is wrong with it, in Chinese."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}:{line} {message}")
        self.file = file
        self.line = line
        self.message = message

    @property
    def finding(self) -> Finding:
        """The same as a finding at the wording's line."""
        return BROKEN_WORDING.at(Place(file=self.file, line=self.line), self.message)
