"""What the tripartite agreements of interns and apprentices take from the agreement between school and enterprise.

There 丙方 is the student. A text of the other agreement is therefore never taken as it stands: whoever it calls
甲方, 乙方 or 丙方 is named as this paper names them, and what speaks of staff or things alone stays behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.compose.context import Context
from pipeline.compose.parties import roles
from pipeline.compose.values import Printed, Value
from pipeline.kernel.document import CODE
from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import replace
from pipeline.record.model import Agreement
from pipeline.record.model.names import COLLEGE

_ALL = late(
    r"[甲乙丙丁戊己庚辛壬癸]方|第[0-9]{1,2}方|双方|各方(?![面])|三方(?![面])(?!.{0,2}(?:实习|学徒|协议|签))"
)
_SENTENCE = late(r"[^。；\n]*[。；\n]*")
_ITEM = late(r"\s*(?:[0-9]{1,3}[.、)）]|[-*+•·]) ?")
_STUDENTS = late("学生|实习|学徒|岗位|上岗|顶岗|跟岗|安全教育|防护|事故|伤")
_OTHERS = late(
    "员工|职工|教师|教职|访客|雇主责任|财产(?:险|保险|一切险)|设备(?:险|保险|损坏|损失)|机器损坏|公众责任"
)


def tripartite(context: Context) -> Mapping[str, object]:
    """The clauses on safety, insurance and disputes, as they read between school, enterprise and student."""
    agreement = context.records.agreements[context.key]
    names = _names(context, agreement)
    agreed = context.wrapped
    return {
        "safety": _taken(agreed.safety, names, of_students=True),
        "insurance": _taken(agreed.insurance, names, of_students=True),
        "forum": _taken(agreed.dispute.body, names),
        "covers": [_Cover(one, names) for one in agreed.insurances] if agreed.insurances else [],
    }


class _Cover:
    """A line of the list of insurances, with the one who takes it out as this paper names them."""

    __slots__ = ("amount", "insured", "kind", "payer")

    def __init__(self, one: Value, names: Mapping[str, str]) -> None:
        self.kind, self.insured, self.amount = one.kind, one.insured, one.amount
        self.payer = _taken(one.payer, names)


def _names(context: Context, agreement: Agreement) -> Mapping[str, str]:
    """How this paper calls whom the other agreement calls 甲方, 乙方 and so on, and all of them together."""
    others = [party for party in agreement.in_order if party != COLLEGE]
    names = {
        role: "甲方" if party == COLLEGE else "乙方" if len(others) == 1 else context.words.party(party)
        for party, role in roles(agreement).items()
    }
    everybody = "、".join(names.values())
    together = {"各方": everybody, "双方": everybody if len(names) == 2 else "双方"}
    return {**names, **together, "三方": everybody if len(names) == 3 else "三方"}


def _taken(value: Value, names: Mapping[str, str], *, of_students: bool = False) -> Printed:
    """A text as it reads here; empty where nothing of it is about students."""
    if not value:
        return Printed(text="", origin=value.whence)
    printed = value.printed()
    kept = "".join(_about_students(printed.text)) if of_students else printed.text
    text = _ALL.sub(lambda match: names.get(match[0], match[0]), kept).strip()
    # Changed words lead back to no field: what is corrected here must not be written there.
    return printed if text == printed.text.strip() else replace(printed, text=text, origin=CODE)


def _about_students(text: str) -> Iterator[str]:
    """The sentences without those on staff or things alone; an item of a list stays, whomever it names.

    A list is one rule in several points: without the fourth, its numbers would tell that something was taken out.
    """
    for match in _SENTENCE.finditer(text):
        if _ITEM.match(match[0]) or _STUDENTS.search(match[0]) or not _OTHERS.search(match[0]):
            yield match[0]
