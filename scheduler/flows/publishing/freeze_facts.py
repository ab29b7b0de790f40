"""Store what a publication says of one meeting, as a revision that never changes again."""

from dataclasses import asdict

from sqlmodel import Session, col, select

from scheduler.db.tables import (
    Publication,
    PublishedAttendance,
    PublishedMeeting,
    PublishedVoice,
)
from scheduler.flows.publishing.facts import FROZEN, Facts


def freeze(session: Session, publication: Publication, facts: Facts) -> int:
    """Store the facts in place of those in force; gives the revision's number, from 0."""
    revision = _close(session, facts.meeting_id, publication.number)
    row = PublishedMeeting(
        **{name: getattr(facts, name) for name in FROZEN},
        revision=revision,
        first_publication=publication.number,
        revised_at=publication.published_at,
    )
    session.add(row)
    session.flush()
    session.add_all(
        PublishedAttendance(published_meeting_id=row.id, **asdict(presence))
        for presence in sorted(facts.people)
    )
    session.add_all(
        PublishedVoice(published_meeting_id=row.id, **asdict(hearing)) for hearing in facts.voices
    )
    return revision


def _close(session: Session, meeting_id: str, number: int) -> int:
    """End the revision in force, and give the next one's number."""
    row = session.exec(
        select(PublishedMeeting).where(
            PublishedMeeting.meeting_id == meeting_id,
            col(PublishedMeeting.last_publication).is_(None),
        )
    ).first()
    if row is None:
        return 0
    row.last_publication = number - 1
    return row.revision + 1
