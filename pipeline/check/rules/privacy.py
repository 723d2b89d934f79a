"""L20: what must not stand in a history that cannot forget."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules.rule import Fault, rule
from pipeline.record.model import Records


@rule(
    "L20",
    title="文件里没有身份证号码、银行卡号和学生的手机号码",
    clause="个人信息保护法 28、47",
    why="版本历史删不掉，写进来的号码会随每一份副本留下去，将来要求删除也做不到。",
    hint="删掉号码，需要核对身份时写“见纸质档案”；已经提交的，请管理员处理历史。",
    waivable=False,
    ways={
        "identity": "这里像是一个身份证号码（末四位 {tail}），不要写进文件",
        "old": "这里像是一个 15 位的旧身份证号码（末四位 {tail}），不要写进文件",
        "card": "这里像是一个银行卡号（末四位 {tail}），不要写进文件；单位收款账户写在 revenue.account",
        "mobile": "这里像是学生或家长的手机号码（末四位 {tail}），不要写进文件",
        "named": "文件名里像是有个人的号码（末四位 {tail}），请改名",
    },
    on=Records,
)
def keeps_no_personal_numbers(records: Records, all_records: Records) -> Iterator[Fault]:
    """Git does not forget, and the law gives people a right to be forgotten."""
    for one in records.numbers:
        way = "named" if one.named else one.kind
        yield Fault(way=way, at=(), values={"tail": one.tail}, file=one.file, spot=(one.line, one.column))
