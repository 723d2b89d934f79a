"""Who may ask the desk: the page it opened itself, in a browser on this computer, and nobody else.

Pages and scripts hold nothing of the college and no token. The token comes to the page behind the `#` of the
address it is opened with, which no browser sends anywhere; whatever tells or changes anything is a POST of JSON
that bears it in a header, from exactly this host, port and origin. So neither another site (forged requests, DNS
rebinding), nor another program's cookies, nor another user of the computer gets an answer.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN = "x-coop-token"
"""The header that bears the token."""

LARGEST = 2 * 1024 * 1024
"""Bytes of a request: a record has at most one MiB, and a form says everything with its places."""

_HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)


@dataclass(frozen=True, slots=True)
class Guard:
    """Stands before the application: answers for it where somebody else asks."""

    app: ASGIApp
    port: int
    token: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or refuse it; every answer bears the headers that keep a page to itself."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_HEADERS]
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await JSONResponse({"error": refusal[1]}, refusal[0])(scope, receive, dressed)
            return
        await self.app(scope, _limited(receive), dressed)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Why a request is not let in: status and reason."""
        headers: dict[bytes, list[bytes]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.lower(), []).append(value)
        hosts = {f"127.0.0.1:{self.port}".encode(), f"localhost:{self.port}".encode()}
        # A page whose name was made to lead to this computer (DNS rebinding) still names itself here.
        host = headers.get(b"host", [])
        if len(host) != 1 or host[0] not in hosts:
            return 421, "这个地址不是编辑台的"
        if scope["method"] in ("GET", "HEAD"):
            return None
        if scope["method"] != "POST":
            return 405, "编辑台不认识这种请求"
        if headers.get(b"origin") != [b"http://" + host[0]]:
            return 403, "请求不是编辑台的页面发出的"
        # Forms of other sites can send text and forms without asking; JSON makes the browser ask first, and
        # it is refused.
        if headers.get(b"content-type", [b""])[0].split(b";")[0].strip() != b"application/json":
            return 415, "编辑台只收 JSON"
        # A header, never a cookie: cookies know no ports, so that any program on this computer would receive
        # them.
        given = headers.get(TOKEN.encode(), [b""])
        if len(given) != 1 or not hmac.compare_digest(given[0], self.token.encode()):
            return 401, "这个页面已经过期，请从终端里给出的地址重新打开编辑台"
        length = headers.get(b"content-length", [b"0"])[0]
        if not length.isdigit() or int(length) > LARGEST:
            return 413, "内容太多，编辑台一次最多收 2 MB"
        return None


class TooLargeError(Exception):
    """A request without a stated length that turned out too long."""


def _limited(receive: Receive) -> Receive:
    """The body of a request up to the limit, however it is sent."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > LARGEST:
            raise TooLargeError
        return message

    return limited
