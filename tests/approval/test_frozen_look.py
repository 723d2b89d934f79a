"""How a final looks is frozen with its words: the same file verifies whatever the program prints later."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from pipeline.approval.trail.compare import fields
from pipeline.approval.trail.look import looks_as_frozen
from pipeline.paper import docx
from pipeline.paper.finish import finish
from pipeline.record.rounds.frozen_words import read
from tests.approval.story import FOLDER, RECORD, SUBJECT, Story
from tests.approval.word_attacks import LOOKS, PACKAGE, TEXT, packed, unpacked
from tests.approval.word_tricks import TRICKS
from tests.approval.word_zips import ZIPS
from tests.college import TEMPLATES

FINAL = "build/final/projects/example/agreement.docx"
LAYOUT = "layout/contract.docx"


def repacked(path: Path, part: str, old: bytes, new: bytes) -> None:
    """Alter a part of a Word file, packed by another program's habits."""
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old in parts[part], f"{old!r} in {part}"
    parts[part] = parts[part].replace(old, new)
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


@pytest.fixture
def updated(finished: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """The final was made; since then the program came with another layout, and prints every part another way."""
    home = tmp_path / "home"
    shutil.copytree(TEMPLATES, home / "templates")
    repacked(home / "templates" / LAYOUT, "word/styles.xml", b"<w:style ", b"<w:style  ")
    for module in ("verify_command", "opened_trail", "final_papers"):
        monkeypatch.setattr(f"pipeline.cli.{module}.HOME", home)
    monkeypatch.setattr(
        docx, "finish", lambda *given, **more: finish(*given, **more).replace(b"<w:body>", b"<w:body >")
    )
    docx._laid.cache_clear()
    return finished


def verified(story: Story, file: str = FINAL, *options: str) -> tuple[int, dict[str, Any]]:
    code, said = story.coop("verify", file, "--pin", story.pin, "--format", "json", *options)
    return code, json.loads(said)


def test_a_final_verifies_after_the_program_and_its_layout_have_changed(
    updated: Story, tmp_path: Path
) -> None:
    code, told = verified(updated)
    assert code == 0 and (told["verdict"], told["same"]) == ("genuine", "parts") and not told["findings"]
    repacked(updated.folder / FINAL, "word/styles.xml", b"", b"")
    assert verified(updated)[0] == 0, "packed again, its parts are what they were"
    again = tmp_path / "again.docx"
    assert verified(updated, FINAL, "-o", str(again))[0] == 0
    assert again.read_bytes() == (updated.folder / FINAL).read_bytes()
    assert updated.trail().codes == [] and updated.trail().data["approved"]


def test_nothing_else_passes_for_it(updated: Story) -> None:
    """The frozen digest vouches for that one file: neither another look of the words nor other words."""
    tried = updated.folder / "tried.docx"
    for part, old, new in (
        ("word/document.xml", b"480,000.00", b"480,000.01"),
        ("word/styles.xml", b"<w:style ", b"<w:style   "),
        ("word/footer1.xml", b"<w:ftr ", b"<w:ftr  "),
    ):
        shutil.copyfile(updated.folder / FINAL, tried)
        repacked(tried, part, old, new)
        code, told = verified(updated, str(tried))
        assert code == 1 and told["verdict"] != "genuine", part


def test_the_look_is_a_part_of_the_words_that_are_signed(story: Story) -> None:
    """Whoever writes another digest into a round has other words, for which nobody signed."""
    name = f"{FOLDER}/r1.jsonl"
    content = (story.folder / name).read_bytes()
    look = read(content).look
    assert len(look) == 64
    story.commit({name: content.replace(look.encode(), b"0" * 64)})
    seen = story.trail()
    assert not seen.data["approved"] and "A03" in seen.codes


@pytest.mark.parametrize("part", ["look", "quoted"])
def test_a_digest_that_nothing_gives_is_stopped_when_it_comes_in(story: Story, part: str) -> None:
    """Somebody writes a round by hand: with the digest of a file in which a clause is white, or of another account."""
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    second = story.folder / f"{FOLDER}/r2.jsonl"
    sound = second.read_bytes()
    base = story.git("rev-parse", "HEAD")
    story.commit()
    assert "A54" not in story.coop("check", "--base", base, "--pin", story.pin)[1]
    second.write_bytes(sound.replace(getattr(read(sound), part).encode(), b"f" * 64))
    asked = ("approve", SUBJECT, "--role", "legal", "--key", str(story.key("lan-yangben")), "--brief")
    assert "A54" in story.coop(*asked, answer="n")[1]
    story.approve_all(SUBJECT)
    story.commit()
    code, said = story.coop("check", "--base", base, "--pin", story.pin)
    assert code == 1 and "错误 A54" in said and "r2.jsonl" in said


@pytest.mark.parametrize("part", ["look", "quoted"])
def test_a_round_that_comes_in_without_one_is_stopped_too(story: Story, part: str) -> None:
    """Of what is not frozen less can be told later; only rounds of before may lack it."""
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    second = story.folder / f"{FOLDER}/r2.jsonl"
    words = read(second.read_bytes())
    said = f'"{part}":"{getattr(words, part)}",'.encode()
    assert said in words.content
    second.write_bytes(words.content.replace(said, b""))
    story.approve_all(SUBJECT)
    base = story.git("rev-parse", "HEAD")
    story.commit()
    code, told = story.coop("check", "--base", base, "--pin", story.pin)
    assert code == 1 and "错误 A54" in told
    assert "A54" not in story.coop("check", "--base", "HEAD", "--pin", story.pin)[1]


def test_a_program_that_prints_otherwise_says_that_a_new_final_was_not_frozen(updated: Story) -> None:
    said = updated.must("build", "--final", "example", "--pin", updated.pin, "--to", "docx")
    assert "提示 A52" in said and SUBJECT in said and "重新送审" in said
    code, told = verified(updated)
    assert code == 0 and told["same"] == "bytes"


def test_a_layout_of_the_colleges_own_that_changed_leaves_the_final_as_it_was_approved(
    finished: Story,
) -> None:
    before = (finished.folder / FINAL).read_bytes()
    layout = finished.folder / "templates" / LAYOUT
    layout.parent.mkdir(parents=True)
    shutil.copyfile(TEMPLATES / LAYOUT, layout)
    repacked(layout, "word/styles.xml", b"<w:style ", b"<w:style  ")
    finished.commit()
    code, told = verified(finished)
    assert code == 0 and told["same"] == "bytes"
    said = finished.must("build", "--final", "example", "--pin", finished.pin, "--to", "docx")
    assert "A52" not in said and (finished.folder / FINAL).read_bytes() == before
    assert "第 2 轮送审文本" in finished.must("submit", SUBJECT), "who wants the new look submits it"
    assert "不用再送审" in finished.coop("submit", SUBJECT)[1]


def test_whatever_was_tried_on_a_final_does_not_look_as_it_was_frozen(printed: Story) -> None:
    """The digest is held against every way in which somebody got at a file, where no layout is at hand to compare."""
    content = (printed.folder / FINAL).read_bytes()
    words = read((printed.folder / f"{FOLDER}/r1.jsonl").read_bytes())
    assert looks_as_frozen(words, packed(unpacked(content)))
    tried = {**TEXT, **LOOKS, **TRICKS, **PACKAGE}
    passed = [name for name, do in tried.items() if looks_as_frozen(words, packed(do(unpacked(content))))]
    assert passed == [] and len(tried) > 150
    assert [name for name, do in ZIPS.items() if looks_as_frozen(words, do(content))] == []


@pytest.mark.parametrize(
    ("was", "now", "same"),
    [
        ("number:2", "integer:2", True),
        ("number:480000", "money:480000.00", True),
        ("text:甲", "id:甲", True),
        ("text:0012", "text:12", False),
        ("money:480000.00", "money:480000.01", False),
        ("text:2", "text:2.0", False),
    ],
)
def test_a_field_that_another_schema_types_otherwise_says_the_same(was: str, now: str, same: bool) -> None:
    assert (fields({"one": was}, {"one": now}, None) == []) is same
