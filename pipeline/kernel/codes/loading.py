"""The codes of the loader: what a record must be before anyone can read what it says (family Y)."""

from __future__ import annotations

from pipeline.kernel.finding import Code, Severity

ENCODING = Code(
    code="Y01",
    title="文件是 UTF-8 编码的文本",
    why="同一串字节换一种编码就成了另一段话；全库只用 UTF-8，各人看到的才是同一份文字。",
    hint="用编辑器另存为 UTF-8；整个文件是 GBK 或 UTF-16 的，运行 coop fix encoding 文件",
)
NUL = Code(
    code="Y02",
    title="文件里没有空字节",
    why="空字节（U+0000）之后的内容，有的程序会整段丢掉；文本里本不该有它。",
    hint="删去这个字节；如果整个文件都这样，多半存成了别的格式，请重新另存为 UTF-8 文本",
)
SYNTAX = Code(
    code="Y03",
    title="文件符合 YAML 写法",
    why="写法有误时，程序无从知道这一段说的是什么，后面的检查也就无从谈起。",
    hint="对照同类记录，检查缩进是否对齐、冒号后有没有空格、引号和括号是否成对且用英文的",
)
DUPLICATE = Code(
    code="Y04",
    title="同一层里每个键只写一次",
    why="键写了两遍时，常见的读取程序只留最后一个，前一个无声消失，审阅的人未必看得出来。",
    hint="留下正确的一处，删去另一处",
)
REFERENCE = Code(
    code="Y05",
    title="不用锚点、引用、合并键、类型标签和指令",
    why="这些写法让一处的文字取决于另一处，评审时看到的改动就不再是全部改动。",
    hint="把内容直接写在用到的地方；文字本身以 & * ! % 开头的，用引号括起来",
)
SEPARATOR = Code(
    code="Y06",
    title="换行只用 LF 或 CRLF",
    why="U+2028、U+2029、U+0085 和单独的回车，有的程序当换行，有的不当；看似注释的一行里可能藏着一个键。",
    hint="删去这个字符，需要换行就按回车键",
)
CONTROL = Code(
    code="Y07",
    title="文字里没有控制字符",
    why="响铃、换页、终端转义之类的字符打印不出来，却能改变屏幕或文档的样子。",
    hint="删去这个字符",
)
BIDI = Code(
    code="Y08",
    title="文字里没有改变书写方向的字符",
    why="方向控制符会让人看到的先后次序与文件里的不同，金额和主体都可能被颠倒着读。",
    hint="删去这个字符；从别处粘贴来的，先粘贴为纯文本",
)
INVISIBLE = Code(
    code="Y09",
    title="文字里没有看不见的字符",
    why="零宽字符、不换行空格等看不出来，却使两处同样的名称比对不上，也可以用来夹带内容。",
    hint="删去这个字符，需要空格就用普通空格；从网页或 Word 粘贴来的，先粘贴为纯文本",
)
COMPATIBILITY = Code(
    code="Y10",
    title="汉字用通用的编码，不用兼容字和部首符号",
    why="兼容汉字、康熙部首与通用汉字长得一样而编码不同，搜索、比对和大写金额都会落空。",
    hint="用输入法把这个字重新打一遍；从 PDF 复制来的文字常有这种情况",
)
NORMAL_FORM = Code(
    code="Y11",
    title="文字是 Unicode 规范形式（NFC）",
    why="同一个字母可以是一个字符，也可以由字母加符号拼成；两种写法看着一样，比对却不等。",
    hint="把这个字重新打一遍",
)
NO_CHARACTER = Code(
    code="Y12",
    title="文字里只有 Unicode 已定义的字符",
    why="非字符、私用区字符和替换符 U+FFFD 没有固定的样子，换一台电脑就可能成了别的字或方框。",
    hint="改用正式收录的字；出现 U+FFFD 的，是转换编码时丢了字，请照原件补上",
)
NESTING = Code(
    code="Y13",
    title="层次不超过 64 层",
    why="正常的记录不过五六层；成百上千层的文件只会拖垮程序。",
    hint="检查是不是多打了方括号、花括号或短横线",
)
DOCUMENTS = Code(
    code="Y14",
    title="一个文件只放一份记录",
    why="文件中间的 --- 把它分成几份，多数程序只读第一份，后面的写了等于没写。",
    hint="删去中间的 ---，或把后面的内容另存为一个文件",
)
EMPTY = Code(
    code="Y15",
    title="文件不是空的",
    why="空文件说不出任何事，多半是没有保存成功。",
    hint="写上内容；确实不要这份记录，就删去文件",
)
ROOT = Code(
    code="Y16",
    title="整个文件是“键: 值”",
    why="每份记录都由带名字的栏目组成；整个文件是一段话或一个清单，就不知道哪句归哪一栏。",
    hint="每一栏写成“键: 值”，英文冒号后加一个空格",
)
KEY = Code(
    code="Y17",
    title="键是一个简单的词",
    why="键是栏目的名字；空的、分行的、带转义的或本身是清单的键，人和程序读到的会不一样。",
    hint="键直接写成一个词，不加转义，不分行；以 { 或 [ 开头的文字要用引号括起来",
)
SIZE = Code(
    code="Y18",
    title="文件不超过 1 MiB",
    why="记录是人要通读的文字；超过这个大小的，多半是贴进了附件。",
    hint="附件另行存放，这里只登记名称和校验值",
)
DATE = Code(
    code="Y19",
    title="日期在日历上存在",
    why="期限从日期算起，不存在的日期算不出期限。",
    hint="对照日历改成年-月-日，例如 2026-09-01；如果不是日期，用引号括起来",
)
AMBIGUOUS = Code(
    code="Y20",
    title="yes、no、null 一类的词写得没有歧义",
    why="不加引号的 yes、no、on、off、~、null，有的程序读成“是、否、空”，有的读成文字。",
    hint="是文字就用引号括起来；是或否写 true、false；没有内容就留空",
)
CODE_NUMBER = Code(
    code="Y21",
    title="编号和电话用引号括起来",
    why="编号和电话不是数：当作数读，开头的零会丢，位数多的会变。",
    hint="用引号括起来",
)
NUMBER = Code(
    code="Y22",
    title="数写成普通的整数或小数",
    why="科学记数、十六进制、千位分隔、全角数字和 nan、inf，各个程序读法不一，金额上容不得这种歧义。",
    hint="写成普通数字，例如 1200 或 1200.00；如果不是数，用引号括起来",
)
NOT_A_FILE = Code(
    code="Y23",
    title="记录是普通文件",
    why="目录、管道、设备和符号链接不能当记录读：读它们可能一直等下去，或读到库外的内容。",
    hint="换成同名的普通文件",
)
UNREADABLE = Code(
    code="Y24",
    title="文件读得出来",
    why="读不出来的文件没有经过检查。",
    hint="检查文件是否还在、权限是否允许读取",
)
COMMENT = Code(
    code="Y25",
    title="文字不会被当成注释",
    why="空格加 # 之后的内容是注释：“设备 #3”只剩“设备”，丢了编号也不会报错。",
    hint="是文字，就把整个值用引号括起来；是注释，就在 # 后面加一个空格",
)
LOOKALIKE = Code(
    code="Y26",
    title="一个词里不混用长得一样的外文字母",
    why="俄文的 С、希腊文的 Α 和英文字母看不出区别，型号和名称就此成了另一个，搜索、比对都找不到。",
    hint="切换到英文输入法，把这个词重新打一遍",
)
OVERLAY = Code(
    code="Y27",
    title="字上没有叠加的划线和圈",
    why="叠加符号能让一句话看起来被划掉，或者让数字看起来是另一个，文件里的字却还在。",
    hint="删去这个符号；要划掉的内容直接删除，版本历史里都有",
)
OUT_OF_SIGHT = Code(
    code="Y28",
    title="内容不藏在大段空白后面",
    why="一长串空格或许多空行之后的内容落在屏幕之外，审阅的人看不到，文书里却有。",
    hint="删去多余的空格和空行",
)
RUN_TOGETHER = Code(
    code="Y29",
    title="清单的一项写在一行里",
    why="清单里没有短横线的一行会接到上一项后面：两条义务就此成了一条，文书里少一条，也没有报错。",
    hint="另是一项的，行首加“- ”；确是一句话的，和上一行写在同一行",
    severity=Severity.WARNING,
)

CODES: tuple[Code, ...] = (
    ENCODING,
    NUL,
    SYNTAX,
    DUPLICATE,
    REFERENCE,
    SEPARATOR,
    CONTROL,
    BIDI,
    INVISIBLE,
    COMPATIBILITY,
    NORMAL_FORM,
    NO_CHARACTER,
    NESTING,
    DOCUMENTS,
    EMPTY,
    ROOT,
    KEY,
    SIZE,
    DATE,
    AMBIGUOUS,
    CODE_NUMBER,
    NUMBER,
    NOT_A_FILE,
    UNREADABLE,
    COMMENT,
    LOOKALIKE,
    OVERLAY,
    OUT_OF_SIGHT,
    RUN_TOGETHER,
)
"""All codes of this room, in order."""
