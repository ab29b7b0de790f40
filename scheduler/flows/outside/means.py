"""What is needed to reach calendars elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_network
from random import Random
from secrets import SystemRandom

from calendars.stores import Guard
from scheduler.db.engine import Database
from scheduler.domain.sealing import Seal
from scheduler.domain.secrets import SecretKey
from scheduler.domain.times import now
from scheduler.settings import Settings

_EVERYWHERE = (ip_network("0.0.0.0/0"), ip_network("::/0"))

SEALED_FOR = "calendar password"


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """The database, the seal of passwords, where we may go, and how often.

    Attributes:
        poll: how long a calendar in which nothing of ours changed is left alone.
        busy_ahead: how far ahead taken time is read.
        random: spreads the waits of servers in trouble.
    """

    database: Database
    seal: Seal
    guard: Guard
    base_url: str
    poll: timedelta
    busy_ahead: timedelta
    clock: Callable[[], datetime] = now
    random: Random = field(default_factory=SystemRandom)


def means_of(
    settings: Settings,
    database: Database,
    key: SecretKey,
    clock: Callable[[], datetime] = now,
) -> Means:
    """What an installation's settings give."""
    return Means(
        database=database,
        seal=Seal(key, SEALED_FOR),
        guard=guard_of(settings),
        base_url=settings.web.url,
        poll=timedelta(minutes=settings.calendars.poll_minutes),
        busy_ahead=timedelta(days=settings.calendars.busy_days_ahead),
        clock=clock,
    )


def guard_of(settings: Settings) -> Guard:
    """Where the server may go, by the settings."""
    if settings.calendars.allow_private_addresses:
        return Guard(allowed=_EVERYWHERE, plain_http=True, ports=None)
    return Guard()
