"""The frame of what the trail speaks of: a draft's, an approved text's, a final document's."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.approval.trail.subject_state import SubjectState
from pipeline.compose.frames import draft_frame, official_frame, plain_frame
from pipeline.kernel.document import Body, Frame

FINGERPRINT = 32
"""Hexadecimal digits of a digest that are printed: 128 bits."""
STATUS = re.compile(
    r"草稿　尚未完成审批，不得签署|第 \d+ 轮[^　]*　此为工作稿，签署请用定稿"
    rf"|(?:编号 [^　]*　)?[^　]*　审批规则基准 \S+　文字指纹 [0-9a-f]{{{FINGERPRINT}}}"
)
"""A status line as one of these frames prints it."""


def working_frame(body: Body, state: SubjectState, layout: str = "contract") -> Frame:
    """The frame of a document made for working with: a draft's unless everything is approved as it stands."""
    if not state.approved:
        return draft_frame(body)
    status = f"{state.label}　此为工作稿，签署请用定稿"
    return replace(_plain(body, layout), status=status)


def final_frame(body: Body, state: SubjectState, pin: str, layout: str = "contract") -> Frame:
    """The frame of a final document: what it is, at which level, under which pin, and the words' fingerprint."""
    words = state.words
    digest = words.digest if words else ""
    number = f"编号 {body.number}　" if body.number else ""
    status = f"{number}{state.label}　审批规则基准 {pin[:FINGERPRINT] or '未提供'}　文字指纹 {digest[:FINGERPRINT]}"
    sealed = "" if layout == "official" else "　骑缝处盖章"
    return replace(_plain(body, layout), status=status + sealed)


def _plain(body: Body, layout: str) -> Frame:
    """Head and page number as the layout's documents have them, whatever is known of their approval."""
    return official_frame(body) if layout == "official" else plain_frame(body)
