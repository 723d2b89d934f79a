"""Two colleagues change one agreement on two branches; git and `coop merge` bring it together, field by field."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import CommandLine
from tests.college import AGREEMENT
from tests.git.repositories import Repo

PRICE, OWNER = "unit_price: 480000.00", "period: 每学期第 1 至 16 周"
ROW = "    - {name: 多轴编程课程包"


def branches(cli: CommandLine, ours: dict[str, str], theirs: dict[str, str]) -> Repo:
    """A repository on the branch `ours`; each branch has its replacements in the agreement."""
    repo = Repo(cli.home.root)
    repo.commit({".gitattributes": "agreements/**/*.yaml merge=coop\n"})
    for name, changes in (("theirs", theirs), ("ours", ours)):
        repo.git("checkout", "--quiet", "-b", name, "main")
        for old, new in changes.items():
            cli.home.change(old, new)
        repo.commit()
    return repo


def merged_by_git(repo: Repo) -> bool:
    """Whether git's own merge of the other branch ends without a conflict."""
    try:
        repo.git("merge", "theirs", "--quiet", "--message", "合并", PYTHONPATH=str(Path.cwd()))
    except AssertionError as error:
        assert "CONFLICT" in str(error)
        return False
    return True


def test_git_merges_by_fields_once_it_is_set_up(cli: CommandLine) -> None:
    new_row = f"    - {{name: 仿真软件, quantity: 1, unit: 套, unit_price: 1.00, value: 1.00}}\n{ROW}"
    repo = branches(
        cli, {"quantity: 3, unit: 人": "quantity: 4, unit: 人"}, {OWNER: "period: 全学年", ROW: new_row}
    )
    assert "设好了" in cli.coop("merge", "--setup").out
    assert merged_by_git(repo)
    text = cli.home.text()
    assert "- {name: 实训指导教师, quantity: 4, unit: 人, period: 全学年}" in text
    assert "仿真软件" in text


def test_without_a_set_up_the_conflict_that_git_leaves_is_resolved_afterwards(cli: CommandLine) -> None:
    repo = branches(cli, {"quantity: 3, unit: 人": "quantity: 4, unit: 人"}, {OWNER: "period: 全学年"})
    assert not merged_by_git(repo)
    said = cli.coop("merge")
    assert said.code == 0
    assert f"git add {AGREEMENT}" in said.out
    assert "quantity: 4, unit: 人, period: 全学年" in cli.home.text()
    assert "<<<<<<<" not in cli.home.text()


def test_what_both_wrote_differently_stays_in_the_file_twice_and_is_named(cli: CommandLine) -> None:
    repo = branches(
        cli,
        {PRICE: "unit_price: 490000.00", "quantity: 3, unit: 人": "quantity: 4, unit: 人"},
        {PRICE: "unit_price: 470000.00", OWNER: "period: 全学年"},
    )
    cli.coop("merge", "--setup")
    assert not merged_by_git(repo)
    text = cli.home.text()
    assert text.count("<<<<<<< 我方") == text.count(">>>>>>> 对方") == 1
    assert "quantity: 4, unit: 人, period: 全学年" in text
    said = cli.coop("merge", AGREEMENT)
    assert said.code == 1
    assert "企业投入 · 设备 · 第 1 项 · 单价" in said.err, said.err
    found = cli.coop("check", "--no-cache")
    assert "合并留下了冲突标记" in found.out


def test_in_a_rebase_ours_is_what_we_wrote(cli: CommandLine) -> None:
    repo = branches(cli, {PRICE: "unit_price: 490000.00"}, {PRICE: "unit_price: 470000.00"})
    with pytest.raises(AssertionError, match="CONFLICT"):
        repo.git("rebase", "--quiet", "theirs")
    assert cli.coop("merge").code == 1
    text = cli.home.text()
    assert (
        text.index("<<<<<<< 对方")
        < text.index("470000.00")
        < text.index("490000.00")
        < text.index(">>>>>>> 我方")
    )


def test_a_merge_that_does_not_add_up_is_told(cli: CommandLine) -> None:
    row = f"    - {{name: NAME, quantity: 1, unit: 套, unit_price: 20000.00, value: 20000.00}}\n{ROW}"
    total = {"total: 1020000.00": "total: 1040000.00"}
    repo = branches(
        cli, {ROW: row.replace("NAME", "仿真软件"), **total}, {ROW: row.replace("NAME", "题库"), **total}
    )
    assert not merged_by_git(repo)
    said = cli.coop("merge")
    assert said.code == 0
    assert "合好以后检查，多出" in said.err
    assert "合计" in said.err


@pytest.mark.parametrize("broken", ["title: [", "title：没有空格"])
def test_a_side_that_cannot_be_read_is_left_to_git(cli: CommandLine, broken: str) -> None:
    title = "title: 数控实训基地共建与订单培养"
    repo = branches(cli, {title: broken}, {title: "title: 别的项目"})
    cli.coop("merge", "--setup")
    assert not merged_by_git(repo)
    assert f"<<<<<<< 我方\n{broken}\n" in cli.home.text()
    said = cli.coop("merge")
    assert (said.code, "读不出来" in said.out) == (1, True)


def test_comments_and_layout_of_both_stay_where_the_lines_do_not_touch(cli: CommandLine) -> None:
    purpose = "purpose: 三年内联合培养数控技术技能人才不少于 180 名"
    total = "total: 900000.00"
    repo = branches(cli, {purpose: f"{purpose} # 与教务处核过"}, {total: f"{total} # 与资产处核过"})
    cli.coop("merge", "--setup")
    assert merged_by_git(repo)
    assert "# 与教务处核过" in cli.home.text()
    assert "# 与资产处核过" in cli.home.text()


def test_comments_that_cannot_come_along_are_told(cli: CommandLine) -> None:
    people = "quantity: 3, unit: 人"
    period = {f"{OWNER}}}": "period: 全学年} # 与系部核过"}
    assert not merged_by_git(branches(cli, {people: "quantity: 4, unit: 人"}, period))
    said = cli.coop("merge")
    assert "新加的注释有的没有并进来" in said.err
    assert "# 与系部核过" in said.err
