"""Who calls: the program behind an API key, what it may do, and how often."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlmodel import Session

from scheduler.domain.access import Actor
from scheduler.domain.errors import AanTafelError, Sentence
from scheduler.domain.terms import ApiScope
from scheduler.flows.software.api_keys import KeyHolder, KeyRefused, holder_of_key
from scheduler.web.context import Context, DatabaseSession, context_of
from scheduler.web.pace import Pace

_BEARER = HTTPBearer(
    auto_error=False, scheme_name="apiKey", description="An API key: `Authorization: Bearer …`."
)
_STRANGERS = 60
"""How many keys that don't work may be tried from one address in a minute."""


class ScopeLacking(AanTafelError):
    """The key is good, but not for this."""

    def __init__(self, scope: ApiScope) -> None:
        """Name what it lacks."""
        super().__init__(
            Sentence(
                f"Deze sleutel heeft het recht {scope} niet.",
                f"This key lacks the scope {scope}.",
            )
        )


class TooOften(AanTafelError):
    """More requests than a key may make; `seconds` until the next."""

    def __init__(self, seconds: int) -> None:
        """Say how long to wait."""
        super().__init__(
            Sentence(
                f"Te veel verzoeken. Wacht {seconds} seconden.",
                f"Too many requests. Wait {seconds} seconds.",
            )
        )
        self.seconds = seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Paces:
    """How often each key may ask, and how often strangers may try."""

    keys: Pace
    strangers: Pace

    @classmethod
    def of(cls, context: Context) -> "Paces":
        """By the settings."""
        a_minute = context.settings.api.requests_per_minute
        return cls(keys=Pace(a_minute=a_minute), strangers=Pace(a_minute=_STRANGERS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """One call: whose program, when, and the session in which it is answered."""

    holder: KeyHolder
    context: Context
    session: Session
    at: datetime

    @property
    def actor(self) -> Actor:
        """The body whose program it is."""
        return self.holder.actor


Credentials = Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]


def caller_with(scope: ApiScope) -> Callable[..., Caller]:
    """What finds out who calls, and that they may do this."""

    def call(request: Request, session: DatabaseSession, given: Credentials) -> Caller:
        context = context_of(request)
        holder = _holder(request, session, given, context.clock())
        if scope not in holder.scopes:
            raise ScopeLacking(scope)
        return Caller(holder=holder, context=context, session=session, at=context.clock())

    return call


def _holder(
    request: Request, session: Session, given: HTTPAuthorizationCredentials | None, at: datetime
) -> KeyHolder:
    paces: Paces = request.app.state.paces
    try:
        holder = holder_of_key(session, given.credentials if given else "", at=at)
    except KeyRefused:
        _count(request, paces.strangers, request.client.host if request.client else "")
        raise
    _count(request, paces.keys, holder.key_id)
    return holder


def _count(request: Request, pace: Pace, name: str) -> None:
    wait = pace.seconds_to_wait(name)
    request.state.limit = (pace.most, pace.left(name), wait or 60)
    if wait:
        raise TooOften(wait)


# Scope "function": the work is committed before the answer leaves.
RequestReader = Annotated[Caller, Depends(caller_with(ApiScope.REQUESTS_READ), scope="function")]
RequestWriter = Annotated[Caller, Depends(caller_with(ApiScope.REQUESTS_WRITE), scope="function")]
MeetingReader = Annotated[Caller, Depends(caller_with(ApiScope.MEETINGS_READ), scope="function")]
WebhookWriter = Annotated[Caller, Depends(caller_with(ApiScope.WEBHOOKS_WRITE), scope="function")]
