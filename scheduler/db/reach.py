"""What lies around somebody: how far it is, and at which tables they may be wished."""

from sqlmodel import Session, col, select

from scheduler.db import people
from scheduler.db.tables import Interest, Meeting, Place, Representative, Table, TravelTime
from scheduler.db.views import Named
from scheduler.domain.access import Actor


def farthest_within(
    session: Session, actor: Actor, representative_id: str, minutes: int
) -> str | None:
    """The farthest place that can be reached within so many minutes, by name; None: only home."""
    person = people.representative(session, actor, representative_id)
    home = session.get_one(Representative, person.id).home_id
    query = (
        select(Place.name)
        .join(TravelTime, col(TravelTime.to_id) == col(Place.id))
        .where(TravelTime.from_id == home, TravelTime.minutes <= minutes, Place.id != home)
        .order_by(col(TravelTime.minutes).desc(), Place.name)
    )
    return session.exec(query).first()


def tables_around(session: Session, actor: Actor, representative_id: str) -> tuple[Named, ...]:
    """The tables at which somebody's organisation has to be heard, by name."""
    person = people.representative(session, actor, representative_id)
    concerned = (
        select(Meeting.table_id)
        .join(Interest, col(Interest.meeting_id) == col(Meeting.id))
        .where(Interest.organisation_id == person.organisation.id)
    )
    query = select(Table.id, Table.name).where(col(Table.id).in_(concerned)).order_by(Table.name)
    return tuple(Named(identifier, name) for identifier, name in session.exec(query))


def topics_around(session: Session, actor: Actor, representative_id: str) -> tuple[str, ...]:
    """What these tables are about, by name."""
    names = [each.id for each in tables_around(session, actor, representative_id)]
    query = select(Meeting.topics).where(col(Meeting.table_id).in_(names))
    return tuple(sorted({topic for topics in session.exec(query) for topic in topics}))
