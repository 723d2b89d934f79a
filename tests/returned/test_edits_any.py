"""Returned files spoilt at random: reading them never fails, and nothing that reads differently goes untold."""

from __future__ import annotations

from copy import deepcopy
from io import BytesIO
from random import Random
from zipfile import ZipFile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.returned.xml import UnreadableError
from tests.returned.returned_samples import FILE, MAIN, came, parts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACED = ("p", "r", "t", "tbl", "tr", "tc", "pPr", "rPr", "tab")


def spoilt(seed: int) -> bytes:
    """The file after one to three blows of a careless hand to its XML."""
    dice = Random(seed)

    def change(held: dict[str, bytes]) -> None:
        tree = etree.fromstring(held[MAIN])
        for _ in range(dice.randint(1, 3)):
            _blow(tree, dice)
        held[MAIN] = etree.tostring(tree)

    return parts(FILE, change)


def _blow(tree: etree._Element, dice: Random) -> None:
    some = [one for tag in _PLACED for one in tree.iter(W + tag)]
    one, other = dice.choice(some), dice.choice(some)
    parent = one.getparent()
    match dice.randrange(6):
        case 0:
            parent.remove(one)
        case 1:
            parent.insert(parent.index(one), deepcopy(one))
        case 2:
            wrapper = etree.Element(
                W + dice.choice(["ins", "del", "moveTo", "moveFrom", "sdt", "smartTag", "object"])
            )
            parent.replace(one, wrapper)
            wrapper.append(one)
        case 3:
            for text in one.iter(W + "t"):
                text.text = f"{text.text or ''}改"
                break
        case 4:
            if other not in one.iterancestors() and other not in one.iter():
                other.addnext(deepcopy(one))
        case _:
            etree.SubElement(
                one, W + dice.choice(["vanish", "sym", "noBreakHyphen", "cr", "numPr", "t"])
            ).text = "暗"


def says(content: bytes) -> str:
    """Every letter of the main part, in order, however it is wrapped."""
    with ZipFile(BytesIO(content)) as package:
        tree = etree.fromstring(package.read(MAIN))
    return "".join(one.text or "" for one in tree.iter(W + "t"))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000_000))
def test_a_file_spoilt_at_random_is_read_and_its_changes_told(seed: int) -> None:
    content = spoilt(seed)
    try:
        found = came(content)
    except UnreadableError:
        return
    if says(content) != says(FILE):
        assert found.edits or found.others
