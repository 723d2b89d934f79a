"""The frames of documents that no approval is told of: header, foot and status, set by code around the text."""

from __future__ import annotations

from pipeline.kernel.document import PAGE, PAGES, Body, Frame

PAGE_LINE = f"第 {PAGE} 页　共 {PAGES} 页"
"""The footer that every document has."""


def header_of(body: Body) -> str:
    """The running header: number and title."""
    return "　".join(part for part in (body.number, body.title) if part)


def draft_frame(body: Body) -> Frame:
    """The frame of what is to be signed and nobody has approved yet."""
    status = "草稿　尚未完成审批，不得签署"
    return Frame(header=header_of(body), footer=PAGE_LINE, status=status, watermark="草稿")


def unfinished_frame(body: Body) -> Frame:
    """The frame of a record that somebody is still writing."""
    status = "草稿　记录还没有写完，不计入台账和数字"
    return Frame(header=header_of(body), footer=PAGE_LINE, status=status, watermark="草稿")


def blank_frame(body: Body) -> Frame:
    """The frame of a form that each student fills in and signs: its own mark, but no watermark on what is signed."""
    status = "空白文本　所属合作协议生效后逐人填写，填写完整、三方签字以前不生效"
    return Frame(header=header_of(body), footer=PAGE_LINE, status=status)


def plain_frame(body: Body) -> Frame:
    """The frame of a working document: nothing is claimed about it."""
    return Frame(header=header_of(body), footer=PAGE_LINE)


def official_frame(body: Body) -> Frame:
    """The frame of an official document: the page number between dashes and nothing else (GB/T 9704)."""
    return Frame(header="", footer=f"— {PAGE} —")


def form_frame(body: Body) -> Frame:
    """The frame of a form, which is drawn with whatever stands at its head and foot."""
    return Frame(header="", footer="")
