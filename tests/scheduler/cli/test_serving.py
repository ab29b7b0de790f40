"""The whole installation as a process of its own: started, killed, started again."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from calendars.ical import read

COMMAND = [sys.executable, "-m", "scheduler.cli"]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An installation in which the demo has run."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "PORT": str(port),
        "AANTAFEL_DATA": str(tmp_path_factory.mktemp("served")),
        "AANTAFEL_PLANNING_DEMO_TIME_LIMIT_SECONDS": "3",
    }
    subprocess.run([*COMMAND, "demo"], env=environment, check=True, capture_output=True)
    return environment


@contextmanager
def _serving(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with subprocess.Popen(
        [*COMMAND, "serve"], env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        url = server.stdout.readline().split()[2]
        for _ in range(200):
            try:
                httpx2.get(f"{url}/healthz")
                break
            except httpx2.ConnectError:
                time.sleep(0.1)
        try:
            yield server, url
        finally:
            server.terminate()


def _asked(environment: dict[str, str], *words: str) -> list[dict[str, str]]:
    ran = subprocess.run([*COMMAND, *words], env=environment, check=True, capture_output=True)
    return json.loads(ran.stdout)


def test_a_killed_server_comes_back_with_the_same_bytes(environment: dict[str, str]) -> None:
    bodies = []
    for _ in range(2):
        with _serving(environment) as (server, url):
            feed = _asked(environment, "feeds", "--json")[0]["url"]
            assert feed.startswith(url)
            bodies.append(httpx2.get(feed).content)
            server.send_signal(signal.SIGKILL)
    assert bodies[0] == bodies[1]
    assert read(bodies[0])


def test_a_sign_in_link_of_the_demo_works_more_than_once(environment: dict[str, str]) -> None:
    with _serving(environment) as (_, url):
        answer = _asked(environment, "sign-in", "coordinator", "--json")
        link = answer["url"]
        assert link.startswith(url)
        for _ in range(2):
            with httpx2.Client(follow_redirects=True) as browser:
                assert "Rooster" in browser.get(link).text
                assert browser.get(f"{url}/rooster").status_code == 200
        assert httpx2.get(f"{url}/rooster").status_code == 303


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_stopping_is_clean(environment: dict[str, str], sent: int) -> None:
    with _serving(environment) as (server, _):
        server.send_signal(sent)
        server.communicate(timeout=60)
    assert server.returncode == 0


def test_nothing_secret_lies_open_in_the_data_folder(environment: dict[str, str]) -> None:
    folder = Path(environment["AANTAFEL_DATA"])
    assert (folder / "secret.key").stat().st_mode & 0o077 == 0
