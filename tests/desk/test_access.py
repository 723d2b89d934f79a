"""Nobody but the desk's own page gets an answer: each attack is made over a socket, with the bytes an attacker sends."""

from __future__ import annotations

import json
import socket

import pytest

from pipeline.desk.checked import DeskError
from pipeline.desk.serve import listening
from tests.college import AGREEMENT, COLLEGE, SmallCollege
from tests.desk.serving import TOKEN, Served, desk, served

HOME = json.dumps({}).encode()


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "[::1]:{port}"]
)
def test_a_rebound_name_gets_nothing(page: Served, host: str) -> None:
    named = host.format(port=page.port)
    for method, path in (("GET", "/"), ("POST", "/do/home")):
        given = {**page.own, "Host": named, "Origin": f"http://{named}"}
        answer = page.ask(method, path, HOME if method == "POST" else b"", given)
        assert answer.status == 421
        assert "云" not in answer.body.decode()


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:{port}", "http://127.0.0.1", ""],
)
def test_a_page_of_another_site_changes_nothing(page: Served, origin: str) -> None:
    given = {**page.own, "Origin": origin.format(port=page.port)}
    assert page.ask("POST", "/do/home", HOME, given).status == 403
    without = {name: value for name, value in page.own.items() if name != "Origin"}
    assert page.ask("POST", "/do/home", HOME, without).status == 403


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_a_form_of_another_site_is_no_request(page: Served, kind: str) -> None:
    assert page.ask("POST", "/do/home", HOME, {**page.own, "Content-Type": kind}).status == 415


@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], f"{TOKEN} ", TOKEN.upper()])
def test_another_user_of_the_computer_has_no_token(page: Served, token: str) -> None:
    assert page.ask(
        "POST", "/do/home", HOME, {**page.own, "X-Coop-Token": token.strip(" ") or "-"}
    ).status in ((200,) if token.strip(" ") == TOKEN else (401,))
    cookie = {**page.own, "X-Coop-Token": "-", "Cookie": f"coop-key={TOKEN}"}
    assert page.ask("POST", "/do/home", HOME, cookie).status == 401


def test_what_anybody_can_fetch_holds_nothing_of_the_college(page: Served) -> None:
    plain = {"Host": f"127.0.0.1:{page.port}"}
    for path in ("/", "/static/desk.js", "/static/form.js", "/static/desk.css"):
        answer = page.ask("GET", path, headers=plain)
        assert answer.status == 200
        assert TOKEN not in answer.body.decode()
        assert "示例" not in answer.body.decode()
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert "access-control-allow-origin" not in answer.headers
    assert page.ask("GET", "/do/home", headers=plain).status == 405


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
def test_no_other_method_is_known(page: Served, method: str) -> None:
    assert page.ask(method, "/do/home", HOME).status == 405


@pytest.mark.parametrize(
    "name",
    [
        "../secret.yaml",
        "/etc/passwd",
        "agreements/../secret.yaml",
        "agreements/projects/../../secret.yaml",
        "agreements/projects/..%2f/agreement.yaml",
        "agreements/projects/example/agreement.yaml/../../../../secret.yaml",
        "agreements\\college.yaml",
        "agreements/college.yaml\0.txt",
        "agreements/approvals/x/1.yaml",
        "agreements/governance/0001.yaml",
        "agreements/enterprises/CON.yaml",
        "pyproject.toml",
        ".git/config",
    ],
)
def test_no_path_but_a_records_own_is_read_or_written(page: Served, small: SmallCollege, name: str) -> None:
    small.write("secret: x\n", "secret.yaml")
    for action in ("form", "check", "save", "discard"):
        said = page.refused(action, file=name, form={"title": "x"}, base="")
        assert "secret: x" not in said
    assert small.text("secret.yaml") == "secret: x\n"


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%5capp.py", "/static/"]
)
def test_nothing_beside_the_static_files_is_served(page: Served, path: str) -> None:
    assert page.ask("GET", path, headers={"Host": f"127.0.0.1:{page.port}"}).status == 404


def test_a_link_out_of_the_college_is_neither_read_nor_written(page: Served, small: SmallCollege) -> None:
    outside = small.root.parent / "outside.yaml"
    outside.write_text("name: 外面\n", encoding="utf-8")
    link = small.path("agreements/enterprises/linked.yaml")
    link.symlink_to(outside)
    assert "符号链接" in page.refused("form", file="agreements/enterprises/linked.yaml")
    page.refused("save", file="agreements/enterprises/linked.yaml", form={"name": "改"}, base="")
    assert outside.read_text(encoding="utf-8") == "name: 外面\n"


def test_too_much_is_refused_before_it_is_read(page: Served) -> None:
    long = b'{"a": "' + b"x" * (3 << 20) + b'"}'
    assert page.ask("POST", "/do/home", long).status == 413


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_request_is_refused_in_words(page: Served, body: bytes) -> None:
    answer = page.ask("POST", "/do/form", body)
    assert answer.status == 400
    assert "JSON" in answer.told["error"]


@pytest.mark.parametrize(
    "form",
    [None, [], "x", {"parties": 3}, {"obligations": [1]}, {"title": {"$kept": "x"}}, {"title": {"a": []}}],
)
def test_a_form_out_of_shape_ends_in_words_and_leaves_the_file(
    page: Served, small: SmallCollege, form: object
) -> None:
    before = small.text()
    base = page.do("form", file=AGREEMENT)["base"]
    answer = page.ask(
        "POST", "/do/check", json.dumps({"file": AGREEMENT, "form": form, "base": base}).encode()
    )
    assert answer.status in (200, 400, 409)
    assert "Traceback" not in answer.body.decode()
    assert small.text() == before


def test_a_desk_for_reading_writes_nothing(small: SmallCollege) -> None:
    before = small.text(COLLEGE)
    with served(desk(small.root, read_only=True)) as reading:
        form = reading.do("form", file=COLLEGE)
        assert form["readOnly"]
        form["form"]["name"] = "改了名的学院"
        assert "只读" in reading.refused("save", file=COLLEGE, form=form["form"], base=form["base"])
        reading.do("check", file=COLLEGE, form=form["form"], base=form["base"], touched=True)
        for action in ("undo", "discard", "begin", "save-together", "send", "latest", "forget"):
            assert "只读" in reading.refused(action, file=COLLEGE)
    assert small.text(COLLEGE) == before
    assert not (small.root / "build").exists()


def test_a_desk_that_is_opened_again_at_once_stands_where_it_stood() -> None:
    """What was typed while it was down is kept by the browser for the port that the page came from."""
    with listening(0) as first:
        first.listen()
        port = first.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as window:
            taken, _ = first.accept()
            # Who hangs up first keeps the connection in mind for a minute.
            taken.close()
            assert window.recv(1) == b""
    with listening(port) as again:
        assert again.getsockname()[1] == port
        with pytest.raises(DeskError, match="已被别的程序占用"):
            listening(port)
