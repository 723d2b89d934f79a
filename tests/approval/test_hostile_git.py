"""A repository and a machine prepared by somebody else: nothing runs, nothing answers differently."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.approval.story import FOLDER, RECORD, SUBJECT, Story

LEGAL = f"{FOLDER}/legal--lan-yangben--1.json"
HOOKS = (
    "applypatch-msg", "pre-commit", "post-checkout", "post-commit", "post-index-change", "post-merge",
    "pre-auto-gc", "reference-transaction", "fsmonitor-watchman", "pre-push", "proc-receive", "update",
)  # fmt: skip


@pytest.fixture
def trap(story: Story) -> Path:
    """A program that leaves a mark wherever it is run."""
    script = story.keys / "trap.sh"
    script.write_text(f"#!/bin/sh\ntouch '{story.keys}/sprung'\ncat\nexit 0\n")
    script.chmod(0o755)
    return script


def all_commands(story: Story) -> None:
    """Everything a person might run here."""
    base = (story.folder / ".git/HEAD").exists() and "HEAD~1"
    story.coop("check", "--base", str(base), "--pin", story.pin)
    story.coop("changes", "--base", str(base))
    story.coop("trail", SUBJECT, "--base", str(base), "--pin", story.pin)
    story.coop("build", "--final", "--to", "md", "--pin", story.pin)
    story.coop("governance", "verify", "--pin", story.pin)


def test_no_setting_of_the_repository_runs_anything(story: Story, trap: Path) -> None:
    included = story.keys / "included"
    included.write_text(f"[core]\n\tfsmonitor = {trap}\n\tpager = {trap}\n[alias]\n\tls-tree = !{trap}\n")
    settings = {
        "core.fsmonitor": trap, "core.pager": trap, "core.editor": trap, "core.askPass": trap,
        "core.sshCommand": trap, "core.gitProxy": trap, "core.alternateRefsCommand": trap,
        "core.hooksPath": story.keys, "credential.helper": trap, "gpg.program": trap, "gpg.ssh.program": trap,
        "gpg.ssh.defaultKeyCommand": trap, "diff.external": trap, "diff.x.textconv": trap, "diff.x.command": trap,
        "filter.x.smudge": trap, "filter.x.clean": trap, "filter.x.process": trap, "merge.x.driver": trap,
        "interactive.diffFilter": trap, "pager.ls-tree": trap, "uploadpack.packObjectsHook": trap,
        "remote.origin.uploadpack": trap, "include.path": included, "includeIf.gitdir:/.path": included,
        "alias.cat-file": f"!{trap}", "trace2.eventTarget": story.keys / "sprung",
    }  # fmt: skip
    for key, value in settings.items():
        story.git("config", key, str(value))
    story.write(
        {".git/info/attributes": "* filter=x diff=x merge=x\n", ".git/info/sparse-checkout": "/nothing\n"}
    )
    for hook in HOOKS:
        shutil.copy(trap, story.folder / ".git/hooks" / hook)
    (story.keys / "sprung").unlink(missing_ok=True)
    all_commands(story)
    assert story.trail().data["approved"] and not (story.keys / "sprung").exists()


@pytest.mark.parametrize(
    "key", ["core.worktree", "core.bare", "core.ignoreCase", "core.sparseCheckout", "core.precomposeUnicode"]
)
def test_settings_about_the_work_tree_change_no_answer(story: Story, key: str) -> None:
    story.git("config", key, "/nowhere" if key == "core.worktree" else "true")
    seen = story.trail()
    assert seen.data["approved"] and seen.codes == []


def test_nothing_in_the_environment_changes_an_answer(
    story: Story, trap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = story.keys / "other"
    story.git("clone", "--quiet", str(story.folder), str(other))
    hostile = {
        "GIT_DIR": other / ".git", "GIT_WORK_TREE": other, "GIT_INDEX_FILE": other / "x",
        "GIT_OBJECT_DIRECTORY": other / ".git/objects", "GIT_ALTERNATE_OBJECT_DIRECTORIES": other,
        "GIT_COMMON_DIR": other / ".git", "GIT_NAMESPACE": "x", "GIT_REPLACE_REF_BASE": "refs/heads/",
        "GIT_EXTERNAL_DIFF": trap, "GIT_PAGER": trap, "GIT_SSH_COMMAND": trap, "GIT_ASKPASS": trap,
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor", "GIT_CONFIG_VALUE_0": trap,
        "GIT_CONFIG_PARAMETERS": f"'core.fsmonitor={trap}'", "GIT_TRACE": story.keys / "sprung",
        "GIT_TRACE2": story.keys / "sprung", "GIT_SHALLOW_FILE": trap, "GIT_GRAFT_FILE": trap,
        "GIT_CEILING_DIRECTORIES": story.folder, "GIT_EXEC_PATH": story.keys, "GIT_LITERAL_PATHSPECS": "0",
    }  # fmt: skip
    (other / LEGAL).unlink()
    for key, value in hostile.items():
        monkeypatch.setenv(key, str(value))
    seen = story.trail()
    assert seen.data["approved"] and seen.data["history"] == "complete"
    assert not (story.keys / "sprung").exists()


def test_a_linked_work_tree_and_a_shared_clone_are_the_same_repository(story: Story) -> None:
    linked, shared = story.keys / "linked", story.keys / "shared"
    story.git("worktree", "add", "--quiet", "--detach", str(linked))
    story.git("clone", "--quiet", "--shared", str(story.folder), str(shared))
    for folder in (linked, shared):
        seen = Story(folder, story.keys).trail()
        assert (seen.data["level"], seen.data["history"]) == ("L1", "complete")
    (shared / ".git/objects/info/alternates").unlink()
    code, said = Story(shared, story.keys).coop("trail", "--pin", story.pin)
    assert code in (2, 4), said


def test_a_tag_named_like_a_branch_does_not_stand_in_for_it(story: Story) -> None:
    base = story.git("rev-parse", "HEAD")
    (story.folder / LEGAL).unlink()
    story.commit()
    story.git("branch", "kept", base)
    story.git("tag", "kept", "HEAD")
    code, said = story.coop("check", "--base", "kept", "--push", "--pin", story.pin)
    assert code == 2 and "既是分支名又是标签名" in said
    code, said = story.coop("check", "--base", "refs/heads/kept", "--push", "--pin", story.pin)
    assert code == 1 and "A17" in said


@pytest.mark.parametrize(("kind", "name"), [("branch", "deadbeef"), ("branch", "abc1234"), ("tag", "FEED")])
def test_a_branch_named_like_a_commits_number_is_no_revision(story: Story, kind: str, name: str) -> None:
    story.git(kind, name)
    for command in (
        ("trail", SUBJECT, "--rev", name),
        ("trail", SUBJECT, "--base", f"{name}~0"),
        ("check", "--base", name),
        ("changes", "--base", name),
    ):
        code, said = story.coop(*command)
        assert code == 2 and "像提交编号" in said and f"/{name}" in said, (command, said)
    full = "refs/heads" if kind == "branch" else "refs/tags"
    assert story.coop("trail", SUBJECT, "--rev", f"{full}/{name}", "--pin", story.pin)[0] == 0


def test_the_beginning_of_a_real_commits_number_is_not_taken_from_it_by_a_branch(story: Story) -> None:
    head = story.git("rev-parse", "HEAD")
    assert story.coop("trail", SUBJECT, "--rev", head[:10], "--pin", story.pin)[0] == 0
    story.git("branch", head[:10], "HEAD~1")
    assert story.coop("trail", SUBJECT, "--rev", head[:10], "--pin", story.pin)[0] == 2
    story.git("branch", head, "HEAD~1")
    assert story.trail(SUBJECT, "--rev", head).data["commit"] == head, "a whole number is nobody else's"


def test_a_saved_list_called_like_such_a_branch_is_refused(story: Story) -> None:
    story.must("trail", "--save", str(story.folder / "deadbeef"))
    story.git("branch", "deadbeef")
    code, said = story.coop("trail", SUBJECT, "--base", "deadbeef", "--pin", story.pin)
    assert code == 2 and "既是清单文件又是 git 里的版本名" in said


@pytest.mark.parametrize(
    "name", ["HEAD", f"HEAD:{RECORD}", ":/x", "--all", "-", "", "HEAD^{tree}", "@{-1}", "main..HEAD", "x\ny"]
)
def test_odd_revisions_name_a_commit_or_are_refused(story: Story, name: str) -> None:
    story.git("tag", "-a", "HEAD", "-m", "x", "HEAD~1")
    code, said = story.coop("trail", SUBJECT, "--rev", name, "--pin", story.pin)
    assert (code == 0 and story.git("rev-parse", "refs/heads/main") in said) or code == 2, said


def test_an_annotated_tag_names_its_commit(story: Story) -> None:
    story.git("tag", "-a", "签署版", "-m", "x")
    assert story.trail(SUBJECT, "--rev", "签署版").data["approved"]


def test_a_dangling_work_tree_and_a_college_in_a_subfolder(story: Story, tmp_path: Path) -> None:
    inner = Story(tmp_path / "outer" / "college", story.keys)
    shutil.copytree(story.folder / "agreements", inner.folder / "agreements")
    outer = Story(tmp_path / "outer", story.keys, create=True)
    outer.commit()
    assert inner.trail().data["level"] == "L1"
    link = inner.folder / "agreements/projects/example/agreement.yaml"
    link.unlink()
    assert inner.trail().data["approved"], "what is said is said of the commit"
