"""The codes of files that claim to be final: a Word file against the words that were approved."""

from __future__ import annotations

from pipeline.kernel.finding import Code, Severity

_TRAIL = "指南（草案）8.4"

FILE_BODY = Code(
    code="A40",
    title="Word 文件的正文就是批准的文字",
    clause=_TRAIL,
    why="正文改一个字、删一段、添一行，都不再是批准的那份文字。",
    hint="用 coop build --final 重新生成；对方要改的，写进协议后重新送审。",
)
FILE_FRAME = Code(
    code="A41",
    title="Word 文件的页眉页脚与核验结果一致",
    clause=_TRAIL,
    why="页脚印的编号、级别、基准和指纹，要与现在核验出来的相同；印高了级别就是夸大。",
    hint="用同样的 --pin、--base 再核；仍不一致的，以核验结果为准。",
)
FILE_PART = Code(
    code="A42",
    title="Word 文件里没有核验不了的部分",
    clause=_TRAIL,
    why="批注、文本框、脚注、宏和嵌入对象里的内容不在批准的文字之中，核验不了，不能当作没有问题。",
    hint="请对照批准的文本看这些部分；签署用的文件应由 coop build --final 生成。",
)
FILE_UNKNOWN = Code(
    code="A43",
    title="Word 文件的指纹在本库查得到",
    clause=_TRAIL,
    why="查不到指纹，就不知道它是哪份文书的哪一轮。",
    hint="核对是不是本库生成的定稿；草稿没有指纹。",
)
LAYOUT = Code(
    code="A44",
    title="签署用的版式只有样式和标记",
    clause=_TRAIL,
    why="版式里自带的文字、自动编号、隐藏或白色的文字会印在纸上，却不在批准的文字之中。",
    hint="把文字移到 templates/ 下的文书模板里，版式只留样式和标记；换成自带的版式也可以。",
)

OLDER_WORDING = Code(
    code="A52",
    title="批准以后，模板、版式或程序的改动只作提示",
    clause=_TRAIL,
    why="批准的是冻结的那些字和那个版式。换了新版程序、改了模板，同一份记录现在会排成别的样子，已经批准的不因此改变。",
    hint="定稿照常按冻结的文字和版式出，照常签署。想用新的文字、新的版式，改了再重新送审。",
    severity=Severity.INFO,
)

FROZEN_LOOK = Code(
    code="A54",
    title="送审文本第一行冻结的摘要，就是程序得出来的摘要",
    clause=_TRAIL,
    why="版式的摘要和文字一起冻结，以后凭它认出定稿，引用摘要用来认出资料改没改；摘要如果是另做的，就能让一份看上去不一样的文件冒充定稿，"
    "或者让改过的资料看上去没有改。",
    hint="用与关卡同一版的程序重新送审（coop submit）；送审文本不要手写。",
)

CODES = (FILE_BODY, FILE_FRAME, FILE_PART, FILE_UNKNOWN, LAYOUT, OLDER_WORDING, FROZEN_LOOK)
"""Every code of this room."""
