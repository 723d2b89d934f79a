"""`coop import word`: told first, written after a yes, read somewhere afterwards, and not twice."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from pipeline.compose.fields import field_blocks
from pipeline.compose.values import Printed
from pipeline.kernel.document import Paragraph, plain
from pipeline.source import load
from tests.cli.running import CommandLine
from tests.desk import foreign_papers


@pytest.fixture
def offered(cli: CommandLine) -> CommandLine:
    """The small college with an agreement that a company sent."""
    cli.home.write(foreign_papers.by_articles().content, "对方.docx")
    return cli


def test_nothing_is_written_without_a_yes(offered: CommandLine) -> None:
    files = sorted(offered.home.root.rglob("*.yaml"))
    said = offered.coop("import", "word", "对方.docx")
    assert said.code != 0 and "写 1 个文件，写入吗" in said.out
    assert "合同期限 · 开始日期：2024年9月1日【第二条 合作期限】" in said.out
    assert "这是对方编的号" in said.out and "【第六条 吉祥物】" in said.out
    assert sorted(offered.home.root.rglob("*.yaml")) == files


def test_a_draft_prints_what_no_field_is_for(offered: CommandLine) -> None:
    said = offered.coop("import", "word", "对方.docx", "--yes", "--department", "机械工程系")
    assert "要写 agreements/projects/2024-m-001/agreement.yaml" in said.out, said.out + said.err
    name = "agreements/projects/2024-m-001/agreement.yaml"
    data = load(name, offered.home.path(name).read_bytes()).data
    assert data is not None and data["stage"] == "draft" and "origin" not in data and "number" not in data
    assert data["responsible"] == {"implementer": "mechanical"}
    kept: Any = data["other_terms"]
    blocks = [block for one in kept for block in field_blocks(Printed(text=one))]
    printed = [plain(block.runs) for block in blocks if isinstance(block, Paragraph)]
    assert "吉祥物：双方共同使用机器人吉祥物“小铣”。" in printed
    again = offered.coop("import", "word", "对方.docx", "--yes")
    assert again.code == 1 and "库里已经有同名、同一家企业、同样期限的协议" in again.err


def test_what_was_signed_becomes_an_old_agreement_once(offered: CommandLine) -> None:
    arguments = (
        "import",
        "word",
        "对方.docx",
        "--signed",
        "--kept-at",
        "档案室3柜",
        "--project",
        "2024-im-009",
    )
    said = offered.coop(*arguments, "--yes")
    assert said.code == 0, said.out + said.err
    name = "agreements/projects/2024-im-009/agreement.yaml"
    data = load(name, offered.home.path(name).read_bytes()).data
    content = offered.home.path("对方.docx").read_bytes()
    assert data is not None and data["origin"] == {
        "kind": "legacy",
        "name": "对方.docx",
        "sha256": hashlib.sha256(content).hexdigest(),
        "kept_at": "档案室3柜",
    }
    assert data["number"] == "CG-2024-07"
    assert "2024-08-20" in offered.home.text("agreements/projects/2024-im-009/signing.yaml")
    again = offered.coop(*arguments[:-1], "2024-im-010", "--yes")
    assert again.code == 1 and "已经导入过了" in again.err
    offered.coop("site")
    [page] = offered.home.root.glob("build/**/projects/2024-im-009.html")
    assert "机器人吉祥物“小铣”" in page.read_text(encoding="utf-8")


def test_who_the_other_side_is_must_be_settled_first(cli: CommandLine) -> None:
    branch = "乙方：晨光样例数控装备有限公司样本分公司"
    made = foreign_papers.written("样例项目共建协议书", "甲方：样本职业技术学院", branch)
    cli.home.write(foreign_papers.saved(made), "a.docx")
    said = cli.coop("import", "word", "a.docx", "--yes")
    assert (
        said.code == 1
        and "是不是库里的“晨光样例数控装备有限公司”" in said.err
        and "拿不准的第 1 处" in said.err
    )


def test_a_company_that_came_with_a_paper_is_known_to_the_next(cli: CommandLine) -> None:
    cli.home.write(foreign_papers.by_tables().content, "a.docx")
    cli.home.write(foreign_papers.by_word_lists().content, "b.docx")
    assert "新建" in cli.coop("import", "word", "a.docx", "--yes").out
    said = cli.coop("import", "word", "b.docx", "--yes")
    assert "新建" not in said.out and "不改；要改的请改这家单位的记录" in said.out
    assert len(list(cli.home.root.glob("agreements/enterprises/yuan-shan*.yaml"))) == 1


def test_what_is_no_agreement_is_told_in_words(cli: CommandLine) -> None:
    cli.home.write(b"abc", "a.docx")
    said = cli.coop("import", "word", "a.docx")
    assert said.code == 4 and "不是完好的 Word 文件" in said.err
