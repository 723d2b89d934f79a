"""Rounds are read the same for ever, whichever version froze them."""

from __future__ import annotations

import pytest

from pipeline.record.rounds.canonical import CanonicalError
from pipeline.record.rounds.frozen_words import freeze, read

NOW = freeze(
    repository="here",
    subject="projects/a/agreement",
    number=1,
    drafters=("hei",),
    fields={},
    facts={},
    body=(),
)


def test_a_round_that_names_one_drafter_is_read_like_one_that_lists_them() -> None:
    words = read(NOW.replace(b'"drafters":["hei"]', b'"drafter":"hei"'))
    assert words.drafters == ("hei",) and words.authors == {"hei"}


@pytest.mark.parametrize(
    "header",
    [b'"drafter":["hei"]', b'"drafter":1', b'"drafter":"hei","drafters":["hei"]', b'"drafters":"hei"'],
)
def test_a_head_of_neither_kind_is_none(header: bytes) -> None:
    with pytest.raises(CanonicalError, match="抬头"):
        read(NOW.replace(b'"drafters":["hei"]', header))


LOOK = "0f" * 32


@pytest.mark.parametrize("key", ["look", "quoted"])
def test_a_round_that_freezes_a_digest_says_it_and_one_of_before_says_none(key: str) -> None:
    head = f'"{key}":"{LOOK}","repository"'.encode()
    assert getattr(read(NOW), key) == ""
    assert getattr(read(NOW.replace(b'"repository"', head)), key) == LOOK


@pytest.mark.parametrize("key", ["look", "quoted"])
@pytest.mark.parametrize("said", [LOOK.upper(), LOOK[:63], f"{LOOK}0", "", f"{LOOK}\\n"])
def test_a_digest_that_is_none_makes_no_head(key: str, said: str) -> None:
    with pytest.raises(CanonicalError, match="抬头"):
        read(NOW.replace(b'"repository"', f'"{key}":"{said}","repository"'.encode()))
