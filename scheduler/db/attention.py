"""Rows that ask for a coordinator's attention: what ends soon, what waits, what failed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from scheduler.db import mandates
from scheduler.db.tables import (
    ConnectedCalendar,
    Connection,
    Corporation,
    MeetingRequest,
    Municipality,
    Plan,
    Representative,
)
from scheduler.db.views import Named
from scheduler.domain.access import Actor
from scheduler.domain.errors import Sentence
from scheduler.domain.terms import DeliveryPhase, PlanState, RequestState


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingMandate:
    """A mandate whose last day (inclusive) is near; withdrawn where that was on purpose."""

    id: str
    giver: Named
    holder: Named
    last_day: date
    withdrawn: bool


def mandates_ending(
    session: Session, actor: Actor, *, first_day: date, last_day: date
) -> tuple[EndingMandate, ...]:
    """The agreed mandates that end in these days (inclusive), the first to end first.

    Not those that are being renewed.
    """
    actor.must_see_all()
    views = mandates.mandates(session, actor)
    renewed = {each.renews_id for each in views}
    found = [
        EndingMandate(
            id=each.id,
            giver=each.giver,
            holder=each.holder,
            last_day=each.term.last_in_force,
            withdrawn=each.term.stops_on is not None,
        )
        for each in views
        if each.term.ever_counts
        and first_day <= each.term.last_in_force <= last_day
        and each.id not in renewed
    ]
    return tuple(sorted(found, key=lambda each: (each.last_day, each.id)))


def people_stopping(
    session: Session, actor: Actor, *, first_day: date, last_day: date
) -> tuple[tuple[Named, date], ...]:
    """The representatives whose last day is one of these (inclusive), with that day."""
    actor.must_see_all()
    day = col(Representative.last_day)
    query = select(Representative).where(day >= first_day, day <= last_day)
    return tuple(
        (Named(row.id, row.label), row.last_day)
        for row in session.exec(query.order_by(day, Representative.id))
        if row.last_day
    )


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """A plan that isn't published: proposed or drafted, or one that couldn't be made."""

    id: int
    state: PlanState
    created_at: datetime
    failure: str


def open_plans(session: Session, actor: Actor, *, since: datetime) -> tuple[OpenPlan, ...]:
    """The drafts and proposals that wait, and what failed since an instant; the newest first.

    Of proposals that stand side by side only the leading one is named.
    """
    actor.must_see_all()
    leads = col(Plan.lead_id).is_(None)
    query = select(Plan).where(
        (col(Plan.state) == PlanState.DRAFT)
        | (leads & (col(Plan.state) == PlanState.PROPOSED))
        | (leads & (col(Plan.state) == PlanState.FAILED) & (col(Plan.created_at) >= since))
    )
    return tuple(
        OpenPlan(row.id, row.state, row.created_at, row.failure)
        for row in session.exec(query.order_by(col(Plan.id).desc()))
    )


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request that waits for the coordinator; `asker` is empty where the province asks.

    `answer_until` is the asker's last day (inclusive), if any. `has_changed`: the calendar that it
    came from says something else by now.
    """

    id: str
    title: str
    asker: str
    answer_until: date | None
    created_at: datetime
    has_changed: bool


def requests_waiting(session: Session, actor: Actor) -> tuple[OpenRequest, ...]:
    """The requests that wait for an answer or a look, the oldest first."""
    actor.must_see_all()
    asker = func.coalesce(col(Municipality.name), col(Corporation.name), "")
    query = (
        select(MeetingRequest, asker)
        .join(Municipality, isouter=True)
        .join(Corporation, isouter=True)
        .where(
            or_(
                col(MeetingRequest.state) == RequestState.RECEIVED,
                col(MeetingRequest.needs_look),
            )
        )
        .order_by(col(MeetingRequest.created_at), MeetingRequest.id)
    )
    return tuple(
        OpenRequest(
            row.id, row.title, name, row.answer_until, row.created_at, has_changed=row.needs_look
        )
        for row, name in session.exec(query)
    )


@dataclass(frozen=True, slots=True)
class StuckCalendar:
    """A connection of which a calendar waits until somebody acts; `said` is why, in words."""

    connection_id: str
    owner: Named
    said: Sentence
    since: datetime | None


_STUCK = (DeliveryPhase.PAUSED, DeliveryPhase.PARKED, DeliveryPhase.DEAD)


def calendars_stuck(
    session: Session, actor: Actor, *, before: datetime
) -> tuple[StuckCalendar, ...]:
    """The connections with a calendar that is stuck, or has failed since before an instant."""
    actor.must_see_all()
    failing = col(ConnectedCalendar.failing_since)
    query = (
        select(Connection, ConnectedCalendar, Representative)
        .join(ConnectedCalendar)
        .join(Representative)
        .where(
            col(ConnectedCalendar.is_chosen),
            col(Connection.paused).is_(False),
            or_(col(ConnectedCalendar.phase).in_(_STUCK), failing < before),
        )
        .order_by(Representative.id, Connection.id, ConnectedCalendar.id)
    )
    found = {
        row.id: StuckCalendar(
            row.id,
            Named(owner.id, owner.label),
            Sentence(calendar.said_nl, calendar.said_en),
            calendar.failing_since,
        )
        for row, calendar, owner in session.exec(query)
    }
    return tuple(found.values())
