"""The collector is paused where nothing is garbage; what was made meanwhile is not gone through as if it were young."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from pipeline.kernel.collector import paused, settled


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_what_was_made_in_a_pause_is_old_afterwards() -> None:
    with paused():
        made = [[number] for number in range(5000)]
    old = {id(one) for one in gc.get_objects(generation=2)}
    assert gc.isenabled()
    assert all(id(one) in old for one in made)


class _Ring:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.itself = self


def test_in_a_process_that_stays_garbage_of_pauses_does_not_heap_up() -> None:
    left = []
    for _ in range(40):
        with paused():
            left.append(weakref.ref(_Ring()))
    assert sum(one() is not None for one in left) < 32


def test_what_was_left_out_of_collections_stays_so_through_a_pause() -> None:
    with settled():
        before = gc.get_freeze_count()
        with paused():
            pass
        assert gc.get_freeze_count() == before > 0
    assert gc.get_freeze_count() == 0


def test_a_pause_in_a_pause_ends_with_the_outer_one() -> None:
    with paused():
        with paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
