"""One scanned sheet: whether it is one, whose it is by the code in its corner, and whether it was registered before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.approval.trail.filing import FilingError
from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.subject_state import SubjectState
from pipeline.cli.location import Here
from pipeline.git.repository import Repository
from pipeline.record.model.governance import Governance
from pipeline.record.places import file_of
from pipeline.record.rounds.statement import Statement
from pipeline.returned.sheet_marks import SheetMarks, sheet_marks

LARGEST = 200 * 1024 * 1024
"""Bytes of a scan that is looked at."""


def refuse_in_git(place: Here, path: Path) -> None:
    """Scans are kept elsewhere: one that lies in the college's folder, itself or by its link, is refused.

    Git need not keep it yet: the next `git add` would take it in. Raises FilingError.
    """
    root = place.root.resolve()
    lying = (path.parent.resolve() / path.name, path.resolve())
    inside = next((one.relative_to(root).as_posix() for one in lying if one.is_relative_to(root)), "")
    if not inside:
        return
    repository = Repository.around(place.root)
    kept = bool(repository and repository.ask("ls-files", "-z", "--", inside))
    raise FilingError(
        f"扫描件不进库：{inside} {'已经在 git 里' if kept else '放在库的文件夹里'}。请移到库外面的文件夹或共享盘再登记，库里只记它的摘要"
    )


def look_at_sheet(trail: Trail, subject: str, path: Path) -> str:
    """Look at a scan that is said to be the form of a subject's newest round.

    Gives a sentence where the paper itself must be compared, because the scan does not tell. Raises FilingError where
    the file is no scan, or shows that it is of another text or of an older round.
    """
    name = path.name
    try:
        if path.stat().st_size > LARGEST:
            raise FilingError(f"{name} 超过 200 MB，没有登记；请分开扫描，或者降低分辨率")
        marks = sheet_marks(path.read_bytes())
    except OSError as error:
        raise FilingError(f"{name} 读不了，没有登记；请先取得读的权限") from error
    if marks.fault:
        raise FilingError(f"{name}：{marks.fault}，没有登记。请重新扫描成 PDF、JPG、PNG 或 TIFF，不设密码")
    state, shorts = trail.state(subject), {short for of, short in marks.codes if of == subject}
    shorts |= {one for one in marks.fingerprints if _rounds_of(state, [one])}
    if state.words and any(state.words.digest.startswith(one) for one in shorts):
        return ""
    others = sorted({of for of, _ in marks.codes} - {subject})
    if shorts:
        _, why = _round_of(trail, subject, shorts, "二维码或文字指纹")
        raise FilingError(f"{name}：{why}。请用这一轮的审批表签字")
    if others:
        raise FilingError(f"{name}：二维码说是 {'、'.join(others)} 的表，不是 {subject} 的，没有登记")
    if marks.fingerprints:
        raise FilingError(f"{name}：上面印的文字指纹不是 {subject} 哪一轮送审文字的，没有登记")
    return f"{_unmarked(marks)}：请对照纸面，确认这就是 {subject} 第 {state.words.number if state.words else 0} 轮的表。"


def refuse_registered(trail: Trail, made: Iterable[Statement], rules: Governance, *, signed: bool) -> None:
    """One scan shows one round, and what it shows is registered once. Raises FilingError.

    What counts without the registrar's key may be registered again with it (`signed`).
    """
    for one in made:
        if not one.scan:
            continue
        dossier = trail.state(one.subject).dossier
        shown = (filed.statement for filed in dossier.filed if filed.statement.scan == one.scan)
        older = [said.round for said in shown if said.round != one.round]
        if older:
            raise FilingError(
                f"这个扫描件登记过第 {older[0]} 轮的审批，不能又当第 {one.round} 轮的；请用第 {one.round} 轮的审批表签字，另扫一份"
            )
        if any(
            _decided(vote.statement) == _decided(one) and (vote.signed or not signed)
            for vote in dossier.votes
        ):
            raise FilingError(
                f"{rules.role(one.role)}　{rules.name(one.person)}　{one.date} 在这个扫描件上的决定已经登记过"
            )


def _decided(said: Statement) -> tuple[str | int, ...]:
    """What a line of a sheet says, wherever it was registered."""
    return (said.scan, said.round, said.role, said.person, said.decision, said.date, said.comment)


def subject_of_scan(trail: Trail, marks: SheetMarks, name: str) -> tuple[str, str]:
    """The subject of a sheet, empty where it is not clear or of an older round, and a sentence about it (Chinese)."""
    if marks.fault:
        return "", f"{marks.fault}，没有登记"
    found = {
        *marks.codes,
        *((subject, short) for short in marks.fingerprints for subject in _by_words(trail, short)),
    }
    subjects = sorted({subject for subject, _ in found})
    if len(subjects) > 1:
        return "", f"上面有几份文书的码（{'、'.join(subjects)}）：一个文件扫一张表，请分开"
    if subjects:
        by = "二维码" if marks.codes else "文字指纹"
        shorts = {short for subject, short in found if subject == subjects[0]}
        return _round_of(trail, subjects[0], shorts, by)
    lost = _unmarked(marks)
    named = [one for one in trail.states if trail.states[one].words and names_project(name, one)]
    if len(named) == 1:
        return named[0], f"{lost}；按文件名当作{_called(trail, named[0])}，请对照纸面核对"
    return "", f"{lost}，认不出是哪份文书；单独登记：coop record 文书 姓名 --signed-on 日期 --scan 文件"


def names_project(name: str, subject: str) -> bool:
    """Whether the name of a file holds the whole id of a subject's project, and not a part of another word."""
    place, _, rest = subject.partition("/")
    project = re.escape(rest.partition("/")[0])
    whole = rf"(?<![a-z0-9])(?<![a-z0-9]-){project}(?!-?[a-z0-9])"
    return place == "projects" and re.search(whole, name.lower()) is not None


def _by_words(trail: Trail, short: str) -> Iterator[str]:
    for subject, state in trail.states.items():
        if any(words.digest.startswith(short) for words in state.dossier.rounds.values()):
            yield subject


def _round_of(trail: Trail, subject: str, shorts: set[str], by: str) -> tuple[str, str]:
    state = trail.states.get(subject)
    if state is None or state.words is None:
        return "", f"{by}说是 {subject}，库里没有这份送审的文书"
    if all(state.words.digest.startswith(short) for short in shorts):
        return subject, f"凭{by}认出：{_called(trail, subject)}，第 {state.words.number} 轮"
    older = _rounds_of(state, shorts)
    if older:
        return (
            "",
            f"凭{by}认出：{_called(trail, subject)}，是第 {older[0]} 轮的表，现在已是第 {state.words.number} 轮，没有登记",
        )
    return "", f"{by}说是 {subject}，可表上的指纹和它哪一轮的送审文字都对不上，没有登记"


def _rounds_of(state: SubjectState, shorts: Iterable[str]) -> list[int]:
    rounds = state.dossier.rounds.values()
    return [words.number for words in rounds if any(words.digest.startswith(one) for one in shorts)]


def _unmarked(marks: SheetMarks) -> str:
    if marks.blind:
        return "没有装读二维码的部分（pip install 'coop-college[scan]'）"
    return "没有找到二维码和文字指纹"


def _called(trail: Trail, subject: str) -> str:
    words = trail.states[subject].words
    title = str(words.body[0].get("title", "")) if words and words.body else ""
    return f"《{title}》（{subject}）" if title else file_of(subject)
