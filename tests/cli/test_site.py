"""`coop site`: written once, left alone when nothing changes, one folder for each edition."""

from __future__ import annotations

from tests.cli.running import CommandLine

DAY = ("--today", "2026-11-23")


def test_a_site_is_written_and_then_left_alone(desk: CommandLine) -> None:
    first = desk.coop("site", *DAY)
    assert first.code == 0 and "index.html" in first.out
    assert "1 个项目还没有文书可下载：example" in first.out
    again = desk.coop("site", *DAY)
    assert again.code == 0 and "没有页面要更新" in again.out
    assert "截至 2026年11月23日" in desk.home.text("build/site/index.html")


def test_each_edition_has_its_folder(desk: CommandLine) -> None:
    assert desk.coop("site", "--edition", "public", *DAY).code == 0
    assert desk.home.path("build/site-public/index.html").is_file()
    assert not desk.home.path("build/site").exists()
    assert not desk.home.path("build/site-public/findings.html").exists()


def test_a_folder_with_other_files_is_refused(desk: CommandLine) -> None:
    desk.home.write("我的", "mine/note.txt")
    said = desk.coop("site", "-o", str(desk.home.path("mine")), *DAY)
    assert said.code == 2 and "别的文件" in said.err
    assert [path.name for path in desk.home.path("mine").iterdir()] == ["note.txt"]


def test_built_documents_lie_in_the_site(desk: CommandLine) -> None:
    assert desk.coop("build", "--to", "html", *DAY).code == 0
    assert "还没有文书" not in desk.coop("site", *DAY).out
    assert desk.home.path("build/site/documents/projects/example/agreement.html").is_file()
