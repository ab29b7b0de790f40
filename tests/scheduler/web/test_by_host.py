"""The host name that is called chooses the province, and nothing else does."""

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from scheduler.web.by_host import ByHost, Gate, called

Serving = Callable[[ASGIApp], AbstractContextManager[int]]

NAMES = ("drenthe", "groningen", "xn--frysln-0ta")


def _app(name: str) -> Starlette:
    def answer(_request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"this is {name}")

    return Starlette(routes=[Route("/{path:path}", answer)])


@pytest.fixture
def gates() -> Iterator[dict[str, Gate]]:
    """Three provinces, of which the last is shut."""
    gates = {f"{name}.tafel.example": Gate(name) for name in NAMES}
    drenthe, groningen, _ = gates.values()
    with drenthe.open_to(_app("drenthe")), groningen.open_to(_app("groningen")):
        yield gates


@pytest.fixture
def client(gates: dict[str, Gate]) -> TestClient:
    return TestClient(ByHost(gates.items()))


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("drenthe.tafel.example", "drenthe"),
        ("drenthe.tafel.example:8443", "drenthe"),
        ("Drenthe.TAFEL.example", "drenthe"),
        ("drenthe.tafel.example.", "drenthe"),
        ("drenthe.tafel.example:", "drenthe"),
        ("groningen.tafel.example", "groningen"),
    ],
)
def test_the_host_that_is_called_answers(client: TestClient, host: str, name: str) -> None:
    assert client.get("/", headers={"Host": host}).text == f"this is {name}"


@pytest.mark.parametrize(
    "host",
    [
        "",
        "tafel.example",
        "x.drenthe.tafel.example",
        "drenthe.tafel.example.evil.example",
        "drenthe.tafel.example@evil.example",
        "evil.example@drenthe.tafel.example",
        "drenthe.tafel.example/",
        "drenthe.tafel.example:80:80",
        "drenthe.tafel.example:http",
        "drenthe.tafel.example..",
        "drenthe.tafel.example, groningen.tafel.example",
        " drenthe.tafel.example\t x",
        "dr\u00e9nthe.tafel.example",
        "127.0.0.1",
        "[::1]:8000",
        "localhost",
    ],
)
def test_another_host_learns_nothing(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"Host": host.encode("latin-1")})
    assert answer.status_code == 421
    assert not any(name in str(answer.headers) + answer.text for name in NAMES)
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("headers", "host"),
    [
        ([], ""),
        ([(b"host", b"a.example"), (b"host", b"b.example")], ""),
        ([(b"host", b"a.example"), (b"x-forwarded-host", b"b.example")], "a.example"),
        ([(b"x-forwarded-host", b"b.example"), (b"forwarded", b"host=b.example")], ""),
        ([(b"host", b"XN--FRYSLN-0TA.example:81")], "xn--frysln-0ta.example"),
        ([(b"host", "fryslân.example".encode())], ""),
        ([(b"host", b"[2001:DB8::1]:81")], "2001:db8::1"),
        ([(b"host", b"a.example\x00.b.example")], ""),
    ],
)
def test_one_host_header_is_read(headers: list[tuple[bytes, bytes]], host: str) -> None:
    assert called({"headers": headers}) == host


def test_a_province_that_isnt_open_says_so_and_the_process_lives(client: TestClient) -> None:
    host = {"Host": "xn--frysln-0ta.tafel.example"}
    page = client.get("/", headers=host)
    assert (page.status_code, page.headers["retry-after"]) == (503, "60")
    assert client.get("/readyz", headers=host).status_code == 503
    assert client.get("/healthz", headers=host).text == "ok"
    assert client.get("/healthz", headers={"Host": "10.0.0.7:8000"}).text == "ok"
    assert client.get("/", headers={"Host": "drenthe.tafel.example"}).status_code == 200


@pytest.mark.parametrize(
    "lines", [b"GET / HTTP/1.0", b"GET / HTTP/1.1\r\nHost: drenthe.tafel.example\r\nHost: x"]
)
def test_no_host_and_two_hosts_call_nobody(
    gates: dict[str, Gate], serving: Serving, lines: bytes
) -> None:
    with (
        serving(ByHost(gates.items())) as port,
        socket.create_connection(("127.0.0.1", port)) as wire,
    ):
        wire.sendall(lines + b"\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: wire.recv(4096), b""))
    assert answer.split()[1] in {b"400", b"421"}
    assert b"this is" not in answer


def test_a_province_that_hangs_keeps_nobody_else_waiting(
    gates: dict[str, Gate], serving: Serving
) -> None:
    hangs, goes_on = threading.Barrier(61, timeout=60), threading.Event()

    def wait(_request: Request) -> PlainTextResponse:
        hangs.wait()
        goes_on.wait()
        return PlainTextResponse("at last")

    def ask(port: int, host: str) -> str:
        return client.get(f"http://127.0.0.1:{port}/", headers={"Host": host}).text

    stuck = gates["xn--frysln-0ta.tafel.example"]
    with (
        stuck.open_to(Starlette(routes=[Route("/", wait)])),
        serving(ByHost(gates.items())) as port,
        httpx2.Client(timeout=60) as client,
        ThreadPoolExecutor(60) as visitors,
    ):
        waiting = [visitors.submit(ask, port, "xn--frysln-0ta.tafel.example") for _ in range(60)]
        hangs.wait()
        assert ask(port, "drenthe.tafel.example") == "this is drenthe"
        goes_on.set()
        assert {each.result() for each in waiting} == {"at last"}


def test_who_comes_in_beyond_the_limit_is_asked_to_come_back() -> None:
    gate, inside, go_on = Gate("full"), threading.Semaphore(0), threading.Event()

    def wait(_request: Request) -> PlainTextResponse:
        inside.release()
        go_on.wait()
        return PlainTextResponse("at last")

    with (
        gate.open_to(Starlette(routes=[Route("/", wait)])),
        TestClient(ByHost({"full": gate}.items()), base_url="http://full") as full,
        ThreadPoolExecutor(100) as visitors,
    ):
        waiting = [visitors.submit(full.get, "/") for _ in range(100)]
        for _ in waiting:
            inside.acquire()
        assert full.get("/").status_code == 503
        go_on.set()
        assert {each.result().status_code for each in waiting} == {200}
        assert full.get("/").status_code == 200
