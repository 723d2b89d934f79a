"""The evidence bundle: everything a subject's approval rests on, checkable offline with two common tools."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pipeline.approvals.blocks import body
from pipeline.approvals.canonical import digest
from pipeline.approvals.places import GOVERNANCE, SIGNATURE, subject_folder
from pipeline.approvals.statement import NAMESPACE
from pipeline.document import Document
from pipeline.render import markdown
from pipeline.render.docx import Layout
from pipeline.trail.frame import final_frame, working_frame
from pipeline.trail.inspect import Trail
from pipeline.trail.report import lines
from pipeline.trail.scene import layout_of
from pipeline.trail.state import State
from pipeline.trail.timeline import Event

PAGE = "说明.txt"
MANIFEST = "manifest.txt"
SIGNERS = "allowed_signers"
_HEAD = """\
审批证据包：{subject}

{report}

怎样自己核验（不用联网，不用本系统；只用 sha256sum 和 OpenSSH 的 ssh-keygen）
一、在本文件夹里打开终端，核对每个文件都没有变：
    sha256sum -c {manifest}
二、核对送审文本的指纹，应与每份批准记录里 words 一项相同：
    sha256sum {words}
三、核对每个签名（显示 Good 就是签名与文件、钥匙相符）：
{checks}
四、钥匙是谁的，写在 {rules} 里；这个文件的摘要应与学校保存的基准相符：
    sha256sum {rules}
    基准：{pin}
没有签名的批准（自述、平台评审、纸面）只有记录，请对照原件：扫描件的摘要写在批准记录的 scan 一项里。
"""


def bundle(trail: Trail, state: State, events: tuple[Event, ...], doubt: str) -> bytes:
    """The bundle as a zip whose bytes depend on nothing but its contents."""
    files = dict(_files(trail, state))
    files[SIGNERS] = _allowed(trail, state).encode()
    files[PAGE] = _page(trail, state, events, doubt, files).encode()
    manifest = "".join(f"{digest(content)}  {name}\n" for name, content in sorted(files.items()))
    return _zip({**files, MANIFEST: manifest.encode()})


def _files(trail: Trail, state: State) -> Iterator[tuple[str, bytes]]:
    """The words, statements, signatures and governance as stored, and the words rendered."""
    folders = (f"{subject_folder(state.subject)}/", f"{GOVERNANCE}/")
    for name, file in sorted(trail.snapshot.files.items()):
        if name.startswith(folders) and file.regular:
            yield name, trail.snapshot.read(name)
    if state.words is None:
        return
    frozen = body(state.words.body)
    layout = layout_of(state.subject)
    if state.approved:
        frame = final_frame(frozen, state, trail.chain.pin, layout)
    else:
        frame = working_frame(frozen, state, layout)
    document = Document(kind="frozen", layout=layout, body=frozen, frame=frame)
    yield "文书.md", markdown.render(document).encode()
    yield "文书.docx", Layout.open(trail.scene.templates / "layout" / f"{layout}.docx").render(document)


def _allowed(trail: Trail, state: State) -> str:
    """Who may have signed, in OpenSSH's form: keys of the versions that the statements cite."""
    found: dict[str, None] = {}
    for filed in state.dossier.filed:
        version = trail.chain.cited(filed.statement.governance)
        member = version.rules.people.get(filed.statement.signer) if version else None
        for key in member.keys if member else ():
            kind, blob = key.split()[:2]
            found[f'{filed.statement.signer} namespaces="{NAMESPACE}" {kind} {blob}'] = None
    return "".join(f"{line}\n" for line in found)


def _page(
    trail: Trail, state: State, events: tuple[Event, ...], doubt: str, files: Mapping[str, bytes]
) -> str:
    number = state.words.number if state.words else 0
    newest = trail.chain.versions[0].file if trail.chain.versions else "（没有审批规则）"
    pinned = next((one.file for one in trail.chain.versions if one.digest == trail.chain.pin), newest)
    return _HEAD.format(
        subject=state.subject,
        report="\n".join(lines(trail, state, events, doubt, state.findings)),
        manifest=MANIFEST,
        words=f"{subject_folder(state.subject)}/r{number}.jsonl",
        checks="\n".join(_checks(state, files)) or "    （没有签名）",
        rules=pinned,
        pin=trail.chain.pin or "做这个证据包时没有提供",
    )


def _checks(state: State, files: Mapping[str, bytes]) -> Iterator[str]:
    for filed in state.dossier.filed:
        if f"{filed.name}{SIGNATURE}" in files:
            yield (
                f"    ssh-keygen -Y verify -f {SIGNERS} -I {filed.statement.signer} -n {NAMESPACE}"
                f" -s {filed.name}{SIGNATURE} < {filed.name}"
            )


def _zip(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        for name in sorted(files):
            info = ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            package.writestr(info, files[name])
    return made.getvalue()
