"""The codes of structure: what a record's shape can get wrong."""

from __future__ import annotations

from pipeline.kernel.finding import Code, Severity

MISSING = Code(
    code="S01",
    title="必填的字段都写了",
    why="缺了它，后面的检查和文书都没有依据。",
    hint="在上一级字段下补写这一项。",
)
BLANK = Code(
    code="S02",
    title="写了字段名就写内容",
    why="只有字段名没有内容，看的人分不清是忘了写还是不适用。",
    hint="补上内容；确实不需要的，连字段名一起删掉。",
)
UNKNOWN = Code(
    code="S03",
    title="字段名都认识",
    why="写错一个字母，这一项内容就不会进入任何文书。",
    hint="对照提示改字段名；不是笔误的内容写进相近的字段。",
)
TYPE = Code(
    code="S04",
    title="内容的类型对",
    why="数量要能计算，日期要能比较，清单要能逐项核对。",
    hint="按字段的填写提示改。",
)
CHOICE = Code(
    code="S05",
    title="选项在规定的范围内",
    why="选项决定适用哪些条款，自造的选项没有对应的规则。",
    hint="从列出的选项里选一个。",
)
FORMAT = Code(
    code="S06",
    title="编号、代码的写法正确",
    why="代码有校验位，错一位就查不到这个单位。",
    hint="照证照重新核对录入。",
)
RANGE = Code(
    code="S07",
    title="数值、长度在合理范围内",
    why="超出范围的多半是漏了小数点或多写了字。",
    hint="核对后改正。",
)
NONE_AND_MORE = Code(
    code="S08",
    title="声明不发生的，不再写内容",
    why="既写 none 又写明细，前后矛盾，签了以后各执一词。",
    hint="留下 none 和理由，或者删掉 none 写明细。",
)
TOO_FEW = Code(
    code="S09",
    title="清单里的项数够",
    why="空着的清单等于没有写。",
    hint="至少写一项，每项一行，以“- ”开头。",
)
REPEATED = Code(
    code="S10",
    title="清单里没有一模一样的两项",
    why="同一行写了两遍，多半是复制以后忘了改；份额、金额和件数会跟着多算一遍。",
    hint="删去多出的一项；确有两份的，合成一项并写数量，或写出区别。",
    severity=Severity.WARNING,
)
OWN_ADDITION = Code(
    code="S11",
    title="本校补充的字段定义只加不减",
    why="标准要求什么不由学校设定；学校的 schemas/ 只能加选项、加必填、加自己的字段，减去的不起作用，其余照用。",
    hint="学校只加选项、必填和 own_ 开头的字段；自带的不能改、不能删。",
)

CODES = (MISSING, BLANK, UNKNOWN, TYPE, CHOICE, FORMAT, RANGE, NONE_AND_MORE, TOO_FEW, REPEATED, OWN_ADDITION)
