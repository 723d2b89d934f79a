"""What checks the approvals is no exception: its changes are told, and governors agree to them where a college says so."""

from __future__ import annotations

import pytest

from pipeline.cli.gate import gate as the_gate
from pipeline.cli.location import Here
from pipeline.kernel.finding import has_errors
from tests.approval.story import Story

GUARDED = "guarded: [program, templates, workflows]\n"
PROGRAM = "pipeline/signature.py"


@pytest.fixture
def guarded(early: Story) -> Story:
    """A college whose governors sign for every change of what checks its records."""
    early.commit({PROGRAM: "real = True\n", ".ci/run": "make\n"})
    early.governance(2, early.next_version() + GUARDED, "bai-yangben", "lv-yangben")
    early.commit(message="规则第 2 版")
    return early


def gate(story: Story, base: str = "HEAD~1", *options: str) -> tuple[int, str]:
    """What `coop check --base` hears from the gate, without the rest of the check."""
    found = the_gate(Here(root=story.folder), base, story.pin, push="--push" in options)
    return int(has_errors(found)), "\n".join(f"{one.code} {one.place.file} {one.message}" for one in found)


def allow(story: Story, *people: str, base: str = "HEAD~1") -> None:
    start = story.git("rev-parse", base)
    for person in people:
        key = str(story.key(person))
        story.must("governance", "allow", "--base", start, "--as", person, "--key", key, "--pin", story.pin)
    story.commit(message="同意")


@pytest.mark.parametrize(
    ("name", "part"),
    [
        (PROGRAM, "程序"),
        ("schemas/agreement.yaml", "程序"),
        ("templates/agreement.md", "模板"),
        ("templates/notes.txt", "模板"),
        (".ci/run", "流水线"),
        (".github/workflows/agreements.yml", "流水线"),
        (".gitlab-ci.yml", "流水线"),
        ("ci/pages.gitlab-ci.yml", "流水线"),
        ("bitbucket-pipelines.yml", "流水线"),
        ("ci/Jenkinsfile.release", "流水线"),
        ("teaching/.github/workflows/a.yml", "流水线"),
        (".drone.star", "流水线"),
        ("docs/CODEOWNERS", "流水线"),
        ("click.py", "程序"),
        ("sitecustomize.py", "程序"),
        ("requirements.txt", "程序"),
        ("Pipeline/signature.py", "程序"),
        ("docs", "程序"),
    ],
)
def test_a_change_to_what_checks_the_records_is_told(early: Story, name: str, part: str) -> None:
    early.commit({name: "x\n"})
    code, said = gate(early)
    assert code == 0 and "A48" in said and name in said and part in said, said


@pytest.mark.parametrize("name", ["docs/approval.md", "README.md", "agreements/visits/notes.txt"])
def test_what_is_only_read_is_not_told(early: Story, name: str) -> None:
    early.commit({name: "x\n"})
    assert "A48" not in gate(early)[1]


def test_what_changes_in_the_rules_is_told_in_words(early: Story) -> None:
    text = early.next_version("roles: [registrar]", "roles: [registrar, president]")
    text = text.replace("threshold: 2", "threshold: 1").replace(
        "roles: [department, legal]", "roles: [legal]"
    )
    early.governance(2, text, "bai-yangben", "lv-yangben")
    early.commit()
    code, said = gate(early)
    assert code == 0 and "A48" in said
    for part in ("绿样本增加角色 president", "由 2 人改为 1 人", "审批权限表去掉 1 条、增加 1 条"):
        assert part in said, said


def test_a_college_without_any_trail_is_told_as_well(early: Story) -> None:
    early.git("rm", "-rq", "agreements/governance")
    early.commit()
    early.commit({PROGRAM: "x\n"})
    assert "A48" in gate(early)[1]


def test_guarded_changes_need_the_governors(guarded: Story) -> None:
    guarded.commit({PROGRAM: "real = False\n"})
    code, said = gate(guarded)
    assert code == 1 and "A49" in said and "要规则管理人 2 人签名同意，已签的：没有人" in said
    allow(guarded, "bai-yangben", base="HEAD~1")
    code, said = gate(guarded, "HEAD~2")
    assert code == 1 and "已签的：白样本" in said
    allow(guarded, "lv-yangben", base="HEAD~2")
    code, said = gate(guarded, "HEAD~3")
    assert code == 0 and "A48" in said and "A49" not in said, said
    _, said = guarded.coop("check", "--base", "HEAD~3", "--pin", guarded.pin)
    assert "A48" in said and "A49" not in said, said
    assert gate(guarded, "HEAD~3", "--push")[0] == 0
    assert guarded.trail().codes == [], "lists of changes have their place in the trail"


def test_one_more_change_after_the_signatures_is_not_covered(guarded: Story) -> None:
    guarded.commit({PROGRAM: "real = False\n"})
    allow(guarded, "bai-yangben", "lv-yangben")
    guarded.commit({PROGRAM: "real = None\n"})
    code, said = gate(guarded, "HEAD~3")
    assert code == 1 and "A49" in said


def test_two_signed_changes_of_one_file_make_a_chain(guarded: Story) -> None:
    for text in ("one\n", "two\n"):
        guarded.commit({PROGRAM: text})
        allow(guarded, "bai-yangben", "lv-yangben")
    assert gate(guarded, "HEAD~4", "--push")[0] == 0


def test_an_old_list_does_not_let_the_old_program_come_back(guarded: Story) -> None:
    """Changed, changed back, and then once more as it was the first time: the first list has been used."""
    first = guarded.text(PROGRAM)
    for text in ("real = False\n", first):
        guarded.commit({PROGRAM: text})
        allow(guarded, "bai-yangben", "lv-yangben")
    guarded.commit({PROGRAM: "real = False\n"})
    code, said = gate(guarded)
    assert code == 1 and "A49" in said


def test_who_takes_the_demand_away_in_the_same_range_is_held_to_it(guarded: Story) -> None:
    text = guarded.next_version(GUARDED, "", number=3)
    guarded.governance(3, text, "bai-yangben", "lv-yangben")
    guarded.commit({PROGRAM: "real = False\n"})
    code, said = gate(guarded)
    assert code == 1 and "A49" in said and "要管理人同意才能改的减少" in said


def test_governors_added_in_the_same_range_do_not_count_for_it(guarded: Story) -> None:
    text = guarded.next_version(
        "governors: [bai-yangben, ", "governors: [hei-yangben, bai-yangben, ", number=3
    )
    guarded.governance(3, text, "bai-yangben", "lv-yangben")
    guarded.commit({PROGRAM: "real = False\n"})
    allow(guarded, "bai-yangben")
    key = str(guarded.key("hei-yangben"))
    code, said = guarded.coop(
        "governance", "allow", "--base", "HEAD~2", "--as", "hei-yangben", "--key", key, "--pin", guarded.pin
    )
    assert code == 2 and "hei-yangben 不是规则管理人" in said
    assert gate(guarded, "HEAD~2")[0] == 1


@pytest.mark.parametrize("edit", ["list", "signature", "name"])
def test_a_list_of_changes_that_was_altered_allows_nothing(guarded: Story, edit: str) -> None:
    guarded.commit({PROGRAM: "real = False\n"})
    allow(guarded, "bai-yangben", "lv-yangben")
    folder = guarded.folder / "agreements/governance"
    made = next(folder.glob("changes-*.txt"))
    if edit == "list":
        made.write_text(made.read_text() + f"000000 {'0' * 64} 100644 {'1' * 64} other.py\n")
    elif edit == "name":
        made.rename(folder / f"changes-{'0' * 32}.txt")
    else:
        signed = next(folder.glob("changes-*.lv-yangben.sig"))
        signed.write_bytes(next(folder.glob("changes-*.bai-yangben.sig")).read_bytes())
    guarded.commit()
    code, said = gate(guarded, "HEAD~3")
    assert code == 1 and "A49" in said


def test_a_program_swapped_for_a_link_or_another_repository_is_told(guarded: Story) -> None:
    (guarded.folder / PROGRAM).unlink()
    (guarded.folder / PROGRAM).symlink_to("/tmp/other.py")
    guarded.commit()
    assert gate(guarded)[0] == 1
    guarded.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},vendor")
    guarded.git("commit", "--quiet", "-m", "另一个仓库")
    code, said = gate(guarded)
    assert code == 1 and "vendor（新增）" in said


def test_a_change_hidden_in_a_merge_is_told(guarded: Story) -> None:
    """An evil merge: neither side changed the file, the merge did."""
    guarded.git("switch", "--quiet", "-c", "work")
    guarded.commit({"docs/a.md": "x\n"})
    guarded.git("switch", "--quiet", "main")
    guarded.commit({"docs/b.md": "x\n"})
    guarded.git("switch", "--quiet", "work")
    guarded.git("merge", "--quiet", "--no-commit", "main")
    guarded.write({PROGRAM: "real = False\n"})
    guarded.commit(message="合并")
    code, said = gate(guarded, "main")
    assert code == 1 and "A49" in said
    guarded.git("switch", "--quiet", "main")
    guarded.git("merge", "--quiet", "--ff-only", "work")
    assert gate(guarded, "HEAD~1", "--push")[0] == 1


def test_what_the_target_gained_meanwhile_is_not_laid_at_a_branch(guarded: Story) -> None:
    guarded.git("switch", "--quiet", "-c", "work")
    guarded.commit({"docs/a.md": "x\n"})
    guarded.git("switch", "--quiet", "main")
    guarded.commit({PROGRAM: "real = False\n"})
    guarded.git("switch", "--quiet", "work")
    code, said = gate(guarded, "main")
    assert code == 0 and "A48" not in said
    guarded.git("merge", "--quiet", "--no-edit", "main")
    code, said = gate(guarded, "main")
    assert code == 0 and "A48" not in said


def test_rules_that_nobody_could_fulfil_are_told(early: Story) -> None:
    text = early.next_version(f'["{early.public("lan-yangben")}"]', "[]")
    text = text.replace(f'["{early.public("lv-yangben")}"]', "[]")
    early.governance(2, f"{text}{GUARDED}keepers: [lv-yangben, nobody]\n", "bai-yangben", "lv-yangben")
    early.commit()
    said = [one["message"] for one in early.trail().data["findings"] if one["code"] == "A19"]
    assert len(said) == 3, said
