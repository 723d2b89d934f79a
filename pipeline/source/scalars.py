"""What a plain scalar means: six types, and everything that other programs might read otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from pipeline.kernel.codes import loading
from pipeline.kernel.finding import Code
from pipeline.kernel.late_pattern import late
from pipeline.kernel.meant import plain_number

Scalar = None | bool | int | Decimal | date | str

LONGEST_INTEGER = 15
"""Digits an integer may have; beyond that it is an account or a code, and spreadsheets round it."""
LONGEST_DECIMAL = 24
"""Characters a decimal may have."""

_OTHER_DIGIT = "０-９"
_SPECIAL = late(
    r"(?P<integer>-?(?:0|[1-9][0-9]*))\Z"
    r"|(?P<decimal>-?(?:0|[1-9][0-9]*)\.[0-9]+)\Z"
    r"|(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})\Z"
    r"|(?P<truth>true|false)\Z"
    r"|(?P<word>~|(?i:yes|no|on|off|true|false|null))\Z"
    r"|(?P<zeros>[-+]?0[0-9]+)\Z"
    r"|(?P<odd>[-+]?(?:"
    r"0[xXoObB][0-9A-Fa-f_]+|[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+|\.[0-9]+(?:[eE][-+]?[0-9]+)?"
    r"|[0-9]+\.|0[0-9]+\.[0-9]+|[0-9]+_[0-9_.]+|[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?"
    r"|\.?(?i:nan|inf))|\+[0-9]+(?:\.[0-9]+)?"
    rf"|[-－]?[0-9{_OTHER_DIGIT}]*[{_OTHER_DIGIT}][0-9{_OTHER_DIGIT}.．,，－-]*)\Z"
    r"|(?P<quote>[“‘][^”’]*)\Z"
)
MARKED = frozenset("“‘-－+.0123456789~tTfFyYnNoOiI" + "".join(chr(0xFF10 + digit) for digit in range(10)))
"""How a scalar begins that may be anything else than a text."""
_MOBILE = late(r"1[3-9][0-9]{9}\Z")
_HALF_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0E: ".", 0xFF0D: "-", 0xFF0C: ""}
_DASHES = dict.fromkeys(map(ord, "—–―−"), "-")
_DIALLED = late(r"[0-9]{2,5}(?:-[0-9]{3,9}){1,3}|0[0-9]{6,}")

Fault = tuple[Code, str, str]
"""A code, the message for the value at hand, and what to type instead where only one thing can be meant, else ''."""


def read(raw: str) -> tuple[Scalar, Fault | None]:
    """The value of a plain (unquoted) scalar, and what is wrong with its spelling.

    With a fault the value is the text as written, so that nothing made from it is a wrong number.
    """
    if not raw:
        return None, None
    if raw[0] not in MARKED or not (match := _SPECIAL.match(raw)):
        return raw, None
    return _READERS[match.lastgroup or ""](raw)


def typed_as(literal: str) -> str:
    """The remedy that names what to type; amounts of money have two places."""
    return f"写成 {literal}" + (f"，金额写 {literal}.00" if literal.isdigit() and len(literal) > 3 else "")


def _integer(raw: str) -> tuple[Scalar, Fault | None]:
    digits = len(raw.lstrip("-"))
    if digits > LONGEST_INTEGER:
        return raw, (
            loading.NUMBER,
            f"{_short(raw)} 有 {digits} 位，不像一个数；账号、编号请用引号括起来",
            f"'{raw}'",
        )
    if _MOBILE.match(raw):
        return raw, (loading.CODE_NUMBER, f"{raw} 像手机号码，没有加引号会被当成数", f"'{raw}'")
    return int(raw), None


def _decimal(raw: str) -> tuple[Scalar, Fault | None]:
    if len(raw) > LONGEST_DECIMAL:
        return raw, (loading.NUMBER, f"{_short(raw)} 有 {len(raw)} 个字符，不像一个数", "")
    return Decimal(raw), None


def _day(raw: str) -> tuple[Scalar, Fault | None]:
    try:
        return date.fromisoformat(raw), None
    except ValueError:
        return raw, (loading.DATE, f"日历上没有 {raw} 这一天", "")


def _truth(raw: str) -> tuple[Scalar, Fault | None]:
    return raw == "true", None


def _word(raw: str) -> tuple[Scalar, Fault | None]:
    if raw.lower() in ("true", "false"):
        return raw, (loading.AMBIGUOUS, f"{raw} 应写成小写的 {raw.lower()}；如果是文字，写成 '{raw}'", "")
    if raw == "~" or raw.lower() == "null":
        message = f"{raw} 会被有的程序读成“空”：没有内容就留空，是文字就写成 '{raw}'"
        return raw, (loading.AMBIGUOUS, message, "")
    message = f"{raw} 会被有的程序读成“是”或“否”：是文字就写成 '{raw}'，是或否写 true、false"
    return raw, (loading.AMBIGUOUS, message, "")


def _zeros(raw: str) -> tuple[Scalar, Fault | None]:
    message = f"{_short(raw)} 以零开头，是编号或电话就写成 '{_short(raw)}'，是数就去掉开头的零"
    return raw, (loading.CODE_NUMBER, message, "")


def _odd(raw: str) -> tuple[Scalar, Fault | None]:
    plain = raw.translate(_HALF_WIDTH)
    if plain != raw and _DIALLED.fullmatch(plain.translate(_DASHES)):
        # Not a number but a telephone or an account: what to type keeps its quotes.
        return raw, (loading.NUMBER, f"{_short(raw)} 用了全角字符", f"'{plain.translate(_DASHES)}'")
    if plain != raw and _SPECIAL.match(plain):
        return raw, (loading.NUMBER, f"{_short(raw)} 用了全角字符", plain)
    if grouped := plain_number(raw):
        return raw, (loading.NUMBER, f"{_short(raw)} 里有千位分隔的逗号", grouped)
    return raw, (loading.NUMBER, f"{_short(raw)} 不是普通的数字写法", "")


def _quote(raw: str) -> tuple[Scalar, Fault | None]:
    if raw[-1] in "\"'":
        message = f"{_short(raw)} 开头是中文引号，收尾是英文引号：两头都用英文引号"
        return raw, (loading.SYNTAX, message, f"'{raw[1:-1]}'")
    message = f"{_short(raw)} 只有开头的中文引号：文字在英文逗号、冒号或井号处断开了，两头改用英文引号"
    return raw, (loading.SYNTAX, message, "")


def _short(raw: str) -> str:
    return raw if len(raw) <= 24 else f"{raw[:12]}……{raw[-4:]}"


_READERS: dict[str, Callable[[str], tuple[Scalar, Fault | None]]] = {
    "integer": _integer,
    "decimal": _decimal,
    "day": _day,
    "truth": _truth,
    "word": _word,
    "zeros": _zeros,
    "odd": _odd,
    "quote": _quote,
}
