"""Whatever Click may say to an editor has a Chinese text, also after Click itself was renewed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import click
import polib
import pytest
from click.testing import CliRunner

from pipeline.cli.click_texts import confirmed, speak_chinese
from tests.conftest import LOCALE

FOR_PROGRAMMERS = (
    "DeprecationWarning:",
    "Name '{name}' defined twice",
    "Boolean option {decl!r} cannot use",
    "Could not determine name for option",
    "No options defined but a name was passed",
    "Arguments take exactly one parameter declaration",
    "Invalid start character for option",
    "Unknown color",
    "Unknown standard stream",
    "Windows error:",
    "Choice({choices})",
    "d",  # the letter of days in a progress bar
)
"""How the texts begin that only a fault in our own program can bring up."""


def _said() -> Iterator[str]:
    """The texts Click has translated, in the singular, as they stand in its source."""
    for file in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "ngettext", "gettext"):
                text = node.args[0]
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield text.value


def test_every_text_is_translated() -> None:
    known = {entry.msgid for entry in polib.pofile(str(LOCALE / "messages.po"))}
    missing = {text for text in _said() if text not in known}
    assert {text for text in missing if not text.startswith(FOR_PROGRAMMERS)} == set()


def test_every_translation_fills_in_what_the_text_has_to_tell() -> None:
    for entry in polib.pofile(str(LOCALE / "messages.po")):
        told = entry.msgstr or entry.msgstr_plural[0]
        assert told
        if "{filename" in entry.msgid:
            assert "{filename}" in told
        told.format_map(dict.fromkeys(_names(entry.msgid + entry.msgid_plural), "x"))


def _names(text: str) -> Iterator[str]:
    for part in text.split("{")[1:]:
        yield part.split("}")[0].split("!")[0]


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("y", True),
        ("是", True),
        ("ｙ", True),
        ("YES", True),
        ("", False),
        ("n", False),
        ("否", False),
        ("不", False),
    ],
)
def test_a_yes_is_asked_for_and_answered_in_chinese(typed: str, taken: bool) -> None:
    told: list[bool] = []
    asking = click.Command("ask", callback=lambda: told.append(confirmed("写入吗？")))
    said = CliRunner().invoke(asking, input=f"{typed}\n").output
    assert told == [taken]
    assert said.startswith("写入吗？（是/否，直接回车是“否”）：") and "[y/N]" not in said


def test_another_answer_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "")  # it is put back afterwards
    speak_chinese()
    told: list[bool] = []
    asking = click.Command("ask", callback=lambda: told.append(confirmed("写入吗？")))
    said = CliRunner().invoke(asking, input="也许\n是\n").output
    assert told == [True] and "请回答“是”或者“否”" in said and "Error" not in said
