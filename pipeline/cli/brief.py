"""Whether a command speaks for itself, or as a part of `coop make`, which wants one line of each."""

from __future__ import annotations

import click

_BRIEF, _CHANGED = "coop.brief", "coop.changed"


def be_brief() -> None:
    """From here on, the commands invoked by this one say in a line what they did."""
    click.get_current_context().meta.update({_BRIEF: True, _CHANGED: False})


def is_brief() -> bool:
    """Whether this command was invoked by one that wants it brief."""
    return bool(click.get_current_context().meta.get(_BRIEF))


def note_change() -> None:
    """Something was written anew."""
    click.get_current_context().meta[_CHANGED] = True


def was_changed() -> bool:
    """Whether anything was written anew since `be_brief`."""
    return bool(click.get_current_context().meta.get(_CHANGED))
