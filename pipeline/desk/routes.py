"""The application: an empty page with its script, and what the script may ask for."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pipeline.desk.access import Guard, TooLargeError
from pipeline.desk.actions import ACTIONS, WRITING
from pipeline.desk.checked import Desk, DeskError, MovedOnError
from pipeline.desk.page_templates import shell
from pipeline.git.errors import GitError

_STATIC = Path(__file__).parent / "static"
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}

Action = Callable[[Desk, Mapping[str, Any]], Mapping[str, Any]]


def application(desk: Desk, port: int, token: str) -> Guard:
    """The desk as an ASGI application on a port, for whoever bears the token."""
    files = {path.name: (path.read_bytes(), _TYPES[path.suffix]) for path in sorted(_STATIC.iterdir())}

    async def page(request: Request) -> Response:
        return Response(shell(), media_type="text/html; charset=utf-8")

    async def static(request: Request) -> Response:
        found = files.get(request.path_params["name"])
        return Response(found[0], media_type=found[1]) if found else Response(status_code=404)

    routes = [
        Route("/", page, methods=["GET"]),
        Route("/static/{name}", static, methods=["GET"]),
        Route("/do/{name}", partial(_answer, desk), methods=["POST"]),
    ]
    return Guard(Starlette(routes=routes), port, token)


async def _answer(desk: Desk, request: Request) -> Response:
    name = request.path_params["name"]
    action = ACTIONS.get(name)
    if action is None:
        return JSONResponse({"error": "编辑台没有这个功能"}, 404)
    if desk.read_only and name in WRITING:
        return JSONResponse({"error": "编辑台现在是只读的：去掉 --read-only 重新打开才能改"}, 403)
    try:
        given = json.loads(await request.body())
    except TooLargeError:
        return JSONResponse({"error": "内容太多，编辑台一次最多收 2 MB"}, 413)
    except ClientDisconnect:
        return Response(status_code=400)
    except (ValueError, RecursionError):
        return JSONResponse({"error": "请求不是 JSON"}, 400)
    if not isinstance(given, dict):
        return JSONResponse({"error": "请求不是 JSON 对象"}, 400)
    return await run_in_threadpool(_done, desk, action, given)


def _done(desk: Desk, action: Action, given: Mapping[str, Any]) -> Response:
    """An action's answer; what an editor cannot help is told in words, never as a traceback."""
    try:
        # One at a time: two tabs of one editor would else read the same file and write after each other.
        with desk.lock:
            return JSONResponse(dict(action(desk, given)))
    except DeskError as error:
        return JSONResponse({"error": str(error), "stale": isinstance(error, MovedOnError)}, 409)
    except GitError as error:
        return JSONResponse({"error": error.message}, 409)
    except OSError as error:
        reason = error.strerror or "读写出错"
        return JSONResponse({"error": f"电脑没有写成（{reason}），刚才输入的还在这里，请检查磁盘后再试"}, 500)
    except MemoryError:
        return JSONResponse({"error": "文件太大，电脑的内存不够；请分成几份再试"}, 413)
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError, ArithmeticError, IndexError):
        logging.getLogger(__name__).exception("a request could not be answered")
        return JSONResponse({"error": "请求的内容不全或不对，请刷新页面再试"}, 400)
