"""Two provinces in real processes: what is wrong with one is its own matter."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx2
import pytest
from originals import Originals
from sqlalchemy import create_engine, make_url, text

from scheduler.cli import keeping
from scheduler.domain.errors import DatabaseFault, Sentence
from scheduler.hosting import Hosted
from scheduler.settings import Settings

COMMAND = [sys.executable, "-m", "scheduler.cli"]
NAMES = ("drenthe", "groningen")
MUTE = Sentence("Hij is weg.", "It is away.")


@pytest.fixture
def addresses(originals: Originals) -> Iterator[dict[str, str]]:
    """The database of each province."""
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(originals.copy("empty")).engine.url.render_as_string(
                hide_password=False
            )
            for name in NAMES
        }


@pytest.fixture
def environment(tmp_path: Path, addresses: dict[str, str]) -> dict[str, str]:
    """An installation of two provinces, and a port for it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for name, address in addresses.items():
        (tmp_path / name).mkdir(mode=0o700)
        (tmp_path / name / "settings.toml").write_text(
            f'web.public_url = "http://{name}.localhost:{port}"\ndata.database = "{address}"\n'
        )
    return {**os.environ, "PORT": str(port), "AANTAFEL_PROVINCES": str(tmp_path)}


def _run(environment: dict[str, str], *words: str) -> None:
    subprocess.run([*COMMAND, *words], env=environment, check=True, capture_output=True)


@contextmanager
def _going(environment: dict[str, str], word: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is told to stop in the end, and does so in order."""
    with subprocess.Popen([*COMMAND, word], env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()
    assert process.returncode == 0


def _ask(environment: dict[str, str], host: str, path: str, **form: str) -> int:
    """How the server answers; 0 while it doesn't listen yet."""
    url = f"http://127.0.0.1:{environment['PORT']}{path}"
    method = "POST" if form else "GET"
    try:
        with httpx2.Client(timeout=60) as client:
            return client.request(
                method, url, headers={"Host": host}, data=form or None
            ).status_code
    except httpx2.TransportError:
        return 0


def _until(happened: Callable[[], bool]) -> None:
    while not happened():
        time.sleep(0.1)


@contextmanager
def _locked(address: str) -> Iterator[None]:
    """Nobody can write into this database while the block lasts."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        held = sqlite3.connect(str(url.database), isolation_level=None)
        held.execute("BEGIN IMMEDIATE")
        yield
        held.close()
        return
    engine = create_engine(url)
    with engine.begin() as connection:
        for table in ("outbox", "sign_in_ask"):
            connection.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))
        yield
    engine.dispose()


def test_a_locked_database_holds_up_no_other_provinces_mail(
    environment: dict[str, str], addresses: dict[str, str], tmp_path: Path
) -> None:
    words = ("staff", "add", "coordinator", "Bas", "bas@huurders.example")
    _run(environment, *words, "--province", "groningen")
    on_postgresql = addresses["drenthe"].startswith("postgresql")
    with ExitStack() as stack:
        stack.enter_context(_going(environment, "serve"))
        if on_postgresql:
            stack.enter_context(_going(environment, "work"))
        for name in NAMES:
            _until(lambda: _ask(environment, f"{name}.localhost", "/readyz") == 200)  # noqa: B023
        with _locked(addresses["drenthe"]):
            form = {"adres": "bas@huurders.example"}
            stuck = threading.Thread(
                target=_ask, args=(environment, "drenthe.localhost", "/inloggen"), kwargs=form
            )
            stuck.start()
            assert _ask(environment, "groningen.localhost", "/inloggen", **form) == 200
            _until(lambda: any((tmp_path / "groningen" / "post").glob("*.eml")))
            assert not list((tmp_path / "drenthe").glob("post/*.eml"))
        stuck.join()


@pytest.mark.sqlite
def test_a_broken_database_leaves_the_others_serving(
    environment: dict[str, str], addresses: dict[str, str]
) -> None:
    Path(str(make_url(addresses["drenthe"]).database)).write_bytes(b"no database" * 999)
    with _going(environment, "serve"):
        _until(lambda: _ask(environment, "groningen.localhost", "/readyz") == 200)
        assert _ask(environment, "groningen.localhost", "/inloggen") == 200
        assert _ask(environment, "drenthe.localhost", "/inloggen") == 503
        assert _ask(environment, "drenthe.localhost", "/healthz") == 200
        assert _ask(environment, "elders.localhost", "/inloggen") == 421


def test_a_province_is_tried_again_until_it_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_AGAIN_SECONDS", 0.0)
    tries: list[str] = []
    opened, other, stopping = threading.Event(), threading.Event(), threading.Event()

    def keep(province: Hosted, stopping: threading.Event) -> None:
        if province.name == "groningen":
            other.set()
        else:
            tries.append(province.name)
            if len(tries) < 3:
                raise (DatabaseFault(MUTE) if len(tries) == 1 else ValueError)
            opened.set()
        stopping.wait()

    settings = Settings.read({})
    with keeping.keeping([Hosted(name=name, settings=settings) for name in NAMES], keep, stopping):
        assert other.wait(60)
        assert opened.wait(60)
    assert stopping.is_set()
    assert tries == ["drenthe"] * 3
