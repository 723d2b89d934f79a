"""The schemas of a folder, read when they are asked for, with what a college adds to them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, cast

from pipeline.kernel.codes import shape
from pipeline.kernel.finding import Finding, Place
from pipeline.kernel.home import HOME
from pipeline.kernel.recall import NOTHING_KEPT, Recall, digest
from pipeline.kernel.visible import nearest
from pipeline.record.schema.additions import Additions, OwnSchema
from pipeline.record.schema.definition import Schema, SchemaError, built
from pipeline.source import Source
from pipeline.source import load as load_yaml

SHAPES = "shapes"
"""The file of shapes that several kinds share."""

EVERY = "every_record"
"""The shape whose fields stand in every record."""

OWN = "schemas"
"""The folder of a college's additions, in its repository."""

_FORMS = "agreement"
"""The kind whose forms of cooperation the rules of approval may name."""
_FIXED = (SHAPES, "standard", "governance")
"""What a college adds nothing to: shapes of several kinds, the clauses of the draft, the rules of approval."""


class Schemas(Mapping[str, Schema]):
    """The schemas of a folder by kind (their files' names), each read when it is first asked for.

    Most commands need few of them. Asking raises SchemaError where one cannot be read. `own` are a college's
    additions by file name; with `demands` false what they require is not required.
    """

    def __init__(
        self,
        folder: Path,
        rules: Collection[str] | None = None,
        own: Mapping[str, bytes] | None = None,
        recall: Recall = NOTHING_KEPT,
        *,
        demands: bool = True,
    ) -> None:
        self._folder = folder
        self._rules = rules
        self._recall = recall
        self._shapes = _content(folder / f"{SHAPES}.yaml")
        self._shapes_mark = digest(self._shapes)
        recall.kept(SHAPES, "", self._shapes_mark, bool, self._has_shapes)
        found = (path.stem for path in folder.glob("*.yaml"))
        self._kinds = sorted(kind for kind in found if kind not in (SHAPES, "standard"))
        self._own = {name: text for name, text in (own or {}).items() if not self._shipped(name, text)}
        self._demands = demands
        self._kept: dict[str, Schema] = {}
        self._added: dict[str, OwnSchema] = {}

    def __reduce__(self) -> tuple[Callable[..., Schemas], tuple[Any, ...]]:
        """For other processes and machines: what a college adds, as bytes; the rest is a part of the program there."""
        shipped = self._folder == HOME / OWN
        rules = None if self._rules is None else frozenset(self._rules)
        return _again, (
            None if shipped else self._folder,
            rules,
            tuple(sorted(self._own.items())),
            self._demands,
        )

    def _has_shapes(self) -> bool:
        """Whether the shared shapes can be read; raises SchemaError where they cannot."""
        return bool(_parsed(f"{SHAPES}.yaml", self._shapes))

    def _shipped(self, name: str, content: bytes) -> bool:
        """Whether a college's file is a shipped one as it came: it adds nothing."""
        path = self._folder / name
        return path.is_file() and path.read_bytes() == content

    def with_own(self, own: Mapping[str, bytes]) -> Schemas:
        """The same folder under what a commit adds to it: choices and fields; what it requires is asked elsewhere."""
        return Schemas(self._folder, self._rules, own, self._recall, demands=False)

    @property
    def digest(self) -> str:
        """One digest of everything that the schemas say, the college's additions among it."""
        said = [f"{self._demands or not self._own}".encode()]
        for path in sorted(self._folder.glob("*.yaml")):
            said += (path.name.encode(), path.read_bytes())
        for name, content in sorted(self._own.items()):
            said += (f"{OWN}/{name}".encode(), content)
        return digest(*said).hex()

    @property
    def additions(self) -> Mapping[str, OwnSchema]:
        """What the college adds, by kind; every file of its own is read for that."""
        for name in self._own:
            if (kind := name.removesuffix(".yaml")) in self.open:
                self[kind]
        return self._added

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the college's additions; what is not, counts."""
        strange = [found for name in self._own for found in self._strange(name)]
        return (*strange, *(found for one in self.additions.values() for found in one.findings))

    def _strange(self, name: str) -> Iterator[Finding]:
        """What a file is told that adds to nothing."""
        kind, _, ending = name.rpartition(".")
        place = Place(file=f"{OWN}/{name}")
        if ending not in ("yaml", "yml") or (ending == "yaml" and kind in self.open):
            return
        if kind in _FIXED:
            yield shape.OWN_ADDITION.at(place, f"{name} 不能由学校补充", hint="删去这个文件")
            return
        meant = nearest(kind, self.open) or (kind if kind in self.open else "")
        message = f"没有叫 {kind} 的记录" if ending == "yaml" else "文件名要以 .yaml 结尾"
        guess = f"，是不是 {meant}.yaml？" if meant else ""
        hint = f"改名为 {meant}.yaml" if meant else f"文件名是记录的种类：{'、'.join(self.open)}"
        yield shape.OWN_ADDITION.at(place, f"{message}，这个文件不会用到{guess}", hint=hint)

    @property
    def open(self) -> tuple[str, ...]:
        """The kinds that a college can add to."""
        return tuple(kind for kind in self._kinds if kind not in _FIXED)

    def __getitem__(self, kind: str) -> Schema:
        if kind not in self._kept:
            if kind not in self._kinds:
                raise KeyError(kind)
            own = self._own.get(f"{kind}.yaml") if kind in self.open else None
            content = _content(self._folder / f"{kind}.yaml")
            if kind == "governance" and f"{_FORMS}.yaml" in self._own:
                shapes = self._with_own_forms()
                read = built(kind, _whole(kind, content, shapes), shapes)
            elif own is None:
                mark = digest(content, self._shapes_mark)
                make = partial(_shipped, kind, content, self._shapes)
                read = self._recall.kept("schema", kind, mark, Schema, make)
            else:
                source, shapes = load_yaml(f"{OWN}/{kind}.yaml", own), _parsed(f"{SHAPES}.yaml", self._shapes)
                raw = _whole(kind, content, shapes)
                self._added[kind] = _added(raw, shapes, source, demands=self._demands)
                read = built(kind, self._added[kind].raw, shapes)
            self._demand_rules(read)
            self._kept[kind] = read
        return self._kept[kind]

    def _with_own_forms(self) -> Mapping[str, Any]:
        """The shared shapes, in which a case of approval may name the forms that the college has added."""
        shapes = copy.deepcopy(dict(_parsed(f"{SHAPES}.yaml", self._shapes)))
        known = self[_FORMS].fields["forms"].each
        asked = shapes["approval_case"]["forms"]["schema"]
        asked["meta"] = {**asked["meta"], "values": dict(known.values) if known else {}}
        return shapes

    def _demand_rules(self, schema: Schema) -> None:
        """A field that no rule looks after would be missed by nobody: neither the schema nor a rule tells of it."""
        if self._rules is None:
            return
        for path, one in schema.walk():
            for key, code in (("element", one.element), ("law", one.law)):
                if code and code not in self._rules:
                    where = ".".join(str(step) for step in path)
                    raise SchemaError(f"{schema.kind}.yaml 的 {where} 写了 {key}: {code}，没有这条规则")

    def __contains__(self, kind: object) -> bool:
        return kind in self._kinds

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)


def load(
    folder: Path,
    rules: Collection[str] | None = None,
    own: Mapping[str, bytes] | None = None,
    recall: Recall = NOTHING_KEPT,
) -> Schemas:
    """The schemas of a folder by kind; raises SchemaError where the shapes they share cannot be read.

    `rules` are the codes of all rules: a field that leaves its absence to a rule must name one of them.
    `own` are a college's additions, by file name; `recall` may know what the shipped files state.
    """
    return Schemas(folder, rules, own, recall)


def _added(raw: Mapping[str, Any], shapes: Mapping[str, Any], source: Source, *, demands: bool) -> OwnSchema:
    if source.data is None:
        return OwnSchema(raw=raw, findings=source.findings)
    return Additions(source, shapes, demands=demands).over(raw)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SchemaError(f"读不到 {path.name}：{error.strerror}") from error


@lru_cache(maxsize=8)
def _again(
    folder: Path | None, rules: frozenset[str] | None, own: tuple[tuple[str, bytes], ...], demands: bool
) -> Schemas:
    """The schemas that another process sent, read once here for all it sends."""
    return Schemas(folder or HOME / OWN, rules, dict(own), demands=demands)


@lru_cache(maxsize=64)
def _parsed(name: str, content: bytes) -> Mapping[str, Any]:
    source = load_yaml(name, content)
    if source.data is None or source.findings:
        first = source.findings[0]
        raise SchemaError(f"{first.place} {first.message}")
    return cast("Mapping[str, Any]", source.data)


@lru_cache(maxsize=64)
def _shipped(kind: str, content: bytes, shapes: bytes) -> Schema:
    """The schema of a shipped file, once in a process: every commit that is looked at is read with it."""
    shared = _parsed(f"{SHAPES}.yaml", shapes)
    return built(kind, _whole(kind, content, shared), shared)


def _whole(kind: str, content: bytes, shapes: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a kind's file states, and before it what is so of every record; a kind may say that in its own words."""
    raw = _parsed(f"{kind}.yaml", content)
    return raw if kind in _FIXED else {**shapes.get(EVERY, {}), **raw}
