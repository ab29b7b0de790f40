"""The guarded connection against real servers on this machine that misbehave."""

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest

from calendars.stores import BadAnswer, Bounds, Guard, Login, NotAllowed, Unreachable, Web

QUICK = Bounds(megabytes=1, time=timedelta(seconds=1), redirects=3)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        self.server.seen.append((self.command, self.path, self.headers.get("Authorization")))
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, headers, body = self.server.answers[self.path.split("?")[0]]
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_PUT = do_PROPFIND = answer  # noqa: N815 - the library's names

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[tuple[str, str, str | None]] = []
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {"/": (200, {}, b"hier")}
        self.url = f"http://127.0.0.1:{self.server_address[1]}/"


@pytest.fixture
def new_server() -> Iterator[Callable[[], Server]]:
    running = []

    def start() -> Server:
        server = Server()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture
def open_web(loopback: Guard, login: Login) -> Iterator[Callable[..., Web]]:
    opened: list[Web] = []

    def make(server: Server, **changes: object) -> Web:
        guard = replace(loopback, **changes)
        opened.append(Web(guard, login=login, origin=server.url, bounds=QUICK))
        return opened[-1]

    yield make
    for web in opened:
        web.close()


def test_the_password_goes_to_its_own_server(new_server: Callable, open_web: Callable) -> None:
    server = new_server()
    assert open_web(server).request("GET", server.url).content == b"hier"
    assert server.seen[0][2].startswith("Basic ")


def test_the_password_never_goes_along_to_another_server(
    new_server: Callable, open_web: Callable
) -> None:
    first, second = new_server(), new_server()
    first.answers["/"] = (302, {"Location": second.url}, b"")
    answer = open_web(first).request(
        "GET", first.url, headers={"Authorization": "Bearer of a secret"}
    )
    assert answer.url == second.url
    assert second.seen == [("GET", "/", None)]


def test_a_password_is_not_shown(login: Login) -> None:
    assert login.password not in repr(login)


@pytest.mark.parametrize(
    "onward",
    ["http://127.0.0.2/", "//169.254.169.254/latest/meta-data", "file:///etc/passwd", "https://[/"],
)
def test_every_hop_passes_the_guard(new_server: Callable, open_web: Callable, onward: str) -> None:
    server = new_server()
    server.answers["/"] = (307, {"Location": onward}, b"")
    web = open_web(server, allowed=(ip_network("127.0.0.1/32"),))
    with pytest.raises((NotAllowed, BadAnswer)):
        web.request("GET", server.url)


def test_a_name_that_moves_to_a_private_place_between_two_requests_is_caught(
    new_server: Callable, open_web: Callable
) -> None:
    server = new_server()
    port = server.server_address[1]
    answers = iter([("127.0.0.1",), ("10.0.0.1",)])
    web = open_web(server, look_up=lambda _host, _port: next(answers))
    assert web.request("GET", f"http://agenda.example:{port}/").content == b"hier"
    with pytest.raises(NotAllowed):
        web.request("GET", f"http://agenda.example:{port}/")


def test_endless_redirects_end(new_server: Callable, open_web: Callable) -> None:
    server = new_server()
    server.answers["/"] = (302, {"Location": "/"}, b"")
    with pytest.raises(BadAnswer, match="sending us on"):
        open_web(server).request("GET", server.url)
    assert len(server.seen) == QUICK.redirects + 1


def test_a_write_is_not_carried_to_another_server(new_server: Callable, open_web: Callable) -> None:
    first, second = new_server(), new_server()
    first.answers["/"] = (307, {"Location": second.url}, b"")
    assert open_web(first).request("PUT", first.url, b"x").status_code == 307
    assert second.seen == []


def test_a_strange_path_is_written_as_the_web_wants_it(
    new_server: Callable, open_web: Callable
) -> None:
    server = new_server()
    server.answers["/caf%C3%A9%20x%0D%0A"] = (200, {}, b"")
    assert open_web(server).request("GET", f"{server.url}café x%0D%0A").status_code == 200


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, bytes(1024 * 1024 + 1)),
        ({"Content-Encoding": "gzip"}, gzip.compress(bytes(20 * 1024 * 1024))),
        ({"Content-Encoding": "gzip"}, gzip.compress(b"half a parcel")[:-9]),
        ({"Content-Encoding": "gzip"}, b"no parcel"),
    ],
    # Named, because a gzip header carries the moment and every test process must find one name.
    ids=["too large", "too large unpacked", "half a parcel", "no parcel"],
)
def test_too_large_or_badly_packed_an_answer_is_refused(
    new_server: Callable, open_web: Callable, headers: dict[str, str], body: bytes
) -> None:
    server = new_server()
    server.answers["/"] = (200, headers, body)
    with pytest.raises(BadAnswer):
        open_web(server).request("GET", server.url)


def test_a_packed_answer_is_unpacked(new_server: Callable, open_web: Callable) -> None:
    server = new_server()
    server.answers["/"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"agenda"))
    assert open_web(server).request("GET", server.url).content == b"agenda"


def raw_server(script: Callable[[socket.socket], None]) -> str:
    """A server that says what the script says, once."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listener, suppress(OSError):
            line, _ = listener.accept()
            with line:
                line.recv(65536)
                script(line)

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}/"


def test_half_an_answer_is_none(loopback: Guard) -> None:
    url = raw_server(
        lambda line: line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nBEGIN")
    )
    web = Web(loopback, bounds=QUICK)
    with pytest.raises(Unreachable):
        web.request("GET", url)


def drip(line: socket.socket) -> None:
    """A letter now and then, so that no single wait is long."""
    pause = threading.Event()
    for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 1000:
        line.sendall(bytes([letter]))
        pause.wait(0.05)


def test_an_answer_that_drips_in_is_cut_off_in_time(loopback: Guard) -> None:
    web = Web(loopback, bounds=QUICK)
    with pytest.raises(Unreachable):
        web.request("GET", raw_server(drip))


def test_a_server_that_says_nothing_is_left(loopback: Guard) -> None:
    web = Web(loopback, bounds=QUICK)
    with pytest.raises(Unreachable):
        web.request("GET", raw_server(lambda line: line.recv(1)))


@pytest.mark.parametrize(("method", "body"), [("GET", None), ("PUT", b"x")])
def test_a_line_that_was_hung_up_is_left_for_a_new_one(
    new_server: Callable, open_web: Callable, method: str, body: bytes | None
) -> None:
    server = new_server()
    web = open_web(server)
    web.request("GET", server.url)
    for line in web._lines.values():
        line.sock.shutdown(socket.SHUT_RDWR)
    assert web.request(method, server.url, body).content == b"hier"


def test_a_write_that_was_sent_and_not_answered_is_not_repeated(loopback: Guard) -> None:
    written = []

    def answer_once(line: socket.socket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        written.append(line.recv(65536))

    url = raw_server(answer_once)
    web = Web(loopback, bounds=QUICK)
    web.request("GET", url)
    with pytest.raises(Unreachable):
        web.request("PUT", url, b"x")
    assert len(written) == 1


def test_a_server_that_keeps_no_lines_gets_a_new_one_each_time(
    new_server: Callable, loopback: Guard
) -> None:
    server = new_server()
    web = Web(loopback, bounds=QUICK, keeps_lines=False)
    for _ in range(2):
        assert web.request("GET", server.url).content == b"hier"
        assert not web._lines
