"""Waivers: a finding that the college lets pass, by a record with reason, person and last day; never in silence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pipeline.check.rules.table import WAIVABLE
from pipeline.kernel.finding import Code, DataPath, Finding, Place, Severity, arrange
from pipeline.kernel.structs import Struct, replace
from pipeline.kernel.visible import nearest
from pipeline.record.kinds import AGREEMENT, WAIVERS
from pipeline.record.model.after_signing import Waiver
from pipeline.record.register import Register

NOT_WAIVABLE = Code(
    code="W01",
    title="豁免的是可以豁免的规则",
    why="文件和字段的写法、引用、法律的禁止性规定，学校自己说了不算，写了豁免也不算数。",
    hint="删去这条豁免，照提示把问题改好。",
)
UNUSED = Code(
    code="W02",
    title="写着的豁免都用得上",
    why="问题已经改好或规则不再触发，豁免还留着，以后同样的问题就会无声放过。",
    hint="删去这条豁免；写错了文件或字段的，改对。",
    severity=Severity.WARNING,
)
EXPIRED = Code(
    code="W03",
    title="豁免在有效期内",
    why="豁免是有期限的决定，过期了要么把问题改好，要么重新决定。",
    hint="改好原来的问题并删去豁免，或由有权的人重新决定，改 reason、person、until。",
    severity=Severity.DUE,
)

CODES = (NOT_WAIVABLE, UNUSED, EXPIRED)
"""Every code of waivers."""


class _Grant(Struct, frozen=True, kw_only=True):
    """A waiver that is complete, with the file it speaks of, its place and its person's name."""

    waiver: Waiver
    until: date
    file: str
    place: Place
    person: str

    def covers(self, finding: Finding) -> bool:
        path = _path(self.waiver.field)
        fits = finding.code == self.waiver.code and finding.place.file == self.file
        return fits and finding.path[: len(path)] == path

    def spent(self, today: date | None) -> bool:
        return today is not None and self.until < today


def waive(findings: Iterable[Finding], register: Register, today: date | None) -> tuple[Finding, ...]:
    """The findings with what is waived turned into remarks that name the waiver, and what is wrong with waivers.

    What an expired waiver covered is due, not an error: only the calendar has changed. Without `today` no
    waiver expires.
    """
    grants, faults = _grants(register)
    if not grants and not faults:
        return tuple(findings)
    used: set[Place] = set()
    shown = [_waived(finding, grants, today, used) for finding in findings]
    idle = [
        UNUSED.at(grant.place, f"没有要豁免的 {grant.waiver.code}")
        for grant in grants
        if grant.place not in used
    ]
    spent = [
        EXPIRED.at(grant.place, f"对 {grant.waiver.code} 的豁免已于 {grant.until} 到期")
        for grant in grants
        if grant.place in used and grant.spent(today)
    ]
    return arrange((*shown, *faults, *idle, *spent))


def _grants(register: Register) -> tuple[list[_Grant], list[Finding]]:
    """The waivers that count, and a finding for each that names what nobody can waive."""
    grants: list[_Grant] = []
    faults: list[Finding] = []
    for project, record in register.records.waivers.items():
        source = register.entries[WAIVERS.file(project)].source
        for index, waiver in enumerate(record.waivers):
            place = source.place(("waivers", index, "code"))
            if waiver.code and waiver.code not in WAIVABLE:
                faults.append(NOT_WAIVABLE.at(place, _refusal(waiver.code)))
            elif waiver.code and waiver.reason.strip() and waiver.person and waiver.until:
                grants.append(
                    _Grant(
                        waiver=waiver,
                        until=waiver.until,
                        file=_file(project, waiver.file),
                        place=place,
                        person=register.records.person_name(waiver.person),
                    )
                )
    return grants, faults


def _refusal(code: str) -> str:
    meant = nearest(code, WAIVABLE)
    guess = f"；是不是想写 {meant}？" if meant and code[0] != "Y" else ""
    return f"{code} 不能豁免{guess}"


def _waived(finding: Finding, grants: list[_Grant], today: date | None, used: set[Place]) -> Finding:
    grant = next((grant for grant in grants if grant.covers(finding)), None)
    if grant is None:
        return finding
    used.add(grant.place)
    if grant.spent(today):
        severity = Severity.DUE if finding.severity is Severity.ERROR else finding.severity
        note = f"（豁免已于 {grant.until} 到期，不再算数）"
        staged = finding.blocks_final
    else:
        severity, staged = Severity.INFO, False
        note = f"（已豁免至 {grant.until}：{grant.waiver.reason.strip()}；决定人 {grant.person}）"
    return replace(
        finding,
        severity=severity,
        message=finding.message + note,
        related=(*finding.related, grant.place),
        staged=staged,
    )


def _file(project: str, name: str) -> str:
    """The file a waiver means: by its name in the project's folder, the agreement where none is given."""
    folder = AGREEMENT.file(project).rpartition("/")[0]
    return f"{folder}/{name}" if name else AGREEMENT.file(project)


def _path(field: str) -> DataPath:
    """`breach.college.0` as a path."""
    return tuple(int(step) if step.isdecimal() else step for step in field.split(".")) if field else ()
