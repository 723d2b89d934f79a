"""The frame of what the trail speaks of: a draft's, a working copy's, a final document's.

A final document's frame is made of its frozen words alone. Levels, pins and who decided what change with every look
at the trail; they stand on the approval form and in the trail, never at the foot of a paper to be signed. So the
same file is made anew, and verifies, whatever is registered or proven later.
"""

from __future__ import annotations

import re

from pipeline.approval.trail.subject_state import SubjectState
from pipeline.compose.frames import draft_frame, official_frame, plain_frame
from pipeline.kernel.document import Body, Frame
from pipeline.kernel.structs import replace

FINGERPRINT = 32
"""Hexadecimal digits of a digest that are printed where it is the matter: 128 bits."""
_GROUPS, _GROUP = 4, 4
"""The groups of digits at a paper's foot: what two people compare on the telephone."""
_MARK = re.compile(rf"文字指纹 ([0-9a-f]{{{_GROUP}}}(?: [0-9a-f]{{{_GROUP}}}){{{_GROUPS - 1}}})(?![0-9a-f])")
STATUS = re.compile(
    rf"草稿　尚未完成审批，不得签署|第 \d+ 轮送审文字　此为工作稿，签署请用定稿|(?:编号 [^　]*　)?{_MARK.pattern}"
)
"""A status line as one of these frames prints it."""


def short(digest: str) -> str:
    """The beginning of a digest in groups (`3f2a 91bc 77d0 e4a5`): it finds the words, `coop verify` compares them."""
    return " ".join(digest[at : at + _GROUP] for at in range(0, _GROUPS * _GROUP, _GROUP))


def sheet_code(subject: str, digest: str) -> str:
    """What the code on a sheet to be signed by hand says: by it a scan of the sheet is found again."""
    return f"coop:{subject}:{digest[: _GROUPS * _GROUP]}"


def final_code(subject: str, digest: str) -> str:
    """What the code on a final document's PDF says: the scan of what the parties signed is found by it."""
    return f"{sheet_code(subject, digest)}:final"


def fingerprint_line(digest: str) -> str:
    """The fingerprint as a final document's foot prints it."""
    return f"文字指纹 {short(digest)}"


def marks(text: str) -> tuple[str, ...]:
    """The short fingerprints that a text holds, once each."""
    return tuple(dict.fromkeys(_MARK.findall(text)))


def working_frame(body: Body, state: SubjectState, layout: str = "contract") -> Frame:
    """The frame of a document made for working with: a draft's unless everything is approved as it stands."""
    if not state.approved or state.words is None:
        return draft_frame(body)
    status = f"第 {state.words.number} 轮送审文字　此为工作稿，签署请用定稿"
    return replace(_plain(body, layout), status=status)


def final_frame(body: Body, digest: str, layout: str = "contract") -> Frame:
    """The frame of a final document: its number and the short fingerprint of its words."""
    number = f"编号 {body.number}　" if body.number else ""
    return replace(_plain(body, layout), status=f"{number}{fingerprint_line(digest)}")


def _plain(body: Body, layout: str) -> Frame:
    """Head and page number as the layout's documents have them, whatever is known of their approval."""
    return official_frame(body) if layout == "official" else plain_frame(body)
