"""What the template engine says of a syntax error, in Chinese."""

from __future__ import annotations

import re

_TOKENS = {
    "end of print statement": "}}",
    "end of statement block": "%}",
    "begin of print statement": "{{",
    "begin of statement block": "{%",
    "end of template": "文件末尾",
    "name": "名称",
    "string": "文字",
    "integer": "数",
}
_SAYINGS: tuple[tuple[str, str], ...] = (
    (r"Encountered unknown tag '(.+?)'\..*", "“{0}”没有对应的开头（for、if），或者拼写错了"),
    (r"Unexpected end of template\..*innermost block that needs to be closed is '(.+?)'.*", "“{0}”没有结尾，少了 end{0}"),
    (r"Unexpected end of template.*", "没有写完，少了结尾"),
    (r"expected token '(.+?)', got '(.+?)'", "应为“{0}”，写的是“{1}”"),
    (r"Expected an expression, got '(.+?)'", "“{0}”前面少了要取的字段"),
    (r"unexpected '(.+?)', expected '(.+?)'", "应为“{1}”，写的是“{0}”"),
    (r"unexpected '(.+?)'", "多了“{0}”，或者前面少了符号"),
    (r"unexpected char '(.+?)' at \d+", "不认识的符号“{0}”"),
    (r"unexpected end of template.*", "没有写完，少了结尾"),
    (r"[Mm]issing end of comment tag", "注释没有写完，少了 #}"),
    (r"Missing end of raw directive", "raw 没有写完，少了 endraw"),
    (r"No (filter|test) named '(.+?)'.*", "没有名为 {1} 的过滤器或判断"),
)  # fmt: skip


def in_chinese(message: object) -> str:
    """The engine's sentence in Chinese; as it is where it is not known."""
    text = str(message)
    for pattern, saying in _SAYINGS:
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found:
            return saying.format(*(_TOKENS.get(part, part) for part in found.groups()))
    return text
