"""Numbers that belong to a person: identity numbers, bank cards, students' mobiles, however they are spelled.

A row of digits must be such a number by its length, birthday and check digit, and, where these prove little, by the
words before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Literal

from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import Struct
from pipeline.prose.spelled import SpelledNumber, spelled_numbers

Kind = Literal["identity", "old", "card", "mobile"]


class PersonalNumber(Struct, frozen=True, kw_only=True):
    """A number found from `start` to `end` of a text; `digits` are its digits as they count (the last may be X)."""

    kind: Kind
    start: int
    end: int
    digits: str

    @property
    def tail(self) -> str:
        """Its last four places, by which it can be told without being spread further."""
        return self.digits[-4:]


def personal_numbers(text: str) -> Iterator[PersonalNumber]:
    """Every personal number in a text; a part of a longer number is none."""
    begins: re.Pattern[str] | None = None
    for row in spelled_numbers(text):
        done = 0
        begins = begins or (_BEGINS_OR_CARD if _CARDS.search(text) else _BEGINS)
        for begun in begins.finditer(row.digits):
            at = begun.start()
            if at < done or not row.begins(at):
                continue
            found = next(_begun(row, begun), None)
            if found is not None:
                yield found
                done = at + len(found.digits)


def _begun(row: SpelledNumber, begun: re.Match[str]) -> Iterator[PersonalNumber]:
    """What may begin at a digit, the surest first."""
    for kind, (lengths, holds) in _TESTS.items():
        for length in lengths if begun[kind] is not None else ():
            number = row.part(begun.start(), length)
            if number is not None and holds(number):
                yield PersonalNumber(kind=kind, start=number.start, end=number.end, digits=number.digits)


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PROVINCES = late("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|99")
"""How the places of people begin; 99 is none, as invented people have it."""
_PAPERS = late(r"身份证|身份号|证件号|公民身份|(?i:\b(?:id|sfz|idcard|id_card|id_number)\b)")
_CARDS = late("银行卡|储蓄卡|借记卡|信用卡|工资卡|卡号|银联")
_OTHERS = late(
    "信用代码|注册号|税号|识别号|合同|协议|编号|资产|设备|序列|出厂|型号|发票|凭证|订单|运单|流水|批次|批号|文号"
    r"|备案|许可证|车架|账号|帐号|账户|专利|条码|电话|热线|传真|(?i:sha|hash|imei|asset|serial|model|number|commit)"
)
"""Words before a number that tell what else it is."""
_STUDENTS = late("学生|同学|学员|学徒|实习生|毕业生|家长|监护人")
_STAFF = late(
    "老师|教师|导师|经理|主任|书记|院长|处长|科长|联系人|负责人|辅导员|工作人员|专员"
    "|学生(?:处|科|会|工作|资助|事务|管理|实习)|办公室|部门|值班|热线|企业|公司"
)
"""Whose telephone may stand in a record."""
_ENDS = late(r"[。！？]|\n[ \t]*\n|\n(?=[A-Za-z_]+:)")
"""Where what is said of one matter ends."""
_NEAR, _LINE = 16, 90
_FOREIGN = ("4", "51", "52", "53", "54", "55", "35")
"""How cards of networks from abroad begin."""


def _called(number: SpelledNumber, words: re.Pattern[str], others: re.Pattern[str]) -> bool:
    """Whether a number is called by some words on its line, and by no others nearer to it."""
    said = number.before(_NEAR).rpartition("\n")[2]
    return _last(words, said) > _last(others, said)


def _last(words: re.Pattern[str], text: str) -> int:
    return max((one.end() for one in words.finditer(text)), default=-1)


def _identity(number: SpelledNumber) -> bool:
    """18 places: seventeen digits with a birthday, and the check digit (GB 11643)."""
    digits = number.digits
    if digits[0] == "0" or not _born(digits[6:14]):
        return False
    if digits[:2] in ("91", "92", "93") and _called(number, _OTHERS, _PAPERS):
        return False  # a credit code of figures only
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == digits[17] or (digits[17] != "X" and _called(number, _PAPERS, _OTHERS))


def _old(number: SpelledNumber) -> bool:
    """15 digits with the birthday of somebody born before 2000; they have no check digit (GB 11643-1989)."""
    digits = number.digits
    if "X" in digits or digits[0] == "0" or not _born(f"19{digits[6:12]}"):
        return False
    if _called(number, _PAPERS, _OTHERS):
        return True
    plain = number.groups in ((15,), (6, 6, 3))
    return plain and bool(_PROVINCES.match(digits)) and not _called(number, _OTHERS, _PAPERS)


def _card(number: SpelledNumber) -> bool:
    """16 to 19 digits with the check digit of a card (Luhn), of a network whose cards people have here."""
    digits, groups = number.digits, number.groups
    if "X" in digits or not _luhn(digits):
        return False
    if _called(number, _CARDS, _OTHERS):
        return True
    if _called(number, _OTHERS, _CARDS) or groups[0] < 4:
        return False
    foreign = groups in ((16,), (4, 4, 4, 4)) and digits.startswith(_FOREIGN)
    return digits.startswith("62") or (len(digits) == 19 and digits.startswith("9558")) or foreign


def _mobile(number: SpelledNumber) -> bool:
    """A mobile's number beside a word for students, and none for staff nearer to it."""
    if not re.fullmatch(r"(?:0086|86)?1[3-9][0-9]{9}", number.digits):
        return False
    said = _ENDS.split(number.before(_LINE))[-1]
    staff = _STAFF.sub(lambda hit: "\0" * len(hit[0]), said)
    if _last(_STUDENTS, staff) > _last(_STAFF, said):
        return True
    behind = re.match(r"[（(，, ]{0,2}([^，。；\n]{0,10})", number.after(14))
    return behind is not None and bool(_STUDENTS.search(_STAFF.sub("", behind[1])))


_TESTS: Mapping[Kind, tuple[tuple[int, ...], Callable[[SpelledNumber], bool]]] = {
    "identity": ((18,), _identity),
    "old": ((15,), _old),
    "card": ((19, 18, 17, 16), _card),
    "mobile": ((11, 13, 15), _mobile),
}
"""Each kind with how many places it may have and what it must be."""


_DAY = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_SHAPE = (
    rf"(?=[0-9])(?=(?P<identity>[1-9][0-9]{{5}}(?:19|20)[0-9]{{2}}{_DAY})?)(?=(?P<old>[1-9][0-9]{{7}}{_DAY})?)"
    r"(?=(?P<mobile>(?:0086|86)?1[3-9][0-9]{9})?)(?=(?P<card>CARD)?)(?(identity)|(?(old)|(?(mobile)|(?(card)|(?!)))))"
)
_BEGINS = late(_SHAPE.replace("CARD", "62[0-9]{14}|9558[0-9]{12}|(?:4|5[1-5]|35)[0-9]{14}"))
_BEGINS_OR_CARD = late(_SHAPE.replace("CARD", "[0-9]{16}"))
"""What may begin at a digit, by the digits alone; any sixteen may be a card where one is spoken of.

Looking closer at a place costs more than a hundred times as much.
"""


def _born(day: str) -> bool:
    """Whether eight digits are a day on which somebody living may have been born."""
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:])).year in range(1900, 2100)
    except ValueError:
        return False


def _luhn(digits: str) -> bool:
    figures = [int(digit) for digit in reversed(digits)]
    return (sum(figures[::2]) + sum(_DOUBLED[figure] for figure in figures[1::2])) % 10 == 0


_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
