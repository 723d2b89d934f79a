"""A final Word file in the hands of somebody who wants other words on paper under the approved fingerprint."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from time import process_time
from zipfile import ZipFile

import pytest

from pipeline.approval.trail.final_file import FileVerdict, Verdict, examine
from pipeline.approval.trail.inspect import Trail, inspect, take
from pipeline.git.repository import Repository
from pipeline.returned.sameness import Sameness
from tests.approval.story import Story, copies
from tests.approval.word_attacks import DOCUMENT, LOOKS, PACKAGE, TEXT, Parts, packed, unpacked
from tests.approval.word_bombs import BOMBS
from tests.approval.word_places import PLACES
from tests.approval.word_tricks import TRICKS
from tests.approval.word_zips import ZIPS
from tests.college import SCHEMAS, TEMPLATES


class Case:
    """A final document of an approved agreement, and the trail to verify copies of it against."""

    def __init__(self, trail: Trail, content: bytes) -> None:
        self.trail = trail
        self.content = content

    def parts(self) -> Parts:
        """Its parts by name."""
        return unpacked(self.content)

    def judged(self, content: bytes) -> FileVerdict:
        """What a file's bytes are said to be."""
        return examine(self.trail, "agreement.docx", content, TEMPLATES)

    def verify(self, content: bytes) -> list[str]:
        """What is found about a file's bytes: code and message."""
        return [f"{one.code} {one.message}" for one in self.judged(content).findings]

    def verdict(self, parts: Mapping[str, bytes]) -> Verdict:
        """What a file of these parts is said to be."""
        return self.judged(packed(parts)).verdict

    def told(self, parts: Mapping[str, bytes]) -> list[str]:
        """What is found about a file of these parts."""
        return self.verify(packed(parts))


@pytest.fixture(scope="module")
def case(approved: Story, tmp_path_factory: pytest.TempPathFactory) -> Case:
    story = next(copies(approved, tmp_path_factory.mktemp("final")))
    story.must("build", "--final", "example", "--pin", story.pin, "--to", "docx")
    repository = Repository.around(story.folder)
    assert repository is not None
    trail = inspect(take(repository, "HEAD"), repository, SCHEMAS, TEMPLATES, pin=story.pin)
    return Case(trail, (story.folder / "build/final/projects/example/agreement.docx").read_bytes())


def test_the_file_as_it_was_made_is_the_genuine_one(case: Case) -> None:
    judged = case.judged(case.content)
    assert judged.verdict is Verdict.GENUINE and judged.same is Sameness.BYTES and not judged.findings


def test_the_same_parts_packed_again_are_the_genuine_file(case: Case) -> None:
    judged = case.judged(packed(case.parts()))
    assert judged.verdict is Verdict.GENUINE and judged.same is Sameness.PARTS


@pytest.mark.parametrize("attack", TEXT)
def test_other_words_are_told(case: Case, attack: str) -> None:
    parts = TEXT[attack](case.parts())
    assert case.told(parts) and case.verdict(parts) in (Verdict.OTHER_WORDS, Verdict.UNKNOWN)


@pytest.mark.parametrize("attack", PLACES)
def test_what_programs_read_differently_is_not_said_to_be_the_same_words(case: Case, attack: str) -> None:
    parts = PLACES[attack](case.parts())
    assert any(one.startswith(("A40", "A42")) for one in case.told(parts))
    assert case.verdict(parts) in (Verdict.OTHER_WORDS, Verdict.UNKNOWN)


@pytest.mark.parametrize("attack", [*LOOKS, *TRICKS])
def test_no_other_look_is_vouched_for(case: Case, attack: str) -> None:
    parts = (LOOKS | TRICKS)[attack](case.parts())
    judged = case.judged(packed(parts))
    assert judged.verdict in (Verdict.SAME_WORDS, Verdict.OTHER_WORDS) and judged.same is Sameness.NO
    assert judged.findings or judged.unvouched_formatting


@pytest.mark.parametrize(
    "attack",
    [
        "struck",
        "struck twice",
        "struck everywhere",
        "hidden everywhere",
        "hidden on the web",
        "white",
        "white by the theme",
        "white capitals",
        "tiny",
        "a style in white",
        "a style of tiny letters",
        "a style of letters in white",
        "a style of letters that are tiny",
        "a style of tables in white",
    ],
)
def test_words_that_stand_there_as_if_they_did_not_are_not_called_the_same(case: Case, attack: str) -> None:
    """A clause struck out was 逐字相同 with what had been approved, and passed where only words were asked for."""
    judged = case.judged(packed((LOOKS | TRICKS)[attack](case.parts())))
    assert judged.verdict is Verdict.OTHER_WORDS or judged.unread


def test_a_style_that_is_pale_where_the_letters_say_otherwise_hides_nothing(case: Case) -> None:
    """Who writes black letters over a white style can be read."""
    parts = TRICKS["a style of letters in white"](case.parts())
    text = (
        parts[DOCUMENT]
        .decode()
        .replace('<w:rStyle w:val="Pale"/>', '<w:rStyle w:val="Pale"/><w:color w:val="000000"/>')
    )
    assert case.judged(packed({**parts, DOCUMENT: text.encode()})).unread == ()


def test_a_file_that_only_looks_a_little_different_has_all_its_words(case: Case) -> None:
    judged = case.judged(packed(LOOKS["an unknown font"](case.parts())))
    assert judged.verdict is Verdict.SAME_WORDS and judged.unread == ()


@pytest.mark.parametrize("attack", PACKAGE)
def test_what_lies_around_the_words_is_told_as_unverifiable(case: Case, attack: str) -> None:
    parts = PACKAGE[attack](case.parts())
    told = case.told(parts)
    assert any("无法核验" in one for one in told), told
    assert case.verdict(parts) is Verdict.OTHER_WORDS


@pytest.mark.parametrize("trick", ZIPS)
def test_a_zip_that_programs_unpack_differently_is_not_the_genuine_file(case: Case, trick: str) -> None:
    judged = case.judged(ZIPS[trick](case.content))
    assert judged.same is Sameness.NO and judged.verdict is not Verdict.GENUINE


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_small_file_costs_what_it_holds_and_its_findings_can_be_read(case: Case, bomb: str) -> None:
    content = packed(BOMBS[bomb](case.parts()))
    assert len(content) < 1_000_000
    begun = process_time()
    judged = case.judged(content)
    # Two seconds on the machine of an office; where a cost grows with the square it is minutes.
    assert process_time() - begun < 8
    assert judged.verdict is not Verdict.GENUINE and len(judged.findings) < 500


def test_a_part_that_is_there_twice_is_no_file_to_be_read(case: Case) -> None:
    parts = case.parts()
    other = parts[DOCUMENT].replace(b"480,000.00", b"430,000.00")
    for name in (DOCUMENT, "word/Document.xml"):
        made = io.BytesIO()
        with ZipFile(made, "w") as package, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            package.writestr(name, other)
            for kept, content in parts.items():
                package.writestr(kept, content)
        told = case.verify(made.getvalue())
        assert len(told) == 1 and "两个同名的部分" in told[0]


def test_a_file_glued_to_another_is_told(case: Case) -> None:
    other = packed({**case.parts(), DOCUMENT: case.parts()[DOCUMENT].replace(b"480,000.00", b"430,000.00")})
    for content in (other + case.content, b"x" + case.content, case.content + b"\0"):
        assert any("无法核验" in one for one in case.verify(content))


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_what_is_no_word_file_is_said_to_be_none(case: Case, content: bytes) -> None:
    assert any("无法核验" in one for one in case.verify(content))


def test_a_part_that_is_damaged_or_swells_beyond_measure_is_told(case: Case) -> None:
    parts = {**case.parts(), "word/media/image1.png": b"unique-content"}
    stored = io.BytesIO()
    with ZipFile(stored, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    damaged = stored.getvalue().replace(b"unique-content", b"unique-c0ntent", 1)
    swollen = packed({**case.parts(), "word/media/image1.png": b"\0" * 80_000_000})
    theme = packed({**case.parts(), "word/theme/theme1.xml": b"<a"})
    bomb = packed({**case.parts(), "word/theme/theme1.xml": b"<!DOCTYPE a [<!ENTITY a 'x'>]><a/>"})
    for content in (damaged, swollen, theme, bomb):
        told = case.verify(content)
        assert len(told) == 1 and "无法核验" in told[0]
