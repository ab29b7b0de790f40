"""Every store that the contract is held against: in memory, and real servers on this machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from ipaddress import ip_network
from itertools import count
from pathlib import Path

import pytest

from calendars.stores import CalDavStore, CalendarStore, Guard, Login, MemoryStore, Web, recognise

LOOPBACK = Guard(allowed=(ip_network("127.0.0.0/8"),), plain_http=True, ports=None)
LOGIN = Login(name="anneke", password="geheim")
MAKE = b"""<?xml version="1.0"?><C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<set><prop><displayname>Rooster</displayname></prop></set></C:mkcalendar>"""
# Servers that somebody else started (tests/peers/debian.py does), with the home of anneke in each.
PEERS = dict(each.split("=", 1) for each in os.environ.get("AANTAFEL_PEERS", "").split(",") if each)
SERVERS = ["radicale", *(["xandikos"] if find_spec("xandikos") else []), *PEERS]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def radicale(folder: Path, port: int) -> list[str]:
    users = folder / "users"
    users.write_text("anneke:geheim\n")
    options = {
        "--server-hosts": f"127.0.0.1:{port}",
        "--auth-type": "htpasswd",
        "--auth-htpasswd-filename": str(users),
        "--auth-htpasswd-encryption": "plain",
        "--auth-delay": "0",
        "--storage-filesystem-folder": str(folder / "data"),
        "--logging-level": "error",
    }
    return [sys.executable, "-m", "radicale", *(part for pair in options.items() for part in pair)]


def xandikos(folder: Path, port: int) -> list[str]:
    where = ["--listen-address", "127.0.0.1", "--port", str(port), "--directory", str(folder)]
    more = ["--current-user-principal", "/anneke/", "--defaults", "--autocreate"]
    return [sys.executable, "-m", "xandikos", "serve", *where, *more]


def started(command: list[str], port: int) -> subprocess.Popen[bytes]:
    server = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ)
    )
    for _ in range(400):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server
        time.sleep(0.05)
    server.kill()
    raise TimeoutError(f"{command[2]} does not listen")


@pytest.fixture(scope="session")
def home_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Starts a server when it is first asked for; gives the address of anneke's calendars."""
    processes: dict[str, tuple[subprocess.Popen[bytes], str]] = {}

    def start(name: str) -> str:
        if name in PEERS:
            return PEERS[name]
        if name not in processes:
            port, folder = free_port(), tmp_path_factory.mktemp(name)
            command = {"radicale": radicale, "xandikos": xandikos}[name](folder, port)
            path = {"radicale": "anneke/", "xandikos": "anneke/calendars/"}[name]
            processes[name] = started(command, port), f"http://127.0.0.1:{port}/{path}"
        return processes[name][1]

    yield start
    for process, _ in processes.values():
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def new_calendar(home_of: Callable[[str], str]) -> Callable[[str], str]:
    """Makes a calendar of its own on the named server, and gives its address."""
    numbers = count()

    def make(server: str) -> str:
        url = f"{home_of(server)}rooster{next(numbers)}/"
        web = Web(LOOPBACK, login=LOGIN, origin=url)
        answer = web.request("MKCALENDAR", url, MAKE, {"Content-Type": "application/xml"})
        web.close()
        assert answer.status_code == 201, answer.text
        return url

    return make


@pytest.fixture(params=["memory", *SERVERS])
def store(
    request: pytest.FixtureRequest, new_calendar: Callable[[str], str]
) -> Iterator[CalendarStore]:
    if request.param == "memory":
        yield MemoryStore()
        return
    url = new_calendar(request.param)
    outside = CalDavStore(url, LOGIN, LOOPBACK, recognise(url, {}))
    yield outside
    outside.close()
    web = Web(LOOPBACK, login=LOGIN, origin=url)
    web.request("DELETE", url)  # Cyrus wants each UID once in a whole account
    web.close()


@pytest.fixture
def loopback() -> Guard:
    return LOOPBACK


@pytest.fixture
def login() -> Login:
    return LOGIN
