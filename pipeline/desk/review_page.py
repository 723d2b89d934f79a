"""The page for sending: what is written and not sent, who sends it, what became of what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.desk import lists
from pipeline.desk.brought_together import ClashError
from pipeline.desk.checked import Desk, DeskError
from pipeline.desk.latest import outcomes, take_latest
from pipeline.desk.page_templates import page
from pipeline.desk.review import FORGES, send, sender, unsent
from pipeline.git.errors import GitError
from pipeline.git.sending import CommitAuthor, config
from pipeline.record.kinds import kind_of

Given = Mapping[str, Any]


def review_page(desk: Desk, given: Given) -> Mapping[str, Any]:
    """The page as HTML; with `fresh` the forge is asked first."""
    report = desk.report()
    rows = [
        {"file": file, "title": _title(report, file), "group": _group(report, file)} for file in unsent(desk)
    ]
    unheard = ""
    try:
        way = sender(desk)
        try:
            sent = outcomes(desk, fresh=bool(given.get("fresh")))
        except DeskError as error:  # nobody there: what was heard last is still worth showing
            unheard, sent = str(error), outcomes(desk, fresh=False)
        trouble, author, forge = "", way.author(), config(way.repository, "coop.forge")
    except DeskError as error:
        trouble, author, forge, sent = str(error), None, "", []
    except GitError as error:
        raise DeskError(error.message) from error
    html = page(
        "review",
        rows=rows,
        sent=sent,
        trouble=trouble,
        unheard=unheard,
        author=author,
        forge=forge,
        forges=FORGES,
        read_only=desk.read_only,
    )
    return {"html": html, "title": "送审"}


def _group(report: Any, file: str) -> str:
    return lists.project_title(report, file) or "学校的记录"


def _title(report: Any, file: str) -> str:
    """What a record is called below the name of its project: the agreement bears that name itself."""
    title = lists.title_of(report, file)
    known = kind_of(file)
    return known[0].label if known and title == _group(report, file) else title


def send_for_review(desk: Desk, given: Given) -> Mapping[str, Any]:
    """Send the chosen records; answers with the link, or with what has to be decided first."""
    title = _line(given, "title")
    author = CommitAuthor(name=_line(given, "name"), mail=_line(given, "mail"))
    if not title:
        raise DeskError("还没有写这次改了什么，写一句，审核的人先看到它")
    if not author.name or "@" not in author.mail:
        raise DeskError("还没有写您的姓名和邮箱（邮箱用登录平台的那个）；只问一次")
    way = sender(desk)
    forge = str(given.get("forge", ""))
    if forge not in FORGES:
        raise DeskError("没有这种平台")
    try:
        way.set_forge(forge)
        files = [str(one) for one in given.get("files") or []]
        return send(
            desk, files, title, author, anyway=bool(given.get("anyway")), chosen=str(given.get("chosen", ""))
        )
    except ClashError as error:
        return error.told
    except GitError as error:
        raise DeskError(error.message) from error


def take_in(desk: Desk, given: Given) -> Mapping[str, Any]:
    """Take in what the forge has; answers with the records that were merged, or with what has to be decided."""
    try:
        merged = take_latest(desk, str(given.get("chosen", "")))
    except ClashError as error:
        return error.told
    report = desk.report()
    return {"merged": [lists.full_title(report, file) for file in merged]}


def forget(desk: Desk, given: Given) -> Mapping[str, Any]:
    """Take something that was sent off the list; nothing on the forge is touched."""
    way = sender(desk)
    if str(given["branch"]) in way.sent():
        way.forget(str(given["branch"]))
    return {}


def _line(given: Given, name: str) -> str:
    # Git keeps these in one line of a commit: what would end it, or its angle brackets, may not stand in them.
    said = " ".join(str(given.get(name, "")).replace("<", " ").replace(">", " ").split())
    return "".join(letter for letter in said if letter.isprintable())
