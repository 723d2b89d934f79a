"""A partner gets another name or is taken over: what is signed stays as it was signed, new papers tell what is so now."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from pipeline.approval.trail.current_words import Composed, CurrentWords
from pipeline.paper import markdown
from pipeline.record.model import Records
from pipeline.record.model.after_signing import Amendment, ClauseChange
from pipeline.standing.as_agreed import changed_by
from pipeline.standing.as_of import as_of
from pipeline.standing.labels import Labels
from pipeline.standing.ledgers import LedgerContext
from pipeline.standing.partners import ledger
from tests.college import ENTERPRISE, EXAMPLES, SCHEMAS, TEMPLATES, SmallCollege, college

OLD, NEW = "晨光样例数控装备有限公司", "晨光样例智能装备有限公司"
RENAMED = "former_names:\n  - {name: 晨光样例数控装备有限公司, until: 2026-02-28, basis: 变更通知书}\n"
TAKEN = "successor: {enterprise: yunfan-software, since: 2026-03-01, basis: 合并公告}\n"
AMENDMENT = """kind: amendment
number: 样校合〔2025〕1号补1
title: 增加培养人数的补充协议
reason: 岗位增加
changes:
  - {field: purpose, clause: 合作目的, was: 不少于 180 名, now: 不少于 200 名}
"""


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    """The small college with its agreement signed in June 2025, and an amendment that nobody has signed."""
    made = college(tmp_path)
    shutil.copytree(EXAMPLES / "_lived", made.root, dirs_exist_ok=True)
    made.write(AMENDMENT, "agreements/projects/example/amendments/01.yaml")
    return made


def _composed(home: SmallCollege, subject: str = "projects/example/agreement") -> Composed:
    register = home.check().register
    return CurrentWords(register=register, schemas=SCHEMAS, templates=TEMPLATES).composed(subject)


def _text(one: Composed) -> str:
    assert one.document is not None
    return markdown.render(one.document)


def test_a_name_that_came_later_leaves_the_signed_words_alone(home: SmallCollege) -> None:
    before = _composed(home)
    home.change(f"name: {OLD}", f"name: {NEW}", ENTERPRISE)
    assert _composed(home) != before  # nobody has said that it is the same enterprise under another name
    home.write(home.text(ENTERPRISE) + RENAMED, ENTERPRISE)
    after = _composed(home)
    assert (after.body, after.facts, after.fields) == (before.body, before.facts, before.fields)


def test_a_new_paper_bears_the_new_name_and_tells_the_former_one(home: SmallCollege) -> None:
    home.change(f"name: {OLD}", f"name: {NEW}", ENTERPRISE)
    home.write(home.text(ENTERPRISE) + RENAMED, ENTERPRISE)
    text = _text(_composed(home, "projects/example/amendments/01"))
    assert f"乙方：{NEW}" in text
    assert f"乙方签订原协议时的名称为“{OLD}”，现为“{NEW}”。" in text


def test_whoever_took_the_partner_over_signs_the_amendment(home: SmallCollege) -> None:
    before = _composed(home)
    home.write(home.text(ENTERPRISE) + TAKEN, ENTERPRISE)
    assert _composed(home) == before
    text = _text(_composed(home, "projects/example/amendments/01"))
    assert "乙方：云帆样例软件有限公司" in text
    assert f"名称为“{OLD}”，现为“云帆样例软件有限公司”，由其承继原协议中的权利和义务。" in text
    told = [str(one.message) for one in home.check().findings if one.code == "O09"]
    assert told == [f"“{OLD}”自 2026-03-01 起由“云帆样例软件有限公司”承继，协议还在履行，当事方没有变更"]


def test_papers_and_ledgers_of_a_day_know_the_name_of_that_day(home: SmallCollege) -> None:
    home.change(f"name: {OLD}", f"name: {NEW}", ENTERPRISE)
    home.write(home.text(ENTERPRISE) + RENAMED, ENTERPRISE)
    records = home.check().register.records
    assert as_of(records, date(2026, 2, 28)).party_name("chenguang-cnc") == OLD
    assert as_of(records, date(2026, 3, 1)).party_name("chenguang-cnc") == NEW
    row = _ledger(records)
    assert NEW in row and "名称：晨光样例数控装备有限公司；用到：2026年2月28日；凭据：变更通知书" in row


def _ledger(records: Records) -> tuple[object, ...]:
    grid = ledger(LedgerContext(words=Labels(records=records, schemas=SCHEMAS), today=date(2026, 11, 1)))
    return next(row for row in grid.rows if NEW in row)


def test_a_branch_signs_through_whoever_answers_for_it(home: SmallCollege) -> None:
    assert "法定代表人：朱样例" in _text(_composed(home))
    branch = "affiliation: {kind: branch, name: 晨光样例装备集团有限公司}\n"
    home.write(home.text(ENTERPRISE) + branch, ENTERPRISE)
    text = _text(_composed(home))
    assert "负责人：朱样例" in text and "法定代表人：朱样例" not in text


SIGNED_BY_HEIR = """amendments:
  - amendment: "01"
    parties:
      college: {signatory: 白样本, signed_on: 2026-05-20, seal: 样本职业技术学院, sealed_on: 2026-05-20}
      chenguang-cnc: {signatory: 黄样例, signed_on: 2026-05-20, seal: 云帆样例软件有限公司, sealed_on: 2026-05-20}
    copies: 4
    file: {sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, kept_at: 档案室}
    review:
      legal: {counsel: 样例律师事务所, on: 2026-05-10, opinion: 可以签署}
      approvals:
        - {role: 分管领导, by: bai-yangben, on: 2026-05-12}
"""
HEIR = "agreements/enterprises/yunfan-software.yaml"
PARTIES = (
    "{field: parties, clause: 当事方, was: 乙方为晨光样例数控装备有限公司, now: 乙方为云帆样例软件有限公司}"
)


def test_a_successor_renamed_later_leaves_what_it_signed_alone(home: SmallCollege) -> None:
    signing = "agreements/projects/example/signing.yaml"
    home.write(home.text(signing) + SIGNED_BY_HEIR, signing)
    home.write(home.text(ENTERPRISE) + TAKEN, ENTERPRISE)
    amendment = "projects/example/amendments/01"
    before = _composed(home, amendment)
    assert "乙方：云帆样例软件有限公司" in _text(before)
    later = "former_names:\n  - {name: 云帆样例软件有限公司, until: 2027-01-31, basis: 变更通知书}\n"
    home.change("name: 云帆样例软件有限公司", "name: 云帆样例智能有限公司", HEIR)
    home.write(home.text(HEIR) + later, HEIR)
    after = _composed(home, amendment)
    assert (after.body, after.facts, after.fields) == (before.body, before.facts, before.fields)


def test_a_change_of_parties_is_read_under_a_name_borne_then(home: SmallCollege) -> None:
    home.write(home.text(ENTERPRISE) + TAKEN, ENTERPRISE)
    later = "former_names:\n  - {name: 云帆样例软件有限公司, until: 2027-01-31, basis: 变更通知书}\n"
    home.change("name: 云帆样例软件有限公司", "name: 云帆样例智能有限公司", HEIR)
    home.write(home.text(HEIR) + later, HEIR)
    change = ClauseChange(field="parties", clause="当事方", was=OLD, now="乙方改为云帆样例软件有限公司")
    records = home.check().register.records
    changed = changed_by(records, records.agreements["example"], Amendment(changes=(change,)))
    assert changed.party_ids == ("college", "yunfan-software")


def test_the_change_to_type_keeps_every_party_that_remains(home: SmallCollege) -> None:
    third = "agreements/enterprises/third.yaml"
    home.write(home.text(HEIR).replace("云帆样例软件", "远山样例机电"), third)
    agreement = "agreements/projects/example/agreement.yaml"
    home.change("enterprises: [chenguang-cnc]", "enterprises: [chenguang-cnc, third]", agreement)
    signing = "agreements/projects/example/signing.yaml"
    party = "  third: {signatory: 黄样例, signed_on: 2025-06-18, seal: 远山样例机电有限公司, sealed_on: 2025-06-18}\n"
    home.write(home.text(signing).replace("copies:", party + "copies:", 1), signing)
    home.write(home.text(ENTERPRISE) + TAKEN, ENTERPRISE)
    (told,) = (one for one in home.check().findings if one.code == "O09")
    assert "now: 云帆样例软件有限公司、远山样例机电有限公司}" in told.hint
