"""Who should go together and doesn't: a pair where the table asks for one, somebody on trial."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session, col, select

from scheduler.db.tables import Meeting, Representative, Table
from scheduler.db.views import MeetingView
from scheduler.domain.access import Actor
from scheduler.domain.terms import Bond, Experience, MeetingState
from scheduler.domain.times import local


class Lack(StrEnum):
    """Who is missing beside those who go."""

    VOLUNTEER = "volunteer"
    PROFESSIONAL = "professional"
    EXPERIENCED = "experienced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """What a meeting lacks; `on_trial` are those who go there in their trial, by label."""

    meeting: MeetingView
    lacks: tuple[Lack, ...]
    on_trial: tuple[str, ...]


def lacking_company(
    session: Session, actor: Actor, meetings: Iterable[MeetingView]
) -> tuple[Company, ...]:
    """The meetings that are on, at which somebody goes and somebody is missing beside them.

    Raises:
        NotAllowed: the actor doesn't see all.
    """
    actor.must_see_all()
    attended = [e for e in meetings if e.attendees and e.state is MeetingState.PLANNED]
    people = _people(session, attended)
    pairs = _pairs(session, [each.id for each in attended])
    found = (_company(each, people, asks=each.id in pairs) for each in attended)
    return tuple(each for each in found if each.lacks)


def is_on_trial(person: Representative, day: date) -> bool:
    """Whether a local day lies in somebody's trial."""
    first, last = person.trial_first_day, person.trial_last_day
    return first is not None and last is not None and first <= day <= last


def _company(view: MeetingView, people: Mapping[str, Representative], *, asks: bool) -> Company:
    there = [people[each.representative_id] for each in view.attendees]
    day = local(view.starts_at).date()
    tried = [each for each in there if is_on_trial(each, day)]
    lacks = [*(_unpaired(there) if asks else ()), *_unaccompanied(there, tried)]
    return Company(
        meeting=view, lacks=tuple(lacks), on_trial=tuple(sorted(each.label for each in tried))
    )


def _unpaired(there: Iterable[Representative]) -> Iterator[Lack]:
    bonds = {each.bond for each in there}
    if Bond.VOLUNTEER not in bonds:
        yield Lack.VOLUNTEER
    if Bond.PROFESSIONAL not in bonds:
        yield Lack.PROFESSIONAL


def _unaccompanied(
    there: Iterable[Representative], tried: Collection[Representative]
) -> Iterator[Lack]:
    beside = (each for each in there if each not in tried)
    if tried and all(each.experience is Experience.NEW for each in beside):
        yield Lack.EXPERIENCED


def _people(session: Session, meetings: Iterable[MeetingView]) -> Mapping[str, Representative]:
    wanted = {each.representative_id for view in meetings for each in view.attendees}
    query = select(Representative).where(col(Representative.id).in_(wanted))
    return {row.id: row for row in session.exec(query)}


def _pairs(session: Session, meetings: Collection[str]) -> frozenset[str]:
    """Those of these meetings whose table asks for a volunteer and a professional together."""
    query = (
        select(Meeting.id)
        .join(Table, col(Table.id) == col(Meeting.table_id))
        .where(col(Table.pair_wanted), col(Meeting.id).in_(meetings))
    )
    return frozenset(session.exec(query))
