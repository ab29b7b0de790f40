"""An installation on several machines: web and work processes of their own on one PostgreSQL."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Peer
from databases import postgresql
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.db.schema import migrate
from scheduler.domain.times import now

_COMMAND = [sys.executable, "-m", "scheduler.cli"]
_PATIENCE = 60.0
LOST_SECONDS = 2.0
"""How long a worker may be silent here; short, so that its loss shows soon."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@dataclass
class Postbag:
    """What a mail server took, by Message-ID."""

    got: Counter[str] = field(default_factory=Counter)

    async def handle_DATA(self, server: SMTP, peer: Peer, envelope: Envelope) -> str:  # noqa: N802
        lines = (envelope.content or b"").split(b"\r\n")
        self.got[next(line for line in lines if line.startswith(b"Message-ID")).decode()] += 1
        return "250 OK"


@pytest.fixture
def postbag() -> Iterator[tuple[Postbag, int]]:
    """A mail server and its port."""
    bag = Postbag()
    controller = Controller(bag, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield bag, controller.port
    controller.stop()


class Process:
    """One `aantafel` process, that can be killed, paused and started again."""

    def __init__(self, words: list[str], environment: dict[str, str]) -> None:
        self._words, self._environment = words, environment
        self.start()

    def start(self) -> None:
        self._running = subprocess.Popen(
            [*_COMMAND, *self._words],
            env=self._environment,
            stdout=subprocess.PIPE,
            text=True,
            # Its solvers with it: a machine that is lost is lost as a whole.
            start_new_session=True,
        )

    def ready(self) -> str:
        """Its first line, which it says when it can do its work."""
        assert self._running.stdout is not None
        return self._running.stdout.readline()

    def send(self, number: int) -> None:
        os.killpg(self._running.pid, number)

    def kill(self) -> None:
        self.send(signal.SIGKILL)
        self._running.communicate()

    def end(self) -> None:
        if self._running.poll() is None:
            self.kill()


@dataclass
class Machines:
    """Two web and three work processes on one database."""

    database: Database
    restart_database: Callable[[], None]
    environment: dict[str, str]
    webs: list[Process]
    ports: list[int]
    works: list[Process]

    @contextmanager
    def browser(self) -> Iterator[httpx2.Client]:
        """Somebody signed in as coordinator, whichever process answers."""
        ran = subprocess.run(
            [*_COMMAND, "sign-in", "coordinator", "--json"],
            env=self.environment,
            check=True,
            capture_output=True,
        )
        with httpx2.Client(follow_redirects=True, timeout=30) as visitor:
            assert visitor.get(json.loads(ran.stdout)["url"]).status_code == 200
            yield visitor

    def address(self, web: int) -> str:
        return f"http://127.0.0.1:{self.ports[web]}"

    def is_up(self, web: int) -> bool:
        try:
            return httpx2.get(f"{self.address(web)}/readyz").status_code == 200
        except httpx2.TransportError:
            return False

    def wait_until(self, there: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + _PATIENCE
        while not there():
            assert time.monotonic() < until, f"waited in vain until {what}"
            time.sleep(0.1)


@pytest.fixture
def machines(
    tmp_path: Path, postbag: tuple[Postbag, int], build_village: Callable[[Session], None]
) -> Iterator[Machines]:
    """Everything runs; the village is there, in the time to come."""
    with ExitStack() as stack:
        server = stack.enter_context(postgresql("-c fsync=off"))
        url = stack.enter_context(server.bare())
        database = stack.enter_context(closing(Database(url)))
        migrate(database.engine)
        with database.session() as session:
            build_village(session)
            _shift(session)
        environment = {
            **os.environ,
            "AANTAFEL_DATABASE_URL": url,
            "AANTAFEL_DATA": str(tmp_path),
            "AANTAFEL_WORK_LOST_SECONDS": str(LOST_SECONDS),
            "AANTAFEL_MAIL_SMTP_HOST": "127.0.0.1",
            "AANTAFEL_MAIL_SMTP_PORT": str(postbag[1]),
            "AANTAFEL_MAIL_SMTP_SECURITY": "none",
            "PYTHONPATH": str(Path(__file__).parents[3]),
        }
        ports = [free_port(), free_port()]
        webs = [Process(["serve", "--port", str(port)], environment) for port in ports]
        works = [Process(["work"], environment) for _ in range(3)]
        for process in (*webs, *works):
            stack.callback(process.end)
        for process in (*webs, *works):
            assert process.ready()
        yield Machines(database, server.restart, environment, webs, ports, works)


def _shift(session: Session) -> None:
    """The village's year lies somewhere in time; its meetings go to the weeks that come."""
    slots = session.exec(select(tables.Slot)).all()
    first = min(slot.starts_at for slot in slots)
    ahead = timedelta(days=7 * ((now() - first).days // 7 + 5))
    for slot in slots:
        slot.starts_at, slot.ends_at = slot.starts_at + ahead, slot.ends_at + ahead
