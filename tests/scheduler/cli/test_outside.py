"""`aantafel connect` and `aantafel sync`: against a real server, a sentence for each calendar."""

import io
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A Radicale with one user, anneke."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    users = tmp_path / "users"
    users.write_text("anneke:geheim\n")
    options = {
        "--server-hosts": f"127.0.0.1:{port}",
        "--auth-type": "htpasswd",
        "--auth-htpasswd-filename": str(users),
        "--auth-htpasswd-encryption": "plain",
        "--auth-delay": "0",
        "--storage-filesystem-folder": str(tmp_path / "dav"),
        "--logging-level": "error",
    }
    words = [part for pair in options.items() for part in pair]
    process = subprocess.Popen([sys.executable, "-m", "radicale", *words])
    while not listening(port):
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}/"
    process.terminate()
    process.wait(10)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """What stands on standard input."""
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def test_connect_publish_sync(
    run: Run, server: str, typed: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("demo").code == 0
    feeds = json.loads(run("feeds", "--json").out)
    person = next(each["id"] for each in feeds if each["kind"] == "representative")
    asked = ("connect", person, "--url", server, "--username", "anneke", "--password-stdin")
    assert run(*asked).code == 2
    typed("geheim\n")
    refused = run(*asked, "--write")
    assert refused.code == 2
    assert "public internet" in refused.err
    monkeypatch.setenv("AANTAFEL_ALLOW_PRIVATE_ADDRESSES", "1")
    typed("fout\n")
    assert "password is wrong" in run(*asked, "--write").err
    typed("geheim\n")
    assert run(*asked, "--write", "--busy").code == 0
    ran = run("sync", "--once", "--json")
    (told,) = json.loads(ran.out)
    assert told["done"] is True, told
    assert told["en"].endswith("stand there.")
    assert told["en"] in run("sync").out


def test_without_a_connection_sync_says_so(run: Run) -> None:
    assert run("sync", "--once").out == "No calendar is connected.\n"
    assert json.loads(run("sync", "--once", "--json").out) == []
