"""Calendar servers on this machine, each behind a line that fails, and a world that uses them."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from scheduler.db.engine import Database
from scheduler.domain.sealing import Seal
from scheduler.domain.secrets import SecretKey
from scheduler.flows.outside import Means

HERE = Path(__file__).parent
PEOPLE = ("r12", "r14", "r27", "r4", "r5")


def _module(name: str, path: Path) -> ModuleType:
    spec = spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


stores = _module("peer_stores", HERE.parent / "calendars" / "stores" / "conftest.py")
worlds = _module("peer_world", HERE / "world.py")


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The home of one user on each server; those of Debian where somebody has started them."""
    with ExitStack() as running:
        yield {name: _home(name, tmp_path, running) for name in stores.SERVERS}


def _home(name: str, place: Path, running: ExitStack) -> str:
    if name in stores.PEERS:
        return str(stores.PEERS[name])
    port, folder = stores.free_port(), place / name
    folder.mkdir()
    command = {"radicale": stores.radicale, "xandikos": stores.xandikos}[name](folder, port)
    process = stores.started(command, port)
    running.callback(process.wait, 10)
    running.callback(process.terminate)
    path = {"radicale": "anneke/", "xandikos": "anneke/calendars/"}[name]
    return f"http://127.0.0.1:{port}/{path}"


@pytest.fixture
def bad_line(tmp_path: Path) -> Iterator[Callable[[str, int], str]]:
    """Lays a line to a server's address, which fails by chance; gives its own address."""
    with ExitStack() as running:

        def lay(home: str, seed: int) -> str:
            there, port = int(home.split(":")[2].partition("/")[0]), stores.free_port()
            command = [sys.executable, str(HERE / "bad_line.py"), str(port), str(there), str(seed)]
            process: subprocess.Popen[bytes] = stores.started(command, port)
            running.callback(process.wait, 10)
            running.callback(process.kill)
            return home.replace(f":{there}/", f":{port}/")

        yield lay


@pytest.fixture
def new_world(
    province: Database, now: object, servers: dict[str, str], bad_line: Callable[[str, int], str]
) -> Callable[[int], object]:
    """Makes a world from a seed; somebody else begins it."""

    def make(seed: int) -> object:
        peers = [
            worlds.Peer(name, person, home, bad_line(home, seed + number), stores.LOGIN)
            for number, ((name, home), person) in enumerate(
                zip(servers.items(), PEOPLE, strict=False)
            )
        ]
        means = Means(
            database=province,
            seal=Seal(SecretKey(b"k" * 32), "calendar password"),
            guard=stores.LOOPBACK,
            base_url="https://tafel.example",
            poll=timedelta(minutes=15),
            busy_ahead=timedelta(days=400),
            clock=lambda: world.now,
            random=Random(seed),
        )
        world = worlds.World(means, stores.LOOPBACK, peers, Random(seed), now)
        return world

    return make
