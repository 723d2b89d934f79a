"""Two versions of a document, and a file that came back: `coop diff`, `coop read` and `coop text` in a real repository."""

from __future__ import annotations

import re
import shutil
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline.compose.composer import Composer
from pipeline.kernel.document import Document
from pipeline.paper.named_layout import layout
from pipeline.returned.tracked import accepted, rejected
from pipeline.returned.word import read
from tests.college import SCHEMAS, TEMPLATES, SmallCollege
from tests.git.repositories import NAME, Repo
from tests.output.commands import coop, made


@pytest.fixture
def kept(home: SmallCollege) -> Repo:
    """The small college under git, with templates of its own."""
    shutil.copytree(TEMPLATES, home.root / "templates")
    repo = Repo(home.root)
    repo.commit(message="第一版")
    return repo


def project(home: SmallCollege) -> str:
    return next(iter(home.check().register.records.agreements))


def record(home: SmallCollege) -> str:
    return f"agreements/projects/{project(home)}/agreement.yaml"


def changed(home: SmallCollege, repo: Repo) -> str:
    """A second version with another title, committed; the words of the title before."""
    text = home.text(record(home))
    title = re.search(r"(?m)^title: (.*)$", text)
    assert title is not None
    home.write(text.replace(f"title: {title[1]}", "title: 另行命名的合作项目"), record(home))
    repo.commit(message="第二版")
    return title[1]


def word(home: SmallCollege) -> tuple[Document, bytes]:
    document = Composer(TEMPLATES, SCHEMAS, home.check().register.records).agreement(project(home))
    return document, layout(TEMPLATES, document.layout).render(document)


def edited(content: bytes, old: str, new: str, part: str = "word/document.xml") -> bytes:
    """The file as another hand changed it."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as package, ZipFile(target, "w") as changed:
        for name in package.namelist():
            raw = package.read(name)
            if name == part:
                assert old in raw.decode()
                raw = raw.decode().replace(old, new, 1).encode()
            changed.writestr(name, raw)
    return target.getvalue()


def test_the_differences_are_told_clause_by_clause(
    home: SmallCollege, kept: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    before = changed(home, kept)
    assert coop(home, "diff", project(home), "HEAD~1", "HEAD") == 0
    said = capsys.readouterr().out
    assert "另行命名" in said and "<del>" in said and NAME in said
    assert before[:4] in said or "修改" in said


def test_two_equal_versions_have_no_difference(
    home: SmallCollege, kept: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    assert coop(home, "diff", project(home), "HEAD") == 0
    assert "完全相同" in capsys.readouterr().out


def test_the_word_file_holds_both_versions(home: SmallCollege, kept: Repo, tmp_path: Path) -> None:
    before = changed(home, kept)
    assert (
        coop(home, "diff", project(home), "HEAD~1", "HEAD", "--to", "docx,md", "-o", str(tmp_path / "out"))
        == 0
    )
    (path,) = (tmp_path / "out").glob("*.docx")
    texts = {
        way.__name__: "".join(str(item) for item in read(way(path.read_bytes())).parts[0].items)
        for way in (accepted, rejected)
    }
    assert "另行命名" in texts["accepted"] and "另行命名" not in texts["rejected"]
    assert before in texts["rejected"]
    assert f'w:author="{NAME}"' in ZipFile(path).read("word/document.xml").decode()


def test_an_unknown_version_or_document_is_refused(home: SmallCollege, kept: Repo) -> None:
    assert coop(home, "diff", project(home), "no-such-tag") != 0
    assert coop(home, "diff", "no-such-project", "HEAD") == 2


def test_an_untouched_file_has_no_change(
    home: SmallCollege, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "back.docx"
    path.write_bytes(word(home)[1])
    assert coop(home, "read", str(path), "--of", project(home)) == 0
    assert "没有改动" in capsys.readouterr().out


def test_a_changed_value_names_the_field_and_its_line(
    home: SmallCollege, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document, content = word(home)
    path = tmp_path / "back.docx"
    runs = [run for block in document.body.blocks for run in getattr(block, "runs", ())]
    run = next(run for run in runs if run.origin.path.startswith("purpose") and len(run.text) > 8)
    path.write_bytes(edited(content, run.text, "对方改写的" + run.text))
    assert coop(home, "read", str(path), "--of", project(home)) == 1
    said = capsys.readouterr().out
    assert "对方改写的" in said and "purpose" in said and f"{record(home)}:" in said and "共 1 处" in said


def test_changed_wording_names_the_template_and_its_line(
    home: SmallCollege, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document, content = word(home)
    path = tmp_path / "back.docx"
    runs = [run for block in document.body.blocks for run in getattr(block, "runs", ())]
    run = next(run for run in runs if run.origin.file.endswith(".md") and len(run.text) > 30)
    path.write_bytes(edited(content, run.text[:30], "但对方除外，" + run.text[:30]))
    assert coop(home, "read", str(path), "--of", project(home)) == 1
    assert f"{run.origin.file}:{run.origin.line}" in capsys.readouterr().out


def test_a_new_paragraph_and_a_comment_are_never_lost(
    home: SmallCollege, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, content = word(home)
    added = '<w:p><w:ins w:id="1" w:author="B"><w:r><w:t>另加一条：丙方免责到底。</w:t></w:r></w:ins></w:p></w:body>'
    path = tmp_path / "back.docx"
    content = edited(content, "</w:body>", added)
    path.write_bytes(edited(content, "<w:hdr ", "<w:hdr ", "word/header1.xml"))
    assert coop(home, "read", str(path), "--of", project(home)) == 1
    said = capsys.readouterr().out
    assert "丙方免责到底" in said and "无法归位" in said and "带有修订标记" in said


def test_a_file_that_is_no_word_file_is_refused(home: SmallCollege, tmp_path: Path) -> None:
    path = tmp_path / "back.docx"
    path.write_bytes(b"nothing")
    assert coop(home, "read", str(path), "--of", project(home)) == 2
    assert coop(home, "text", str(path)) == 2


def test_git_shows_what_changed_in_a_layout(home: SmallCollege, kept: Repo) -> None:
    name = "templates/layout/contract.docx"
    kept.write({".gitattributes": "*.docx -text -merge diff=word\n"})
    kept.commit()
    path = home.root / name
    path.write_bytes(edited(path.read_bytes(), "{{ b.marker }}", "{{ b.marker }}版式里的新字"))
    command = f"{sys.executable} -m pipeline text"
    root = str(Path(__file__).parents[2])
    shown = kept.git("-c", f"diff.word.textconv={command}", "diff", "--", name, PYTHONPATH=root)
    assert "版式里的新字" in shown and shown.count("\n+") <= 4


def test_the_build_folder_is_untouched_by_all_this(home: SmallCollege) -> None:
    assert made(home) == {}
