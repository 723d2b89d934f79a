"""Words that changed: each difference named, only the subjects that say it, nothing revived."""

from __future__ import annotations

import shutil
from zipfile import ZipFile

import pytest

from pipeline.record.rounds.canonical import line
from tests.approval.story import ENTERPRISE, FOLDER, OTHER, OTHER_RECORD, RECORD, SUBJECT, Story
from tests.college import TEMPLATES


def test_an_edit_after_approval_names_the_field_and_the_sentence(story: Story) -> None:
    story.edit(RECORD, "unit_price: 480000.00", "unit_price: 580000.00")
    seen = story.trail()
    assert seen.codes == ["A13"] and seen.data["stage"] == "changed"
    said = " ".join(seen.data["differences"])
    assert "单价" in said and "480000.00" in said and "580000.00" in said
    assert "文字“" in said and "事实“金额" in said
    assert story.trail(OTHER).data["approved"]


def test_a_text_that_cannot_be_composed_any_more_is_not_called_deleted(story: Story) -> None:
    story.edit(RECORD, "title: ", "title: \u200b")
    seen = story.trail()
    assert seen.codes == ["A33"] and seen.data["stage"] == "changed"
    assert seen.data["differences"] == ["字段“整份文书”：原为“送审的文本”，现为“（现在排不出来）”"]


def test_an_edited_wording_names_the_sentence_in_every_subject_that_uses_it(story: Story) -> None:
    shutil.copytree(TEMPLATES, story.folder / "templates")
    uniform = story.text(OTHER_RECORD).replace("wording: full", "wording: uniform")
    uniform = uniform.replace("forms: [training-base, order-class]", "forms: [order-class]")
    story.write({OTHER_RECORD: uniform})
    story.must("submit", OTHER)
    story.approve_all(OTHER)
    story.commit()
    assert story.trail(OTHER).data["approved"]
    wording = story.folder / "templates/agreement-full.md"
    text = wording.read_text(encoding="utf-8")
    sentence = next(
        part for part in text.split("。") if len(part) > 20 and "{" not in part and "\n" not in part
    )
    story.edit("templates/agreement-full.md", sentence, f"{sentence}，并应当通知对方")
    seen = story.trail()
    assert seen.codes == [] and "并应当通知对方" in seen.message("A52")
    assert seen.data["approved"], "what was approved is frozen: the final says it as it was approved"
    assert all(one.startswith("文字") for one in seen.data["differences"])
    assert story.trail(OTHER).data["approved"]


def test_a_field_outside_the_text_voids_too(story: Story) -> None:
    """Leaders who ask for an appraisal are a field that the text does not print and the matrix reads."""
    flag = "appraisal_flag: {by: bai-yangben, reason: 金额较大}\nstage: submitted\n"
    story.edit(RECORD, "stage: submitted\n", flag)
    said = story.trail().data["differences"]
    assert any(one.startswith("字段“") for one in said)
    assert any(one.startswith("事实“领导要求") for one in said)
    assert not any(one.startswith("文字“") for one in said)


def test_a_partners_changed_name_is_a_named_fact(story: Story) -> None:
    name = next(row for row in story.text(ENTERPRISE).split("\n") if row.startswith("name: "))
    story.edit(ENTERPRISE, name, f"{name}集团")
    for subject in (SUBJECT, OTHER):
        seen = story.trail(subject)
        assert seen.codes == ["A13"]
        assert any(one.startswith("事实“各方名称") for one in seen.data["differences"])


def test_a_partners_other_credit_code_is_a_named_fact(story: Story) -> None:
    """Another company under the same name: the agreement prints the name, the fact holds the code."""
    row = next(row for row in story.text(ENTERPRISE).split("\n") if row.startswith("credit_code: "))
    story.edit(ENTERPRISE, row, "credit_code: 91149999MA99A00143")
    told = story.trail().data["differences"]
    assert any(one.startswith("事实“各方名称和信用代码") and "91149999MA99A00143" in one for one in told)


def test_another_picture_in_the_layout_is_a_named_fact(story: Story) -> None:
    shutil.copytree(TEMPLATES, story.folder / "templates")
    layout = story.folder / "templates/layout/contract.docx"
    with ZipFile(layout, "a") as package:
        package.writestr("word/media/image1.png", b"emblem")
    story.commit()
    seen = story.trail()
    assert seen.codes == [] and seen.data["approved"], (
        "the final is printed with the pictures that were approved"
    )
    assert [one.partition("”")[0] for one in seen.data["differences"]] == ["事实“版式里的图片.0"]


def test_a_loosened_schema_in_the_repository_changes_nothing(story: Story) -> None:
    """Schemas come with the tool: loosened ones in the same commit as an over-long value let nothing through."""
    schema = "title: {type: text, maxlength: 9999, meta: {label: 名称}}\n"
    story.write({"schemas/agreement.yaml": schema})
    story.change(RECORD, "数控实训基地共建与订单培养", "长" * 200)
    base = story.git("rev-parse", "HEAD")
    story.commit()
    code, said = story.coop("check", "--base", base, "--pin", story.pin)
    assert code == 1 and "S07" in said and "A33" in said
    assert story.coop("submit", SUBJECT)[0] == 1


def test_an_over_limit_value_needs_the_leader_whatever_the_schema_says(story: Story) -> None:
    assert [role["role"] for role in story.trail().data["roles"]] == ["department", "legal", "president"]
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    story.commit({"schemas/agreement.yaml": "title: {type: text, meta: {label: 名称}}\n"})
    for role, person in (("department", "hong-yangben"), ("legal", "lan-yangben")):
        story.approve(SUBJECT, role, person)
    story.commit()
    seen = story.trail()
    assert (seen.data["approved"], seen.data["missing"]) == (False, ["president"])
    code, said = story.coop("build", "--final", "example", "--pin", story.pin, "--to", "md")
    assert code == 1 and "还缺：院长" in said


def test_a_rollback_to_older_terms_revives_no_approval(story: Story) -> None:
    before = story.text(RECORD)
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    story.approve_all(SUBJECT)
    story.commit()
    assert story.trail().data["label"] == "第 2 轮已批准〔L1 有签名〕"
    story.commit({RECORD: before})
    seen = story.trail()
    assert seen.codes == ["A30"] and seen.data["stage"] == "changed"
    assert "改回了第 1 轮" in seen.message("A30")
    story.must("submit", SUBJECT)
    assert (story.folder / f"{FOLDER}/r3.jsonl").exists()


@pytest.mark.parametrize("change", ["edited", "reordered", "respelt", "renumbered"])
def test_frozen_words_that_were_touched_count_no_more(story: Story, change: str) -> None:
    name = f"{FOLDER}/r1.jsonl"
    content = (story.folder / name).read_bytes()
    rows = content.splitlines(keepends=True)
    made = {
        "edited": content.replace(b"480000.00", b"480000.01", 1),
        "reordered": b"".join([*rows[:-2], rows[-1], rows[-2]]),
        "respelt": content.replace(b'{"', b'{ "', 1),
        "renumbered": line({"x": 1}) + b"".join(rows[1:]),
    }[change]
    assert made != content
    story.commit({name: made})
    seen = story.trail()
    assert not seen.data["approved"]
    assert ("A03" if change in ("edited", "reordered") else "A12") in seen.codes
    assert story.trail(OTHER).data["approved"]


def test_a_gap_between_rounds_is_told(story: Story) -> None:
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    (story.folder / f"{FOLDER}/r1.jsonl").unlink()
    story.commit()
    assert "A12" in story.trail().codes


def test_an_evil_merge_is_seen_in_the_words(story: Story) -> None:
    """What the merge itself changed stands in neither parent; `git log -p` does not show it."""
    story.git("switch", "--quiet", "-c", "side")
    story.commit({"a.txt": "a"})
    story.git("switch", "--quiet", "main")
    story.commit({"b.txt": "b"})
    story.git("merge", "--quiet", "--no-commit", "--no-ff", "side")
    story.change(RECORD, "unit_price: 480000.00", "unit_price: 490000.00")
    story.git("add", "--all")
    story.git("commit", "--quiet", "--no-edit")
    assert "490000" not in story.git("log", "-p", "-1")
    seen = story.trail()
    assert seen.codes == ["A13"] and any("490000.00" in one for one in seen.data["differences"])


def test_an_edit_hidden_from_git_status_is_no_part_of_the_commit(story: Story) -> None:
    story.git("update-index", "--assume-unchanged", RECORD)
    story.change(RECORD, "每学年修订一次", "每学年修订九次")
    assert story.trail().data["approved"]
    story.must("build", "example", "--pin", story.pin, "--to", "md")
    made = (story.folder / "build/projects/example/agreement.md").read_text(encoding="utf-8")
    assert "草稿" in made and "已批准" not in made


def test_a_number_belongs_to_the_first_who_submitted_it(story: Story) -> None:
    story.change(OTHER_RECORD, "样校合〔2026〕2号", "样校合〔2026〕3号")
    story.must("submit", OTHER)
    story.change(RECORD, "样校合〔2026〕1号", "样校合〔2026〕2号")
    code, said = story.coop("submit", SUBJECT)
    assert code == 2 and "占用" in said


def test_the_same_words_are_not_submitted_twice(story: Story) -> None:
    code, said = story.coop("submit", SUBJECT)
    assert code == 2 and "相同" in said


@pytest.mark.parametrize("change", ["of-another-subject", "of-another-repository", "unreadable"])
def test_a_newer_round_that_is_none_brings_no_older_approval_back(story: Story, change: str) -> None:
    """Who spoils the newer round and goes back to the older terms must not find the older approvals waiting."""
    before = story.text(RECORD)
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    second = (story.folder / f"{FOLDER}/r2.jsonl").read_bytes()
    made = {
        "of-another-subject": second.replace(SUBJECT.encode(), OTHER.encode(), 1),
        "of-another-repository": second.replace(b'"repository":"6f0d1c9e', b'"repository":"7f0d1c9e', 1),
        "unreadable": b"x",
    }[change]
    assert made != second
    story.commit({f"{FOLDER}/r2.jsonl": made, RECORD: before})
    seen = story.trail()
    assert seen.codes == ["A04" if change == "of-another-repository" else "A12"]
    assert not seen.data["approved"] and seen.data["label"] == "第 2 轮送审文本不完好"
    assert story.trail(OTHER).data["approved"]
