"""What the pages tell to type is what the program knows; README.zh-CN's commands are typed in the sample college."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import click
import pytest

from pipeline.cli import main
from pipeline.cli.app import coop
from tests.college import ROOT

README = ROOT / "README.zh-CN.md"
PAGES = (
    ROOT / "README.md",
    README,
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs" / "forges").glob("*.md")),
    *sorted((ROOT / "pipeline" / "output" / "new_college").rglob("*.md")),
)
_SPAN = re.compile(r"`(?:\$ )?(coop(?: [^`\n]+)?)`")
_LINE = re.compile(r"(?m)^(?:\$ )?(coop [^\n]+)$")


def _typed(page: Path) -> Iterator[str]:
    """Every command of a page, in the text and in blocks, without the remark behind it."""
    text = page.read_text(encoding="utf-8")
    blocks = list(re.finditer(r"(?ms)^```\w*\n(.*?)^```", text))
    inside = [(one.start(1) + line.start(), line[1]) for one in blocks for line in _LINE.finditer(one[1])]
    found = sorted([*((one.start(), one[1]) for one in _SPAN.finditer(text)), *inside])
    for one in dict.fromkeys(re.sub(r"\s+#.*", "", line).strip() for _, line in found):
        if "…" not in one and "：" not in one:
            yield one


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_only_commands_and_options_that_are_there(page: Path) -> None:
    for line in _typed(page):
        _, words, _ = coop.make_parser(click.Context(coop)).parse_args(shlex.split(line)[1:])
        command: click.Command = coop
        while isinstance(command, click.Group) and words and not words[0].startswith("-"):
            found = command.get_command(click.Context(command), words[0])
            assert found is not None, f"{line}: no command {words[0]}"
            command, words = found, words[1:]
        context = click.Context(command, resilient_parsing=True)
        _, left, _ = command.make_parser(context).parse_args(words)
        assert not left, f"{line}: too much: {left}"


PLACES = {"项目编号": "2025-im-001", "文件.docx": "", "旧版本": "HEAD"}
"""What a reader puts in where README speaks in general."""
NOT_RUN = (
    "desk",
    "watch",
    "demo",
    "init",
    "submit",
    "verify",
    "read",
    "build",
    "diff",
    "trail",
    "upgrade",
    "site",
    "make",
    "sheet",
    "import",
)
"""What waits for a person, needs what is not here, or is run to its end by the tests of its own page."""


def test_the_commands_of_readme_work_in_the_sample(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with chdir(tmp_path):
        assert main(["demo", "试用"]) == 0
    ran = []
    with chdir(tmp_path / "试用"):
        for line in _typed(README):
            words = [PLACES.get(word, word) for word in shlex.split(line)[1:]]
            if not words or words[0] in NOT_RUN or words == ["new", "policy"]:
                continue
            capsys.readouterr()
            code = main(words)
            said = capsys.readouterr()
            assert code in (0, 1) and "Traceback" not in said.err, f"{line}\n{said.out}{said.err}"
            ran.append(words[0])
    assert {"new", "show", "check", "explain", "templates"} <= set(ran)
