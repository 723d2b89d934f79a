"""`coop docs`: write the pages that the program knows best itself, and the record classes the schemas state."""

from __future__ import annotations

import click

from pipeline.check.handbook import PAGES
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import HOME, schemas
from pipeline.kernel.store import replace_file
from pipeline.record.generate import modules

_MODEL = "pipeline/record/model"


@click.command(cls=ChineseCommand, name="docs")
@click.option("--check", is_flag=True, help="只看是不是最新，不写文件；有过时的退出码为 1")
def command(check: bool) -> int:
    """由程序生成说明页（docs/ 下的规则手册等）和记录的类，供维护工具的同事在改了规则或 schemas/ 以后运行。"""
    made = _made()
    stale = [name for name, text in made.items() if _written(name) != text.encode()]
    for name in stale:
        if not check:
            replace_file(HOME / name, made[name].encode())
        click.echo(f"{'过时' if check else '更新'}：{name}")
    if not stale:
        click.echo("由程序生成的文件都是最新的。")
    return FOUND if stale and check else CLEAN


def _made() -> dict[str, str]:
    """Everything that is generated, by its path."""
    pages = {f"docs/{name}": page(schemas()) for name, page in PAGES.items()}
    return pages | {f"{_MODEL}/{name}": text for name, text in modules(schemas()).items()}


def _written(name: str) -> bytes:
    try:
        return (HOME / name).read_bytes()
    except OSError:
        return b""
