"""Requests for somebody to go in another's place, as far as the asking actor may see them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from scheduler.db.tables import PublishedMeeting, Representative, StandInAsked, StandInRequest
from scheduler.db.views import Named
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import MeetingState, Part, Role, StandInState


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedView:
    """One who is asked."""

    who: Named
    agreed: bool
    declined: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StandInView:
    """A request with everybody who is asked, by name; `taken_by` is who goes."""

    id: str
    meeting_id: str
    who: Named
    part: Part
    state: StandInState
    asked_at: datetime
    taken_by: Named | None
    asked: tuple[AskedView, ...]

    def asks(self, representative_id: str) -> AskedView | None:
        """How it stands with one who is asked."""
        return next((each for each in self.asked if each.who.id == representative_id), None)


def newest_of(
    session: Session, actor: Actor, representative_id: str, meeting_id: str
) -> StandInView | None:
    """What this person asked last about this meeting, for that person and who sees all."""
    if actor != Actor(Role.REPRESENTATIVE, representative_id) and not actor.sees_all:
        raise NotFound("verzoek")
    mine = (
        col(StandInRequest.representative_id) == representative_id,
        col(StandInRequest.meeting_id) == meeting_id,
    )
    found = _views(session, *mine)
    return found[-1] if found else None


def request_of(session: Session, representative_id: str, request_id: str) -> StandInView:
    """A request in which this person is asked; NotFound otherwise."""
    found = _views(session, col(StandInRequest.id) == request_id)
    if not found or found[0].asks(representative_id) is None:
        raise NotFound("verzoek")
    return found[0]


def asked_of(session: Session, actor: Actor, *, at: datetime) -> tuple[StandInView, ...]:
    """What a representative is asked to take over and hasn't refused, of meetings to come."""
    if actor.role is not Role.REPRESENTATIVE or actor.subject is None:
        return ()
    mine = select(StandInAsked.request_id).where(
        StandInAsked.representative_id == actor.subject,
        col(StandInAsked.declined_at).is_(None),
    )
    return _views(session, _open_and_ahead(at), col(StandInRequest.id).in_(mine))


def open_requests(session: Session, actor: Actor, *, at: datetime) -> tuple[StandInView, ...]:
    """Every open request about a meeting to come, the oldest first, for who sees all."""
    actor.must_see_all()
    return _views(session, _open_and_ahead(at))


def _open_and_ahead(at: datetime) -> ColumnElement[bool]:
    ahead = select(PublishedMeeting.meeting_id).where(
        col(PublishedMeeting.last_publication).is_(None),
        PublishedMeeting.state == MeetingState.PLANNED,
        PublishedMeeting.starts_at > at,
    )
    is_open = col(StandInRequest.state) == StandInState.OPEN
    return is_open & col(StandInRequest.meeting_id).in_(ahead)


def _views(session: Session, *conditions: ColumnElement[bool]) -> tuple[StandInView, ...]:
    query = select(StandInRequest).where(*conditions)
    rows = session.exec(query.order_by(col(StandInRequest.asked_at), StandInRequest.id)).all()
    asked = _asked(session, [row.id for row in rows])
    names = _names(session)
    return tuple(_view(row, asked[row.id], names) for row in rows)


def _asked(session: Session, requests: Sequence[str]) -> Mapping[str, list[StandInAsked]]:
    query = select(StandInAsked).where(col(StandInAsked.request_id).in_(requests))
    found: dict[str, list[StandInAsked]] = defaultdict(list)
    for row in session.exec(query.order_by(StandInAsked.representative_id)):
        found[row.request_id].append(row)
    return found


def _names(session: Session) -> Mapping[str, Named]:
    query = select(Representative.id, Representative.label)
    return {identifier: Named(identifier, label) for identifier, label in session.exec(query)}


def _view(
    row: StandInRequest, asked: Sequence[StandInAsked], names: Mapping[str, Named]
) -> StandInView:
    return StandInView(
        id=row.id,
        meeting_id=row.meeting_id,
        who=names[row.representative_id],
        part=row.part,
        state=row.state,
        asked_at=row.asked_at,
        taken_by=names[row.taken_by] if row.taken_by else None,
        asked=tuple(
            AskedView(
                who=names[each.representative_id],
                agreed=each.agreed,
                declined=each.declined_at is not None,
            )
            for each in asked
        ),
    )
