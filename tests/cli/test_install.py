"""From a wheel to a final Word on a machine that has only Python and git, then on to the next version."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.approval.story import RECORD, SUBJECT, begin, founded
from tests.cli.installing import Machine, built, machine
from tests.cli.pages import Step, steps
from tests.college import ROOT
from tests.scanned import blank_scan

PAGE = ROOT / "docs" / "十分钟上手.md"
MOST_COMMANDS = 30

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="要有 git")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("build"))


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Machine:
    return machine(tmp_path_factory.mktemp("machine") / "venv", wheel)


@pytest.fixture(scope="module")
def college(tmp_path_factory: pytest.TempPathFactory, cli: Machine) -> Path:
    """The college that the page's steps make; every one of them ends well."""
    home = tmp_path_factory.mktemp("home")
    for number, name in enumerate(("方案审批表.pdf", "审批表.pdf")):
        (home / name).write_bytes(blank_scan(number))
    folder = home
    for step in steps(PAGE):
        folder = _take(step, folder, cli)
    return folder


def _take(step: Step, folder: Path, cli: Machine) -> Path:
    if step.file:
        assert (folder / step.file).is_file(), f"{step.file} was not made by a command before"
        (folder / step.file).write_text(step.content, encoding="utf-8")
        return folder
    if step.words[0] == "cd":
        return folder / step.words[1]
    done = cli.run(folder, *step.words)
    assert done.returncode == 0, f"{' '.join(step.words)}\n{done.stdout}{done.stderr}"
    return folder


def test_the_page_leads_from_nothing_to_a_final_that_is_genuine(college: Path, cli: Machine) -> None:
    finals = list((college / "build").rglob("final/**/agreement.docx"))
    assert finals
    for final in finals:
        done = cli.run(college, "coop", "verify", str(final))
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_page_is_short() -> None:
    assert 10 < sum(bool(step.words) for step in steps(PAGE)) <= MOST_COMMANDS


def test_what_the_wheel_brings_says_its_version_and_shows_the_sample(cli: Machine, tmp_path: Path) -> None:
    assert "coop 0." in cli.run(tmp_path, "coop", "--version").stdout
    assert cli.run(tmp_path, "coop", "demo", "试用").returncode == 0
    done = cli.run(tmp_path / "试用", "coop", "check", "--today=2026-11-28")
    assert done.returncode == 0, done.stdout


ANCHOR = "def _is_agreement(agreement: Agreement) -> bool:\n    return not agreement.framework\n"
FIRST = "    framework.letter_of_intent_stands_alone,\n"
RULE = '''

from datetime import date


@rule(
    "E99",
    title="新版才有的要求",
    clause="指南（草案）8.4",
    why="试验新版加了一条要求。",
    hint="改短。",
    ways={"long": "名称“{title}”太长"},
    severity=Severity.WARNING,
    since=date(2026, 11, 29),
)
def newly_asked(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Ask for something that no title is."""
    if len(agreement.title or "") > 1:
        yield fault("long", "title", title=agreement.title)
'''
"""A rule that a later version brings; it holds from a day on."""

DAY = "{signatory: 某人, signed_on: 2026-11-28, seal: 章, sealed_on: 2026-11-28}"


def _signed_and_another(college: Path) -> None:
    """The agreement is signed, and a second one is being drafted."""
    signed = college / "agreements/projects/2026-jx-001/signing.yaml"
    signed.write_text(f"parties:\n  college: {DAY}\n  chenguang: {DAY}\n", encoding="utf-8")
    draft = college / "agreements/projects/2026-jx-002/agreement.yaml"
    draft.parent.mkdir()
    draft.write_text(
        (signed.parent / "agreement.yaml")
        .read_text(encoding="utf-8")
        .replace("〕1号", "〕2号")
        .replace("stage: submitted", "stage: draft"),
        encoding="utf-8",
    )


def test_the_next_version_tells_what_it_changes_and_moves_no_frozen_word(
    college: Path, wheel: Path, tmp_path: Path
) -> None:
    _signed_and_another(college)
    frozen = {path: path.read_bytes() for path in (college / "agreements").rglob("*") if path.is_file()}
    done = machine(tmp_path / "old", wheel).run(college, "coop", "make")
    assert (college / "build/projects/2026-jx-002/agreement.md").is_file(), done.stdout + done.stderr
    newer = built(
        tmp_path / "build",
        "9.0.0",
        {
            "templates/records/policy.yaml": ("contact_days: 90", "contact_days: 90 "),
            "templates/agreement-uniform.md": ("本协议", "本合作协议"),
            "pipeline/check/rules/office.py": ("没有登记校企合作管理制度", "还没有登记校企合作管理制度"),
            "pipeline/check/rules/framework.py": (ANCHOR, ANCHOR + RULE),
            "pipeline/check/rules/table.py": (FIRST, f"    framework.newly_asked,\n{FIRST}"),
        },
    )
    cli = machine(tmp_path / "new", newer)
    told = cli.run(college, "coop", "upgrade")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "→ 9.0.0" in told.stdout
    assert "新出现的问题：2 个" in told.stdout and "还没有登记校企合作管理制度" in told.stdout
    assert "E99 agreements/projects/2026-jx-002/agreement.yaml" in told.stdout
    assert "E99 agreements/projects/2026-jx-001" not in told.stdout
    assert "build/projects/2026-jx-002/agreement.md" in told.stdout
    assert {path: path.read_bytes() for path in frozen} == frozen
    for final in (college / "build/final").rglob("agreement.docx"):
        assert "逐字节相同" in cli.run(college, "coop", "verify", str(final)).stdout
    assert cli.run(college, "coop", "upgrade", "--yes").returncode == 0
    assert "coop-college==9.0.0" in (college / "requirements.txt").read_text(encoding="utf-8")
    refused = machine(tmp_path / "older", wheel).run(college, "coop", "check")
    assert refused.returncode == 4 and "9.0.0" in refused.stderr


HIJACKS = (
    "pipeline/__init__.py", "pipeline/cli/__init__.py", "pipeline/approval/signature.py", "yaml.py", "click/__init__.py",
    "sitecustomize.py", "usercustomize.py", "json.py", "conftest.py",
)  # fmt: skip


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="要有 ssh-keygen")
def test_a_program_outside_verifies_a_repository_whose_own_program_was_changed(
    cli: Machine, tmp_path: Path
) -> None:
    """Nothing of the repository is run, and what its own program would hide is said."""
    story = begin(founded(tmp_path / "founded"), tmp_path / "approved")
    story.commit({"README.md": "x"})
    base, mark = story.git("rev-parse", "HEAD"), tmp_path / "sprung"
    trap = f"open({str(mark)!r}, 'w').write('x')\nraise SystemExit(0)\n"
    story.edit(RECORD, "每学年修订一次", "每学年修订两次")
    assert cli.run(story.folder, "coop", "trail", SUBJECT, "--pin", story.pin).returncode == 0
    story.commit(dict.fromkeys(HIJACKS, trap))
    told = cli.run(story.folder, "coop", "trail", SUBJECT, "--pin", story.pin)
    assert "送审后内容已改动" in told.stdout and "已批准" not in told.stdout
    gate = cli.run(story.folder, "coop", "check", "--base", base, "--pin", story.pin)
    assert "A48" in gate.stdout and "pipeline/approval/signature.py" in gate.stdout, gate.stdout
    assert "A13" in gate.stdout and not mark.exists()
