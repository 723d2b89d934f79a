"""From the desk to the forge: real remotes, a moved main, two editors, reviewers who change something, and refusals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.desk.latest import take_latest
from pipeline.git.sending import Sender
from tests.college import AGREEMENT, SmallCollege
from tests.desk.forge import Forge
from tests.desk.serving import Served, desk, served
from tests.git.repositories import Repo

OWNER, PRICE = "period: 每学期第 1 至 16 周", "unit_price: 480000.00"
BRANCH = "coop/projects-example-agreement"
WHO = {"name": "赵样图", "mail": "zhao@example.edu.cn", "forge": ""}


@pytest.fixture
def forge(tmp_path: Path, small: SmallCollege) -> Forge:
    return Forge(tmp_path, small)


@pytest.fixture
def open_desk(forge: Forge, small: SmallCollege) -> Iterator[Served]:
    with served(desk(small.root)) as opened:
        yield opened


def send(page: Served, **more: Any) -> Any:
    return page.do("send", files=[AGREEMENT], title="调整指导时段", **{**WHO, **more})


def test_what_is_written_reaches_the_forge_and_nothing_here_moves(
    forge: Forge, open_desk: Served, small: SmallCollege
) -> None:
    small.change(OWNER, "period: 全学年")
    small.write("草稿", "agreements/随手记.txt")
    before = forge.mine.git("status", "--porcelain"), forge.mine.git("rev-parse", "HEAD"), small.text()
    assert AGREEMENT in open_desk.do("review")["html"]
    assert send(open_desk) == {"branch": BRANCH, "link": "", "errors": []}
    assert "period: 全学年" in forge.shown(BRANCH)
    assert (
        forge.mine.git("status", "--porcelain"),
        forge.mine.git("rev-parse", "HEAD"),
        small.text(),
    ) == before
    told = open_desk.do("review")["html"]
    assert "等待审核" in told
    assert AGREEMENT not in told, "what was sent and not changed since is no longer offered"
    assert "没有新的改动" in open_desk.refused("send", files=[AGREEMENT], title="再送", **WHO)


def test_a_main_that_moved_is_merged_in_by_fields(
    forge: Forge, open_desk: Served, small: SmallCollege
) -> None:
    forge.change("quantity: 3, unit: 人", "quantity: 4, unit: 人")
    small.change(OWNER, "period: 全学年")
    assert send(open_desk)["errors"] == []
    assert "quantity: 4, unit: 人, period: 全学年" in forge.shown(BRANCH)


def test_the_same_field_is_decided_by_people(forge: Forge, open_desk: Served, small: SmallCollege) -> None:
    forge.change(OWNER, "period: 上半年")
    small.change(OWNER, "period: 全学年")
    clash = send(open_desk)["clashes"]
    assert [(one["mine"], one["theirs"]) for one in clash] == [("全学年", "上半年")]
    assert clash[0]["where"] == "《合作协议》的“占用学院资源 · 人员 · 第 1 项 · 使用期间”"
    assert "refs/heads/coop" not in Repo(forge.bare, create=False).git("for-each-ref")
    send(open_desk, chosen="mine")
    assert "period: 全学年" in forge.shown(BRANCH)


def test_what_reviewers_changed_on_the_branch_stays_when_it_is_sent_again(
    forge: Forge, open_desk: Served, small: SmallCollege
) -> None:
    small.change(OWNER, "period: 全学年")
    send(open_desk)
    forge.change("quantity: 3, unit: 人", "quantity: 5, unit: 人", BRANCH)
    told = open_desk.do("review", fresh=True)["html"]
    assert "审核的人在上面改过" in told
    assert "赵样图：改一处" in told
    small.change("purpose: 三年内", "purpose: 四年内")
    send(open_desk)
    text = forge.shown(BRANCH)
    assert "quantity: 5, unit: 人, period: 全学年" in text
    assert "purpose: 四年内" in text


def test_what_was_approved_comes_back_and_unsent_words_stay(
    forge: Forge, open_desk: Served, small: SmallCollege
) -> None:
    small.change(OWNER, "period: 全学年")
    send(open_desk)
    forge.change("quantity: 3, unit: 人", "quantity: 5, unit: 人")
    forge.colleague.git("pull", "-q", "origin", "main")
    small.change("purpose: 三年内", "purpose: 四年内")
    assert open_desk.do("latest", chosen="")["merged"] != []
    assert "quantity: 5, unit: 人, period: 全学年" in small.text()
    assert "purpose: 四年内" in small.text()
    assert forge.mine.git("rev-parse", "HEAD") == forge.mine.git("rev-parse", "origin/main")
    send(open_desk)
    forge.approve(BRANCH)
    assert "已并入正式的记录" in open_desk.do("review", fresh=True)["html"]


def test_a_clash_on_taking_in_changes_nothing_until_it_is_decided(
    forge: Forge, open_desk: Served, small: SmallCollege
) -> None:
    small.change(PRICE, "unit_price: 470000.00")
    forge.change(PRICE, "unit_price: 490000.00")
    before = small.text()
    assert [one["theirs"] for one in open_desk.do("latest", chosen="")["clashes"]] == ["¥490,000.00"]
    assert small.text() == before
    open_desk.do("latest", chosen="theirs")
    assert "unit_price: 490000.00" in small.text()


def test_an_incomplete_record_is_told_before_it_leaves(
    forge: Forge, open_desk: Served, small: SmallCollege
) -> None:
    small.change("total: 1020000.00", "total: 1.00")
    assert any("合计" in one["message"] and one["file"] == AGREEMENT for one in send(open_desk)["errors"])
    assert send(open_desk, anyway=True)["errors"] == []


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"forge": "gitlab"}, "不支持推送时顺便建请求"),
        ({"name": ""}, "还没有写您的姓名"),
        ({"title": " "}, "还没有写这次改了什么"),
        ({"title": "\x00\ud800\n"}, "还没有写这次改了什么"),
        ({"mail": "a\x00"}, "还没有写您的姓名"),
        ({"files": []}, "还没有选"),
        ({"files": ["../secret.yaml", ".git/config"]}, "还没有选"),
    ],
)
def test_every_refusal_says_what_to_do_and_loses_nothing(
    forge: Forge, open_desk: Served, small: SmallCollege, setting: dict[str, Any], said: str
) -> None:
    Repo(forge.bare, create=False).git("config", "receive.advertisePushOptions", "false")
    small.change(OWNER, "period: 全学年")
    given = {"files": [AGREEMENT], "title": "调整", **WHO, **setting}
    assert said in open_desk.refused("send", **given)
    assert "period: 全学年" in small.text()


def test_a_forge_that_takes_push_options_is_asked_to_make_the_request(
    forge: Forge, open_desk: Served, small: SmallCollege
) -> None:
    bare = Repo(forge.bare, create=False)
    bare.git("config", "receive.advertisePushOptions", "true")
    hook = forge.bare / "hooks" / "post-receive"
    hook.write_text(
        '#!/bin/sh\nenv | grep GIT_PUSH_OPTION_ > options\necho "see https://example.edu.cn/mr/7"\n'
    )
    hook.chmod(0o755)
    small.change(OWNER, "period: 全学年")
    assert send(open_desk, forge="gitlab")["link"] == "https://example.edu.cn/mr/7"
    assert "merge_request.create" in (forge.bare / "options").read_text()


def test_without_a_remote_or_a_network_it_is_said_what_to_do(
    open_desk: Served, forge: Forge, small: SmallCollege
) -> None:
    small.change(OWNER, "period: 全学年")
    forge.mine.git("remote", "set-url", "origin", "/nowhere/平台.git")
    assert "连不上平台" in open_desk.refused("send", files=[AGREEMENT], title="改", **WHO)
    told = open_desk.do("review", fresh=True)["html"]
    assert "连不上平台" in told and AGREEMENT in told and 'id="latest"' in told
    forge.mine.git("remote", "remove", "origin")
    assert "git remote add origin" in open_desk.do("review")["html"]
    assert "git remote add origin" in open_desk.refused("send", files=[AGREEMENT], title="改", **WHO)


def test_a_desk_that_is_stopped_while_it_takes_in_loses_no_word(
    forge: Forge, open_desk: Served, small: SmallCollege, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.change(OWNER, "period: 全学年")
    forge.change("quantity: 3, unit: 人", "quantity: 5, unit: 人")

    def stop(self: Sender, commit: str, files: list[str]) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped, pytest.raises(KeyboardInterrupt):
        stopped.setattr(Sender, "forward", stop)
        take_latest(open_desk.desk)
    assert "quantity: 5, unit: 人, period: 全学年" in small.text()
    small.change("purpose: 三年内", "purpose: 四年内")
    take_latest(open_desk.desk)
    assert "quantity: 5, unit: 人, period: 全学年" in small.text()
    assert "purpose: 四年内" in small.text()


def test_what_reviewers_changed_stays_however_often_it_is_sent(
    forge: Forge, open_desk: Served, small: SmallCollege
) -> None:
    small.change(OWNER, "period: 全学年")
    send(open_desk)
    forge.change("quantity: 3, unit: 人", "quantity: 5, unit: 人", BRANCH)
    for number in "四", "五", "六":
        small.write(re.sub("purpose: .年内", f"purpose: {number}年内", small.text()))
        send(open_desk)
    text = forge.shown(BRANCH)
    assert "quantity: 5, unit: 人, period: 全学年" in text
    assert "purpose: 六年内" in text
    assert AGREEMENT not in open_desk.do("review")["html"], "what was sent is not offered again"


def test_a_file_in_the_way_is_named_and_nothing_is_touched(
    forge: Forge, open_desk: Served, small: SmallCollege
) -> None:
    small.write("平台上的\n", "说明.txt")
    forge.colleague.commit({"说明.txt": "别人的\n"})
    forge.colleague.git("push", "-q", "origin", "HEAD:main")
    small.change(OWNER, "period: 全学年")
    before = small.text()
    assert "说明.txt" in open_desk.refused("latest", chosen="")
    assert small.text() == before


def test_what_was_withdrawn_on_the_forge_is_neither_sent_again_nor_kept(
    forge: Forge, open_desk: Served, small: SmallCollege
) -> None:
    before = forge.colleague.git("rev-parse", "origin/main")
    forge.change("quantity: 3, unit: 人", "quantity: 5, unit: 人")
    open_desk.do("latest", chosen="")
    small.change(OWNER, "period: 全学年")
    assert "quantity: 5, unit: 人, period: 全学年" in small.text()
    forge.colleague.git("push", "-q", "--force", "origin", f"{before}:main")
    send(open_desk)
    assert "quantity: 3, unit: 人, period: 全学年" in forge.shown(BRANCH)
    open_desk.do("latest", chosen="")
    assert "quantity: 3, unit: 人, period: 全学年" in small.text()
