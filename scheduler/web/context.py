"""What the application runs on, and what every request starts from."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from scheduler.clamd import Scanner
from scheduler.db.engine import Database
from scheduler.domain.access import Actor
from scheduler.domain.errors import SignInNeeded
from scheduler.domain.secrets import SecretKey
from scheduler.domain.times import local, now
from scheduler.flows.access.sessions import SignedIn as SignedInSession
from scheduler.flows.access.sessions import session_of
from scheduler.policy import PlanningPolicy, read_policy
from scheduler.settings import Settings
from scheduler.web.turns import Turns

_SESSION, _ASKED, _OFFICE = "aantafel", "aantafel-vraag", "aantafel-kantoor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the application is made with.

    Attributes:
        settings: all settings.
        database: where sessions come from; whoever made it closes it.
        key: the installation's secret key.
        clock: gives the present instant in UTC.
        policy: what holds for every plan.
        province: how commands and the log call it; empty where there is one in the installation.
        turns: how many requests are at work at once.
    """

    settings: Settings
    database: Database
    key: SecretKey
    clock: Callable[[], datetime] = now
    policy: PlanningPolicy = field(default_factory=read_policy)
    province: str = ""
    turns: Turns = field(default_factory=Turns)

    @property
    def base_url(self) -> str:
        """How others reach us, without a slash at the end."""
        return self.settings.web.url

    @property
    def scanner(self) -> Scanner | None:
        """The virus scanner for what is uploaded; None where none is set."""
        papers = self.settings.papers
        return Scanner(papers.scanner, papers.scan_seconds) if papers.scanner else None

    @property
    def secure(self) -> bool:
        """Whether we are reached over TLS, so that cookies may demand it."""
        return self.base_url.startswith("https://")

    @property
    def idle(self) -> timedelta:
        """How long a browser may stay unused before it is signed out."""
        return timedelta(days=self.settings.web.idle_days)

    @property
    def session_cookie(self) -> str:
        """The name of the cookie of who is signed in; over TLS no neighbour can set it."""
        return f"__Host-{_SESSION}" if self.secure else _SESSION

    @property
    def asking_cookie(self) -> str:
        """The name of the cookie of a browser that asked for a link."""
        return f"__Host-{_ASKED}" if self.secure else _ASKED

    @property
    def office_cookie(self) -> str:
        """The name of the cookie of a browser that is away at its own organisation."""
        return f"__Host-{_OFFICE}" if self.secure else _OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request: who asks, when, and the session in which it is answered.

    `actor` is None for nobody, and for who still has to give a second factor: the door to that
    alone looks at `signed_in`.
    """

    request: Request
    context: Context
    session: Session
    actor: Actor | None
    at: datetime
    signed_in: SignedInSession | None = None

    @property
    def today(self) -> date:
        """The day on the province's own calendar."""
        return local(self.at).date()

    @property
    def who(self) -> Actor:
        """Who asks; SignInNeeded where nobody is signed in."""
        if self.actor is None:
            raise SignInNeeded
        return self.actor


def context_of(request: Request) -> Context:
    """The context that the application was made with."""
    context: Context = request.app.state.context
    return context


async def _turn(request: Request) -> AsyncIterator[None]:
    """Asked for after the body has come in, and given back before the answer goes out."""
    async with context_of(request).turns.turn():
        yield


def _session(
    request: Request, _in_turn: Annotated[None, Depends(_turn, scope="function")]
) -> Iterator[Session]:
    with context_of(request).database.session() as session:
        yield session


# Scope "function": the work is committed before the answer leaves, so whoever follows a redirect
# finds it done.
DatabaseSession = Annotated[Session, Depends(_session, scope="function")]


def _anyone(request: Request, session: DatabaseSession) -> Visit:
    context = context_of(request)
    at = context.clock()
    token = request.cookies.get(context.session_cookie)
    found = session_of(session, token, at=at, idle=context.idle) if token else None
    actor = None if found is None or found.second_needed else found.actor
    return Visit(
        request=request, context=context, session=session, actor=actor, at=at, signed_in=found
    )


Anyone = Annotated[Visit, Depends(_anyone, scope="function")]


def _signed_in(visit: Anyone) -> Visit:
    if visit.actor is None:
        raise SignInNeeded
    return visit


SignedIn = Annotated[Visit, Depends(_signed_in, scope="function")]


def _coordinator(visit: SignedIn) -> Visit:
    """Who plans for all; who only reads along may look, at the doors that are open to them."""
    visit.who.must_see_all()
    return visit


Coordinating = Annotated[Visit, Depends(_coordinator, scope="function")]
