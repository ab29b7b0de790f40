"""Taking out a sample with everything that was made of it."""

from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, ColumnExpressionArgument, delete, exists
from sqlalchemy import or_ as either
from sqlmodel import Session, col, select

from scheduler.db.tables import (
    Assignment,
    Feed,
    FormDraft,
    MailAddress,
    Mandate,
    Meeting,
    ParticipationChoice,
    Plan,
    PlannedMeeting,
    Publication,
    PublishedMeeting,
    Representative,
    Row,
    SignInLink,
    TableFollow,
)
from scheduler.db.tables import Session as SignedIn
from scheduler.domain.terms import FeedKind, PlanState, Role
from scheduler.flows.province.sample.addresses import SAMPLE_BOARD, SAMPLE_FUNCTION

_PEOPLE = select(Representative.id).where(col(Representative.is_sample))
_MEETINGS = select(Meeting.id).where(col(Meeting.is_sample))


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCounts:
    """How many rows a sample has, or had; plans and publications count only when they go."""

    representatives: int = 0
    mandates: int = 0
    meetings: int = 0
    plans: int = 0
    publications: int = 0

    def __str__(self) -> str:
        counts = ((field.name, getattr(self, field.name)) for field in fields(self))
        return ", ".join(f"{number} {name}" for name, number in counts if number)


def remove_rows(session: Session) -> SampleCounts:
    """Remove sample representatives, mandates and meetings, and what was made of them.

    - Slots, interests, pins, availability, accounts and the like go with their owner, and so does
      what plans and publications say about a sample meeting or person.
    - A plan that isn't published and has a sample meeting or person in it goes as a whole: the rest
      of it is no plan.
    - Publications go when nothing real is left in any of them. Otherwise all of them stay, so that
      real meetings keep their revisions.
    - When no meeting is left at all, no plan is either.
    - Feeds, addresses and ways in of sample people go, with what they follow and began to write.
      The log stays.

    Rows that the session has read before are no longer part of it.
    """
    session.flush()
    drafts = _delete(session, Plan, col(Plan.state) != PlanState.PUBLISHED, _has_sample())
    _close_ways_in(session)
    _delete(session, MailAddress, col(MailAddress.function).in_((SAMPLE_FUNCTION, *SAMPLE_BOARD)))
    _delete(session, ParticipationChoice, col(ParticipationChoice.is_sample))
    mandates = _delete(session, Mandate, col(Mandate.is_sample))
    meetings = _delete(session, Meeting, col(Meeting.is_sample))
    representatives = _delete(session, Representative, col(Representative.is_sample))
    publications = _delete(session, Publication, ~exists().select_from(PublishedMeeting))
    plans = _delete(session, Plan, _is_pointless())
    session.expunge_all()
    return SampleCounts(
        representatives=representatives,
        mandates=mandates,
        meetings=meetings,
        plans=drafts + plans,
        publications=publications,
    )


def _has_sample() -> ColumnElement[bool]:
    return either(
        exists().where(
            col(PlannedMeeting.plan_id) == Plan.id, col(PlannedMeeting.meeting_id).in_(_MEETINGS)
        ),
        exists().where(
            col(Assignment.plan_id) == Plan.id, col(Assignment.representative_id).in_(_PEOPLE)
        ),
    )


def _is_pointless() -> ColumnElement[bool]:
    """A plan of nothing: the meetings it was about are gone, or there are none to be about."""
    emptied = ~exists().where(col(PlannedMeeting.plan_id) == Plan.id) & ~exists().where(
        col(Publication.plan_id) == Plan.id
    )
    return emptied & either(col(Plan.state) == PlanState.PUBLISHED, ~exists().select_from(Meeting))


def _close_ways_in(session: Session) -> None:
    """These name their subject without a foreign key, so nothing else takes them away."""
    for_people = col(Feed.kind) == FeedKind.REPRESENTATIVE
    _delete(session, Feed, for_people, col(Feed.subject_id).in_(_PEOPLE))
    for way in (SignInLink, SignedIn, TableFollow, FormDraft):
        as_themselves = col(way.role) == Role.REPRESENTATIVE
        _delete(session, way, as_themselves, col(way.subject_id).in_(_PEOPLE))


def _delete(session: Session, table: type[Row], *conditions: ColumnExpressionArgument[bool]) -> int:
    query = delete(table).where(*conditions).execution_options(synchronize_session=False)
    return session.exec(query).rowcount
