"""What a gap report covers: what the words of an agreement were held against, and what no program can judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.check.rules.table import RULES
from pipeline.kernel.finding import Finding, Severity

READING = ("H", "L12", "L15", "L17", "L18", *(f"L{number}" for number in range(23, 36)), "L39", "L43")
"""The beginnings of the codes of rules that read what is said, not only whether something is said."""

FOR_THE_LAWYER = (
    "价格、比例、违约金和双方的投入相不相当，风险由谁承担合不合理",
    "签约人有没有权限，对方的资信和履约能力，是否需要招标或者政府采购",
    "国有资产、集体决策、主管部门的审批是否真的办结（程序只看有没有填批文号）",
    "两段文字之间的矛盾，以及附件、扫描件、对方文本和所引办法里的内容",
    "技术指标、质量标准和验收办法能不能执行",
    "知识产权、保密和个人信息的安排够不够用，有没有地方规定和行业许可的要求",
    "税务、发票、资金来源和预算的处理",
)
"""What is left to people, whatever the program finds."""


def lines(findings: Iterable[Finding]) -> Iterator[str]:
    """The part of a gap report that says what was compared, with how much was found, and what was not."""
    number = Counter(one.code for one in findings if one.severity is not Severity.INFO)
    yield from ("", "## 条文读了什么", "")
    yield "逐句读了协议的文字，和栏目、和法律不许写的话对照（怎样读、读不出什么，见 docs/reading.md）："
    yield from ("", "| 代码 | 对照的内容 | 结果 |", "|---|---|---|")
    for rule in RULES:
        info = rule.info
        if info.code.startswith(READING):
            found = number[info.code]
            yield f"| {info.code} | {info.title} | {f'**{found} 处**' if found else '没有发现'} |"
    yield from ("", "“没有发现”只是说程序读得懂的写法里没有；栏目没有填的，没有可对照的。")
    yield from ("", "## 程序判断不了，请法务看", "", *(f"- {point}" for point in FOR_THE_LAWYER))
