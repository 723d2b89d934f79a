"""A lawyer reading the sample's finished agreements finds each of the twelve elements where it belongs."""

from __future__ import annotations

import re

import pytest

from pipeline.kernel.chinese import amount_in_words, date_words, money
from pipeline.kernel.document import Block, Heading, Paragraph, plain
from tests.college import SCHEMAS
from tests.compose.samples import lines
from tests.sample import AGREEMENTS, FINISHED, document


def articles(project: str) -> dict[str, str]:
    """Title → text of each article and annex; what stands before the first is under ""."""
    found: dict[str, list[Block]] = {"": []}
    title = ""
    for block in document(project).body.blocks:
        article = isinstance(block, Heading) and block.level == 1
        annex = isinstance(block, Paragraph) and block.style == "annex"
        if isinstance(block, Heading | Paragraph) and (article or annex):
            title = plain(block.runs)
        found.setdefault(title, []).append(block)
    return {title: bare("\n".join(lines(tuple(blocks)))) for title, blocks in found.items()}


def bare(written: str) -> str:
    return re.sub(r"[\s|]", "", written)


def said(written: str | None) -> str:
    """The words of a field as they are printed: the first paragraph is enough to find it."""
    first = (written or "").strip().split("\n\n")[0]
    cells = [line.split("|")[1] for line in first.split("\n") if line.startswith("|")]
    return bare((cells[0] if cells else first).replace("*", ""))


def where(project: str, *words: str) -> str:
    """The title of the article in which all these words stand together; fails where there is none."""
    for title, whole in articles(project).items():
        if all(word in whole for word in words):
            return title
    raise AssertionError(f"{project}: no article holds {words}")


@pytest.mark.parametrize("project", FINISHED)
def test_a_lawyer_finds_name_scope_purpose_and_forms(project: str) -> None:
    agreement = AGREEMENTS[project]
    assert agreement.title and where(project, bare(agreement.title), "甲方：") == ""
    labels = SCHEMAS["agreement"].at(("forms", 0))
    assert labels is not None
    assert "目的" in where(project, "合作目的", said(agreement.purpose))
    assert re.search("范围|目的", where(project, "合作范围", said(agreement.scope)))
    assert "方式" in where(project, "合作方式", *(labels.values[form] for form in agreement.forms))


@pytest.mark.parametrize("project", FINISHED)
def test_a_lawyer_finds_every_content_right_and_duty_with_whose_it_is(project: str) -> None:
    agreement = AGREEMENTS[project]
    assert "内容" in where(project, *(said(content.text) for content in agreement.contents))
    roles = dict(zip(agreement.party_ids, ("甲方", "乙方", "丙方"), strict=False))
    for party, owed in agreement.obligations.items():
        title = where(
            project,
            f"{roles[party]}的权利",
            f"{roles[party]}的义务",
            *map(said, (*owed.rights, *owed.duties)),
        )
        assert "权利和义务" in title
        assert "违约责任" in where(project, f"{roles[party]}的违约责任", *map(said, agreement.breach[party]))


@pytest.mark.parametrize("project", FINISHED)
def test_a_lawyer_finds_the_lists_of_inputs_and_resources_or_why_there_is_none(project: str) -> None:
    agreement = AGREEMENTS[project]
    for name, given, word in (
        ("inputs", agreement.inputs, "投入"),
        ("resources", agreement.resources, "占用"),
    ):
        if name in agreement.declined:
            where(project, word, "理由：" + said(agreement.declined[name]))
            continue
        assert given is not None
        items = [bare(item.name or "") for _, _, item in given.lines]
        where(project, *items, "合计", f"{given.sum:,.2f}")
        where(project, word, money(given.sum), amount_in_words(given.sum))


@pytest.mark.parametrize("project", FINISHED)
def test_a_lawyer_finds_who_bears_each_cost_and_gets_each_income(project: str) -> None:
    agreement = AGREEMENTS[project]
    for cost in agreement.costs:
        shares = [f"{share.normalize():f}%" for share in cost.shares.values()]
        where(project, bare(cost.item or ""), *shares, said(cost.liability))
    assert agreement.costs or "costs" in agreement.declined
    if agreement.revenue is None:
        where(project, "收入", "理由：" + said(agreement.declined["revenue"]))
        return
    for benefit in agreement.revenue.items:
        where(
            project,
            bare(benefit.item or ""),
            *(f"{share.normalize():f}%" for share in benefit.shares.values()),
        )
    where(project, said(agreement.revenue.management), bare(agreement.revenue.account or ""))


@pytest.mark.parametrize("project", FINISHED)
def test_a_lawyer_finds_how_and_when_it_ends(project: str) -> None:
    agreement = AGREEMENTS[project]
    term, ending = agreement.term, agreement.termination
    assert term and term.start and term.end and ending
    assert "期限" in where(project, date_words(term.start), date_words(term.end), "期限为")
    title = where(
        project, *map(said, ending.conditions), f"提前{ending.notice_days}日书面通知", said(ending.settlement)
    )
    assert "终止" in title
