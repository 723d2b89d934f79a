"""The files below the folder of records before any is taken apart: what their paths make of them, and their bytes."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.kernel.codes import placing
from pipeline.kernel.finding import Finding, Place
from pipeline.kernel.laid_aside import LeftThere
from pipeline.kernel.structs import Struct, field
from pipeline.record.kinds import AGREEMENTS, ENTERPRISE, TRAIL, Kind, kind_of
from pipeline.record.model import Records
from pipeline.record.model.records import telling
from pipeline.record.register.misplaced import copied, copy_told, misplaced
from pipeline.record.tree import Tree


class Ahead(Struct, frozen=True, kw_only=True):
    """What is known of a college before its records are: the bytes of their files, and what no single file tells."""

    contents: Mapping[str, bytes]
    told: Records


class Listed(Struct, kw_only=True):
    """The files below the folder of records: those read as records, those of the trail, and those that are neither."""

    read: list[tuple[str, Kind, str, bytes | LeftThere | Finding]] = field(default_factory=list)
    trail: list[str] = field(default_factory=list)
    astray: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def ahead(self, trail: Records) -> Ahead:
        """What can be told of the records before any is read, beside what the trail says."""
        enterprises = frozenset(key for _, kind, key, _ in self.read if kind is ENTERPRISE)
        projects = frozenset(key.split("/")[0] for _, kind, key, _ in self.read if "project" in kind.names)
        told = telling(Records(known_enterprises=enterprises, known_projects=projects), trail)
        contents = {name: content for name, _, _, content in self.read if isinstance(content, bytes)}
        return Ahead(contents=contents, told=told)


def listed(tree: Tree) -> Listed:
    """Every file by what its path makes it; names that are wrong are told."""
    found = Listed()
    misnamed: set[tuple[str, str]] = set()  # a folder's name is wrong once, whatever lies in it
    names = dict.fromkeys(tree.names(AGREEMENTS))
    for name in names:
        known = kind_of(name)
        if known is None and name.startswith(TRAIL):
            found.trail.append(name)
            continue
        faults = tuple(known[0].faults(known[1])) if known else ()
        copy = copied(name, names) if known is None or faults else ""
        if known is None or copy:
            if not copy:
                found.findings.append(misplaced(name))
            elif (copy, "") not in misnamed:
                found.findings.append(copy_told(copy))
                misnamed.add((copy, ""))
            found.astray.add(name)
            continue
        kind, key = known
        wrong = [fault for fault in faults if fault not in misnamed]
        found.findings += (placing.BAD_ID.at(Place(file=name), message) for _, message in wrong)
        misnamed.update(wrong)
        found.read.append((name, kind, key, tree.read(name)))
    return found
