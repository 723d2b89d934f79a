"""`coop init`: a repository of the college's own, from a few answers."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from pipeline.cli.app import CLEAN
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import HOME, fresh_folder, shown_folder
from pipeline.cli.pins import pins
from pipeline.cli.today import today_option
from pipeline.git.begin import begin, demand_git
from pipeline.kernel.chinese import credit_code_fault
from pipeline.kernel.store import replace_file
from pipeline.output.new_college import FORGES, Answers, first_files
from pipeline.output.new_college.question_sheet import blank_sheet
from pipeline.returned.answer_sheet import SheetError, answers_of

QUESTIONS: Mapping[str, tuple[str, str, str]] = {
    "name": ("学校全称", "", "与公章一致"),
    "short_name": ("简称", "=name", "打印时用；不写就用全称"),
    "city": ("所在地", "", "省、市，或完整地址"),
    "credit_code": ("统一社会信用代码", " ", "18 位；手头没有可以先空着"),
    "office": ("校企合作办公室名称", "校企合作办公室", ""),
    "departments": ("各系部和负责人", "", "系部 主任 书记，如：机械工程系 张三 李四、信息工程系 王五"),
    "president": ("院长", "", "法定代表人的姓名"),
    "vice_president": ("分管副院长", "", "姓名"),
    "head": ("办公室主任", "", "姓名"),
    "clerk": ("办公室经办人", "", "姓名，登记审批的人"),
    "legal": ("法务", "", "姓名，审核协议的人"),
}
"""Question by its option: how it is asked, what is taken where nothing is answered, and a remark.

An empty default makes an answer necessary; a blank one stands for nothing.
"""


def _question_options(command: Any) -> Any:
    for key, (label, _, remark) in reversed(tuple(QUESTIONS.items())):
        text = f"{label}（{remark}）" if remark else label
        command = click.option(f"--{key.replace('_', '-')}", key, metavar="文字", help=text)(command)
    return command


@click.command(cls=ChineseCommand, name="init")
@click.argument("folder", type=click.Path(path_type=Path), metavar="文件夹", required=False)
@_question_options
@click.option(
    "--forge",
    type=click.Choice(list(FORGES)),
    metavar="平台",
    help=f"代码平台：{'、'.join(FORGES)}；默认 none",
)
@click.option(
    "--sheet",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="文件.xlsx",
    help="填好的问题表，代替一个个回答",
)
@click.option(
    "--blank-sheet", type=click.Path(path_type=Path), metavar="文件.xlsx", help="只写一份空的问题表，供填写"
)
@today_option
def command(
    folder: Path | None,
    forge: str | None,
    sheet: Path | None,
    blank_sheet: Path | None,
    today: date,
    **given: str | None,
) -> int:
    """建一个本校自己的合作协议库：回答几个问题，得到学校信息、约定、审批规则草稿和全部配套文件，可以马上运行。

    每个问题也可以写成选项；或者用 --blank-sheet 写一份 Excel 问题表，填好后用 --sheet 交回来。
    """
    if blank_sheet is not None:
        return _blank(blank_sheet)
    if folder is None:
        raise click.UsageError("要写明建在哪个文件夹，例如 coop init 合作协议库")
    fresh_folder(folder)
    demand_git()
    known = {key: value for key, value in given.items() if value is not None}
    if sheet is not None:
        known = {**_from_sheet(sheet), **known}
    answers = _answers(known, asking=sheet is None and sys.stdin.isatty())
    files = first_files(answers, today, HOME, forge=forge or "none", pins=pins(), identifier=_identifier())
    for name, content in files.items():
        replace_file(folder / name, content, sync=False)
    knew = begin(folder, f"建立{answers.name}校企合作协议库", answers.clerk)
    _print_next(folder, answers, knew)
    return CLEAN


def _blank(path: Path) -> int:
    replace_file(path, blank_sheet([(label, remark) for label, _, remark in QUESTIONS.values()]))
    click.echo(f"问题表在 {path}：第二列填好以后运行 coop init 文件夹 --sheet {path}")
    return CLEAN


def _from_sheet(path: Path) -> dict[str, str]:
    try:
        filled = answers_of(path.read_bytes())
    except SheetError as error:
        raise click.UsageError(f"{path}：{error}") from error
    found = {key: filled.get(label, "") for key, (label, _, _) in QUESTIONS.items()}
    return {key: value for key, value in found.items() if value}


def _answers(known: Mapping[str, str], *, asking: bool) -> Answers:
    """The answers given, and on a terminal those asked for; all that is missing or wrong is told at once."""
    given: dict[str, str] = {}
    if asking and len(known) < len(QUESTIONS):
        click.echo("回答几个问题；方括号里的直接回车就用它，答错了以后在 agreements/college.yaml 里改。\n")
    faults: list[str] = []
    for key, (label, default, remark) in QUESTIONS.items():
        usual = given.get(default[1:], "") if default.startswith("=") else default
        if key in known:
            given[key] = known[key].strip()
        elif asking:
            given[key] = _asked(key, label, usual, remark)
        elif usual.strip() or default:
            given[key] = usual.strip()
            if not given[key] and default.startswith("="):
                continue  # the question it follows is told
        else:
            faults.append(
                f'缺少{label}：写 --{key.replace("_", "-")} "……"' + (f"，{remark}" if remark else "")
            )
            continue
        fault = _fault(key, given[key])
        if fault:
            faults.append(f"{label}：{fault}")
    if faults:
        raise click.UsageError("\n".join(faults))
    departments = _departments(given.pop("departments"))
    return Answers(departments=departments, **given)


def _asked(key: str, label: str, usual: str, remark: str) -> str:
    text = f"{label}（{remark}）" if remark else label
    while True:
        answer = str(
            click.prompt(text, default=usual or None, show_default=bool(usual.strip()), prompt_suffix="：")
        ).strip()
        fault = _fault(key, answer)
        if not fault:
            return answer
        click.echo(f"  {fault}")


def _fault(key: str, answer: str) -> str:
    check: Callable[[str], str] | None = _CHECKS.get(key)
    if check:
        return check(answer)
    return "" if answer and "\n" not in answer else "要写一行文字"


def _code_fault(answer: str) -> str:
    return (credit_code_fault(answer) or "") if answer else ""


def _departments_fault(answer: str) -> str:
    wrong = [part for part in _parts(answer) if len(part.split()) not in (2, 3)]
    if not wrong and _parts(answer):
        return ""
    shown = f"“{wrong[0]}”" if wrong else "这里"
    return f"{shown}要写成“系部名称 主任 书记”（书记可以不写），几个系部用顿号隔开，如 机械工程系 张三 李四、信息工程系 王五"


_CHECKS: Mapping[str, Callable[[str], str]] = {"credit_code": _code_fault, "departments": _departments_fault}


def _parts(answer: str) -> list[str]:
    return [
        part.replace("：", " ").replace(":", " ")
        for part in re.split(r"[、，,；;\n]", answer)
        if part.strip()
    ]


def _departments(answer: str) -> tuple[tuple[str, str, str], ...]:
    rows = [[*part.split(), ""] for part in _parts(answer)]
    return tuple((row[0], row[1], row[2]) for row in rows)


def _identifier() -> str:
    """A random UUID (version 4)."""
    raw = bytearray(os.urandom(16))
    raw[6], raw[8] = raw[6] & 0x0F | 0x40, raw[8] & 0x3F | 0x80
    text = raw.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def _print_next(folder: Path, answers: Answers, knew: bool) -> None:
    click.echo(f"建好了{answers.name}的合作协议库：{folder}")
    click.echo("  agreements/college.yaml　学校、部门和人员，请核对，把地址补全")
    click.echo("  agreements/policy.yaml　学校的约定，经学校批准后写上批准日期")
    click.echo("  agreements/governance/0001.yaml　审批规则草稿，请核对谁担任什么角色")
    click.echo("  使用说明.md　给办事人员的说明")
    if not knew:
        click.echo(
            "git 还不知道您是谁，第一次提交用了经办人的名字。请运行：\n"
            '  git config --global user.name "姓名"\n  git config --global user.email "邮箱"'
        )
    click.echo(f"下一步：cd {shown_folder(folder)}，然后运行 coop make")
