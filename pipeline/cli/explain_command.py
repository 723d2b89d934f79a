"""`coop explain`: the page behind a code, or everything that serves a clause."""

from __future__ import annotations

import re

import click

from pipeline.check.catalogue import CODES
from pipeline.check.handbook import code_page as code_page
from pipeline.check.handbook import conformity
from pipeline.check.handbook.clause_pages import serving
from pipeline.cli.app import CLEAN
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import schemas
from pipeline.kernel.visible import nearest
from pipeline.record.clause_register import asked as asked_for


@click.command(cls=ChineseCommand, name="explain")
@click.argument("what", nargs=-1, required=True, metavar="代码或条款")
def command(what: tuple[str, ...]) -> int:
    """解释一个提示代码（E08）：查什么、依据、为什么、怎么改；或列出落实一条规定（8.4、民法典502）的规则和字段。"""
    asked = " ".join(what)
    code = CODES.get(asked.upper())
    if code:
        click.echo("\n".join(code_page.page(code)))
        return CLEAN
    clauses = tuple(conformity.explained(asked_for(conformity.provisions(), asked), schemas()))
    if clauses:
        click.echo("\n".join((*clauses, "")))
    lines = serving(asked, schemas())
    if not lines and clauses:
        return CLEAN
    if not lines:
        raise click.UsageError(_unknown(asked))
    click.echo("\n".join((f"落实{asked}的有：", *(f"  {line}" for line in lines))))
    return CLEAN


def _unknown(asked: str) -> str:
    meant = nearest(asked.upper(), CODES) if re.fullmatch("[A-Za-z][A-Za-z0-9]{0,3}", asked) else None
    guess = f"，是不是 {meant}？" if meant else "。"
    families = "、".join(sorted({code[0] for code in CODES}))
    return (
        f"没有代码或条款“{asked}”{guess}\n"
        f"代码是一个字母（{families}）加两位数字，全部列在 docs/rules.md；条款例如 8.4、民法典502、职业教育法50。"
    )
