"""Serving: pages, feeds and the CalDAV account; on SQLite the clock too, in the same process."""

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from typing import Annotated, NoReturn

import typer
import uvicorn
from sqlmodel import Session
from starlette.types import ASGIApp

from scheduler import logs
from scheduler.cli.access import local_link
from scheduler.cli.address import remember
from scheduler.cli.app import app, out
from scheduler.cli.installation import installation, opened, provinces
from scheduler.cli.keeping import keeping
from scheduler.db import cluster, people
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import PortTaken
from scheduler.domain.terms import Role
from scheduler.hosting import Hosted
from scheduler.jobs.all_rounds import all_rounds
from scheduler.jobs.clock import Clock
from scheduler.jobs.cluster import Waker
from scheduler.jobs.turns import Turns
from scheduler.settings import LogForm, Settings, Web
from scheduler.web.app import create_app, settle
from scheduler.web.by_host import ByHost, Gate
from scheduler.web.context import Context

_BACKLOG = 2048


@app.command()
def serve(
    *,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="TCP port; 0: any.")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
) -> None:
    """Serve the pages, the feeds and the CalDAV account. Ctrl-C stops it.

    On SQLite this process also does all the work behind them; on PostgreSQL `aantafel work` does.
    Of several provinces each is served by its own host name.
    """
    given = {"AANTAFEL_WEB_PORT": port, "AANTAFEL_WEB_HOST": host}
    named = {name: str(value) for name, value in given.items() if value is not None}
    if several := provinces(named):
        _serve_all(several)
        return
    with installation(named) as served, _listening(served.settings.web) as listening:
        _log(served.settings)
        context = _on_its_port(served, listening)
        _welcome(context)
        with _working(context):
            _run(create_app(context), listening)


def _serve_all(several: tuple[Hosted, ...]) -> None:
    """Each behind its own host name, with its own work behind it."""
    common = several[0].settings
    gates = {each.host: Gate(each.name) for each in several}
    turns, stopping = Turns(common.work.solves), threading.Event()

    def keep(province: Hosted, stopping: threading.Event) -> None:
        with opened(province) as context, _working(context, turns):
            app = create_app(context)
            settle()
            with gates[province.host].open_to(app):
                _welcome(context)
                stopping.wait()

    with _listening(common.web) as listening:
        _log(common)
        with keeping(several, keep, stopping):
            _run(ByHost(gates.items()), listening)


def _log(settings: Settings) -> None:
    logs.set_up(as_json=settings.log.form is LogForm.JSON)


@contextmanager
def _working(context: Context, turns: Turns | None = None) -> Iterator[None]:
    """On SQLite all that goes on behind the pages; on PostgreSQL only the waking of who does it."""
    database, clock = context.database, context.clock
    if not cluster.is_shared(database.engine):
        rounds = all_rounds(context.settings, database, context.key, clock)
        with Clock(database, context.policy, clock, rounds=rounds, turns=turns):
            yield
        return
    cluster.prepare(database.engine)
    with Waker(database.engine) as waker:
        database.on_write = waker.heard
        yield


@contextmanager
def _listening(web: Web) -> Iterator[socket.socket]:
    """Take the port before anything else is begun, so that a taken one is said at once."""
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    # Named as TCP: only then does asyncio send small answers at once (TCP_NODELAY).
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((web.host, web.port))
            listening.listen(_BACKLOG)
        except OSError as error:
            raise PortTaken(web.host, web.port, error.strerror or str(error)) from error
        yield listening


def _on_its_port(opened: Context, listening: socket.socket) -> Context:
    """The context with the port that was really taken, remembered for the other commands."""
    host, port = opened.settings.web.host, listening.getsockname()[1]
    remember(opened.settings.data.folder, host, port)
    settings = replace(opened.settings, web=replace(opened.settings.web, port=port))
    return replace(opened, settings=settings)


def _welcome(context: Context) -> None:
    """In one piece: others may be welcoming at the same time."""
    out.print("\n".join(_welcoming(context)), markup=False)


def _welcoming(context: Context) -> Iterator[str]:
    yield f"Aan Tafel: {context.base_url}   (Ctrl-C stops it)"
    with context.database.session() as session:
        if people.has_samples(session) and _only_here(context.settings.web.host):
            yield "Sign in on this machine as:"
            for name, whom in _sample_actors(session):
                yield f"  {name:16} {local_link(session, context, whom)}"


def _only_here(host: str) -> bool:
    return host in {"127.0.0.1", "::1", "localhost"}


def _sample_actors(session: Session) -> Iterator[tuple[str, Actor]]:
    """One of each role, to look around as."""
    yield "coordinator", COORDINATOR
    for person in people.representatives(session, SYSTEM)[:1]:
        yield "representative", Actor(Role.REPRESENTATIVE, person.id)
    for organisation in people.organisations(session)[:1]:
        yield "board", Actor(Role.BOARD, organisation.id)
    for municipality in people.municipalities(session)[:1]:
        yield "municipality", Actor(Role.MUNICIPALITY, municipality.id)
    for corporation in people.corporations(session)[:1]:
        yield "corporation", Actor(Role.CORPORATION, corporation.id)
    yield "province", Actor(Role.PROVINCE)
    yield "auditor", Actor(Role.AUDITOR)
    yield "administrator", Actor(Role.ADMINISTRATOR)


def _run(app: ASGIApp, listening: socket.socket) -> None:
    # The server answers what it has begun, then hands the signal on: leave in order, by `with`.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    # Access lines would hold the tokens of feeds and links; our own log leaves them out.
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, ws="none")
    uvicorn.Server(config).run(sockets=[listening])


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
