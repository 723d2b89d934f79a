"""`coop templates`: the college's own wordings, layouts and forms, looked at before they are used."""

from __future__ import annotations

import click

from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.check import result
from pipeline.cli.chinese import ChineseCommand, ChineseGroup
from pipeline.cli.place import Here, here
from pipeline.compose.template_lint import lint
from pipeline.kernel.finding import arrange, has_errors
from pipeline.output.reporters import FORMATS


@click.group(cls=ChineseGroup, name="templates")
def command() -> None:
    """文书模板：templates/ 下的文字模板、Word 版式和表单。"""


@command.command(cls=ChineseCommand, name="check")
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", help="输出格式", metavar="格式"
)
def check(form: str) -> int:
    """检查全部模板：写错的标记和字段、没有印出的字段、版式里不该有的内容。

    改了模板以后先运行它；coop check 也会一并检查。--format 和 coop check 相同：text、json、github 等。
    退出码：0 没有错误，1 有错误。
    """
    place = here()
    found = arrange(tuple(lint(place.templates, place.schemas)))
    if found or form != "text":
        click.echo(FORMATS[form](result(place, found, _count(place))), nl=False)
    else:
        click.echo("模板没有问题。")
    return FOUND if has_errors(found) else CLEAN


def _count(place: Here) -> int:
    """How many templates there are."""
    return sum(path.suffix in (".md", ".docx") for path in place.templates.rglob("*"))
