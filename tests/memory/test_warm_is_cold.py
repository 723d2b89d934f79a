"""Whatever happens to a college, what is remembered of it is what would be found anew."""

from __future__ import annotations

import random
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.check.run import check
from pipeline.kernel.recall import Resident
from pipeline.memory.database import Facts
from pipeline.memory.remembering import Remembering
from pipeline.memory.trace import Traced, Tracing
from pipeline.record.register import Register, load
from pipeline.source import loader
from tests.college import SCHEMAS
from tests.memory.college import EDITS, TRAIL_EDITS, cold, laid_out, same, warm

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_the_warm_answer_is_the_cold_one(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    root, memory = laid_out(tmp_path / "college"), tmp_path / "memory"
    today = TODAY
    for _ in range(12):
        for _ in range(chance.choice((0, 1, 1, 3))):
            chance.choice(EDITS)(root, chance)
        today += timedelta(days=chance.choice((0, 0, 40)))
        same(warm(root, today, memory), cold(root, today))


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_of_rules_and_approvals_it_is_the_cold_one_too(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    root, memory = laid_out(tmp_path / "college"), tmp_path / "memory"
    seen = set()
    for _ in range(10):
        found = cold(root, TODAY)
        same(warm(root, TODAY, memory), found)
        seen.add((repr(found.register.records.consents), found.findings))
        for _ in range(chance.choice((1, 1, 2))):
            chance.choice(TRAIL_EDITS)(root, chance)
    assert len(seen) > 1  # the edits do say something


def test_switching_branches_back_and_forth_finds_each_as_it_is(tmp_path: Path) -> None:
    root, other, memory = laid_out(tmp_path / "one"), tmp_path / "other", tmp_path / "memory"
    shutil.copytree(root, other)
    chance = random.Random(7)
    for _ in range(6):
        chance.choice(EDITS)(other, chance)
    for tree in (root, other, root, other):
        same(warm(tree, TODAY, memory), cold(tree, TODAY))


def test_nothing_changed_means_nothing_examined_and_one_change_few(tmp_path: Path) -> None:

    root, folder = laid_out(tmp_path / "college"), tmp_path / "memory"
    seen: list[Tracing] = []

    def counted() -> tuple[int, int]:
        memory = Remembering(Facts(folder), b"")

        def tracing(register: Register) -> Tracing:
            seen.append(Tracing(register, memory))
            return seen[-1]

        loader.take_apart.cache_clear()
        check(root, SCHEMAS, TODAY, memory, tracing)
        memory.save()
        memory.close()
        return loader.take_apart.cache_info().misses, seen[-1].examined

    parsed, examined = counted()
    assert parsed > 20 and examined > 40
    assert counted() == (0, 0)
    path = next((root / "agreements" / "projects").glob("*/progress/*.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "# 一行\n", encoding="utf-8")
    parsed, examined = counted()
    assert parsed == 1
    assert 0 < examined < 20


def test_the_same_bytes_in_two_folders_are_two_records(tmp_path: Path) -> None:
    root, memory = laid_out(tmp_path / "college"), tmp_path / "memory"
    first = sorted((root / "agreements" / "projects").iterdir())[0]
    path = first / "agreement.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "titel: 写错了\n", encoding="utf-8")
    warm(root, TODAY, memory)
    shutil.copytree(first, first.with_name("the-other"))
    found = warm(root, TODAY, memory)
    same(found, cold(root, TODAY))
    files = sorted(one.place.file for one in found.findings if "titel" in one.message)
    names = sorted((first.name, "the-other"))
    assert files == [f"agreements/projects/{name}/agreement.yaml" for name in names]


def test_what_names_a_partner_is_looked_at_again_when_the_partner_goes_or_comes(tmp_path: Path) -> None:
    root, memory = laid_out(tmp_path / "college"), tmp_path / "memory"
    before = warm(root, TODAY, memory).findings
    partner = sorted((root / "agreements" / "enterprises").glob("*.yaml"))[0]
    content = partner.read_bytes()
    partner.unlink()
    without = warm(root, TODAY, memory)
    same(without, cold(root, TODAY))
    assert {one.place.file for one in without.findings} != {one.place.file for one in before}
    partner.write_bytes(content)
    assert warm(root, TODAY, memory).findings == before


def test_the_former_name_of_a_partner_is_found_in_the_words_of_an_agreement(tmp_path: Path) -> None:
    root, former = laid_out(tmp_path / "college"), "旧名虚构物联网有限公司"
    partner = root / "agreements" / "enterprises" / "duoyang-iot.yaml"
    renamed = f"former_names:\n  - {{name: {former}, until: 2026-01-01}}\n"
    partner.write_text(partner.read_text(encoding="utf-8") + renamed, encoding="utf-8")
    agreement = root / "agreements" / "projects" / "2026-ie-002" / "agreement.yaml"
    said = f"other_terms:\n  - 由{former}办理。\n"
    agreement.write_text(agreement.read_text(encoding="utf-8") + said, encoding="utf-8")
    found = warm(root, TODAY, tmp_path / "memory")
    same(found, cold(root, TODAY))
    assert [one.place.file for one in found.findings if one.code == "O09"] == [
        "agreements/projects/2026-ie-002/agreement.yaml"
    ]


def test_a_draft_that_is_finished_is_there_for_whoever_asks_which_records_there_are(tmp_path: Path) -> None:
    root, recall = laid_out(tmp_path / "college", 11), Resident()
    path = root / "agreements" / "projects" / "2025-im-001" / "survey.yaml"
    finished = path.read_text(encoding="utf-8")

    def told(text: str) -> bool:
        path.write_text(text, encoding="utf-8")
        tracing = Tracing(load(root, SCHEMAS), recall)
        known: tuple[str, ...] | None = tracing.known("which", "surveys", "", Traced[tuple[str, ...]])
        found = known or tracing.work_out("which", "surveys", "", lambda one: tuple(one.records.surveys))
        return "2025-im-001" in found

    assert not told(f"stage: draft\n{finished}")
    assert told(finished)


def test_another_program_believes_nothing_of_what_this_one_found(tmp_path: Path) -> None:
    root, memory = laid_out(tmp_path / "college"), tmp_path / "memory"
    warm(root, TODAY, memory, b"this")
    loader.take_apart.cache_clear()
    same(warm(root, TODAY, memory, b"another"), cold(root, TODAY))
    assert loader.take_apart.cache_info().misses > 20


@pytest.mark.parametrize("way", ["broken", "deleted", "put back as a draft"])
def test_the_only_agreement_of_a_college_may_go_and_come_again(tmp_path: Path, way: str) -> None:
    root, memory = laid_out(tmp_path / "college", 2), tmp_path / "memory"
    path, other = sorted((root / "agreements" / "projects").glob("*/agreement.yaml"))
    shutil.rmtree(other.parent)
    text = path.read_text(encoding="utf-8")
    assert "stage: submitted" in text
    before = warm(root, TODAY, memory)
    if way == "deleted":
        path.unlink()
    else:
        draft = text.replace("stage: submitted", "stage: draft", 1)
        path.write_text("" if way == "broken" else draft, encoding="utf-8")
    same(warm(root, TODAY, memory), cold(root, TODAY))
    path.write_text(text, encoding="utf-8")
    same(warm(root, TODAY, memory), before)
