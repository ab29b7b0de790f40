"""The small province behind a real server, and a real browser in front of it."""

import shutil
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from time import sleep

import pytest
import uvicorn
from originals import Originals
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlmodel import Session

from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import (
    Character,
    DecisionRule,
    Level,
    PlanMode,
    Role,
    Stance,
    WeightRule,
)
from scheduler.domain.voting import Split
from scheduler.flows.access.sign_in import new_sign_in_link
from scheduler.flows.planning.rebalance import BESIDE, Rebalance, queue_rebalance
from scheduler.flows.voting import Cast, cast_ballot, close_vote, confirm_vote, open_vote
from scheduler.flows.what_if import MandatesEverywhere, Question, suppose
from scheduler.jobs.clock import Clock
from scheduler.jobs.planning import solve_next
from scheduler.jobs.supposing import suppose_next
from scheduler.settings import Settings
from scheduler.web.app import create_app
from scheduler.web.context import Context

NOW = datetime.fromisoformat("2027-03-02T08:30:00+00:00")
PATIENCE = 30_000  # milliseconds: a machine busy with other tests is slow, which is no fault
expect.set_options(timeout=PATIENCE)
WHO = {
    "coordinator": COORDINATOR,
    "representative": Actor(Role.REPRESENTATIVE, "r12"),
    "colleague": Actor(Role.REPRESENTATIVE, "r14"),
    "board": Actor(Role.BOARD, "sbde"),
    "holder": Actor(Role.BOARD, "mevm"),
    "municipality": Actor(Role.MUNICIPALITY, "GM0114"),
    "corporation": Actor(Role.CORPORATION, "lefier"),
    "province": Actor(Role.PROVINCE),
    "auditor": Actor(Role.AUDITOR),
    "administrator": Actor(Role.ADMINISTRATOR),
}


@dataclass(frozen=True)
class Site:
    """A running site: its address, and for each role a link that signs in."""

    url: str
    links: dict[str, str]


@pytest.fixture(scope="session")
def site(templates: Originals) -> Iterator[Site]:
    """For looking: nothing done here may change what others see."""
    with _site(templates) as (found, _):
        yield found


@pytest.fixture
def working_site(templates: Originals) -> Iterator[Site]:
    """For one test alone, with the clock that works off the queue."""
    with (
        _site(templates) as (found, context),
        Clock(context.database, context.policy, context.clock),
    ):
        yield found


@pytest.fixture(scope="session")
def proposing_site(templates: Originals) -> Iterator[Site]:
    """For looking: two proposals at 3 and one to come; supposition 1 has its answer, 2 waits."""
    with _site(templates) as (found, context):
        _propose(context)
        yield found


@pytest.fixture
def voting_site(templates: Originals) -> Iterator[Site]:
    """For one test alone: of the votes at one meeting one is open, one closed, one final."""
    with _site(templates) as (found, context):
        with context.database.session() as session:
            _vote(session)
        yield found


@dataclass(frozen=True)
class MovingSite:
    """A site whose clock the test moves; everybody gets a new link to sign in with then."""

    site: Site
    move: Callable[[datetime], None]


@pytest.fixture
def moving_site(templates: Originals) -> Iterator[MovingSite]:
    """For one test alone: a table that votes, an agenda, and the clock that works off the queue."""
    now = [NOW]
    with _site(templates, lambda: now[0]) as (found, context):
        with context.database.session() as session:
            _items(session, ("Eén urgentieregel", "Inschrijfkosten"))

        def move(instant: datetime) -> None:
            now[0] = instant
            found.links.update(_links(context))

        with Clock(context.database, context.policy, context.clock):
            yield MovingSite(found, move)


def _vote(session: Session) -> None:
    titles = ("Eén urgentieregel", "Inschrijfkosten", "Begroting", "Later")
    for ends, item in enumerate(_items(session, titles)[:-1]):
        _vote_on(session, item, ends=ends)


def _items(session: Session, titles: Iterable[str]) -> list[str]:
    """A table that votes, and the items on the agenda of its meeting."""
    row = tables.Table(
        id="t-urgentie",
        name="Urgentieregels",
        level=Level.PROVINCE,
        character=Character.DECIDING,
        votes=True,
        weight_rule=WeightRule.DWELLINGS,
        decision_rule=DecisionRule.TENANTS_HALF,
        quorum_percent=50,
    )
    session.add(row)
    session.flush()
    session.get_one(tables.Meeting, "m-urgentie").table_id = row.id
    items = [
        tables.AgendaItem(id=f"ag-{place}", meeting_id="m-urgentie", position=place, title=title)
        for place, title in enumerate(titles)
    ]
    session.add_all(items)
    session.flush()
    return [each.id for each in items]


def _vote_on(session: Session, item: str, *, ends: int) -> None:
    """A vote that stays open, with `ends` 1 is closed, with 2 confirmed as well."""
    vote = open_vote(session, COORDINATOR, "m-urgentie", item, at=NOW)
    split = Split(for_=1_000, against=800)
    for given in (
        Cast(organisation_id="federatie", stance=Stance.FOR),
        Cast(organisation_id="sbde", stance=Stance.FOR),
        Cast(organisation_id="sbde", stance=Stance.SPLIT, split=split),
    ):
        cast_ballot(session, COORDINATOR, vote, given, at=NOW)
    for end in (close_vote, confirm_vote)[:ends]:
        end(session, COORDINATOR, vote, at=NOW)


def _propose(context: Context) -> None:
    wish = Rebalance(
        mode=PlanMode.REPLAN,
        first_day=NOW.date(),
        last_day=date(2027, 4, 30),
        time_limit_seconds=3,
    )
    everywhere = Question(
        supposition=MandatesEverywhere(), mode=PlanMode.REPLAN, time_limit_seconds=2
    )
    with context.database.session() as session:
        queue_rebalance(session, COORDINATOR, wish, at=NOW)
        suppose(session, COORDINATOR, everywhere, at=NOW)
    for _ in BESIDE[wish.mode]:
        solve_next(context.database, context.policy, clock=context.clock)
    suppose_next(context.database, context.policy, clock=context.clock)
    with context.database.session() as session:
        suppose(session, COORDINATOR, everywhere, at=NOW)


@contextmanager
def _site(
    templates: Originals, clock: Callable[[], datetime] = lambda: NOW
) -> Iterator[tuple[Site, Context]]:
    with (
        templates.copy("province") as database,
        closing(socket.create_server(("127.0.0.1", 0))) as listening,
    ):
        settings = Settings.read({"AANTAFEL_WEB_PORT": str(listening.getsockname()[1])})
        context = Context(
            settings=settings, database=database, key=SecretKey(b"k" * 32), clock=clock
        )
        with _serving(context, listening):
            yield Site(context.base_url, _links(context)), context


@contextmanager
def _serving(context: Context, listening: socket.socket) -> Iterator[None]:
    app = create_app(context)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        sleep(0.02)
    yield
    server.should_exit = True
    thread.join()


def _links(context: Context) -> dict[str, str]:
    with context.database.session() as session:
        return {
            name: new_sign_in_link(
                session,
                SYSTEM,
                actor,
                context.base_url,
                minutes=60,
                reusable=True,
                at=context.clock(),
            )
            for name, actor in WHO.items()
        }


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, as root it needs --no-sandbox."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if found is None:
        pytest.skip("no Chromium is installed here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens a browser window, signed in as the role where one is named.

    Whatever the console complains about, a refused style or script among it, fails the test; but
    not that a form with a fault comes back as 400, or one that came too late as 409, as it should,
    nor that signing out cleared the browser.
    """
    contexts, complaints = [], []

    def open_window(
        role: str | None = None, *, width: int = 1280, at: Site = site, **wishes: object
    ) -> Page:
        wanted = {"viewport": {"width": width, "height": 800}, "base_url": at.url, **wishes}
        context = chromium.new_context(**wanted)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        if role:
            page.goto(at.links[role])
        return page

    yield open_window
    for context in contexts:
        context.close()
    expected = ("with a status of 400", "with a status of 409", "Clear-Site-Data header")
    assert [each for each in complaints if not any(word in each for word in expected)] == []
