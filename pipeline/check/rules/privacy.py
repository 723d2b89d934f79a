"""L20: what must not stand in a history that cannot forget."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rules.read_once import words_of
from pipeline.check.rules.rule import Fault, rule
from pipeline.kernel.finding import DataPath
from pipeline.record.model import Records

_IDENTITY = re.compile(
    r"[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
    r"(?![0-9A-Za-z])(?<![0-9A-Za-z].{18})"  # the look back comes last: a pattern that begins with it is slow
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@rule(
    "L20",
    title="文件里没有身份证号码",
    clause="个人信息保护法 28、47",
    why="版本历史删不掉，写进来的身份证号码会随每一份副本留下去，将来要求删除也做不到。",
    hint="删掉号码，需要核对身份时写“见纸质档案”；已经提交的，请管理员处理历史。",
    waivable=False,
    ways={"written": "这里像是一个身份证号码（末四位 {tail}），不要写进文件"},
    on=object,
)
def keeps_no_identity_numbers(record: object, records: Records) -> Iterator[Fault]:
    """Git does not forget, and the law gives people a right to be forgotten."""
    found, whole = words_of(record)
    if _IDENTITY.search(whole) is None:
        return
    for path, text in found:
        if path[-1:] != ("credit_code",):
            yield from _numbers(path, text)


def _numbers(path: DataPath, text: str) -> Iterator[Fault]:
    for match in _IDENTITY.finditer(text):
        number = match.group().upper()
        total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
        if _CHECKS[total % 11] == number[17]:
            values = {"tail": number[-4:]}
            yield Fault(way="written", at=path, values=values, offset=match.start())
