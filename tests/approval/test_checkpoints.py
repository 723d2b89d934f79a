"""Checkpoints kept elsewhere: a known loss is said by every answer, newer ones contain older ones, lists are signed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.approval.story import FOLDER, OTHER, SUBJECT, Story, copies

REJECTION = f"{FOLDER}/legal--lan-yangben--2.json"
FINAL = "build/final/projects/example/agreement.docx"


@pytest.fixture(scope="module")
def bereft(approved: Story, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Lan rejected what she had approved, and then somebody took her rejection away; a final file lies there."""
    story = next(copies(approved, tmp_path_factory.mktemp("bereft")))
    story.must("build", "--final", "example", "--to", "docx", "--pin", story.pin)
    story.approve(SUBJECT, "legal", "lan-yangben", "--reject")
    story.commit(message="否决")
    story.must("trail", "--save", str(story.keys / "list.txt"), "--pin", story.pin)
    for end in ("", ".sig"):
        (story.folder / f"{REJECTION}{end}").unlink()
    story.commit(message="清理")
    return story


@pytest.fixture(params=["HEAD~1", "list"])
def base(request: pytest.FixtureRequest, bereft: Story) -> str:
    """The checkpoint that knows the rejection: a commit, or a list."""
    return str(bereft.keys / "list.txt") if request.param == "list" else str(request.param)


def test_without_the_checkpoint_nobody_would_notice(bereft: Story) -> None:
    assert bereft.trail().data["label"] == "第 1 轮已批准〔L1 有签名〕"


def test_trail_says_untrusted(bereft: Story, base: str) -> None:
    code, said = bereft.coop("trail", SUBJECT, "--base", base, "--pin", bereft.pin)
    assert code == 1 and "状态：不可信" in said and "已批准" not in said
    code, said = bereft.coop("trail", "--base", base, "--pin", bereft.pin)
    line = next(line for line in said.split("\n") if line.startswith(SUBJECT))
    assert code == 1 and "不可信" in line and "已批准" not in line


def test_check_says_untrusted(bereft: Story) -> None:
    code, said = bereft.coop("check", "--base", "HEAD~1", "--pin", bereft.pin)
    assert code == 1 and "A17" in said and "不可信" in said and "已批准" not in said


def test_build_makes_nothing_final(bereft: Story, base: str) -> None:
    code, said = bereft.coop("build", "--final", "example", "--to", "md", "--base", base, "--pin", bereft.pin)
    assert code == 1 and "没有生成定稿" in said and "不可信" in said and "已批准" not in said
    assert not (bereft.folder / FINAL).with_suffix(".md").exists()


def test_verify_does_not_pass_the_file(bereft: Story, base: str) -> None:
    code, said = bereft.coop("verify", FINAL, "--base", base, "--pin", bereft.pin)
    assert code == 1 and "审批：不可信" in said and "已批准" not in said


def test_the_site_says_untrusted(bereft: Story, base: str, tmp_path: Path) -> None:
    code, said = bereft.coop("site", "-o", str(tmp_path / "site"), "--base", base, "--pin", bereft.pin)
    page = (tmp_path / "site/projects/example.html").read_text(encoding="utf-8")
    assert code == 1 and "A17" in said and "不可信" in page and "已批准" not in page


def test_a_draft_build_and_the_dossier_end_with_the_loss_too(bereft: Story, tmp_path: Path) -> None:
    options = ("-o", str(tmp_path / "out"), "--base", "HEAD~1", "--pin", bereft.pin)
    code, said = bereft.coop("build", "example", "--to", "md", *options)
    assert code == 1 and "A17" in said
    code, said = bereft.coop("dossier", "example", *options)
    assert code == 1, said


def test_a_shallow_clone_is_refused_by_every_answer(bereft: Story, tmp_path: Path) -> None:
    bereft.git("clone", "--quiet", "--depth", "1", f"file://{bereft.folder}", str(tmp_path / "repo"))
    story = Story(tmp_path / "repo", bereft.keys)
    shutil.copytree(bereft.folder / "build", story.folder / "build")
    for line in (
        ("trail", SUBJECT), ("check",), ("build", "--final", "example"), ("build", "example"), ("verify", FINAL),
        ("site", "-o", str(tmp_path / "site")),
    ):  # fmt: skip
        code, said = story.coop(*line, "--base", "HEAD", "--pin", story.pin)
        assert code == 3, f"{line}: {said}"


def test_a_whole_folder_taken_away_is_no_subject_that_was_never_submitted(story: Story) -> None:
    shutil.rmtree(story.folder / FOLDER)
    story.commit()
    seen = story.trail(SUBJECT, "--base", "HEAD~1")
    assert seen.data["label"].startswith("不可信") and seen.code == 1
    assert story.trail(OTHER, "--base", "HEAD~1").data["approved"]


def test_all_rules_taken_away_leave_nothing_to_be_believed(story: Story, tmp_path: Path) -> None:
    shutil.rmtree(story.folder / "agreements/governance")
    story.commit()
    assert story.trail(SUBJECT, "--base", "HEAD~1").data["stage"] == "untrusted"
    code, said = story.coop("site", "-o", str(tmp_path / "site"), "--base", "HEAD~1", "--pin", story.pin)
    assert code == 1 and "A17" in said


@pytest.fixture
def kept(story: Story) -> Iterator[tuple[Story, Path]]:
    """A list as the archive holds it."""
    saved = story.keys / "list.txt"
    story.must("trail", "--save", str(saved), "--pin", story.pin)
    yield story, saved


def lessen(saved: Path, mark: str) -> Path:
    """The same list without the lines that hold a mark."""
    lines = saved.read_text(encoding="utf-8").splitlines(keepends=True)
    less = saved.with_name(f"without-{len(mark)}.txt")
    less.write_text("".join(line for line in lines if mark not in line), encoding="utf-8")
    return less


def test_a_list_that_would_hide_a_loss_is_not_written_over_the_older_one(kept: tuple[Story, Path]) -> None:
    story, saved = kept
    before = saved.read_bytes()
    story.approve(SUBJECT, "legal", "lan-yangben", "--reject")
    story.commit()
    story.must("trail", "--save", str(saved), "--pin", story.pin)
    assert before != saved.read_bytes(), "a newer list that holds all of the older one takes its place"
    before = saved.read_bytes()
    for end in ("", ".sig"):
        (story.folder / f"{REJECTION}{end}").unlink()
    story.commit()
    code, said = story.coop("trail", "--save", str(saved), "--pin", story.pin)
    assert code == 1 and "A50" in said and saved.read_bytes() == before
    fresh = saved.with_name("fresh.txt")
    code, said = story.coop("trail", "--save", str(fresh), "--base", str(saved), "--pin", story.pin)
    assert code == 1 and "A17" in said and not fresh.exists()


def test_a_list_is_not_written_over_something_else(kept: tuple[Story, Path]) -> None:
    story, saved = kept
    note = saved.with_name("note.txt")
    note.write_text("会议纪要\n", encoding="utf-8")
    code, said = story.coop("trail", "--save", str(note), "--pin", story.pin)
    assert code == 2 and "不是审批记录的清单" in said and note.read_text(encoding="utf-8") == "会议纪要\n"


def test_nor_over_a_pipe_from_which_nothing_comes(kept: tuple[Story, Path]) -> None:
    story, saved = kept
    pipe = saved.with_name("pipe")
    os.mkfifo(pipe)
    code, said = story.coop("trail", "--save", str(pipe), "--pin", story.pin)
    assert code == 2 and "不是普通文件" in said


def test_of_two_checkpoints_one_must_contain_the_other(kept: tuple[Story, Path]) -> None:
    story, saved = kept
    older = lessen(saved, "/second/")
    both = ("--base", str(older), "--base", str(saved))
    assert (story.trail(SUBJECT, *both).codes, story.trail(SUBJECT, *both).data["level"]) == ([], "L2")
    assert story.trail(SUBJECT, "--base", "HEAD~1", "--base", str(saved)).codes == []
    other = lessen(saved, "/example/")
    seen = story.trail(SUBJECT, "--base", str(older), "--base", str(other))
    assert seen.codes == ["A50"] and seen.code == 1 and seen.data["level"] == "L1"


def test_an_older_list_in_place_of_the_newer_proves_less(kept: tuple[Story, Path]) -> None:
    story, saved = kept
    seen = story.trail(SUBJECT, "--base", str(lessen(saved, "legal--")))
    assert seen.data["level"] == "L1" and "还没有覆盖" in seen.data["reasons"][0]


def test_a_signed_list_tells_who_signed_it(kept: tuple[Story, Path]) -> None:
    story, saved = kept
    story.must("trail", "--save", str(saved), "--pin", story.pin, "--key", str(story.key("lv-yangben")))
    said = story.must("trail", SUBJECT, "--base", str(saved), "--pin", story.pin)
    assert f"核对基准：{saved}，绿样本签名" in said and "〔L2 可核续〕" in said
    story.commit({"notes.txt": "x"})
    story.approve(SUBJECT, "legal", "lan-yangben", "--reject")
    story.commit()
    code, said = story.coop("trail", "--save", str(saved), "--pin", story.pin)
    assert code == 2 and "要重新签" in said


def test_who_may_not_sign_lists_is_refused(kept: tuple[Story, Path]) -> None:
    story, saved = kept
    code, said = story.coop(
        "trail", "--save", str(saved), "--pin", story.pin, "--key", str(story.key("hei-yangben"))
    )
    assert code == 2 and "不是清单签名人" in said and not saved.with_name("list.txt.sig").exists()


@pytest.mark.parametrize("forged", ["list", "signer", "stolen", "rubbish"])
def test_a_signature_that_does_not_fit_is_told_and_proves_nothing(
    kept: tuple[Story, Path], forged: str
) -> None:
    story, saved = kept
    beside = saved.with_name("list.txt.sig")
    story.must("trail", "--save", str(saved), "--pin", story.pin, "--key", str(story.key("lv-yangben")))
    if forged == "list":
        saved.write_bytes(lessen(saved, "/second/").read_bytes())
    elif forged == "signer":
        from pipeline.approval import signature
        from pipeline.approval.trail.attested import NAMESPACE

        beside.write_bytes(signature.sign(story.key("hei-yangben"), NAMESPACE, saved.read_bytes()))
    elif forged == "stolen":
        beside.write_bytes((story.folder / f"{FOLDER}/legal--lan-yangben--1.json.sig").read_bytes())
    else:
        beside.write_text("x")
    seen = story.trail(SUBJECT, "--base", str(saved))
    assert seen.codes == ["A51"] and seen.code == 1 and seen.data["level"] == "L1"


def test_where_governance_names_who_signs_an_unsigned_list_proves_nothing(kept: tuple[Story, Path]) -> None:
    story, saved = kept
    story.governance(2, f"{story.next_version()}keepers: [hei-yangben]\n", "bai-yangben", "lv-yangben")
    story.commit()
    story.must("trail", "--save", str(saved), "--pin", story.pin)
    seen = story.trail(SUBJECT, "--base", str(saved))
    assert seen.codes == ["A51"] and "要求由 黑样本 签" in seen.message("A51") and seen.data["level"] == "L1"
    story.must("trail", "--save", str(saved), "--pin", story.pin, "--key", str(story.key("hei-yangben")))
    assert story.trail(SUBJECT, "--base", str(saved)).data["level"] == "L2"
