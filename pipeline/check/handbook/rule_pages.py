"""`docs/rules.md`: the page of every code, in the order of the families."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.check.catalogue import CODES
from pipeline.check.handbook import code_page as code_page
from pipeline.record.schema import Schema

FAMILIES: Mapping[str, str] = {
    "E": "协议的十二项基本内容（指南草案 8.4）",
    "F": "合作意向书",
    "L": "法律和惯例要求写的、不许写的",
    "H": "条文和栏目对得上",
    "R": "引用和登记",
    "U": "统一文本",
    "G": "办理程序：方案、论证、审批、签署（指南草案 8.2 至 8.4）",
    "C": "合作的途径和内容（指南草案 5、7）",
    "O": "组织、制度和合作企业（指南草案 5.1、6.1）",
    "P": "计划和进展（指南草案 6.2）",
    "V": "例会、督查、评价、活动（指南草案 6.2、9）",
    "X": "退出",
    "Q": "到期和逾期（只由日历引起）",
    "A": "审批的凭据",
    "S": "字段和写法",
    "D": "文件的位置",
    "Y": "文件本身：编码、YAML、看不见的字符",
    "M": "长文本的格式",
    "T": "文书模板",
    "B": "生成文书",
    "W": "豁免",
}
"""The families of codes in the order people need them; every letter in use must be named here."""

_HEAD = """\
# 检查规则

这一页由程序从规则表生成（`coop docs`），请不要直接修改。一条规则一节：依据、为什么、怎么改、
会怎样提示、通得过和通不过的例子。命令行里用 `coop explain 代码` 看同样的内容，
用 `coop explain 条款`（例如 `coop explain 8.4`、`coop explain 民法典502`）看一条规定由哪些规则落实。

轻重：**错误**让检查不通过，也不生成该项目的文书；**警告**和**提示**只是提醒；**到期**由日历引起，不影响检查。
"""


def page(schemas: Mapping[str, Schema]) -> str:
    """The whole page as Markdown."""
    return "\n".join((_HEAD, *_contents(), *_families())).rstrip("\n") + "\n"


def _contents() -> Iterator[str]:
    for family, title in FAMILIES.items():
        codes = [code for code in CODES.values() if code.code.startswith(family)]
        if codes:
            yield f"- {title}：{'、'.join(f'[{code.code}](#{code.code.lower()})' for code in codes)}"
    yield ""


def _families() -> Iterator[str]:
    for family, title in FAMILIES.items():
        codes = [code for code in CODES.values() if code.code.startswith(family)]
        if codes:
            yield from (f"## {title}", "")
        for code in codes:
            yield f'<a id="{code.code.lower()}"></a>'
            yield ""
            yield from code_page.page(code, "### ")
            yield ""
