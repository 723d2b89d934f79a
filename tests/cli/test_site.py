"""`coop site`: written once, left alone when nothing changes, one folder for each edition."""

from __future__ import annotations

from tests.cli.running import CommandLine

DAY = ("--today", "2026-11-23")


def test_a_site_is_written_and_then_left_alone(cli: CommandLine) -> None:
    first = cli.coop("site", *DAY)
    assert first.code == 0 and "index.html" in first.out
    assert "1 个项目还没有文书可下载：example" in first.out
    again = cli.coop("site", *DAY)
    assert again.code == 0 and "没有页面要更新" in again.out
    assert "截至 2026年11月23日" in cli.home.text("build/site/index.html")


def test_each_edition_has_its_folder(cli: CommandLine) -> None:
    assert cli.coop("site", "--edition", "public", *DAY).code == 0
    assert cli.home.path("build/site-public/index.html").is_file()
    assert not cli.home.path("build/site").exists()
    assert not cli.home.path("build/site-public/findings.html").exists()


def test_a_folder_with_other_files_is_refused(cli: CommandLine) -> None:
    cli.home.write("我的", "mine/note.txt")
    said = cli.coop("site", "-o", str(cli.home.path("mine")), *DAY)
    assert said.code == 2 and "别的文件" in said.err
    assert [path.name for path in cli.home.path("mine").iterdir()] == ["note.txt"]


def test_built_documents_lie_in_the_site(cli: CommandLine) -> None:
    assert cli.coop("build", "--to", "html", *DAY).code == 0
    assert "还没有文书" not in cli.coop("site", *DAY).out
    assert cli.home.path("build/site/documents/projects/example/agreement.html").is_file()
