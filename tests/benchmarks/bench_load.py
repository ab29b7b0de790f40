"""A province with ten years under load on one machine: two processes with pages, one that works.

50 requests a second, mixed over roles and pages, at random moments (open loop: a slow answer delays
nobody's question): p95 at most 150 ms, no errors, 600 MB for both. Then a storm on one feed while a
plan is solved: p99 at most 50 ms. The one who asks runs on the same cores.
"""

import asyncio
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

import httpx2
import pytest
from databases import postgresql
from sqlmodel import Session

from scheduler.db.engine import Database
from scheduler.domain.access import SYSTEM
from scheduler.domain.times import now
from scheduler.flows.planning.plan_period import Wish, queue_plan

pytestmark = pytest.mark.postgresql

A_SECOND, SECONDS = 50, 20
P95_MS, MEMORY_MB, STORM_P99_MS = 150, 600, 50
COMMAND = [sys.executable, "-m", "scheduler.cli"]
PAGES = {
    "coordinator": ("/", "/rooster", "/publicaties", "/werklast", "/postbus", "/logboek"),
    "representative": ("/", "/agenda", "/beschikbaar", "/herinneringen", "/mail"),
    "municipality": ("/", "/rooster", "/uitnodigingen"),
}


@dataclass(frozen=True)
class Province:
    """The made-up year, and nine before it; `links` sign in, `feed` is the path of one feed."""

    urls: tuple[str, ...]
    database: str
    links: dict[str, str]
    feed: str
    processes: tuple[subprocess.Popen[str], ...]


@pytest.fixture(scope="module")
def province(
    tmp_path_factory: pytest.TempPathFactory, age: Callable[[Session], None]
) -> Iterator[Province]:
    port, other = _free_port(), _free_port()
    with postgresql("-c fsync=off") as server, server.bare() as address:
        environment = {
            **os.environ,
            "PORT": port,
            "AANTAFEL_DATABASE_URL": address,
            "AANTAFEL_DATA": str(tmp_path_factory.mktemp("load")),
            "AANTAFEL_PLANNING_DEMO_TIME_LIMIT_SECONDS": "8",
            "AANTAFEL_FEEDS_READS_A_MINUTE": "1000000",
        }
        subprocess.run([*COMMAND, "demo"], env=environment, check=True, capture_output=True)
        with closing(Database(address)) as database, database.session() as session:
            age(session)
        running = [
            _started("serve", environment),
            _started("serve", environment | {"PORT": other}),
            _started("work", environment),
        ]
        links = dict(_links(running[0]))
        asked = [*COMMAND, "feeds", "--json"]
        feeds = json.loads(subprocess.check_output(asked, env=environment))
        url = f"http://127.0.0.1:{port}"
        feed = feeds[0]["url"].removeprefix(url)
        next(_links(running[1]))
        urls = (url, f"http://127.0.0.1:{other}")
        yield Province(urls, address, links, feed, tuple(running))
        for process in running:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


def _free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return str(free.getsockname()[1])


def _started(word: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, word],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )


def _links(server: subprocess.Popen[str]) -> Iterator[tuple[str, str]]:
    """The sign-in links that the server prints."""
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.match(r"  (\w+) +(http\S+)", line):
            yield found[1], found[2]
            if found[1] == "province":
                return


async def _load(province: Province) -> list[tuple[float, int]]:
    """Ask for what each role looks at; gives milliseconds and status of each answer."""
    chance, taken = random.Random(1), []

    async def ask(visitor: httpx2.AsyncClient, path: str) -> None:
        started = time.perf_counter()
        answer = await visitor.get(path)
        taken.append((1000 * (time.perf_counter() - started), answer.status_code))

    visitors = {
        (role, url): httpx2.AsyncClient(base_url=url, timeout=30)
        for role in PAGES
        for url in province.urls
    }
    for (role, _), visitor in visitors.items():
        await visitor.get(urlsplit(province.links[role]).path, follow_redirects=True)
    asking = []
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        role, url = chance.choice(list(visitors))
        path = chance.choice(PAGES[role])
        asking.append(asyncio.create_task(ask(visitors[role, url], path)))
        await asyncio.sleep(chance.expovariate(A_SECOND))
    await asyncio.gather(*asking)
    for visitor in visitors.values():
        await visitor.aclose()
    return taken


def _resident(process: subprocess.Popen[str]) -> float:
    """Megabytes of a process that are its own (proportional share of what is shared)."""
    text = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss: +(\d+)", text, re.MULTILINE)[1]) / 1024


def _cpu_seconds(process: subprocess.Popen[str]) -> float:
    """What it has cost so far: this doesn't hang on who else is at work on the machine."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_a_mixed_load_is_answered_in_time(province: Province) -> None:
    webs = province.processes[: len(province.urls)]
    before = sum(map(_cpu_seconds, webs))
    taken = asyncio.run(_load(province))
    times = quantiles([each for each, _ in taken], n=100)
    each_ms = 1000 * (sum(map(_cpu_seconds, webs)) - before) / len(taken)
    memory = sum(map(_resident, province.processes))
    wrong = [status for _, status in taken if status != 200]
    print(
        f"\n{len(taken) / SECONDS:.0f}/s for {SECONDS} s: p50 {times[49]:.0f} ms, "
        f"p95 {times[94]:.0f} ms, p99 {times[98]:.0f} ms, {len(wrong)} errors, {memory:.0f} MB, "
        f"{each_ms:.1f} ms of a core each"
    )
    assert wrong == []
    assert times[94] <= P95_MS
    assert memory <= MEMORY_MB


def test_a_storm_on_a_feed_while_a_plan_is_solved(province: Province) -> None:
    at = now()
    year = at.year
    wish = Wish(first_day=date(year, 1, 1), last_day=date(year + 1, 12, 31), time_limit_seconds=15)
    with closing(Database(province.database)) as database, database.session() as session:
        queue_plan(session, SYSTEM, wish, at=at)
    time.sleep(4)
    taken = _storm(province)
    times = quantiles(taken, n=1000)
    print(
        f"\nfeeds during a solve: {len(taken) / (sum(taken) / 1000):.0f}/s on one line, "
        f"p50 {times[499]:.2f} ms, p99 {times[989]:.2f} ms, p99.9 {times[998]:.2f} ms"
    )
    assert times[989] <= STORM_P99_MS


def _storm(province: Province) -> list[float]:
    """Ask for one feed, again and again, for five seconds; gives milliseconds."""
    host, port = province.urls[0].removeprefix("http://").split(":")
    known = httpx2.get(province.urls[0] + province.feed).headers["ETag"]
    question = (
        f"GET {province.feed} HTTP/1.1\r\nHost: {host}\r\nIf-None-Match: {known}\r\n\r\n"
    ).encode()
    taken, until = [], time.monotonic() + 5
    with socket.create_connection((host, int(port))) as line:
        while time.monotonic() < until:
            started = time.perf_counter()
            line.sendall(question)
            assert line.recv(65_536).startswith(b"HTTP/1.1 304")
            taken.append(1000 * (time.perf_counter() - started))
    return taken
