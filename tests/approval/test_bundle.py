"""The evidence bundle in the hands of a court's expert: the page in it is followed to the letter, by any shell."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.approval import signature
from pipeline.approval.chain import NAMESPACE as RULES_NAMESPACE
from pipeline.record.rounds.statement import NAMESPACE
from tests.approval.story import FOLDER, RECORD, SUBJECT, Story

LEGAL = f"{FOLDER}/legal--lan-yangben--1.json"
RULES = "agreements/governance"


def unpacked(story: Story, folder: Path) -> Path:
    story.must("trail", SUBJECT, "--pin", story.pin, "--bundle", str(folder / "b.zip"))
    shutil.unpack_archive(folder / "b.zip", folder / "证据 包")
    return folder / "证据 包"


def commands(folder: Path) -> list[str]:
    """Every line that the page tells a reader to type."""
    page = (folder / "说明.txt").read_text(encoding="utf-8")
    steps = page.partition("怎样自己核验")[2].partition("基准（")[0]
    return [row.strip() for row in steps.split("\n") if row.startswith("    ")]


def typed(folder: Path, rows: list[str], shell: str = "bash") -> list[str]:
    """What each line says, with FAILED before it where it fails."""
    said = []
    for row in rows:
        done = subprocess.run([shell, "-c", row], cwd=folder, capture_output=True, text=True, check=False)
        said.append(f"{'FAILED ' if done.returncode else ''}{done.stdout}")
    return said


def second_version(story: Story) -> None:
    """A colleague joined under the second version of the rules and approved under it."""
    person = story.public("new-one")
    line = f'  new-one: {{name: 新样本, roles: [legal], keys: ["{person}"]}}\nmatrix:'
    story.governance(2, story.next_version("matrix:", line), "bai-yangben", "lv-yangben")
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    for role, who in {"department": "hong-yangben", "legal": "new-one", "president": "bai-yangben"}.items():
        story.approve(SUBJECT, role, who)
    story.commit()


@pytest.mark.parametrize("shell", ["bash", "dash"])
def test_the_page_is_followed_to_the_letter(story: Story, tmp_path: Path, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}")
    second_version(story)
    folder = unpacked(story, tmp_path)
    rows = commands(folder)
    said = typed(folder, rows, shell)
    assert not [one for one in said if one.startswith("FAILED")]
    assert sum(one.startswith("Good ") for one in said) == 8, (
        "three approvals in each of two rounds, and two governors"
    )
    page = (folder / "说明.txt").read_text(encoding="utf-8")
    assert story.pin in page and "已批准〔L1 有签名〕" in page and "法律效力" in page
    counted = said[rows.index("find . -type f | wc -l")].strip()
    assert f"第二条显示 {counted}" in page
    assert any("new-one" in one and "0002.yaml" not in one for one in said), (
        "the key is shown under its owner"
    )


def manifest(folder: Path) -> None:
    """A forger writes the manifest anew as well."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    rows = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in names
        if name != "manifest.txt"
    ]
    (folder / "manifest.txt").write_text("".join(rows), encoding="utf-8")


def other_words(folder: Path, story: Story) -> None:
    path = folder / f"{FOLDER}/r2.jsonl"
    path.write_bytes(path.read_bytes().replace(b"480000.00", b"480000.01"))


def other_statement(folder: Path, story: Story) -> None:
    path = next((folder / FOLDER).glob("legal--new-one--1.json"))
    path.write_bytes(path.read_bytes().replace(b'"date"', b'"comment":"x","date"'))


def own_key(folder: Path, story: Story) -> None:
    """The forger signs with a key of his own and puts it on the list of those who may sign."""
    path = folder / f"{FOLDER}/legal--new-one--1.json"
    (path.parent / f"{path.name}.sig").write_bytes(
        signature.sign(story.key("forger"), NAMESPACE, path.read_bytes())
    )
    listed = folder / "allowed_signers"
    listed.write_text(listed.read_text().replace(story.public("new-one"), story.public("forger")))
    page = folder / "说明.txt"
    page.write_text(
        page.read_text(encoding="utf-8").replace(
            story.public("new-one").split()[1], story.public("forger").split()[1]
        ),
        encoding="utf-8",
    )


def own_rules(folder: Path, story: Story) -> None:
    """And writes the second version of the rules so that his key stands in it, signed by himself."""
    path = folder / RULES / "0002.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(story.public("new-one"), story.public("forger")),
        encoding="utf-8",
    )
    for person in ("bai-yangben", "lv-yangben"):
        signed = signature.sign(story.key("forger"), RULES_NAMESPACE, path.read_bytes())
        (folder / RULES / f"0002.{person}.sig").write_bytes(signed)
    own_key(folder, story)


def own_college(folder: Path, story: Story) -> None:
    """Or everything from the first version on: then the pin that the college keeps is another."""
    own_rules(folder, story)
    first = folder / RULES / "0001.yaml"
    for person in ("bai-yangben", "lv-yangben"):
        first.write_text(
            first.read_text(encoding="utf-8").replace(story.public(person), story.public("forger")),
            encoding="utf-8",
        )


@pytest.mark.parametrize("forge", [other_words, other_statement, own_key, own_rules, own_college])
def test_each_forgery_shows_where_the_page_is_followed(
    story: Story, tmp_path: Path, forge: Callable[[Path, Story], None]
) -> None:
    second_version(story)
    folder = unpacked(story, tmp_path)
    rows = commands(folder)
    forge(folder, story)
    assert typed(folder, rows)[0].startswith("FAILED"), "the manifest shows it"
    manifest(folder)
    assert any(one.startswith("FAILED") for one in typed(folder, commands(folder))[1:]), (
        "and with the manifest forged too"
    )


def test_a_file_that_was_put_in_is_counted(story: Story, tmp_path: Path) -> None:
    folder = unpacked(story, tmp_path)
    rows = commands(folder)
    before = typed(folder, rows)[1]
    (folder / FOLDER / "legal--lan-yangben--2.json").write_text("{}")
    assert typed(folder, rows)[1] != before


def test_nothing_that_a_stranger_wrote_reaches_the_experts_shell(story: Story, tmp_path: Path) -> None:
    """A folder may have any name; what stands in the page is quoted."""
    odd = "agreements/approvals/projects/$(touch sprung)`id`;x y/agreement"
    for path in (story.folder / FOLDER).iterdir():
        story.write({f"{odd}/{path.name}": path.read_bytes()})
    story.commit()
    subject = odd.removeprefix("agreements/approvals/")
    story.coop("trail", subject, "--pin", story.pin, "--bundle", str(tmp_path / "b.zip"))
    shutil.unpack_archive(tmp_path / "b.zip", tmp_path / "u")
    typed(tmp_path / "u", commands(tmp_path / "u"))
    assert not list(tmp_path.rglob("sprung"))
