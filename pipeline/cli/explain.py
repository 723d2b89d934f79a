"""`coop explain`: the page behind a code."""

from __future__ import annotations

import click

from pipeline.catalogue import CODES
from pipeline.cli.app import CLEAN
from pipeline.cli.chinese import ChineseCommand
from pipeline.finding import Code
from pipeline.rules.table import RULES
from pipeline.visible import nearest


@click.command(cls=ChineseCommand, name="explain")
@click.argument("code", metavar="代码")
def command(code: str) -> int:
    """解释一个提示代码：查什么、依据、为什么、怎么改。"""
    wanted = code.upper()
    if wanted not in CODES:
        meant = nearest(wanted, CODES)
        guess = f"，是不是 {meant}？" if meant else ""
        raise click.UsageError(f"没有代码 {code}{guess}\n现有代码：{'、'.join(CODES)}")
    click.echo("\n".join(page(CODES[wanted])))
    return CLEAN


def page(code: Code) -> list[str]:
    """The page of a code, line by line."""
    lines = [f"{code.code}　{code.title}", ""]
    if code.clause:
        lines.append(f"依据：{code.clause}")
    lines += [f"为什么：{code.why}", f"改法：{code.hint}"]
    rule = next((rule for rule in RULES if rule.info.code == code.code), None)
    if rule:
        lines += ["", "会这样提示："]
        lines += [
            f"  · {way.message}{'（草稿中只是警告）' if way.staged else ''}" for way in rule.ways.values()
        ]
    return lines
