"""`coop templates`: the college's own wordings, layouts, forms and fields, looked at before they are used."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.check_command import result
from pipeline.cli.click_texts import ChineseCommand, ChineseGroup
from pipeline.cli.location import HOME, Here, here
from pipeline.compose.template_lint import lint
from pipeline.kernel.finding import arrange, has_errors
from pipeline.kernel.store import replace_file
from pipeline.kernel.visible import escape_controls
from pipeline.output.new_college.own_schema import start
from pipeline.output.new_college.own_templates import BASE, OwnTemplate, changes, own_templates, since
from pipeline.output.reporters import FORMATS
from pipeline.record.schema.folder import OWN
from pipeline.standing.packs import FOLDER as PACKS


@click.group(cls=ChineseGroup, name="templates")
def command() -> None:
    """文书模板：文字模板、Word 版式、表单和上报表的栏目。学校的 templates/ 里有的用学校的，没有的用程序自带的。

    学校的 schemas/ 里可以给字段加选项、加必填、加本校自己的字段，写法见 docs/templates.md。
    """


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
    found = arrange((*lint(place.templates, place.schemas), *place.schemas.findings))
    if found or form != "text":
        click.echo(FORMATS[form](result(place, found, _count(place))), nl=False)
    else:
        click.echo("模板没有问题。")
    return FOUND if has_errors(found) else CLEAN


def _count(place: Here) -> int:
    """How many templates there are."""
    return sum(_is_template(path) for path in place.templates.rglob("*"))


def _is_template(path: Path) -> bool:
    return path.suffix in (".md", ".docx") or (path.suffix == ".yaml" and path.parent.name == PACKS)


@command.command(cls=ChineseCommand, name="list")
def list_command() -> int:
    """列出模板：本校自己的、程序自带的，自己的里面哪些的原件后来变了。"""
    place = here()
    changed = tuple(own_templates(place.root / "templates", place.own_templates, HOME / "templates"))
    for one in changed:
        click.echo(f"{one.name}　{one.standing}")
    shipped = sorted(path for path in (HOME / "templates").rglob("*") if _is_template(path))
    names = [path.relative_to(HOME / "templates").as_posix() for path in shipped]
    for name in names:
        if name not in place.own_templates:
            click.echo(f"{name}　自带的")
    for kind, added in place.schemas.additions.items():
        faulty = "；有不起作用的，看 coop templates check" if added.findings else ""
        click.echo(f"{OWN}/{kind}.yaml　本校补充：{added.summary}{_moved(place, kind)}{faulty}")
    click.echo(
        f"自己的 {len(changed)} 个，自带的 {len(names)} 个，补充了字段的记录 {len(place.schemas.additions)} 种。"
        "要改一个：coop templates own 名称"
    )
    return CLEAN


def _moved(place: Here, kind: str) -> str:
    """Whether the shipped definition changed since the college began to add to it."""
    moved = any(one.moved for one in _own_schemas(place) if one.name == f"{kind}.yaml")
    return "；自带的后来变了，看 coop templates diff" if moved else ""


def _own_schemas(place: Here) -> tuple[OwnTemplate, ...]:
    return tuple(own_templates(place.root / OWN, place.own_schemas, HOME / OWN))


@command.command(cls=ChineseCommand, name="own")
@click.argument("name", metavar="名称")
def own_command(name: str) -> int:
    """把一个自带的模板抄到本校的 templates/ 下，以后改这一份；其余的仍用自带的。

    名称如 agreement-full.md（.md 可以不写）、layout/contract.docx。同时记下原件，程序升级后用 diff 看原件变了什么。
    名称写 schemas/agreement 这样的，是给一种记录补充字段：得到一份空的 schemas/agreement.yaml，里面写着怎样补充。
    """
    place = here()
    if name.startswith(f"{OWN}/"):
        return _own_schema(place, name.removeprefix(f"{OWN}/").removesuffix(".yaml"))
    name = _named(name)
    target = place.root / "templates" / name
    if place.root == HOME or target.exists():
        raise click.UsageError(f"templates/{name} 已经有了，没有改动它")
    content = (HOME / "templates" / name).read_bytes()
    replace_file(target, content)
    replace_file(place.root / "templates" / BASE / name, content)
    click.echo(f"抄到了 templates/{name}，改这一份就行；改好后运行 coop templates check。")
    return CLEAN


def _own_schema(place: Here, kind: str) -> int:
    """A file to write additions in, and beside it the shipped one as it is now."""
    target = place.root / OWN / f"{kind}.yaml"
    if kind not in place.schemas.open:
        raise click.UsageError(f"没有叫 {kind} 的记录可以补充；有：{'、'.join(place.schemas.open)}")
    if place.root == HOME or target.exists():
        raise click.UsageError(f"{OWN}/{kind}.yaml 已经有了，没有改动它")
    replace_file(place.root / OWN / BASE / f"{kind}.yaml", (HOME / OWN / f"{kind}.yaml").read_bytes())
    replace_file(target, start(place.schemas[kind]).encode())
    click.echo(f"新建了 {OWN}/{kind}.yaml，里面写着怎样补充；写好后运行 coop templates check。")
    return CLEAN


@command.command(cls=ChineseCommand, name="diff")
@click.argument("name", metavar="[名称]", required=False)
@click.option("--seen", is_flag=True, help="原件的改动看过了（该抄的已经抄进自己的），以后不再提示")
def diff_command(name: str | None, seen: bool) -> int:
    """看自己的模板和自带的有哪些不同，自带的后来变了什么；不写名称就看全部自己的。"""
    place = here()
    every = {
        one.name: one
        for one in own_templates(place.root / "templates", place.own_templates, HOME / "templates")
    } | {f"{OWN}/{one.name}": one for one in _own_schemas(place)}
    wanted = {key: one for key, one in every.items() if name in (None, key, key.rpartition(".")[0])}
    if name is not None and not wanted:
        raise click.UsageError(f"本校没有自己的 {name}；有哪些：coop templates list")
    for key, one in wanted.items():
        field_list = key.startswith(f"{OWN}/")
        click.echo(f"== {key}　{'本校补充的' if field_list else one.standing}")
        for line in since(one) if field_list else changes(one):
            click.echo(escape_controls(line))
        if seen and one.shipped is not None:
            folder = OWN if field_list else "templates"
            replace_file(place.root / folder / BASE / one.name, one.shipped)
    if not wanted:
        click.echo("本校没有自己的模板，用的都是自带的。")
    return CLEAN


def _named(name: str) -> str:
    """A shipped template by its name, with or without its ending."""
    for one in (name, *(f"{name}{ending}" for ending in (".md", ".docx", ".yaml"))):
        if (HOME / "templates" / one).is_file() and ".." not in one.split("/"):
            return one
    raise click.UsageError(f"程序没有自带叫 {name} 的模板；有哪些：coop templates list")
