"""The codes of building."""

from __future__ import annotations

from pipeline.kernel.finding import Code, Severity

LOST_TEXT = Code(
    code="B01",
    title="生成的 Word 文件与正文逐字一致",
    why="每个 Word 文件生成后都由另一段程序读回核对；少一个字、少一格都不写出文件。",
    hint="把这条提示连同项目编号交给维护模板的同事。",
)
BAD_LAYOUT = Code(
    code="B02",
    title="Word 版式能用",
    why="版式里写错一个标记，所有文书都排不出来。",
    hint="用 Word 打开 templates/layout/ 或 templates/forms/ 下的这个文件，按提示的位置改；或恢复到上一次提交的版本。",
)

UNPRINTABLE = Code(
    code="B03",
    title="记录里的字都排得进文书",
    why="有的字符 Word 放不下，硬写进去整个文件都打不开。",
    hint="在源文件里删去或换掉这个字符。",
)

NO_PDF = Code(
    code="B04",
    title="能生成 PDF",
    why="PDF 由 LibreOffice 从 Word 文件转出；没有它，其他文书照常生成。",
    hint="安装 LibreOffice 后重新运行；不需要 PDF 的，去掉 --to 里的 pdf。",
    severity=Severity.WARNING,
)

CODES = (LOST_TEXT, BAD_LAYOUT, UNPRINTABLE, NO_PDF)
"""Every code of this room."""
