"""Reviews on a forge, written down as claims by what the ready files tell it to run."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
import yaml

from tests.approval.story import FOLDER, RECORD, SUBJECT, Story
from tests.approval.test_forge_runs import FORGES, Forge, gitlab


@pytest.fixture
def forge(story: Story, tmp_path: Path) -> Forge:
    """The forge that holds the story, with a second round that waits for a reviewer without a key."""
    (tmp_path / "forge").mkdir()
    made = Forge(story, tmp_path / "forge")
    story.git("switch", "--quiet", "-c", "work")
    story.take_key("lan-yangben", "bai-yangben", "lv-yangben")
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    story.commit()
    return made


def written(forge: Forge) -> list[str]:
    """The statements that a run added."""
    made = sorted(path.name for path in (forge.work / "content" / FOLDER).glob("*.json"))
    return [name for name in made if not (forge.story.folder / FOLDER / name).exists()]


@pytest.mark.parametrize(
    ("account", "reject", "expected"),
    [
        ("github:lan", "", ["legal--lan-yangben--claim-1.json"]),
        ("github:lan", "--reject", ["legal--lan-yangben--claim-1.json"]),
        ("github:stranger", "", []),
        ("github:x; touch sprung", "", []),
    ],
)
def test_githubs_reviews_become_claims_of_registered_accounts(
    forge: Forge, account: str, reject: str, expected: list[str]
) -> None:
    loaded = yaml.safe_load((FORGES / "github-review.yml").read_text(encoding="utf-8"))
    [script] = [step["run"] for step in loaded["jobs"]["record"]["steps"] if "names" in step.get("run", "")]
    story = forge.story
    head, base = story.git("rev-parse", "work"), story.git("rev-parse", "main")
    review = "https://forge.example/pull/1#r2"
    code, said = forge.run(
        [script], head, BASE=base, COMMIT=head, REVIEW=review, ACCOUNT=account, REJECT=reject
    )
    assert code == 0, said
    assert written(forge) == expected
    assert not list(forge.work.rglob("sprung"))
    for name in expected:
        made = json.loads((forge.work / "content" / FOLDER / name).read_text(encoding="utf-8"))
        decision = "reject" if reject else "approve"
        assert (made["basis"], made["decision"], made["commit"]) == ("claimed", decision, head)


def answering(forge: Forge, asked: dict[str, object]) -> str:
    """A stand-in for `curl` that answers as GitLab's API would."""
    folder = forge.folder / "api"
    folder.mkdir()
    for name, answer in asked.items():
        (folder / name).write_text(json.dumps(answer), encoding="utf-8")
    (folder / "curl").write_text(
        f'#!/bin/sh\nfor last; do :; done\nname="${{last##*/}}"\ncat "{folder}/${{name%%\\?*}}"\n'
    )
    (folder / "curl").chmod(0o755)
    return str(folder)


def approved(user: str, when: str) -> dict[str, object]:
    """A note that GitLab writes when somebody approves."""
    body = "approved this merge request"
    return {"system": True, "body": body, "author": {"username": user}, "created_at": when}


@pytest.mark.parametrize(
    ("when", "withdrawn", "counted"),
    [
        ("2026-03-03T08:00:00Z", False, True),
        ("2026-03-01T08:00:00Z", False, False),
        ("2026-03-03T08:00:00Z", True, False),
    ],
)
def test_gitlabs_reviews_become_claims_where_they_are_about_what_stands_there(
    forge: Forge, when: str, withdrawn: bool, counted: bool
) -> None:
    """Neither an approval before the last push nor one taken back is written down, nor a stranger's."""
    head = forge.story.git("rev-parse", "work")
    folder = answering(
        forge,
        {
            "approvals": {
                "approved_by": [
                    {"user": {"username": one}}
                    for one in (["stranger"] if withdrawn else ["stranger", "lan"])
                ]
            },
            "versions": [{"created_at": "2026-03-02T08:00:00Z"}, {"created_at": "2026-02-02T08:00:00Z"}],
            "notes": [approved("stranger", when), approved("lan", when)],
        },
    )
    scripts = [re.sub("/tmp/(?!tool)", f"{folder}/", script) for script in gitlab("reviews")]
    code, said = forge.run(
        scripts,
        head,
        PATH=f"{folder}:{os.environ['PATH']}",
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main",
        CI_MERGE_REQUEST_PROJECT_URL="https://forge.example/coop",
        CI_MERGE_REQUEST_IID="7",
        CI_COMMIT_SHA=head,
        COOP_READ_TOKEN="read",
        MERGE_REQUEST="https://forge.example/api/merge_requests/7",
    )
    assert code == 0, said
    assert written(forge) == (["legal--lan-yangben--claim-1.json"] if counted else [])
