"""What a hostile, damaged or incomplete repository can do to what is read from it: nothing."""

from __future__ import annotations

import hashlib
import os
import shlex
import subprocess
import zlib
from pathlib import Path
from typing import Any

import pytest

from pipeline.git import trusting
from pipeline.git.errors import GitError
from pipeline.git.history import changes, commits, merge_bases
from pipeline.git.objects import snapshot
from pipeline.git.repository import Repository
from tests.git.repositories import Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo(tmp_path / "库")
    made.commit({"agreements/一.yaml": "a: 1\n", "agreements/子/二.yaml": "b: 2\n", "other.txt": "x"})
    return made


def opened(repo: Repo) -> Repository:
    found = Repository.around(repo.folder)
    assert found is not None
    return found


def text(repo: Repo, name: str = "agreements/一.yaml", revision: str = "HEAD") -> str:
    repository = opened(repo)
    return snapshot(repository, repository.resolve(revision), ["agreements"]).read(name).decode()


def test_a_commits_files_are_read_with_their_modes_and_nothing_beside_the_folders(repo: Repo) -> None:
    repository = opened(repo)
    found = snapshot(repository, repository.resolve("HEAD"), ["agreements"])
    assert sorted(found.files) == ["agreements/一.yaml", "agreements/子/二.yaml"]
    assert all(file.regular for file in found.files.values())
    assert found.read("agreements/子/二.yaml") == b"b: 2\n"


def test_reading_takes_the_same_number_of_processes_for_one_file_and_for_three_hundred(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit({f"agreements/many/{number}.yaml": f"n: {number}\n" for number in range(300)})
    started: list[object] = []
    real = subprocess.Popen

    def counting(*arguments: Any, **options: Any) -> Any:
        started.append(arguments)
        return real(*arguments, **options)

    monkeypatch.setattr(subprocess, "Popen", counting)
    repository = opened(repo)
    commit = repository.resolve("HEAD")
    before = len(started)
    assert len(snapshot(repository, commit, ["agreements"]).files) == 302
    assert len(started) - before == 2


def test_the_work_tree_is_never_read(repo: Repo) -> None:
    repo.git("update-index", "--assume-unchanged", "agreements/一.yaml")
    repo.write({"agreements/一.yaml": "a: 偷偷改了\n"})
    assert text(repo) == "a: 1\n"


def test_a_hostile_configuration_executes_nothing(repo: Repo) -> None:
    trap = repo.folder.parent / "sprung"
    script = repo.folder.parent / "trap.sh"
    script.write_text(f"#!/bin/sh\ntouch '{trap}'\n")
    script.chmod(0o755)
    for key in ("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "diff.external"):
        repo.git("config", key, str(script))
    for key in ("diff.evil.textconv", "filter.evil.smudge", "filter.evil.clean", "gpg.ssh.program"):
        repo.git("config", key, str(script))
    repo.git("config", "core.hooksPath", str(repo.folder.parent))
    repo.git("config", "alias.ls-tree", f"!{script}")
    repo.write({".git/info/attributes": "*.yaml diff=evil filter=evil ident\n"})
    trap.unlink(missing_ok=True)
    repository = opened(repo)
    head = repository.resolve("HEAD")
    assert snapshot(repository, head, ["agreements"]).read("agreements/一.yaml") == b"a: 1\n"
    assert len(commits(repository, head, ["agreements"])) == 1
    assert [change.name for change in changes(repository, head, ["agreements"])]
    assert not trap.exists()


def test_a_replaced_blob_is_not_shown_and_history_is_refused(repo: Repo) -> None:
    true = repo.git("rev-parse", "HEAD:agreements/一.yaml")
    false = repo.git("hash-object", "-w", "--stdin", given="a: 999\n")
    repo.git("replace", true, false)
    assert repo.git("show", "HEAD:agreements/一.yaml") == "a: 999"
    assert text(repo) == "a: 1\n"
    with pytest.raises(GitError, match="替换引用") as caught:
        commits(opened(repo), "HEAD")
    assert caught.value.status == 3


def test_grafts_and_a_forged_shallow_file_change_no_content_and_stop_history(repo: Repo) -> None:
    second = repo.commit({"agreements/一.yaml": "a: 2\n"})
    repo.write({".git/info/grafts": f"{second}\n"})
    assert text(repo, revision="HEAD~1") == "a: 1\n"
    with pytest.raises(GitError, match="嫁接"):
        merge_bases(opened(repo), "HEAD", "HEAD~1")
    repo.write({".git/info/grafts": "", ".git/shallow": f"{second}\n"})
    assert text(repo) == "a: 2\n"
    with pytest.raises(GitError, match="浅克隆") as caught:
        list(changes(opened(repo), "HEAD", ["agreements"]))
    assert caught.value.status == 3


def test_a_revision_that_looks_like_an_option_is_only_an_unknown_revision(repo: Repo) -> None:
    with pytest.raises(GitError, match="没有这个版本") as caught:
        opened(repo).resolve("--output=x")
    assert caught.value.status == 2
    assert not (repo.folder / "x").exists()


def test_a_damaged_object_is_told_with_exit_code_4(repo: Repo) -> None:
    blob = repo.git("rev-parse", "HEAD:agreements/一.yaml")
    path = repo.folder / ".git/objects" / blob[:2] / blob[2:]
    path.chmod(0o644)
    path.write_bytes(b"not zlib")
    with pytest.raises(GitError) as caught:
        text(repo)
    assert caught.value.status == 4


def test_a_well_formed_object_under_a_false_name_is_told(repo: Repo) -> None:
    """Git inflates a loose object and asks no further: the hash has to be compared here."""
    blob = repo.git("rev-parse", "HEAD:agreements/一.yaml")
    path = repo.folder / ".git/objects" / blob[:2] / blob[2:]
    path.chmod(0o644)
    path.write_bytes(zlib.compress(b"blob 5\0a: 9\n"))
    assert hashlib.sha1(b"blob 5\0a: 9\n").hexdigest() != blob
    with pytest.raises(GitError, match="换过") as caught:
        text(repo)
    assert caught.value.status == 3


def test_an_embedded_bare_repository_is_refused(repo: Repo, tmp_path: Path) -> None:
    bare = repo.folder / "agreements" / "裸"
    bare.mkdir()
    repo.git("init", "--quiet", "--bare", str(bare))
    with pytest.raises(GitError, match="裸仓库") as caught:
        Repository.around(bare)
    assert caught.value.status == 3


def test_messages_are_read_raw_whatever_encoding_they_declare(repo: Repo) -> None:
    repo.git("config", "i18n.commitEncoding", "UTF-7")
    repo.commit({"agreements/一.yaml": "a: 3\n"}, "+AEEAcABwAHIAbwB2AGUAZA-by: 李示言")
    newest = commits(opened(repo), "HEAD", ["agreements"])[0]
    assert newest.message.startswith("+AEEA")
    assert "Approved-by" not in newest.message


def test_an_edit_that_a_merge_dropped_or_made_is_in_the_history(repo: Repo) -> None:
    repo.git("switch", "--quiet", "-c", "side")
    dropped = repo.commit({"agreements/一.yaml": "a: 从旁支\n"})
    repo.git("switch", "--quiet", "main")
    repo.commit({"other.txt": "y"})
    repo.git("merge", "--quiet", "--strategy=ours", "--no-edit", "side")
    found = {change.commit for change in changes(opened(repo), "HEAD", ["agreements"])}
    assert dropped in found
    assert repo.git("rev-parse", "HEAD") in found


def test_an_older_repository_folder_is_found_from_below(repo: Repo) -> None:
    inner = repo.folder / "内"
    inner.mkdir()
    repo.git("mv", "agreements", "内/agreements")
    repo.commit()
    repository = Repository.around(inner)
    assert repository is not None
    found = snapshot(repository, repository.resolve("HEAD"), ["agreements"])
    assert sorted(found.files) == ["agreements/一.yaml", "agreements/子/二.yaml"]


def test_a_repository_that_keeps_nothing_of_a_folder_is_not_its_own(repo: Repo) -> None:
    """A college unpacked inside somebody's repository, or copied there and left out of it."""
    inner = repo.folder / "下载" / "学校"
    (inner / "agreements").mkdir(parents=True)
    (inner / "agreements" / "college.yaml").write_text("name: 学校\n", encoding="utf-8")
    assert Repository.around(inner) is None and Repository.passed_over(inner) == repo.folder.resolve()
    repo.git("add", "下载")
    assert Repository.around(inner) is not None and Repository.passed_over(inner) is None
    repo.commit()
    repo.git("rm", "--quiet", "--cached", "-r", "下载")
    assert Repository.around(inner) is not None, "the newest commit still keeps it"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives a folder to somebody else")
def test_a_repository_of_somebody_else_is_read_once_the_user_told_git_so(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text("[core]\n\tpager = touch ran\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    for path in (repo.folder, *repo.folder.rglob("*")):
        os.chown(path, 65534, 65534)
    trusting.told.cache_clear()
    mine = Repository(folder=repo.folder, top=repo.folder)
    with pytest.raises(GitError) as raised:
        mine.run("rev-parse", "HEAD")
    why, _, told = str(raised.value).partition("运行一次：")
    assert "属于别的账户" in why
    subprocess.run(shlex.split(told), check=True)
    assert str(repo.folder) in settings.read_text(encoding="utf-8")
    trusting.told.cache_clear()
    assert len(mine.run("rev-parse", "HEAD").strip()) == 40
    trusting.told.cache_clear()
    assert not (repo.folder / "ran").exists()
