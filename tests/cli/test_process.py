"""The command as the system sees it: its exit code, its streams, and terminals of every kind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import CommandLine
from tests.college import AGREEMENT, ROOT, SmallCollege, college
from tests.shell import shell, to_begin

DAY = "--today=2026-09-15"


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    """A small college with one error."""
    home = college(tmp_path / "college")
    home.change("notice_days: 60", "notice_days: 0")
    return home


def _run(home: SmallCollege, *arguments: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """`python -m pipeline …` in the college's folder."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=home.root,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        check=False,
    )


def _calm(stderr: bytes) -> bool:
    return b"Traceback" not in stderr and b"Exception ignored" not in stderr


def test_exit_codes_reach_the_system(home: SmallCollege, tmp_path: Path) -> None:
    assert _run(home, "check", DAY).returncode == 1
    home.change("notice_days: 0", "notice_days: 60")
    assert _run(home, "check", DAY).returncode == 0
    assert _run(home, "check", "--nonsense").returncode == 2
    elsewhere = SmallCollege(root=tmp_path)
    assert _run(elsewhere, "check", DAY).returncode == 4


@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "no_SUCH.locale"},
        {"TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8"},
    ],
    ids=str,
)
def test_chinese_comes_out_whole_whatever_the_locale(environ: dict[str, str], home: SmallCollege) -> None:
    done = _run(home, "check", DAY, AGREEMENT, **environ)
    assert done.returncode == 1
    assert "“提前通知天数”不能小于 1，现在是 0" in done.stdout.decode()
    assert _calm(done.stderr)


def test_a_terminal_of_gbk_shows_gbk_and_escapes_what_that_lacks(home: SmallCollege) -> None:
    home.change("notice_days: 0", "notice_days: 60")
    home.change("copies: {total: 4", "copies: {total: 䶮🏫")
    done = _run(home, "check", DAY, AGREEMENT, PYTHONIOENCODING="gbk")
    text = done.stdout.decode("gbk")
    assert done.returncode == 1
    assert "“总份数”应为整数" in text
    assert "\\U0001f3eb" in text
    assert _calm(done.stderr)


def test_complaints_about_usage_come_out_on_such_terminals_too(home: SmallCollege) -> None:
    done = _run(home, "show", "学校🏫", PYTHONIOENCODING="gbk")
    assert done.returncode == 2
    assert "没有找到叫“学校\\U0001f3eb”的项目" in done.stderr.decode("gbk")


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_reader_that_leaves_early_causes_no_noise_and_is_no_error_found(
    form: str, home: SmallCollege
) -> None:
    home.write(home.text() + "".join(f"wrong_key_{number}: 1\n" for number in range(900)))
    done = shell(home.root, f"coop check {DAY} --format {form} | true; echo ${{PIPESTATUS[0]}}")
    assert (done.stdout, done.stderr) == (b"4\n", b"")
    done = shell(home.root, f"coop check {DAY} --format {form} | head -n 1")
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_a_stream_closed_beforehand_leaves_the_exit_code(closed: str, home: SmallCollege) -> None:
    done = shell(home.root, f"coop check {DAY} {closed}")
    assert done.returncode == 1
    assert _calm(done.stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="这里没有 /dev/full，模拟不了写满的磁盘")
def test_a_full_disk_is_told_of_and_not_taken_for_a_result(home: SmallCollege) -> None:
    done = shell(home.root, f"coop check {DAY} > /dev/full")
    assert done.returncode == 4
    assert done.stderr.decode() == "读写出错：磁盘满了\n"


def test_a_folder_deleted_under_our_feet_is_told_of(home: SmallCollege) -> None:
    done = shell(home.root, f"mkdir gone; cd gone; rmdir ../gone; coop check {DAY}")
    assert done.returncode == 4
    assert done.stderr.decode().startswith("读写出错：")
    assert _calm(done.stderr)


@pytest.mark.skipif(os.name == "nt", reason="Windows 的文件名写不出这些字符")
@pytest.mark.parametrize("name", [b"\xff\xfe", b"a\nagreements: fine", b"\x1b[2Jgone", "设\u202e计".encode()])
def test_names_of_files_cannot_forge_or_hide_anything(
    name: bytes, home: SmallCollege, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = os.fsencode(home.path("agreements/projects")) + b"/" + name
    Path(os.fsdecode(folder)).mkdir()
    (Path(os.fsdecode(folder)) / "agreement.yaml").write_bytes(home.path(AGREEMENT).read_bytes())
    cli = CommandLine(home=home, capsys=capsys)
    checked = cli.coop("check", DAY)
    lines = checked.out.splitlines()
    assert checked.code == 1
    assert any("错误 D02" in line and "<U+" in line for line in lines)
    assert not any(line.startswith("agreements: fine") for line in lines)
    for arguments in (
        ("check", DAY),
        ("check", DAY, "--format", "json"),
        ("build", "--to", "md"),
        ("show", "x"),
    ):
        said = cli.coop(*arguments)
        assert said.code in (1, 2)
        assert "\x1b" not in said.out + said.err
        assert "\u202e" not in said.out + said.err


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"\xff\xfe\x00",
        b"a: [",
        b"- 1\n",
        b"!!python/object:os.system x\n",
        b"a: " + b"[" * 5000,
    ],
    ids=["empty", "nul", "utf16", "open", "list", "tag", "deep"],
)
def test_no_file_makes_any_command_stumble(
    content: bytes, home: SmallCollege, capsys: pytest.CaptureFixture[str]
) -> None:
    home.write(content)
    cli = CommandLine(home=home, capsys=capsys)
    assert [cli.coop(*line).code for line in (["check", DAY], ["show", "example"], ["build"])] == [1, 1, 1]


def test_start_up_loads_nothing_heavy(home: SmallCollege) -> None:
    code = "import sys; from pipeline.cli import main; main(['--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert loaded.isdisjoint({"cerberus", "docx", "docxtpl", "lxml", "markdown_it", "yaml", "jinja2"})
    assert loaded.isdisjoint({"pipeline.git.repository", "pipeline.record.register"}), "only errors are known"


@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
def test_where_memory_runs_out_that_is_said_and_nothing_else_is_found(home: SmallCollege) -> None:
    """In the middle of loading as well as while a layout is read, which its reader calls a broken layout."""
    codes = []
    for size in (int(to_begin() * share) for share in (1.15, 1.5, 1.7, 1.9, 2)):
        done = shell(home.root, f"ulimit -v {size}; coop --no-cache check {DAY}")
        codes.append(done.returncode)
        assert _calm(done.stderr), (size, done.stderr.decode())
        if done.returncode == 4:
            assert "内存不够" in done.stderr.decode() and b"T06" not in done.stdout
        else:
            assert done.returncode == 1 and b"T06" not in done.stdout, size
    assert 4 in codes
