"""Findings that are hard to write down: Chinese paths with every sign, hidden characters, several lines."""

from __future__ import annotations

from pipeline.kernel.finding import Finding, Place, Severity
from pipeline.output.reporters import Result

HIDDEN = "\u202e\x1b[2J\x07\u200b\u2028\x85\uffff\udc80\r"
"""One of each kind that a reader would not see, or that would move his cursor."""

PATH = "agreements/projects/示例：100%,a:b/协议.yaml"
"""A path that needs every escape; the colon in it is a full-width and a plain one."""

SPLIT = Finding(
    code="E08",
    severity=Severity.ERROR,
    place=Place(file=PATH, line=3, column=7),
    message="分担合计 90%，应为 100%\n::error file=x::伪造的一行",
    clause="指南（草案）8.4",
    hint="补足比例: 甲, 乙",
    related=(Place(file="agreements/college.yaml", line=2, column=1),),
)
MASKED = Finding(
    code="Y08",
    severity=Severity.WARNING,
    place=Place(file=f"agreements/x{HIDDEN}.yaml"),
    message=f"这里有{HIDDEN}字符 & <b>“x”</b>",
    hint=f"删去{HIDDEN}",
)
DUE = Finding(code="R01", severity=Severity.DUE, place=Place(file="agreements/a.yaml"), message="快到期了")
SAME = tuple(
    Finding(
        code="E01",
        severity=Severity.INFO,
        place=Place(file="agreements/a.yaml", line=line),
        message="一样的话",
    )
    for line in (4, 9)
)

ALL = (MASKED, DUE, *SAME, SPLIT)


def result(*findings: Finding, text: str = "", colour: bool = False) -> Result:
    """A result whose files all hold the same text."""
    return Result(findings=findings, files=3, text_of=lambda name: text, colour=colour)
