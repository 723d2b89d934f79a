"""The evidence bundle: everything a subject's approval rests on, checkable offline with two common tools."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from itertools import pairwise
from shlex import quote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pipeline.approval.blocks import body
from pipeline.approval.chain import NAMESPACE as RULES_NAMESPACE
from pipeline.approval.chain import key_of
from pipeline.approval.trail.current_words import layout_of
from pipeline.approval.trail.frame import final_frame, working_frame
from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.report import lines
from pipeline.approval.trail.subject_state import SubjectState
from pipeline.approval.trail.timeline import TimelineCommit
from pipeline.kernel.document import Document
from pipeline.paper import markdown
from pipeline.paper.docx import Layout
from pipeline.record.rounds.canonical import digest
from pipeline.record.rounds.frozen_words import file_name
from pipeline.record.rounds.statement import NAMESPACE, SIGNATURE
from pipeline.record.rounds.subject_folders import GOVERNANCE, subject_folder
from pipeline.record.rounds.versions import GovernanceVersion, signature_name

PAGE = "说明.txt"
MANIFEST = "manifest.txt"
SIGNERS = "allowed_signers"
_HEAD = """\
审批证据包：{subject}

{report}

怎样自己核验（不用联网，不用本系统；只用 sha256sum、grep 和 OpenSSH 的 ssh-keygen）
解开以后在本文件夹里打开终端，一行一行输入下面缩进的命令。
一、每个文件都没有变：逐行显示 OK（或“成功”）。清单以外没有别的文件：第二条显示 {count}
    sha256sum -c {manifest}
    find . -type f | wc -l
二、批准的是哪份文字：第一条显示 OK，其余各条都显示 1（批准记录里 words 一项就是这份文字的摘要）
{words}
三、签名是用 {signers} 里列出的钥匙签的：每条都以 Good 开头
{checks}
四、这些钥匙是谁的：每条显示审批规则里登记这把钥匙的地方，看它在不在该人名下
{keys}
五、审批规则就是学校认的那一套：第一条显示 OK；后面各版都写着上一版的摘要（显示 1），并由上一版的管理人签名（Good）
{rules}
基准（{pinned} 的摘要）：{pin}
    请与学校档案里的纪要、合同页脚印的基准核对；本页写的基准不能证明它自己。
没有签名的批准（自述、平台评审、纸面）只有记录，请对照原件：扫描件的摘要写在批准记录的 scan 一项里。
"""


def bundle(trail: Trail, state: SubjectState, events: tuple[TimelineCommit, ...], doubt: str) -> bytes:
    """The bundle as a zip whose bytes depend on nothing but its contents."""
    files = dict(_files(trail, state))
    files[SIGNERS] = "".join(f"{line}\n" for line in _allowed(trail, state)).encode()
    for before, _ in _steps(trail):
        files[_governors(before)] = "".join(f"{line}\n" for line in _may_sign(before)).encode()
    files[PAGE] = _page(trail, state, events, doubt, files).encode()
    manifest = "".join(f"{digest(content)}  {name}\n" for name, content in sorted(files.items()))
    return _zip({**files, MANIFEST: manifest.encode()})


def _files(trail: Trail, state: SubjectState) -> Iterator[tuple[str, bytes]]:
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
        frame = final_frame(frozen, state.words.digest, layout)
    else:
        frame = working_frame(frozen, state, layout)
    document = Document(kind="frozen", layout=layout, body=frozen, frame=frame)
    yield "文书.md", markdown.render(document).encode()
    yield "文书.docx", Layout.open(trail.current.templates / "layout" / f"{layout}.docx").render(document)


def _allowed(trail: Trail, state: SubjectState) -> tuple[str, ...]:
    """Who may have signed, in OpenSSH's form: keys of the versions that the statements cite."""
    found: dict[str, None] = {}
    for filed in state.dossier.filed:
        version = trail.chain.cited(filed.statement.governance)
        member = version.rules.people.get(filed.statement.signer) if version else None
        for key in member.keys if member else ():
            found[_signer(filed.statement.signer, NAMESPACE, key)] = None
    return tuple(found)


def _may_sign(version: GovernanceVersion) -> Iterator[str]:
    """Who may sign the version after one, in OpenSSH's form."""
    for person in sorted(set(version.rules.governors)):
        for key in version.rules.people[person].keys:
            yield _signer(person, RULES_NAMESPACE, key)


def _signer(person: str, namespace: str, key: str) -> str:
    return f'{person} namespaces="{namespace}" {" ".join(key.split()[:2])}'


def _governors(version: GovernanceVersion) -> str:
    """The file that lists the governors' keys of a version."""
    return f"governors-{version.number:04}"


def _steps(trail: Trail) -> Iterator[tuple[GovernanceVersion, GovernanceVersion]]:
    """Each version that needs signatures, after the one whose governors gave them."""
    versions = trail.chain.versions
    start = next((at for at, one in enumerate(versions) if one.digest == trail.chain.pin), 0)
    yield from pairwise(versions[start:])


def _page(
    trail: Trail,
    state: SubjectState,
    events: tuple[TimelineCommit, ...],
    doubt: str,
    files: Mapping[str, bytes],
) -> str:
    versions = trail.chain.versions
    pinned = next((one.file for one in versions if one.digest == trail.chain.pin), "")
    first = pinned or (versions[0].file if versions else "")
    nothing = "    （没有）"
    return _HEAD.format(
        subject=state.subject,
        report="\n".join(lines(trail, state, events, doubt, state.findings)),
        count=len(files) + 2,
        manifest=MANIFEST,
        signers=SIGNERS,
        words="\n".join(_words(state)) or nothing,
        checks="\n".join(_checks(state, files)) or nothing,
        keys="\n".join(_keys(trail, state)) or nothing,
        rules="\n".join(_rules(trail, first, files)) or nothing,
        pinned=first or "没有审批规则",
        pin=trail.chain.pin or "做这个证据包时没有提供",
    )


def _words(state: SubjectState) -> Iterator[str]:
    """The newest round's digest, and that the counting statements name it."""
    words = state.words
    if words is None:
        return
    file = f"{subject_folder(state.subject)}/{file_name(words.number)}"
    yield _digest(words.digest, file)
    for vote in state.dossier.votes:
        if vote.statement.round == words.number:
            yield _stands(f'"words":"{words.digest}"', vote.filed.name)


def _digest(digest: str, file: str) -> str:
    return f"    echo {quote(f'{digest}  {file}')} | sha256sum -c"


def _stands(text: str, file: str) -> str:
    """The command that counts the lines of a file in which a text stands."""
    return f"    grep -c {quote(text)} {quote(file)}"


def _checks(state: SubjectState, files: Mapping[str, bytes]) -> Iterator[str]:
    for vote in state.dossier.votes:
        if f"{vote.filed.name}{SIGNATURE}" in files:
            yield _verify(
                SIGNERS, vote.statement.signer, NAMESPACE, f"{vote.filed.name}{SIGNATURE}", vote.filed.name
            )


def _verify(signers: str, person: str, namespace: str, signature: str, file: str) -> str:
    return f"    ssh-keygen -Y verify -f {signers} -I {quote(person)} -n {namespace} -s {quote(signature)} < {quote(file)}"


def _keys(trail: Trail, state: SubjectState) -> Iterator[str]:
    """Where in the rules that a signed statement cites its signer's key stands."""
    commands: dict[str, None] = {}
    for vote in state.dossier.votes:
        version = trail.chain.cited(vote.statement.governance)
        key = key_of(version.rules, vote.statement.signer, vote.filed.signature or b"") if version else ""
        if version and key:
            commands[f"    grep -n -F {quote(key.split()[1])} {version.file}   # {vote.statement.signer}"] = (
                None
            )
    yield from commands


def _rules(trail: Trail, first: str, files: Mapping[str, bytes]) -> Iterator[str]:
    """The chain from the pinned version on."""
    if trail.chain.pinned:
        yield _digest(trail.chain.pin, first)
    for before, after in _steps(trail):
        yield _stands(f'previous: "{before.digest}"', after.file)
        yield _digest(before.digest, before.file)
        for person in sorted(set(before.rules.governors)):
            name = signature_name(after.file, person)
            if name in files and key_of(before.rules, person, files[name]):
                yield _verify(_governors(before), person, RULES_NAMESPACE, name, after.file)


def _zip(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        for name in sorted(files):
            info = ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            package.writestr(info, files[name])
    return made.getvalue()
