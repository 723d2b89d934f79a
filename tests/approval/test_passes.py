"""What must not void an approval: merges of every kind, colleagues who come and go, looks and comments."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.record.rounds.statement import read
from tests.approval.story import ENTERPRISE, FOLDER, OTHER, RECORD, SUBJECT, Story
from tests.college import TEMPLATES
from tests.git.repositories import Repo
from tests.scanned import blank_scan


def test_an_approval_with_registered_keys_is_level_1(story: Story) -> None:
    seen = story.trail()
    assert (seen.code, seen.data["approved"], seen.data["level"]) == (0, True, "L1")
    assert seen.data["label"] == "第 1 轮已批准〔L1 有签名〕"
    assert seen.codes == []


@pytest.mark.parametrize("way", ["merge", "squash", "rebase", "cherry-pick"])
def test_an_approval_survives_every_way_of_merging(story: Story, way: str) -> None:
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    story.commit(message="改")
    story.git("switch", "--quiet", "-c", "approvals")
    story.approve_all(SUBJECT)
    tip = story.commit(message="批")
    story.git("switch", "--quiet", "main")
    story.commit({"README": way})
    if way == "merge":
        story.git("merge", "--quiet", "--no-ff", "--no-edit", "approvals")
    elif way == "squash":
        story.git("merge", "--quiet", "--squash", "approvals")
        story.commit(message="压缩")
    elif way == "rebase":
        story.git("rebase", "--quiet", "main", "approvals")
    else:
        story.git("cherry-pick", tip)
    seen = story.trail()
    assert (seen.data["label"], seen.codes) == ("第 2 轮已批准〔L1 有签名〕", [])


def test_a_shallow_clone_proves_level_1_and_claims_no_history(story: Story, tmp_path: Path) -> None:
    story.git("clone", "--quiet", "--depth", "1", f"file://{story.folder}", str(tmp_path / "shallow"))
    clone = Story(tmp_path / "shallow", story.keys)
    seen = clone.trail()
    assert (seen.data["level"], seen.data["approved"]) == ("L1", True)
    assert "浅克隆" in seen.data["history"]
    code, said = clone.coop("trail", SUBJECT, "--pin", story.pin, "--base", "HEAD")
    assert code == 3, said


def test_an_unpacked_archive_proves_level_1_and_claims_no_history(story: Story, tmp_path: Path) -> None:
    story.git("archive", "--output", str(tmp_path / "a.zip"), "HEAD")
    shutil.unpack_archive(tmp_path / "a.zip", tmp_path / "plain")
    seen = Story(tmp_path / "plain", story.keys).trail()
    assert (seen.data["level"], seen.data["commit"]) == ("L1", "")
    assert "没有 git 历史" in seen.data["history"]


def test_honest_work_on_branches_loses_nothing(story: Story) -> None:
    """Update-branch, pull and push, merge of an older branch, revert and restore."""
    start = story.git("rev-parse", "HEAD")
    story.git("switch", "--quiet", "-c", "older")
    story.commit({"notes.txt": "旧分支"})
    story.git("switch", "--quiet", "main")
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    story.approve_all(SUBJECT)
    story.commit(message="第二轮")
    before = story.git("rev-parse", "HEAD")
    story.git("switch", "--quiet", "older")
    story.git("merge", "--quiet", "--no-edit", "main")
    assert story.coop("check", "--base", "main", "--pin", story.pin)[0] == 0
    story.git("switch", "--quiet", "main")
    story.git("merge", "--quiet", "--no-edit", "older")
    story.git("revert", "--no-edit", before)
    story.git("revert", "--no-edit", "HEAD")
    assert story.coop("check", "--base", before, "--push", "--pin", story.pin)[0] == 0
    assert story.coop("check", "--base", start, "--push", "--pin", story.pin)[0] == 0


def test_a_branch_behind_its_target_is_excused_for_what_the_target_gained(story: Story) -> None:
    story.git("switch", "--quiet", "-c", "behind")
    story.commit({"notes.txt": "在后面"})
    story.git("switch", "--quiet", "main")
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    story.commit(message="第二轮")
    story.git("switch", "--quiet", "behind")
    code, said = story.coop("check", "--base", "main", "--pin", story.pin)
    assert (code, "A17" in said) == (0, False)
    code, said = story.coop("check", "--base", "main", "--push", "--pin", story.pin)
    assert (code, "A17" in said) == (1, True)


def test_a_colleague_added_later_voids_nothing(story: Story) -> None:
    person = story.public("lv-yangben-2")
    line = f'  new-one: {{name: 新样本, roles: [legal], keys: ["{person}"]}}\nmatrix:'
    story.governance(2, story.next_version("matrix:", line), "bai-yangben", "lv-yangben")
    story.commit()
    seen = story.trail()
    assert (seen.data["label"], seen.codes) == ("第 1 轮已批准〔L1 有签名〕", [])


@pytest.mark.parametrize("gone", ["left", "replaced"])
def test_statements_of_one_who_left_or_replaced_a_key_count_once_accepted(story: Story, gone: str) -> None:
    old, new = ("roles: [legal]", "roles: []")
    if gone == "replaced":
        old, new = story.public("lan-yangben"), story.public("lan-new")
    said = story.must("governance", "new", "--keep", "lan-yangben")
    assert "0002" in said
    story.change("agreements/governance/0002.yaml", old, new)
    for person in ("bai-yangben", "lv-yangben"):
        story.must("governance", "sign", "--as", person, "--key", str(story.key(person)))
    story.commit()
    seen = story.trail()
    assert (seen.data["label"], seen.codes) == ("第 1 轮已批准〔L1 有签名〕", [])


def test_comments_key_order_and_reformatting_void_nothing(story: Story) -> None:
    story.change(RECORD, "stage: submitted\n", "# 说明\n")
    lines = story.text(RECORD).rstrip("\n") + "\nstage: submitted   # 移到末尾\n"
    lines = lines.replace("notice_days: 60", "notice_days:    60")
    story.write({RECORD: lines})
    story.commit()
    assert story.trail().data["label"] == "第 1 轮已批准〔L1 有签名〕"


def test_a_restyled_layout_and_a_college_of_its_own_templates_void_nothing(story: Story) -> None:
    shutil.copytree(TEMPLATES, story.folder / "templates")
    story.commit()
    assert story.trail().data["approved"]
    layout = story.folder / "templates/layout/contract.docx"
    _restyle(layout)
    story.commit()
    seen = story.trail()
    assert (seen.data["approved"], seen.codes) == (True, [])


def _restyle(layout: Path) -> None:
    from zipfile import ZIP_DEFLATED, ZipFile

    with ZipFile(layout) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    before = parts["word/styles.xml"]
    parts["word/styles.xml"] = before.replace(b'w:sz w:val="', b'w:sz w:val="2', 1)
    assert parts["word/styles.xml"] != before
    with ZipFile(layout, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def test_a_wording_improved_after_signing_is_only_information(story: Story) -> None:
    words = story.trail().data["words"]
    signing = f'parties:\n  college: {{signatory: 白样本, signed_on: 2026-08-20}}\nwords: "{words}"\n'
    story.write({"agreements/projects/example/signing.yaml": signing})
    key = str(story.key("lv-yangben"))
    story.must("record", SUBJECT, "--signing", "--key", key)
    story.commit()
    assert story.trail().data["label"] == "第 1 轮已批准并登记签署〔L1 有签名〕"
    story.edit(ENTERPRISE, "address: ", "address: 迁址后")
    seen = story.trail()
    assert (seen.code, seen.data["stage"]) == (0, "signed")
    assert {one["code"] for one in seen.data["findings"]} == {"A15"}
    story.edit(RECORD, "每学年修订一次", "每学年修订两次")
    seen = story.trail()
    assert (seen.code, seen.codes, seen.data["approved"]) == (1, ["A14"], False)
    assert "合作具体内容" in seen.message("A14")
    assert story.trail(OTHER).data["stage"] == "changed"


def test_paper_and_claims_are_level_0_and_say_so(story: Story) -> None:
    story.take_key("lan-yangben", "bai-yangben", "lv-yangben")
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    scan = story.keys / "scan.pdf"
    scan.write_bytes(blank_scan())
    key = str(story.key("lv-yangben"))
    paper = ("白样本", "--scan", str(scan), "--key", key)
    story.must("record", SUBJECT, *paper)
    review = ("--role", "legal", "--review", "https://forge.example/1", "--account", "github:lan")
    story.must("record", SUBJECT, *review)
    story.approve(SUBJECT, "department", "hong-yangben")
    story.commit()
    seen = story.trail()
    assert seen.data["label"] == "第 2 轮已批准〔L0 有记录〕"
    assert {role["role"]: role["level"] for role in seen.data["roles"]} == {
        "department": "L1",
        "legal": "L0",
        "president": "L0",
    }
    made = read((story.folder / f"{FOLDER}/president--bai-yangben--paper-1.json").read_bytes())
    assert (made.recorder, len(made.scan)) == ("lv-yangben", 64)
    assert replace(made, comment="") == made


def test_who_decides_again_is_shown_the_text_and_what_changed_since(story: Story) -> None:
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    asked = ("approve", SUBJECT, "--role", "legal", "--key", str(story.key("lan-yangben")))
    code, said = story.coop(*asked, answer="n")
    assert code == 1 and "没有写任何文件" in said
    assert "# 数控实训基地" in said and "上次决定的是第 1 轮" in said and "每学年修订两次" in said
    assert not list((story.folder / FOLDER).glob("legal--*--2.json"))
    story.git("remote", "add", "central", "../central")
    code, said = story.coop(*asked, answer="y")
    assert code == 0 and '  git commit -m "' in said and "  git push -u central approve-" in said
    assert story.git("status", "--porcelain").count("legal--lan-yangben--2.json") == 2


def test_a_college_unpacked_inside_a_strangers_repository_uses_nothing_of_it(
    story: Story, tmp_path: Path
) -> None:
    """Neither its commits nor its signatures of history: what lies in the folder is weighed, and that is said."""
    outer = Repo(tmp_path / "outer")
    outer.commit({"agreements/college.yaml": "name: 别人的\n", "README": "x"})
    inner = outer.folder / "download"
    shutil.copytree(story.folder, inner, ignore=shutil.ignore_patterns(".git"))
    stranger = Story(inner, story.keys)
    code, said = stranger.coop("trail", SUBJECT, "--pin", story.pin)
    assert code == 0 and "不予采用" in said and "没有历史" in said and "已批准〔L1 有签名〕" in said
    assert outer.git("rev-parse", "HEAD") not in said
