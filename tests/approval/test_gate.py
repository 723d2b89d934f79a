"""The gate under attack: whoever sends a pull request must not be able to choose what it is held against."""

from __future__ import annotations

import pytest

from tests.approval.story import FOLDER, OTHER, RECORD, SUBJECT, Story

LEGAL = f"{FOLDER}/legal--lan-yangben--1.json"


def without_legal(story: Story) -> None:
    for end in ("", ".sig"):
        (story.folder / f"{LEGAL}{end}").unlink()


@pytest.mark.parametrize("content", ["", "saved"])
@pytest.mark.parametrize("push", [True, False])
def test_a_file_named_like_the_base_commit_does_not_stand_in_for_it(
    story: Story, content: str, push: bool
) -> None:
    base = story.git("rev-parse", "HEAD")
    without_legal(story)
    story.commit()
    if content:
        story.must("trail", "--save", base, "--pin", story.pin)
        content = story.text(base)
    for name in (base, "main"):
        story.write({name: content})
    story.commit(message="把清单放成基准的名字")
    for name in (base, "HEAD~2"):
        code, said = story.coop("check", "--base", name, "--pin", story.pin, *(["--push"] if push else []))
        assert code == 1 and said.count("A17") == 2, said


def test_a_name_that_is_both_a_list_and_a_revision_is_refused(story: Story) -> None:
    """A tag travels with a clone, a file with a commit: either could be passed off for the other."""
    saved = story.keys / "list.txt"
    story.must("trail", "--save", str(saved), "--pin", story.pin)
    story.write({"list.txt": saved.read_bytes()})
    assert story.trail(SUBJECT, "--base", "list.txt").data["level"] == "L2"
    story.git("tag", "list.txt")
    code, said = story.coop("trail", SUBJECT, "--base", "list.txt", "--pin", story.pin)
    assert code == 2 and "既是清单文件又是" in said


def test_an_empty_list_holds_nothing_and_is_no_checkpoint(story: Story) -> None:
    (story.keys / "list.txt").write_text("")
    code, _ = story.coop("trail", SUBJECT, "--base", str(story.keys / "list.txt"), "--pin", story.pin)
    assert code == 2


def test_a_saved_list_holds_by_sha_256_and_across_kinds_of_repository(story: Story) -> None:
    saved = story.keys / "list.txt"
    story.must("trail", "--save", str(saved), "--pin", story.pin)
    lines = [line.split(" ") for line in saved.read_text(encoding="utf-8").splitlines()]
    assert all(len(line[2]) == 64 for line in lines)
    forged = "".join(f"{mode} {blob} {'0' * 64} {name}\n" for mode, blob, _, name in lines)
    (story.keys / "forged.txt").write_text(forged, encoding="utf-8")
    assert "A17" in story.trail(SUBJECT, "--base", str(story.keys / "forged.txt")).codes
    other = Story(story.keys / "sha256", story.keys)
    other.git("init", "--quiet", "--object-format=sha256", "--initial-branch=main")
    for name in story.git("ls-files", "-z", "agreements", ".gitattributes").split("\0")[:-1]:
        other.write({name: (story.folder / name).read_bytes()})
    other.commit()
    seen = other.trail(SUBJECT, "--base", str(saved))
    assert (seen.codes, seen.data["level"]) == ([], "L2")


def test_a_pull_request_that_takes_in_the_target_and_then_removes_is_caught(story: Story) -> None:
    story.git("switch", "--quiet", "-c", "work")
    story.commit({"notes.txt": "x"})
    story.git("switch", "--quiet", "main")
    story.approve(SUBJECT, "legal", "lan-yangben", "--reject")
    story.commit(message="否决")
    story.git("switch", "--quiet", "work")
    story.git("merge", "--quiet", "--no-edit", "main")
    for end in ("", ".sig"):
        (story.folder / f"{FOLDER}/legal--lan-yangben--2.json{end}").unlink()
    story.commit(message="清理")
    code, said = story.coop("check", "--base", "main", "--pin", story.pin)
    assert code == 1 and said.count("A17") == 2


def test_a_renamed_subject_takes_no_approval_along(story: Story) -> None:
    base = story.git("rev-parse", "HEAD")
    for folder in ("projects/example", "approvals/projects/example"):
        (story.folder / "agreements" / folder).rename(
            story.folder / "agreements" / folder.replace("example", "renamed")
        )
    story.commit()
    seen = story.trail("projects/renamed/agreement")
    assert not seen.data["approved"] and "A02" in seen.codes
    code, said = story.coop("check", "--base", base, "--pin", story.pin)
    assert code == 1 and "A17" in said
    assert story.trail(OTHER).data["approved"]


def test_an_agreement_that_was_deleted_is_not_approved_any_more(story: Story) -> None:
    (story.folder / RECORD).unlink()
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A33"] and not seen.data["approved"]
    code, said = story.coop("build", "--final", "example", "--pin", story.pin, "--to", "md")
    assert code == 1 and "没有生成定稿" in said


def test_a_subject_nobody_has_is_not_said_to_be_unsubmitted(story: Story) -> None:
    code, said = story.coop("trail", "exampel", "--pin", story.pin)
    assert code == 2 and "没有 projects/exampel/agreement" in said


def test_what_was_lost_since_the_checkpoint_makes_the_subject_untrusted(story: Story) -> None:
    """Also a statement on an older round, on which nothing rests any more: who took it away took it for a reason."""
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    story.approve_all(SUBJECT)
    base = story.commit()
    story.commit({"notes.txt": "x"})
    assert story.trail(SUBJECT, "--base", base).data["level"] == "L2"
    without_legal(story)
    story.commit()
    seen = story.trail(SUBJECT, "--base", base)
    assert "A17" in seen.codes and seen.data["stage"] == "untrusted" and not seen.data["approved"]
    assert seen.data["label"].startswith("不可信") and seen.code == 1


def test_a_statement_made_executable_is_not_as_it_stood(story: Story) -> None:
    base = story.git("rev-parse", "HEAD")
    story.git("update-index", "--chmod=+x", LEGAL)
    story.git("commit", "--quiet", "-m", "方式变了")
    assert {"A17", "A25"} <= set(story.trail(SUBJECT, "--base", base).codes)


def test_a_gate_without_a_pin_says_that_it_has_none(story: Story) -> None:
    code, said = story.coop("check", "--base", "HEAD~1")
    assert code == 0 and "A24" in said
    assert "A24" not in story.must("check", "--base", "HEAD~1", "--pin", story.pin)
