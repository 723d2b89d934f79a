"""Files that computers put beside people's own: nobody wrote them, and nobody means them to be read."""

from __future__ import annotations

_FOLDER_NOTES = frozenset({"Thumbs.db", "desktop.ini", "Desktop.ini"})
"""What Windows keeps in a folder about its pictures and its looks, out of sight as hidden files are."""


def left_behind(name: str) -> bool:
    """Whether a name is that of a hidden file, of the mark that Word or WPS has a file open, or of Windows' notes."""
    return name.startswith((".", "~$")) or name in _FOLDER_NOTES
