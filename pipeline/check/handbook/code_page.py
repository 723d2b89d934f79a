"""The page of one code: what holds, where that is demanded, why, what to do, and how findings of it read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.handbook.examples import Example, failing
from pipeline.check.rules.rule import Rule, Way
from pipeline.check.rules.table import RULES, WAIVABLE
from pipeline.kernel.finding import Code

_RULES = {rule.info.code: rule for rule in RULES}


def page(code: Code, mark: str = "") -> Iterator[str]:
    """The page as lines of Markdown under a heading; `mark` stands before the heading (`## `)."""
    yield f"{mark}{code.code}　{code.title}"
    yield ""
    if code.clause:
        yield f"- 依据：{code.clause}"
    yield f"- 为什么：{code.why}"
    if code.hint:
        yield f"- 改法：{code.hint}"
    yield f"- 轻重：{code.severity.label}；{'可以豁免（waivers.yaml）' if code.code in WAIVABLE else '不能豁免'}"
    rule = _RULES.get(code.code)
    if rule:
        yield from ("", "会这样提示：", "")
        yield from (f"- {_said(way, rule)}" for way in rule.ways.values())
    example = failing(code.code)
    if example:
        yield from _shown(example)


def _said(way: Way, rule: Rule) -> str:
    severity = way.severity or rule.info.severity
    notes = [] if severity is rule.info.severity else [severity.label]
    notes += ["草稿中只是警告"] if way.staged else []
    message = re.sub(r"\{[a-z_]+\}", "…", way.message)
    return message + (f"（{'，'.join(notes)}）" if notes else "")


def _shown(example: Example) -> Iterator[str]:
    for title, lines in (("通不过：", example.wrong), ("通得过：", example.right)):
        if lines:
            yield from ("", title, "", "```yaml", *lines, "```")
