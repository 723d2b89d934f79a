"""The codes of wording and of Markdown in text fields."""

from __future__ import annotations

from pipeline.finding import Code, Finding, Place

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

CODES = (UNSUPPORTED, BROKEN_WORDING)


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
