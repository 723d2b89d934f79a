"""The level that governance demands: below it nothing is approved, for the gate, a final document or a file."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.approval.story import FOLDER, SUBJECT, Story, copies
from tests.scanned import blank_scan

LEGAL = f"{FOLDER}/legal--lan-yangben--1.json"
FINAL = "build/final/projects/example/agreement.docx"
ANSWERS = (
    ("trail", SUBJECT),
    ("check", "--base", "HEAD~1"),
    ("build", "--final", "example", "--to", "md", "-o", "build/other"),
    ("verify", FINAL),
)


@pytest.fixture(scope="module")
def short(approved: Story, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Signatures are demanded of all; Lan has no key any more, and somebody wrote her approval down."""
    story = next(copies(approved, tmp_path_factory.mktemp("short")))
    story.must("build", "--final", "example", "--to", "docx", "--pin", story.pin)
    text = story.next_version(f'["{story.public("lan-yangben")}"]', "[]")
    story.governance(2, f"{text}levels: [{{when: {{}}, least: L1}}]\n", "bai-yangben", "lv-yangben")
    made = story.statement(LEGAL)
    story.put(FOLDER, replace(made, basis="claimed", number=1), None)
    story.commit()
    return story


@pytest.mark.parametrize("line", ANSWERS)
def test_every_answer_refuses_below_the_demanded_level(short: Story, line: tuple[str, ...]) -> None:
    code, said = short.coop(*line, "--pin", short.pin)
    assert code == 1 and "证明只到L0 有记录，审批规则要求L1 有签名" in said, said
    assert "已批准" not in said


def test_a_demand_looks_at_the_amount_and_the_kind(short: Story, tmp_path: Path) -> None:
    story = next(copies(short, tmp_path))
    for when, code in (
        ("{kinds: [plan]}", 0),
        ("{amount_from: 90000000.00}", 0),
        ("{kinds: [agreement]}", 1),
    ):
        rules = story.text("agreements/governance/0002.yaml").split("levels:")[0]
        story.governance(2, f"{rules}levels: [{{when: {when}, least: L1}}]\n", "bai-yangben", "lv-yangben")
        story.commit()
        seen = story.trail()
        assert (seen.data["approved"], "A47" in seen.codes) == (code == 0, code == 1), when


def test_who_has_a_key_must_have_used_it(approved: Story, tmp_path: Path) -> None:
    """Her unsigned approval was accepted by name; the level for people with keys is still demanded."""
    story = next(copies(approved, tmp_path))
    made = replace(story.statement(LEGAL), basis="claimed")
    story.put(FOLDER, made, None)
    for end in ("", ".sig"):
        (story.folder / f"{LEGAL}{end}").unlink()
    from pipeline.record.rounds.canonical import digest

    listed = digest((story.folder / f"{FOLDER}/{made.file_name}").read_bytes())
    text = f'{story.next_version()}accepted: ["{listed}"]\n'
    story.governance(2, text, "bai-yangben", "lv-yangben")
    story.commit()
    assert story.trail().data["label"] == "第 1 轮已批准〔L0 有记录〕"
    story.governance(2, f"{text}levels: [{{when: {{}}, least: keyed}}]\n", "bai-yangben", "lv-yangben")
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A47"] and "蓝样本登记了钥匙" in seen.message("A47") and seen.code == 1
    assert not seen.data["approved"]


def test_a_level_that_needs_a_checkpoint_is_asked_for_at_the_end_and_not_of_a_pull_request(
    approved: Story, tmp_path: Path
) -> None:
    story = next(copies(approved, tmp_path))
    text = f"{story.next_version()}levels: [{{when: {{}}, least: L2}}]\n"
    story.governance(2, text, "bai-yangben", "lv-yangben")
    story.commit()
    saved = str(story.keys / "list.txt")
    code, said = story.coop("trail", "--save", saved, "--pin", story.pin)
    assert code == 1 and said.count("A47") == 4, "they are, as long as nobody says what else is known"
    story.must("check", "--base", "HEAD~1", "--pin", story.pin)
    for line in (ANSWERS[0], ("build", "--final", "example", "--to", "docx"), ANSWERS[3]):
        code, said = story.coop(*line, "--pin", story.pin)
        assert code == 1 and "审批规则要求L2 可核续" in said, said
        story.must(*line, "--pin", story.pin, "--base", saved)


def test_whoever_gets_a_key_is_told_what_stops_counting(short: Story, tmp_path: Path) -> None:
    story = next(copies(short, tmp_path))
    text = story.next_version(number=3)
    story.governance(3, text)
    key = str(story.key("lan-yangben"))
    said = story.must("governance", "enrol", "lan-yangben", "--key", key)
    assert "没有签名的 1 份记录，从这一版起不算数" in said and "--keep lan-yangben" in said
    said = story.must("governance", "enrol", "bai-yangben", "--key", str(story.key("bai-yangben")))
    assert "不算数" not in said


def _on_paper(early: Story) -> None:
    """Lan has no key yet, and approved on paper; keys are demanded of who has one."""
    text = early.next_version(f'["{early.public("lan-yangben")}"]', "[]")
    early.governance(2, f"{text}levels: [{{when: {{}}, least: keyed}}]\n", "bai-yangben", "lv-yangben")
    early.must("submit", SUBJECT.replace("agreement", "scheme"))
    early.approve(SUBJECT.replace("agreement", "scheme"), "department", "hong-yangben")
    early.commit()
    early.must("submit", SUBJECT)
    early.approve(SUBJECT, "department", "hong-yangben")
    early.approve(SUBJECT, "president", "bai-yangben")
    (early.keys / "scan.pdf").write_bytes(blank_scan())
    scan = ("--scan", str(early.keys / "scan.pdf"), "--key", str(early.key("lv-yangben")))
    early.must("record", SUBJECT, "蓝样本", *scan)
    early.commit()
    assert early.trail().data["label"] == "第 1 轮已批准〔L0 有记录〕"


def _given_a_key(story: Story, *keep: str) -> None:
    named = [word for one in keep for word in ("--keep", one)]
    story.must("governance", "new", "--pin", story.pin, *named)
    story.must("governance", "enrol", "lan-yangben", "--key", str(story.key("lan-yangben")))
    for person in ("bai-yangben", "lv-yangben"):
        story.must("governance", "sign", "--as", person, "--key", str(story.key(person)))
    story.commit()


def test_who_gets_a_key_after_years_of_paper_keeps_what_the_rules_accept_by_name(early: Story) -> None:
    """There was no key to use then; the registrar's name on the same sheet names it a second time."""
    _on_paper(early)
    _given_a_key(early, "lan-yangben", "lv-yangben")
    seen = early.trail()
    assert (seen.code, seen.data["label"], seen.codes) == (0, "第 1 轮已批准〔L0 有记录〕", [])
    code, said = early.coop("check", "--base", "HEAD~1", "--pin", early.pin)
    assert code == 0 and "A47" not in said, said


def test_paper_of_who_gets_a_key_and_is_not_accepted_stops_counting(early: Story) -> None:
    _on_paper(early)
    _given_a_key(early)
    seen = early.trail()
    assert not seen.data["approved"] and "A47" in seen.codes, seen.codes


def test_more_is_accepted_by_name_in_later_versions_however_the_list_is_spelt(early: Story) -> None:
    _on_paper(early)
    _given_a_key(early, "lan-yangben")
    _accepting(early, 4, "hong-yangben", "lan-yangben")
    fourth = early.text("agreements/governance/0004.yaml")
    names = re.findall(r'(?m)^  - "([0-9a-f]{64})"', fourth)
    assert len(set(names)) == len(names) == 3, "her paper, and the scheme and the agreement of the other"
    brackets = fourth[: fourth.index("accepted:")] + f"accepted: [{', '.join(map(json.dumps, names[2:]))}]"
    early.governance(4, brackets, "bai-yangben", "lv-yangben")
    early.commit()
    _accepting(early, 5, "hong-yangben")
    assert sorted(
        re.findall(r'"([0-9a-f]{64})"', early.text("agreements/governance/0005.yaml"))[1:]
    ) == sorted(names)
    assert early.trail().data["approved"]


def _accepting(story: Story, number: int, *people: str) -> None:
    story.must("governance", "new", "--pin", story.pin, *(word for one in people for word in ("--keep", one)))
    for person in ("bai-yangben", "lv-yangben"):
        story.must("governance", "sign", "--as", person, "--key", str(story.key(person)))
    story.commit()
    assert f"现行：第 {number} 版" in story.must("governance", "verify", "--pin", story.pin)
