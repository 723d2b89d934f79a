"""Serving the desk on this computer until somebody ends it."""

from __future__ import annotations

import os
import secrets
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

import uvicorn

from pipeline.desk.checked import Desk, DeskError
from pipeline.desk.routes import application

USUAL_PORT = 8417
"""The port asked for first: a window left open finds the desk again where it was."""


def listening(port: int | None) -> socket.socket:
    """A socket on this computer alone; another free port where the usual one is taken. Raises DeskError."""
    for wanted in (USUAL_PORT, 0) if port is None else (port,):
        # Bound here and handed over: between looking for a free port and serving on it another program could
        # take it.
        made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name == "posix":
            # A desk that was stopped leaves its connections behind for a minute: whoever opens it again at once would get
            # another port, where the browser does not find what was typed meanwhile. Elsewhere the switch means a port
            # that somebody else is listening at.
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind(("127.0.0.1", wanted))
            made.listen()
        except OSError:
            made.close()
            continue
        return made
    raise DeskError(f"端口 {port} 已被别的程序占用；不写 --port 会自己找一个空的")


def serve(desk: Desk, place: socket.socket, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; `ready` gets the address with the token behind its `#`."""
    port: int = place.getsockname()[1]
    token = secrets.token_urlsafe(32)
    config = uvicorn.Config(
        application(desk, port, token),
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="off",
        timeout_graceful_shutdown=3,
    )
    ready(f"http://127.0.0.1:{port}/#key={token}")
    uvicorn.Server(config).run(sockets=[place])


@contextmanager
def way_in(address: str) -> Iterator[str]:
    """A file only its owner can read that leads to the address: a browser's arguments are seen by everybody."""
    with tempfile.TemporaryDirectory(prefix="coop-desk-") as folder:
        path = Path(folder) / "open.html"
        target = escape(address)
        path.write_text(
            f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={target}">'
            f'<title>编辑台</title><p><a href="{target}">打开编辑台</a></p>',
            encoding="utf-8",
        )
        path.chmod(0o600)
        yield path.as_uri()
