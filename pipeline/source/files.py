"""Read a record from disk without ever waiting for a pipe or following a link out of the repository."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from pipeline.kernel.codes import loading
from pipeline.kernel.finding import Finding, Place
from pipeline.source.encoding import LIMIT
from pipeline.source.loader import Source, load, unread

_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)
_KINDS = (
    (stat.S_ISDIR, "目录"),
    (stat.S_ISLNK, "符号链接"),
    (stat.S_ISFIFO, "管道"),
    (stat.S_ISSOCK, "套接字"),
    (stat.S_ISCHR, "设备"),
    (stat.S_ISBLK, "设备"),
)
_REASONS = (
    (FileNotFoundError, "文件不存在"),
    (PermissionError, "没有读取权限"),
    (NotADirectoryError, "路径中间有一段不是目录"),
)


def read(root: Path, name: str) -> Source:
    """Load `root`/`name`; a file that is none, or cannot be read, gives a source with a finding."""
    content = read_bytes(root, name)
    return unread(name, (content,)) if isinstance(content, Finding) else load(name, content)


def read_bytes(root: Path, name: str) -> bytes | Finding:
    """The bytes of `root`/`name`, one more than a record may have at most; else what keeps it from being read."""
    path = os.path.join(root, name)  # noqa: PTH118  # asked for every file: a path object for each took as long
    try:
        kind = _kind(os.lstat(path).st_mode)
        if kind:
            return loading.NOT_A_FILE.at(Place(file=name), f"{name} 是{kind}，不是普通文件")
        content = _content(path)
    except (OSError, ValueError) as error:
        return loading.UNREADABLE.at(Place(file=name), f"{name} 读不出来：{_reason(error)}")
    return loading.NOT_A_FILE.at(Place(file=name), f"{name} 不是普通文件") if content is None else content


def _reason(error: OSError | ValueError) -> str:
    for kind, reason in _REASONS:
        if isinstance(error, kind):
            return reason
    return str(getattr(error, "strerror", None) or error)


def _content(path: str) -> bytes | None:
    """The bytes, one more than allowed at most; None when the file became another kind meanwhile."""
    descriptor = os.open(path, _FLAGS)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            return None
        # Read at once what was there a moment ago, and then whatever has come since.
        pieces = [os.read(descriptor, min(found.st_size, LIMIT) + 1)]
        size = len(pieces[0])
        while pieces[-1] and size != found.st_size and size <= LIMIT:
            pieces.append(os.read(descriptor, LIMIT + 1 - size))
            size += len(pieces[-1])
        return b"".join(pieces)
    finally:
        os.close(descriptor)


def _kind(mode: int) -> str:
    """The Chinese name of what is not a regular file; empty for one that is."""
    return "" if stat.S_ISREG(mode) else next((name for test, name in _KINDS if test(mode)), "特殊文件")
