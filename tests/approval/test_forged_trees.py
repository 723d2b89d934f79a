"""Trees, names, modes and attributes made by a hostile hand: told, refused, never read as something else."""

from __future__ import annotations

import subprocess

import pytest

from tests.approval.story import FOLDER, SUBJECT, Story

LEGAL = f"{FOLDER}/legal--lan-yangben--1.json"


def tree(story: Story, entries: list[tuple[str, str, str]]) -> str:
    """A tree object as a hostile hand may write it: names, modes and objects as given."""
    raw = b"".join(
        f"{mode} {name}".encode("utf-8", "surrogateescape") + b"\0" + bytes.fromhex(blob)
        for mode, name, blob in entries
    )
    done = subprocess.run(
        ["git", "hash-object", "-t", "tree", "--literally", "-w", "--stdin"],
        cwd=story.folder, input=raw, capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout.decode().strip()


def committed(story: Story, folder: str, change: list[tuple[str, str, str]]) -> None:
    """Commit the present tree with some entries added to one folder, past every check of git's own."""
    steps = folder.split("/") if folder else []
    added = change
    while True:
        path = "/".join(steps)
        rows = story.git("ls-tree", f"HEAD:{path}" if path else "HEAD").split("\n")
        entries = [(row.split()[0].lstrip("0"), row.split("\t")[1], row.split()[2]) for row in rows]
        kept = entries if added is change else [one for one in entries if one[1] != added[0][1]]
        made = tree(story, [*kept, *added])
        if not steps:
            break
        added = [("40000", steps.pop(), made)]
    commit = story.git("commit-tree", made, "-p", "HEAD", "-m", "伪造")
    story.git("update-ref", "refs/heads/main", commit)


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        (FOLDER, "legal--lan-yangben--1.json"),
        (FOLDER, ".."),
        (FOLDER, ".git"),
        ("agreements", "projects/example/agreement.yaml"),
    ],
)
def test_a_tree_that_names_a_file_twice_or_leads_elsewhere_is_not_read(
    story: Story, folder: str, name: str
) -> None:
    blob = story.git("hash-object", "-w", "--stdin", given="x\n")
    committed(story, folder, [("100644", name, blob)])
    code, said = story.coop("trail", SUBJECT, "--pin", story.pin)
    assert code == 3 and "伪造" in said


@pytest.mark.parametrize("mode", ["100755", "120000", "160000"])
def test_a_statement_of_another_mode_is_told_and_does_not_count(story: Story, mode: str) -> None:
    blob = story.git("rev-parse", f"HEAD:{LEGAL}") if mode != "160000" else story.git("rev-parse", "HEAD")
    story.git("rm", "--quiet", "--cached", LEGAL)
    story.git("commit", "--quiet", "-m", "x")
    committed(story, FOLDER, [(mode, LEGAL.rpartition("/")[2], blob)])
    seen = story.trail()
    assert "A25" in seen.codes and seen.data["missing"] == ["legal"]


@pytest.mark.parametrize("name", ["agreements", "templates"])
@pytest.mark.parametrize("mode", ["160000", "120000"])
def test_another_repository_or_a_link_in_place_of_a_whole_folder_is_told(
    story: Story, name: str, mode: str
) -> None:
    object_ = (
        story.git("rev-parse", "HEAD")
        if mode == "160000"
        else story.git("hash-object", "-w", "--stdin", given="x")
    )
    if name == "agreements":
        story.git("rm", "-r", "--quiet", "--cached", "agreements")
        story.git("commit", "--quiet", "-m", "x")
    committed(story, "", [(mode, name, object_)])
    code, said = story.coop("trail", "--pin", story.pin)
    assert code == 1 and "A25" in said


def test_a_name_in_another_normal_form_or_not_utf_8_is_told_and_no_list_is_made_of_it(story: Story) -> None:
    blob = story.git("rev-parse", f"HEAD:{LEGAL}")
    committed(story, FOLDER, [("100644", "e\u0301.json", blob), ("100644", "\udcff.json", blob)])
    code, said = story.coop("trail", "--pin", story.pin)
    assert code == 1 and said.count("A26") == 2
    code, said = story.coop("trail", "--save", str(story.keys / "list.txt"), "--pin", story.pin)
    assert code == 2 and "A26" in said and not (story.keys / "list.txt").exists()


@pytest.mark.parametrize(
    ("lines", "bad"),
    [
        (f"{LEGAL} export-ignore", True),
        ("agreements/approvals/**/r?.jsonl export-subst", True),
        ('"agreements/approvals/**" export-ignore', True),
        ("[attr]quiet export-ignore\nagreements/approvals/** quiet", True),
        ("*.jsonl merge=union", True),
        ("*.sig working-tree-encoding=latin1", True),
        ("* text=auto eol=lf\nagreements/approvals/** -text\nagreements/governance/** -text", False),
        ("*.sig text\n*.sig -text", False),
        ("agreements/projects/** text", False),
        ("agreements/approvals/** binary", False),
        ("docs export-ignore", False),
    ],
)
def test_attributes_are_read_as_git_reads_them(story: Story, lines: str, bad: bool) -> None:
    story.commit({".gitattributes": f"{lines}\n"})
    assert story.trail().codes == (["A27"] if bad else [])


def test_attributes_inside_the_folder_count_more_than_those_outside(story: Story) -> None:
    story.commit(
        {".gitattributes": "*.json -text\n", "agreements/approvals/.gitattributes": "*.json export-ignore\n"}
    )
    seen = story.trail()
    assert "A27" in seen.codes
    place = next(one["file"] for one in seen.data["findings"] if one["code"] == "A27")
    assert place == "agreements/approvals/.gitattributes"


def test_a_stray_file_among_the_rules_is_told(story: Story) -> None:
    story.commit({"agreements/governance/0002.yml": "x", "agreements/governance/draft/0002.yaml": "x"})
    assert story.trail().codes == ["A28"]
