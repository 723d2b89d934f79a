"""Final documents: made of the frozen words, checked after any journey, and nothing odd in them passed over."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from pipeline.approval.trail.frame import short
from tests.approval.story import FOLDER, OTHER, OTHER_FOLDER, RECORD, SUBJECT, Story
from tests.office import need

FINAL = "build/final/projects/example/agreement.docx"


def verified(story: Story, path: Path, *options: str) -> tuple[int, str]:
    return story.coop("verify", str(path), "--pin", story.pin, *options)


def tampered(story: Story, part: str, change: Callable[[str], str]) -> Path:
    """The final document with one part altered."""
    source, target = story.folder / FINAL, story.keys / "tampered.docx"
    with ZipFile(source) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    before = parts[part].decode()
    parts[part] = change(before).encode()
    assert parts[part].decode() != before
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target


def test_a_final_document_says_what_it_is(finished: Story) -> None:
    text = (finished.folder / FINAL.replace(".docx", ".md")).read_text(encoding="utf-8")
    words = hashlib.sha256((finished.folder / f"{FOLDER}/r1.jsonl").read_bytes()).hexdigest()
    foot = text.rstrip().rpartition("\n")[2]
    assert "编号 样校合〔2026〕1号" in foot and short(words) in foot
    assert "草稿" not in text and "L1" not in text and finished.pin[:8] not in text and words[:32] not in text


def test_a_final_document_verifies(finished: Story) -> None:
    code, said = verified(finished, finished.folder / FINAL)
    assert code == 0, said
    assert f"{SUBJECT}　第 1 轮" in said and finished.git("rev-parse", "HEAD") in said


@pytest.mark.office
def test_it_still_verifies_after_a_mere_save_in_libreoffice(finished: Story, tmp_path: Path) -> None:
    need("soffice")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    asked = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path)]
    subprocess.run([*asked, str(finished.folder / FINAL)], check=True, capture_output=True, timeout=120)
    code, said = verified(finished, tmp_path / "agreement.docx")
    assert code == 1 and "文字与批准的逐字相同" in said and "不作担保" in said, said
    assert verified(finished, tmp_path / "agreement.docx", "--words-only")[0] == 0


def test_the_signed_file_verifies_after_the_signing_is_registered_and_the_layout_changed(
    finished: Story,
) -> None:
    path = finished.keys / "signed.docx"
    path.write_bytes((finished.folder / FINAL).read_bytes())
    words = hashlib.sha256((finished.folder / f"{FOLDER}/r1.jsonl").read_bytes()).hexdigest()
    signing = "agreements/projects/example/signing.yaml"
    text = finished.text(signing) if (finished.folder / signing).exists() else ""
    kept = "".join(f"{line}\n" for line in text.splitlines() if not line.startswith("words:"))
    finished.write({signing: f'{kept}words: "{words}"\n'})
    finished.must("record", SUBJECT, "--signing", "--key", str(finished.key("lv-yangben")))
    finished.commit(message="登记签署")
    code, said = verified(finished, path)
    assert code == 0 and "登记签署" in said and "逐字节相同" in said, said


def test_a_file_saved_by_another_program_is_written_anew_and_shown_page_by_page(
    finished: Story, tmp_path: Path
) -> None:
    need("soffice")
    path = tampered(
        finished,
        "word/document.xml",
        lambda xml: xml.replace("<w:p><w:pPr>", '<w:p><w:pPr><w:ind w:left="6000"/>', 60),
    )
    code, said = verified(finished, path, "--show", "-o", str(tmp_path / "new.docx"))
    assert code == 1 and "不作担保" in said and "left=6000" in said
    assert re.search("第 [0-9]+ 页", said)
    assert (tmp_path / "new.docx").read_bytes() == (finished.folder / FINAL).read_bytes()
    data = json.loads(verified(finished, path, "--format", "json")[1])
    assert data["verdict"] == "same-words" and data["looks"]


def test_one_amount_changed_is_named(finished: Story) -> None:
    path = tampered(finished, "word/document.xml", lambda xml: xml.replace("480,000.00", "430,000.00", 1))
    code, said = verified(finished, path)
    assert code == 1 and "A40" in said and "430,000.00" in said and "480,000.00" in said


def test_a_paragraph_struck_out_is_told(finished: Story) -> None:
    def struck(xml: str) -> str:
        return re.sub(
            r"(<w:r>)(<w:t[^>]*>[^<]*每学年修订一次)", r"\1<w:rPr><w:strike/></w:rPr>\2", xml, count=1
        )

    def deleted(xml: str) -> str:
        found = re.search(r"<w:r>(?:(?!</w:r>).)*每学年修订一次.*?</w:r>", xml)
        assert found
        run = found[0].replace("<w:t", "<w:delText").replace("</w:t>", "</w:delText>")
        return xml.replace(found[0], f'<w:del w:id="9" w:author="x">{run}</w:del>')

    code, said = verified(finished, tampered(finished, "word/document.xml", struck), "--words-only")
    assert code == 1 and "加了删除线的文字：" in said and "逐字相同" not in said
    code, said = verified(finished, tampered(finished, "word/document.xml", deleted))
    assert code == 1 and "A40" in said and "每学年修订一次" in said


def test_a_header_and_a_text_box_that_were_added_are_told(finished: Story) -> None:
    with ZipFile(finished.folder / FINAL) as package:
        header = next(name for name in package.namelist() if name.startswith("word/header"))
    added = "<w:p><w:r><w:t>最终解释权归乙方</w:t></w:r></w:p></w:hdr>"
    path = tampered(finished, header, lambda xml: xml.replace("</w:hdr>", added))
    code, said = verified(finished, path)
    assert code == 1 and "A41" in said and "最终解释权" in said
    box = "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent><w:p><w:r><w:t>另付服务费</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    path = tampered(finished, "word/document.xml", lambda xml: xml.replace("</w:p>", box, 1))
    code, said = verified(finished, path)
    assert code == 1 and "另付服务费" in said


@pytest.mark.parametrize(
    "look", ["<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>', "<w:dstrike/>"]
)
def test_hidden_white_and_tiny_text_is_told(finished: Story, look: str) -> None:
    run = f"<w:r><w:rPr>{look}</w:rPr><w:t>　</w:t></w:r></w:p>"
    path = tampered(finished, "word/document.xml", lambda xml: xml.replace("</w:p>", run, 1))
    code, said = verified(finished, path)
    assert code == 1, said


def test_parts_nobody_compares_are_told_as_such(finished: Story) -> None:
    path = finished.keys / "macro.docx"
    path.write_bytes((finished.folder / FINAL).read_bytes())
    with ZipFile(path, "a") as package:
        package.writestr("word/vbaProject.bin", b"macro")
    code, said = verified(finished, path)
    assert code == 1 and "A42" in said and "无法核验：word/vbaProject.bin" in said


def test_a_level_that_was_not_proven_is_told(finished: Story) -> None:
    def inflated(xml: str) -> str:
        return xml.replace("文字指纹", "L3 有时间见证　文字指纹")

    with ZipFile(finished.folder / FINAL) as package:
        footers = [name for name in package.namelist() if name.startswith("word/footer")]
        footer = next(name for name in footers if "文字指纹" in package.read(name).decode())
    code, said = verified(finished, tampered(finished, footer, inflated))
    assert code == 1 and "A41" in said


def test_a_fingerprint_pasted_from_another_agreement_is_told(finished: Story) -> None:
    """The other agreement's words are known and approved; this file's text is not theirs."""
    finished.must("build", "--final", "second", "--pin", finished.pin, "--to", "docx")
    one, other = (
        short(hashlib.sha256((finished.folder / folder / "r1.jsonl").read_bytes()).hexdigest())
        for folder in (FOLDER, OTHER_FOLDER)
    )
    with ZipFile(finished.folder / FINAL) as package:
        parts = [name for name in package.namelist() if one in package.read(name).decode(errors="ignore")]
    assert parts
    path = finished.folder / FINAL
    for part in parts:
        pasted = tampered(finished, part, lambda xml: xml.replace(one, other))
        path.write_bytes(pasted.read_bytes())
    code, said = verified(finished, path)
    assert code == 1 and f"{OTHER}　第 1 轮" in said and "A40" in said, said


def test_no_final_document_is_made_of_an_agreement_that_changed_since(finished: Story) -> None:
    before = (finished.folder / FINAL).read_bytes()
    finished.edit(RECORD, "每学年修订一次", "每学年修订两次")
    code, said = finished.coop("build", "--final", "example", "--pin", finished.pin, "--to", "docx,md")
    assert code == 1 and "没有生成定稿" in said and "每学年修订两次" in said
    assert (finished.folder / FINAL).read_bytes() == before


def test_a_fingerprint_of_nothing_known_is_told(finished: Story) -> None:
    finished.must("build", "example", "--pin", finished.pin, "--to", "docx")
    code, said = verified(finished, finished.folder / "build/projects/example/agreement.docx")
    assert code == 1 and "A43" in said


def test_a_final_document_of_an_older_round_is_told(finished: Story) -> None:
    finished.change(RECORD, "每学年修订一次", "每学年修订两次")
    finished.must("submit", SUBJECT)
    finished.commit()
    code, said = verified(finished, finished.folder / FINAL)
    assert code == 1 and "A41" in said and "现在最新是第 2 轮" in said


def test_what_is_not_approved_is_refused_with_its_reason(story: Story) -> None:
    story.edit(RECORD, "每学年修订一次", "每学年修订两次")
    code, said = story.coop("build", "--final", "--pin", story.pin, "--to", "md")
    assert code == 1 and "没有生成定稿 projects/example/agreement" in said and "每学年修订两次" in said
    assert (story.folder / "build/final/projects/second/agreement.md").exists()
    assert not (story.folder / "build/final/projects/example/agreement.md").exists()


def test_a_working_copy_of_an_approved_text_is_no_draft_and_of_a_changed_one_is(story: Story) -> None:
    story.edit(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("build", "--pin", story.pin, "--to", "md")
    changed = (story.folder / "build/projects/example/agreement.md").read_text(encoding="utf-8")
    kept = (story.folder / "build/projects/second/agreement.md").read_text(encoding="utf-8")
    assert "草稿" in changed and "已批准" not in changed
    assert "草稿" not in kept and "第 1 轮送审文字　此为工作稿，签署请用定稿" in kept


def test_the_approval_form_prints_what_only_the_signing_record_tells(story: Story) -> None:
    """Boxes of roles that the rules do not require, and minutes; a required role decides in the trail or not at all."""
    filed = """\
parties:
  college: {signatory: 白样本}
review:
  legal: {by: lan-yangben, on: 2026-08-01, opinion: 纸上另有说法}
  approvals:
    - {role: 归口部门, by: lan-yangben, on: 2026-08-02}
    - {role: 院长, by: bai-yangben, on: 2026-08-03, minute: 院长办公会〔2026〕9号}
"""
    story.write({"agreements/projects/example/signing.yaml": filed})
    story.commit()
    story.must("build", "example", "--to", "md")
    form = (story.folder / "build/projects/example/approval-form.md").read_text(encoding="utf-8")
    assert "| 归口部门意见 | 2026年8月2日　同意。蓝样本（只有登记，审批记录里没有） |" in form
    assert "| 会议纪要号 | 院长办公会〔2026〕9号 |" in form
    assert "纸上另有说法" not in form and "2026年8月3日" not in form


def test_the_approval_form_is_filled_from_the_trail(story: Story) -> None:
    story.must("build", "example", "--pin", story.pin, "--to", "md")
    form = (story.folder / "build/projects/example/approval-form.md").read_text(encoding="utf-8")
    for said in ("合同审批表", "法律顾问意见", "蓝样本", "本人钥匙签名", "L1 有签名", "样校合〔2026〕1号"):
        assert said in form


def test_an_approval_never_stands_without_its_level(story: Story) -> None:
    story.must("build", "--final", "--pin", story.pin, "--to", "md")
    story.must("build", "--pin", story.pin, "--to", "md")
    said = [story.coop("trail")[1], story.coop("trail", SUBJECT, "--pin", story.pin)[1]]
    said += [path.read_text(encoding="utf-8") for path in (story.folder / "build").rglob("*.md")]
    for text in said:
        for line in text.split("\n"):
            assert line.count("已批准") == line.count("已批准〔L") + line.count("已批准并登记签署〔L"), line
            assert "审批有效" not in line and "法律有效" not in line
