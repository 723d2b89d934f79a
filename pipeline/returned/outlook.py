"""What in a Word file its genuine counterpart does not hold: parts, elements, properties and values.

The genuine file is the list of what is vouched for; there is no other list. Whatever is not in it may change how the
text looks, and is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from pipeline.returned.package import Package

_MOST = 200
"""So many things are named; a file that was saved by another program has hundreds."""
_LONGEST = 40
_TIMES, _MORE = 8, 1024 * 1024
"""A part so many times as long, and so many bytes more, is not looked through thing by thing."""

_Trait = tuple[str, str, str]
"""An element, one of its attributes ("" for the element itself) and its value, all without namespaces."""


def unvouched(package: Package, genuine: Package) -> tuple[str, ...]:
    """What is in a file and not in the genuine one, one Chinese phrase each; raises `xml.UnreadableError`."""
    return tuple(dict.fromkeys(_all(package, genuine)))[:_MOST]


def _all(package: Package, genuine: Package) -> Iterator[str]:
    names, known = package.names(), genuine.names()
    yield from (f"多出 {name}" for name in names if name not in known)
    yield from (f"少了 {name}" for name in known if name not in names)
    for name in names:
        if name in known and package.content(name) != genuine.content(name):
            yield from (f"{name} {said}" for said in _part(package, genuine, name))


def _part(package: Package, genuine: Package, name: str) -> Iterator[str]:
    """What differs in a part that both have."""
    if not name.endswith((".xml", ".rels")):
        yield "内容不同"
        return
    if len(package.content(name)) > _TIMES * len(genuine.content(name)) + _MORE:
        yield "内容多出许多倍"
        return
    found = Counter(_traits(package.tree(name)))
    allowed = Counter(_traits(genuine.tree(name)))
    differences = [_said("多了", trait) for trait in found if trait not in allowed]
    differences += [_said("少了", trait) for trait in allowed if trait not in found]
    differences += [
        _said("次数不同", trait) for trait in found if trait in allowed and found[trait] != allowed[trait]
    ]
    yield from differences or ["排列不同"]


def _traits(root: Element) -> Iterator[_Trait]:
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        yield tag, "", ""
        for key, value in element.attrib.items():
            yield tag, key.rpartition("}")[2], value


def _said(what: str, trait: _Trait) -> str:
    tag, key, value = trait
    return f"{what} {tag} {key}={value[:_LONGEST]}" if key else f"{what} {tag}"
