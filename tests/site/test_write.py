"""Writing the site: only what changed, nothing left behind, nobody else's files touched."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from pipeline.kernel.recall import Resident
from pipeline.kernel.structs import replace
from pipeline.record.model import Records
from pipeline.site.public import public
from pipeline.site.site_data import PaperForms, SiteData, SiteFile
from pipeline.site.write import MARK, ForeignFolderError, write
from tests.site.everything import records, site_data


def _stamps(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): path.stat().st_ino
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_several_processes_write_what_one_does(tmp_path: Path) -> None:
    one = records().agreements["p1"]
    many = replace(
        records(), agreements={f"p{number}": replace(one, project=f"p{number}") for number in range(60)}
    )
    for jobs in (1, 2):
        assert write(site_data(many), tmp_path / str(jobs), tmp_path, jobs).changed > 60
    for path in (tmp_path / "1").rglob("*.html"):
        assert path.read_bytes() == (tmp_path / "2" / path.relative_to(tmp_path / "1")).read_bytes()


def test_what_is_unchanged_is_not_written_again(tmp_path: Path) -> None:
    out = tmp_path / "site"
    first = write(site_data(), out, tmp_path)
    before = _stamps(out)
    again = write(site_data(), out, tmp_path)
    assert first.changed == first.files - 1 and again.changed == again.removed == 0
    assert _stamps(out) == before
    later = write(site_data(today=date(2026, 11, 24)), out, tmp_path)
    assert 0 < later.changed < later.files
    assert _stamps(out)["static/site.css"] == before["static/site.css"]


def test_the_page_of_a_project_that_is_gone_goes_too(tmp_path: Path) -> None:
    write(site_data(), tmp_path / "site", tmp_path)
    fewer = replace(records(), agreements={"p1": records().agreements["p1"]}, signings={})
    assert write(site_data(fewer), tmp_path / "site", tmp_path).removed == 3
    assert [path.name for path in (tmp_path / "site" / "projects").iterdir()] == ["p1.html"]


def test_nothing_internal_stays_where_the_public_edition_is_written(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write(site_data(), out, tmp_path)
    write(public(site_data()), out, tmp_path)
    assert not (out / "meetings.html").exists() and not (out / "projects" / "p4.html").exists()


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("我的", encoding="utf-8")
    with pytest.raises(ForeignFolderError):
        write(site_data(), tmp_path, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def _with_agreement(made: Path, content: bytes) -> SiteData:
    """A college with one document in its build folder."""
    word = made / "projects" / "p1" / "agreement.docx"
    word.parent.mkdir(parents=True)
    word.write_bytes(content)
    word_file = SiteFile(name="agreement.docx", form="Word")
    return replace(site_data(), files={"projects/p1": (PaperForms(title="合作协议", files=(word_file,)),)})


def test_documents_lie_beside_the_pages_and_follow_the_build(tmp_path: Path) -> None:
    made, out = tmp_path, tmp_path / "site"
    seen = _with_agreement(made, b"one")
    word = made / "projects" / "p1" / "agreement.docx"
    assert write(seen, out, made).bare == ("p2", "p3", "p4")
    link = out / "documents" / "projects" / "p1" / "agreement.docx"
    assert link.read_bytes() == b"one"
    assert 'href="../documents/projects/p1/agreement.docx" download' in (
        out / "projects" / "p1.html"
    ).read_text("utf-8")
    assert write(seen, out, made).changed == 0
    word.unlink()
    word.write_bytes(b"two")
    assert write(seen, out, made).changed == 1 and link.read_bytes() == b"two"


def test_a_folder_of_documents_is_told_to_be_that_of_the_build_from_the_first_time_on(tmp_path: Path) -> None:
    """Whoever stamps what was made looks at each of them once, under the name it has in the build folder."""
    made, out = tmp_path / "build", tmp_path / "site"
    seen = _with_agreement(made, b"one")
    told = {"documents/projects/p1": "projects/p1"}
    assert (write(seen, out, made).laid, write(seen, out, made).laid) == (told, told)
    (out / "documents/projects/p1/agreement.docx").unlink()
    (out / "documents/projects/p1/agreement.docx").write_bytes(b"one")
    assert write(seen, out, made).laid == told


def test_what_lies_beside_documents_goes_though_it_is_remembered_that_they_lie_there(tmp_path: Path) -> None:
    memory, out = Resident(), tmp_path / "site"
    seen = _with_agreement(tmp_path, b"one")
    written = [write(seen, out, tmp_path, recall=memory) for _ in range(3)]
    assert {one.files for one in written} == {write(seen, out, tmp_path).files}
    time.sleep(0.01)  # the clock of a disk ticks every few milliseconds
    stray = out / "documents" / "projects" / "p1" / "内部.docx"
    stray.write_bytes(b"")
    assert write(seen, out, tmp_path, recall=memory).removed == 1
    assert [path.name for path in stray.parent.iterdir()] == ["agreement.docx"]


def test_an_empty_folder_and_an_own_one_are_taken(tmp_path: Path) -> None:
    write(site_data(Records()), tmp_path / "new", tmp_path)
    assert (tmp_path / "new" / MARK).is_file()
