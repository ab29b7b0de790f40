"""How it stands with the work behind the pages, in figures: for who keeps watch over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from scheduler.db import cluster, published
from scheduler.db.cluster import Cluster
from scheduler.db.tables import (
    ConnectedCalendar,
    Connection,
    Outgoing,
    Plan,
    Supposition,
    WebhookDelivery,
)
from scheduler.domain.access import Actor
from scheduler.domain.terms import DeliveryState, MailState, PlanState, SuppositionState

WAITING, WORKING, DONE, FAILED = "waiting", "working", "done", "failed"
_STATES: Mapping[str, str] = {
    PlanState.QUEUED: WAITING,
    PlanState.SOLVING: WORKING,
    PlanState.FAILED: FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Counts of now, and instants in UTC; an instant is None where there is nothing of its kind.

    Attributes:
        plans: how many by state (waiting, working, done, failed).
        suppositions: likewise.
        oldest_plan: since when the first plan or supposition waits.
        solve_seconds: how long all plans together were thought about.
        mails: how many by state.
        oldest_mail: since when the first mail could have gone.
        calendars: how many elsewhere are in use.
        failing_calendars: how many of those can't be reached.
        oldest_sync: when the one that waits longest was last as it should be.
        messages: how many wait for subscribers' software.
        publication: the newest one's number; 0 where there is none.
        published_at: when that was.
        cluster: the workers; None on SQLite, where the pages' process does the work.
    """

    plans: Mapping[str, int]
    suppositions: Mapping[str, int]
    oldest_plan: datetime | None
    solve_seconds: float
    mails: Mapping[str, int]
    oldest_mail: datetime | None
    calendars: int
    failing_calendars: int
    oldest_sync: datetime | None
    messages: int
    publication: int
    published_at: datetime | None
    cluster: Cluster | None


def standing(session: Session, actor: Actor, *, at: datetime) -> Standing:
    """The figures as they are now, for who sees all; no person is in them."""
    actor.must_see_all()
    plans = dict(session.exec(select(Plan.state, func.count()).group_by(Plan.state)).all())
    asked = select(Supposition.state, func.count()).group_by(Supposition.state)
    mails = dict(session.exec(select(Outgoing.state, func.count()).group_by(Outgoing.state)).all())
    calendars, failing, oldest_sync = _calendars(session)
    newest = published.newest(session)
    return Standing(
        plans=_by_state(plans),
        suppositions=_by_state(dict(session.exec(asked).all())),
        oldest_plan=_oldest_plan(session),
        solve_seconds=session.exec(select(func.sum(Plan.wall_seconds))).one() or 0.0,
        mails={state.value: mails.get(state, 0) for state in MailState},
        oldest_mail=_oldest_mail(session, at),
        calendars=calendars,
        failing_calendars=failing,
        oldest_sync=oldest_sync,
        messages=_messages(session),
        publication=newest.number if newest else 0,
        published_at=newest.published_at if newest else None,
        cluster=cluster.standing(session),
    )


def _by_state(counts: Mapping[str, int]) -> dict[str, int]:
    found = dict.fromkeys((WAITING, WORKING, DONE, FAILED), 0)
    for state, number in counts.items():
        found[_STATES.get(state, DONE)] += number
    return found


def _oldest_plan(session: Session) -> datetime | None:
    queued = select(func.min(Plan.created_at)).where(Plan.state == PlanState.QUEUED)
    asked = select(func.min(Supposition.asked_at)).where(
        Supposition.state == SuppositionState.QUEUED
    )
    return min(filter(None, (session.exec(queued).one(), session.exec(asked).one())), default=None)


def _oldest_mail(session: Session, at: datetime) -> datetime | None:
    due = select(func.min(Outgoing.not_before)).where(
        Outgoing.state == MailState.WAITING, Outgoing.not_before <= at
    )
    return session.exec(due).one()


def _calendars(session: Session) -> tuple[int, int, datetime | None]:
    in_use = (
        select(
            func.count(),
            func.count(col(ConnectedCalendar.failing_since)),
            func.min(ConnectedCalendar.succeeded_at),
        )
        .join(Connection)
        .where(col(ConnectedCalendar.is_chosen), col(Connection.paused).is_(False))
    )
    number, failing, oldest = session.exec(in_use).one()
    return number, failing, oldest


def _messages(session: Session) -> int:
    waiting = WebhookDelivery.state == DeliveryState.WAITING
    return session.exec(select(func.count()).select_from(WebhookDelivery).where(waiting)).one()
