"""What is published, read from bare rows: who goes, and who speaks for whom."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from scheduler.db import tables

HERE = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A published meeting that is on; `going` is by person, `voices` whom each is heard through."""

    id: str
    title: str
    starts_at: datetime
    ends_at: datetime
    level: str
    character: str
    town: str | None
    corporation: str | None
    table: str | None
    topics: frozenset[str]
    going: Mapping[str, str]
    deputy: str | None
    voices: Mapping[str, str | None]

    @property
    def day(self) -> date:
        """The local day on which it begins."""
        return self.starts_at.astimezone(HERE).date()

    @property
    def there(self) -> frozenset[str]:
        """The organisations that sit at the table."""
        return frozenset(self.going.values())

    @property
    def through_others(self) -> Mapping[str, str]:
        """Whom others speak for, and who does."""
        return {giver: by for giver, by in self.voices.items() if by and by != giver}

    @property
    def told(self) -> frozenset[str]:
        """The organisations that were there or were spoken for."""
        return self.there | {giver for giver, by in self.voices.items() if by}


def published(session: Session) -> tuple[Held, ...]:
    """Every meeting of the publication in force that is on, by its start."""
    row, paper = tables.PublishedMeeting, tables.Meeting
    query = (
        select(row, paper)
        .join(paper, col(paper.id) == col(row.meeting_id))
        .where(col(row.last_publication).is_(None), row.state == "planned")
        .order_by(col(row.starts_at), row.meeting_id)
    )
    going, deputies, voices = _around(session)
    return tuple(
        Held(
            id=each.meeting_id,
            title=each.title,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            level=str(each.level.value),
            character=str(each.character.value),
            town=each.municipality_id,
            corporation=each.corporation_id,
            table=about.table_id,
            topics=frozenset(about.topics),
            going=going[each.id],
            deputy=deputies.get(each.id),
            voices=voices[each.id],
        )
        for each, about in session.exec(query)
    )


_Names = defaultdict[int, dict[str, str]]


def _around(
    session: Session,
) -> tuple[_Names, dict[int, str], defaultdict[int, dict[str, str | None]]]:
    going: _Names = defaultdict(dict)
    deputies: dict[int, str] = {}
    voices: defaultdict[int, dict[str, str | None]] = defaultdict(dict)
    for each in session.exec(select(tables.PublishedAttendance)):
        if each.part == "attendee":
            going[each.published_meeting_id][each.representative_id] = each.organisation_id
        elif each.part == "deputy":
            deputies[each.published_meeting_id] = each.representative_id
    for heard in session.exec(select(tables.PublishedVoice)):
        voices[heard.published_meeting_id][heard.organisation_id] = heard.speaker_id
    return going, deputies, voices
