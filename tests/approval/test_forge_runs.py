"""What the ready files tell a forge to run is run: a bare repository, forks, pushes, and hands that mean ill."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.approval.story import FOLDER, RECORD, SUBJECT, Story
from tests.college import ROOT

FORGES = ROOT / "docs" / "forges"
LEGAL = f"{FOLDER}/legal--lan-yangben--1.json"


def steps(event: str) -> list[str]:
    """The scripts of GitHub's file for an event, in order, without the one that sets the tool up."""
    loaded = yaml.safe_load((FORGES / "github.yml").read_text(encoding="utf-8"))
    wanted = [step for step in loaded["jobs"]["check"]["steps"] if "run" in step]
    return [one["run"] for one in wanted if event in one.get("if", "") and "make" not in one["run"]]


def gitlab(job: str) -> list[str]:
    """The scripts of GitLab's file for a job, without installing anything."""
    loaded: dict[str, Any] = yaml.safe_load((FORGES / "gitlab-ci.yml").read_text(encoding="utf-8"))
    found = []
    for row in [*loaded[job]["before_script"], *loaded[job]["script"]]:
        found += row if isinstance(row, list) else [row]
    return [one for one in found if not one.startswith(("apt-get", "chown", "make"))]


def gitee() -> list[str]:
    """The commands of Gitee's file, without installing anything."""
    loaded = yaml.safe_load((FORGES / "gitee.yml").read_text(encoding="utf-8"))
    return [one for one in loaded["stages"][0]["steps"][0]["commands"] if not one.startswith("make")]


def gitea() -> list[str]:
    """The scripts of Gitea's file, each from the folder that holds both checkouts."""
    loaded = yaml.safe_load((FORGES / "gitea.yml").read_text(encoding="utf-8"))
    scripts = [step["run"] for step in loaded["jobs"]["check"]["steps"] if "run" in step]
    return [f"(cd .. && {one})" for one in scripts if "make" not in one]


class Forge:
    """A bare repository that people push to, and a runner with a work folder of its own for each run."""

    def __init__(self, story: Story, folder: Path) -> None:
        self.story, self.folder = story, folder
        self.bare = folder / "bare.git"
        story.git("clone", "--quiet", "--bare", str(story.folder), str(self.bare))
        story.git("remote", "add", "origin", str(self.bare))
        story.git("fetch", "--quiet", "origin")

    def run(self, scripts: list[str], head: str, **environment: str) -> tuple[int, str]:
        """Check `head` out as a forge does and run the scripts; the first that fails ends it."""
        work = self.folder / f"work-{len(list(self.folder.iterdir()))}"
        git = self.story.git
        git("clone", "--quiet", "--no-checkout", str(self.bare), str(work / "content"))
        git("-C", str(work / "content"), "fetch", "--quiet", str(self.story.folder), head)
        git("-C", str(work / "content"), "checkout", "--quiet", "--detach", head)
        git("clone", "--quiet", "--no-checkout", str(self.story.folder), str(work / "tool"))
        for tool in (work / "tool/.venv/bin/coop", work / "gitlab/.venv/bin/coop"):
            tool.parent.mkdir(parents=True)
            tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m pipeline "$@"\n')
            tool.chmod(0o755)
        script = "\n".join(one.replace("/tmp/tool", str(work / "gitlab")) for one in scripts)
        script = script.replace("git worktree add", "true git worktree add")
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script],
            cwd=work / "content",
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "LC_ALL": "C.UTF-8",
                "HOME": str(work),
                "COOP_PIN": self.story.pin,
                "GITHUB_STEP_SUMMARY": str(work / "summary.md"),
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        self.work = work
        return done.returncode, done.stdout + done.stderr

    def pull(self, head: str, forge: str) -> tuple[int, str]:
        """What happens when a pull request is opened or updated."""
        base = self.story.git("--git-dir", str(self.bare), "rev-parse", "main")
        if forge == "github":
            return self.run(steps("pull_request"), head, BASE=base)
        if forge == "gitea":
            return self.run(gitea(), head, BASE=base, PUSH="")
        if forge == "gitee":
            self.story.git("push", "--quiet", "origin", f"{head}:refs/pull/7/head")
            return self.run(gitee(), base, GITEE_PULL_ID="7", GITEE_COMMIT=base, GITEE_SOURCE_COMMIT=head)
        return self.run(gitlab("merge-request"), head, CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main")

    def push(self, before: str, forge: str) -> tuple[int, str]:
        """What happens after a push to the main branch."""
        self.story.git("push", "--quiet", "--force", "origin", "HEAD:main")
        head = self.story.git("rev-parse", "HEAD")
        if forge == "github":
            return self.run(steps("push"), head, BASE=before)
        if forge == "gitea":
            return self.run(gitea(), head, BASE=before, PUSH="--push")
        if forge == "gitee":
            return self.run(gitee(), head, GITEE_COMMIT=head, GITEE_PULL_ID="")
        return self.run(gitlab("push"), head, CI_COMMIT_BEFORE_SHA=before)


@pytest.fixture(params=["github", "gitlab", "gitea", "gitee"])
def kind(request: pytest.FixtureRequest) -> str:
    """The forge."""
    return str(request.param)


@pytest.fixture
def forge(story: Story, tmp_path: Path) -> Forge:
    """The forge that holds the story."""
    (tmp_path / "forge").mkdir()
    return Forge(story, tmp_path / "forge")


def resubmitted(story: Story) -> None:
    """Honest work: new terms, submitted and approved."""
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    story.approve_all(SUBJECT)


def takes_away(story: Story) -> None:
    """A statement taken out."""
    (story.folder / LEGAL).unlink()


def takes_away_behind_a_file(story: Story) -> None:
    """The same, with files named like what the gate is held against."""
    takes_away(story)
    for name in (story.git("rev-parse", "main"), "main", "FETCH_HEAD", "HEAD"):
        story.write({name: ""})


def brings_its_own_tool(story: Story) -> None:
    """The same, with a program in the pull request that lets everything pass."""
    takes_away(story)
    story.write({"pipeline/__main__.py": "raise SystemExit(0)\n", "pipeline/__init__.py": ""})
    story.write({"schemas/agreement.yaml": "title: {type: text, meta: {label: x}}\n"})


def loosens_the_rules(story: Story) -> None:
    """The rules edited in place."""
    story.change("agreements/governance/0001.yaml", "amount_from: 1500000.00", "amount_from: 9000000.00")


def test_honest_work_passes_and_shows_its_sentences(forge: Forge, kind: str) -> None:
    story = forge.story
    story.git("switch", "--quiet", "-c", "work")
    resubmitted(story)
    head = story.commit()
    code, said = forge.pull(head, kind)
    assert code == 0, said
    review = forge.work / ("review" if kind in ("github", "gitea") else "content/review")
    assert "每学年修订两次" in (review / "改动.md").read_text(encoding="utf-8")
    assert (review / "projects-example-agreement.docx").exists()
    before = story.git("rev-parse", "main")
    assert forge.push(before, kind)[0] == 0


@pytest.mark.parametrize(
    "attack", [takes_away, takes_away_behind_a_file, brings_its_own_tool, loosens_the_rules]
)
def test_a_pull_request_that_means_ill_is_stopped(
    forge: Forge, kind: str, attack: Callable[[Story], None]
) -> None:
    story = forge.story
    story.git("switch", "--quiet", "-c", "work")
    attack(story)
    head = story.commit()
    code, said = forge.pull(head, kind)
    assert code == 1, said


def test_a_pull_request_behind_its_target_is_not_blamed_for_it(forge: Forge, kind: str) -> None:
    story = forge.story
    story.git("switch", "--quiet", "-c", "work")
    head = story.commit({"notes.txt": "在后面"})
    story.git("switch", "--quiet", "main")
    resubmitted(story)
    story.commit()
    story.git("push", "--quiet", "origin", "main")
    code, said = forge.pull(head, kind)
    assert code == 0, said


@pytest.mark.parametrize("kind", ["github", "gitlab", "gitea"])
def test_a_forced_push_is_held_against_what_was_there(forge: Forge, kind: str) -> None:
    """Gitee tells nobody what was there before a push; its page says so."""
    story = forge.story
    resubmitted(story)
    story.commit()
    story.git("push", "--quiet", "origin", "main")
    before = story.git("rev-parse", "HEAD")
    story.git("branch", "kept", before)
    story.git("reset", "--quiet", "--hard", "HEAD~1")
    story.commit({"notes.txt": "改写历史"})
    code, said = forge.push(before, kind)
    assert code != 0 and ("A17" in said or kind == "gitlab"), said
