"""The ready files for forges: read-only, the target's tool, the whole history; and what they run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.approval.story import RECORD, Story
from tests.college import ROOT

FORGES = ROOT / "docs" / "forges"
FILES = sorted(FORGES.glob("*.yml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_forges_file_asks_for_little_and_trusts_only_the_target(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert isinstance(yaml.safe_load(text), dict)
    assert "pull_request_target" not in text and "write" not in text.replace("写", "")
    assert "COOP_PIN" in text and "coop" in text
    assert any(whole in text for whole in ("fetch-depth: 0", 'GIT_DEPTH: "0"', "fetch --quiet --unshallow"))
    assert "tool/.venv/bin/coop" in text


def _commands(value: object) -> Iterator[object]:
    """Every entry of a list of commands, wherever it stands; lists that an anchor brings in are flattened."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("script", "before_script", "commands"):
                yield from (one for row in inner for one in (row if isinstance(row, list) else [row]))
            else:
                yield from _commands(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _commands(inner)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_command_is_a_text(file: Path) -> None:
    """A colon and a blank would make a mapping of it, which a forge refuses."""
    loaded = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert all(isinstance(one, str) for one in _commands(loaded))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_a_stranger_writes_enters_a_shell_unquoted(file: Path) -> None:
    """Expressions go through environment variables: a branch's name cannot become a command."""
    loaded = yaml.safe_load(file.read_text(encoding="utf-8"))
    for job in loaded.get("jobs", {}).values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")


def test_what_the_gate_runs_lets_good_work_through_and_shows_its_sentences(story: Story) -> None:
    story.git("switch", "--quiet", "-c", "work")
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", "example")
    story.commit(message="送审第二轮")
    assert story.coop("check", "--base", "main", "--format", "github", "--pin", story.pin)[0] == 0
    said = story.must("changes", "--base", "main", "-o", str(story.keys / "review"))
    assert "projects/example/agreement（改动）" in said and "每学年修订两次" in said
    assert "projects/second" not in said
    made = sorted(path.name for path in (story.keys / "review").iterdir())
    assert made == [
        "projects-example-agreement.docx",
        "projects-example-agreement.md",
        "改动.md",
    ]
    assert story.must("changes", "--base", "main", "--names").strip() == "projects/example/agreement"


def test_a_review_by_a_registered_account_is_written_down_as_a_claim(story: Story) -> None:
    """Of somebody who has no key; who has one is asked to use it."""
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", "example")
    options = ("--account", "github:lan", "--review", "https://forge.example/pull/1#r2", "--commit", "a" * 40)
    code, said = story.coop("record", "example", *options)
    assert code == 2 and "登记了钥匙" in said
    story.take_key("lan-yangben", "bai-yangben", "lv-yangben")
    story.must("record", "example", *options)
    story.commit()
    seen = story.trail()
    claimed = next(role for role in seen.data["roles"] if role["role"] == "legal")
    assert (claimed["basis"], claimed["level"]) == ("claimed", "L0")
    code, said = story.coop("record", "example", "--account", "github:nobody", "--review", "https://x")
    assert code == 2 and "没有登记账号" in said
