"""Who changes a record that others have decided on reads it before anything is written."""

from __future__ import annotations

import pytest

from pipeline.desk.about_approved import about_approved
from pipeline.record.change import Planned
from pipeline.record.model import Records
from pipeline.record.model.consents import RoundConsent
from tests.college import AGREEMENT

BEFORE = "title: 订单班\n".encode()
SUBJECT = "projects/example/agreement"


@pytest.mark.parametrize(
    ("lacking", "word"), [("", "已经批准（第 2 轮）"), ("法务还没有审核", "已经送审（第 2 轮）")]
)
def test_a_change_of_what_was_decided_on_is_told(lacking: str, word: str) -> None:
    records = Records(consents={SUBJECT: (RoundConsent(number=1), RoundConsent(number=2, lacking=lacking))})
    [said] = about_approved(records, Planned(files={AGREEMENT: b"title: x\n"}, before={AGREEMENT: BEFORE}))
    assert word in said and "要重新送审" in said


def test_a_comment_or_a_record_nobody_decided_on_is_not_worth_a_word() -> None:
    records = Records(consents={SUBJECT: (RoundConsent(number=1),)})
    planned = Planned(files={AGREEMENT: BEFORE + b"# x\n"}, before={AGREEMENT: BEFORE})
    assert not list(about_approved(records, planned))
    assert not list(
        about_approved(Records(), Planned(files={AGREEMENT: b"title: x\n"}, before={AGREEMENT: BEFORE}))
    )
    assert not list(
        about_approved(records, Planned(files={AGREEMENT: b"title: x\n"}, before={AGREEMENT: None}))
    )
