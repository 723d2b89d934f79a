"""A desk served on a real port for tests, and whoever asks it something."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import uvicorn

from pipeline.desk.checked import Desk
from pipeline.desk.drafts import Drafts
from pipeline.desk.routes import application
from pipeline.desk.serve import listening
from tests.college import SCHEMAS, TEMPLATES

TODAY = date(2026, 11, 29)
TOKEN = "the-token-of-this-test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: status, headers by small name, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A desk on a port."""

    desk: Desk
    port: int

    @property
    def address(self) -> str:
        """The address a browser is sent to."""
        return f"http://127.0.0.1:{self.port}/#key={TOKEN}"

    @property
    def own(self) -> dict[str, str]:
        """The headers the desk's own page sends."""
        host = f"127.0.0.1:{self.port}"
        return {
            "Host": host,
            "Origin": f"http://{host}",
            "Content-Type": "application/json",
            "X-Coop-Token": TOKEN,
        }

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request with exactly these headers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        given = self.own if headers is None else headers
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in given.items():
            connection.putheader(name, value)
        if body:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body or None)
        got = connection.getresponse()
        read = got.read()
        connection.close()
        headers_got = {name.lower(): value for name, value in got.getheaders()}
        return Answer(status=got.status, headers=headers_got, body=read)

    def do(self, name: str, /, **given: Any) -> Any:
        """What the page asks for; it must be granted."""
        answer = self.ask("POST", f"/do/{name}", json.dumps(given).encode())
        assert answer.status == 200, answer.body.decode()
        return answer.told

    def refused(self, name: str, /, **given: Any) -> str:
        """What the page asks for and is told it cannot have."""
        answer = self.ask("POST", f"/do/{name}", json.dumps(given).encode())
        assert answer.status != 200
        return str(answer.told["error"])


def desk(root: Path, *, read_only: bool = False) -> Desk:
    """A desk for the college in a folder."""
    return Desk(
        root=root,
        schemas=SCHEMAS,
        templates=TEMPLATES,
        today=lambda: TODAY,
        drafts=Drafts(root / "build" / ".desk"),
        read_only=read_only,
    )


@contextmanager
def served(one: Desk) -> Iterator[Served]:
    """Serve a desk while the block runs."""
    with listening(0) as place:
        port = place.getsockname()[1]
        config = uvicorn.Config(
            application(one, port, TOKEN), log_level="critical", ws="none", lifespan="off"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        assert server.started, "the server did not start"
        try:
            yield Served(desk=one, port=port)
        finally:
            server.should_exit = True
            thread.join(10)
