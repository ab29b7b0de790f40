"""Publications: numbered and frozen. A meeting's facts are stored once per revision of them.

A revision is valid from `first_publication` up to and including `last_publication` (None: still).
So publication N is all revisions with first <= N and (last is None or last >= N), what it changed
is what begins or ends with it, and publishing costs as much as there are changes.
"""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key
from scheduler.db.types import rule, words
from scheduler.domain.terms import ChangeKind, Character, Level, MeetingState, Mode, Part


class Publication(Row, table=True):
    """One publication; its number says everything about what came before."""

    __tablename__ = "publication"
    __table_args__ = (rule("number", "number >= 1"),)

    number: int = Field(primary_key=True)
    plan_id: int = key("plan.id", cascade=False)
    published_at: datetime = instant()


class PublishedMeeting(Row, table=True):
    """A meeting as published, in one revision; `revision` never falls (RFC 5545, SEQUENCE)."""

    __tablename__ = "published_meeting"
    __table_args__ = (
        UniqueConstraint("meeting_id", "revision"),
        rule("span", "starts_at < ends_at"),
        rule("validity", "last_publication IS NULL OR last_publication >= first_publication"),
        rule("revision", "revision >= 0"),
    )

    id: int = Field(default=None, primary_key=True)
    meeting_id: str = key("meeting.id")
    revision: int
    first_publication: int = key("publication.number")
    last_publication: int | None = Field(default=None, index=True)
    revised_at: datetime = instant()
    uid: str = Field(index=True)
    title: str
    table_name: str | None
    level: Level = Field(sa_type=words(Level))
    character: Character = Field(sa_type=words(Character))
    municipality_id: str | None = Field(default=None, index=True)
    corporation_id: str | None = None
    mode: Mode = Field(sa_type=words(Mode))
    place_id: str | None = None
    place_name: str | None = None
    address: str | None = None
    conference_url: str | None = None
    starts_at: datetime = instant(index=True)
    ends_at: datetime = instant()
    seats_min: int
    seats_max: int
    deputy_wanted: bool
    state: MeetingState = Field(sa_type=words(MeetingState))


class PublishedAttendance(Row, table=True):
    """Who comes to a published meeting, or stands by, and how; travel is one way, 0 online."""

    __tablename__ = "published_attendance"
    __table_args__ = (rule("travel", "travel_minutes >= 0"),)

    published_meeting_id: int = key("published_meeting.id", primary=True)
    representative_id: str = key("representative.id", primary=True)
    organisation_id: str = key("organisation.id")
    part: Part = Field(sa_type=words(Part))
    online: bool
    travel_minutes: int


class PublishedVoice(Row, table=True):
    """An interested organisation and who speaks for it; a speaker of None means: not heard."""

    __tablename__ = "published_voice"

    published_meeting_id: int = key("published_meeting.id", primary=True)
    organisation_id: str = key("organisation.id", primary=True)
    speaker_id: str | None = key("organisation.id", default=None)
    weight: int


class PublicationChange(Row, table=True):
    """One thing that a publication changed about one meeting."""

    __tablename__ = "publication_change"

    publication_number: int = key("publication.number", primary=True)
    meeting_id: str = key("meeting.id", primary=True)
    kind: ChangeKind = Field(sa_type=words(ChangeKind), primary_key=True)
