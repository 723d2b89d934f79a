"""A file that stands where no record belongs: what it should be called, where that can be seen."""

from __future__ import annotations

import re
from collections.abc import Container

from pipeline.kernel.codes import placing
from pipeline.kernel.finding import Finding, Place
from pipeline.kernel.late_pattern import late
from pipeline.record.kinds import KINDS, kind_of
from pipeline.record.places import PROJECTS, project_of
from pipeline.record.schema.value_types import is_id

_ENDING = late(r"(?i)\s*\.ya?ml(?:\.(?:txt|ya?ml|bak))*~?\Z")
_COPY = late(
    r"\s*(?:[-—]\s*)?(?:副本|复制|拷贝|copy)(?:\s*[(（]\d+[)）])?\Z|\s*[(（]\d+[)）]\Z", re.IGNORECASE
)


_SECOND = late(
    r"agreements/projects/(?P<project>[^/]+)/(?:(?:agreements?|协议|合作协议)[-_ ]?(?:[0-9a-z]{1,2}|[一二三四五]|new|新)"
    r"|(?:第[一二三四五]份|具体|框架)(?:合作)?协议|agreements/.+|协议/.+|[^/]+/agreement)\Z",
    re.IGNORECASE,
)
"""How people name a second agreement inside the folder of a project."""


_OFFICE = late(r"(?i)\.(?:docx?|wps|xlsx?|et|pptx?|pdf|ofd|jpe?g|png|tiff?|zip|rar|7z)\Z")
_OFFICE_HINT = "这里只放记录，Word、Excel、PDF 和扫描件放到库外面；对方改过的 Word 用 coop read 读，台账用 coop import ledger 导入"


def copied(name: str, there: Container[str]) -> str:
    """The folder of a project or the file, of those that are no record, that is a copy of one; empty where none is.

    It is called as computers call one, or has the ending of another file beside those `there`.
    """
    project = project_of(name)
    if project and not is_id(project) and _COPY.search(project):
        return f"{PROJECTS}/{project}"
    return name if _COPY.search(_ENDING.sub("", name)) or meant_name(name) in there else ""


def copy_told(name: str) -> Finding:
    """The finding about such a copy."""
    if name.rpartition("/")[0] == PROJECTS and not _ENDING.search(name):
        message = "这像是复制出来的项目文件夹，里面的文件不会当作记录"
        hint = "把要留的内容并进原来的项目，删去副本；要另立项目的，把文件夹改成新的编号，如 2026-im-003"
    else:
        message = "这像是复制出来的副本，不会当作记录"
        hint = "把要留的内容并进原文件，删去副本；副本不要放在 agreements/ 里"
    return placing.MISPLACED.at(Place(file=name), message, hint=hint)


def misplaced(name: str) -> Finding:
    """The finding about a file that is no copy; `agreement.yml` is told to become `agreement.yaml`."""
    place = Place(file=name)
    second = _SECOND.fullmatch(_ENDING.sub("", name))
    if second:
        return placing.MISPLACED.at(
            place, "一个项目只放一份协议，这一份没有当作记录读", hint=_apart(name, second["project"])
        )
    meant = meant_name(name)
    if meant:
        file, new = name.rpartition("/")[2], meant.rpartition("/")[2]
        return placing.MISPLACED.at(place, f"文件名 {file} 不对，没有当作记录读", hint=f"把文件名改成 {new}")
    message = "这个文件（或链接）不在任何记录应在的位置上"
    return placing.MISPLACED.at(place, message, hint=_OFFICE_HINT if _OFFICE.search(name) else "")


def _apart(name: str, project: str) -> str:
    """What to type for another agreement with the same partner: each has a number, an approval and a term of its own."""
    return (
        f"另建一个项目：git mv '{name}' agreements/projects/{project}-2/agreement.yaml（先建文件夹）；"
        f"它是原协议下的具体协议的，在里面写 framework_agreement: {project}，是续签的写 renews: {project}；"
        f"只改原协议的，写成补充协议 agreements/projects/{project}/amendments/01.yaml"
    )


def meant_name(name: str) -> str:
    """The name that such a file was probably meant to have; empty where that cannot be seen, and for a copy."""
    folder, _, file = name.rpartition("/")
    stem = _ENDING.sub("", file)
    meant = f"{folder}/{_plain(stem, folder)}.yaml"
    known = kind_of(meant) if meant != name and not _COPY.search(stem) else None
    return meant if known and not any(known[0].faults(known[1])) else ""


def _plain(stem: str, folder: str) -> str:
    """A name in the letters of ids; what people call a kind gives the kind's own file name."""
    word = stem.strip()
    for kind in KINDS:
        if word in (kind.label, kind.label.removeprefix("合作")) and kind_of(f"{folder}/{kind.name}.yaml"):
            return kind.name
    return word.lower().replace("_", "-").replace(" ", "-")
