"""`coop schema`: what editors like VS Code need to complete and explain the fields of records."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pipeline.cli.app import CLEAN
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import here
from pipeline.kernel.store import replace_file
from pipeline.record.kinds import KINDS, Kind
from pipeline.record.schema.json_schema import json_schema

_SETTINGS = ".vscode/settings.json"


@click.command(cls=ChineseCommand, name="schema")
@click.option(
    "-o",
    "out",
    type=click.Path(path_type=Path),
    default=Path(".vscode/coop"),
    metavar="文件夹",
    help="写到哪里；默认 .vscode/coop",
)
def command(out: Path) -> int:
    """写出各种记录的 JSON Schema：VS Code 装了 YAML 插件以后，写字段时有中文说明，能补全，选项写错当场标出。

    本校自己加的字段和选项也在里面；升级程序、改了本校的 schemas/ 以后再运行一次。齐不齐、对不对，仍以 coop check 为准。
    """
    place = here()
    folder = out if out.is_absolute() else place.root / out
    globs: dict[str, str] = {}
    for kind in KINDS:
        path = folder / f"{kind.name}.json"
        made = json_schema(place.schemas[kind.name], kind.label)
        replace_file(path, (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode())
        inside = folder.is_relative_to(place.root)
        globs[f"./{path.relative_to(place.root).as_posix()}" if inside else path.as_uri()] = _pattern(kind)
    click.echo(f"写好了 {len(globs)} 种记录的说明，在 {out.as_posix()}/。")
    _settle(place.root / _SETTINGS, globs)
    return CLEAN


def _pattern(kind: Kind) -> str:
    """The files of a kind as editors write it: an asterisk for each part of the path that names the record."""
    return kind.file("/".join("*" for _ in kind.names))


def _settle(path: Path, globs: dict[str, str]) -> None:
    """Name the schemas in the editor's settings, all else there staying; say what to write where that cannot be."""
    try:
        settings = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        if not isinstance(settings, dict) or not isinstance(settings.get("yaml.schemas", {}), dict):
            raise ValueError("no mapping")
    except ValueError:
        # VS Code allows comments there, which JSON does not: nobody's comments are thrown away.
        wanted = json.dumps({"yaml.schemas": globs}, ensure_ascii=False, indent=2)
        click.echo(f"{_SETTINGS} 里有注释，或者不是 JSON，程序不改它；请自己加上：\n{wanted}")
        return
    settings["yaml.schemas"] = {**settings.get("yaml.schemas", {}), **globs}
    replace_file(path, (json.dumps(settings, ensure_ascii=False, indent=2) + "\n").encode())
    click.echo(f"也写进了 {_SETTINGS}。在 VS Code 里装上 YAML 插件（Red Hat），打开一份记录就能用。")
