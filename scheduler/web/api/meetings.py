"""Meetings over the API: the published ones of a body, who comes, and on whose behalf."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Self

from fastapi import APIRouter, Path, Query

from scheduler.db import published
from scheduler.db.views import Attendance, MeetingFilter, MeetingView
from scheduler.domain.terms import Character, Level, MeetingState, Mode
from scheduler.web.api.caller import MeetingReader
from scheduler.web.api.schema import Day, Name, Schema

router = APIRouter(tags=["meetings"])

MeetingId = Annotated[str, Path(alias="meetingId", pattern=r"^[A-Za-z0-9-]{1,40}$")]


class Attendee(Schema):
    """Who comes: by function, or by the name that somebody agreed to give; for which others too."""

    function: str
    organisation: Name
    online: bool
    speaks_for: list[Name]

    @classmethod
    def of(cls, person: Attendance, meeting: MeetingView) -> Self:
        """The document of somebody who comes to a meeting."""
        return cls(
            function=person.label,
            organisation=Name.model_validate(person.organisation),
            online=person.online,
            speaks_for=_names(meeting.spoken_for(person.organisation.id)),
        )


class MeetingDocument(Schema):
    """A meeting as it was published last. `revision` only rises; `unheard` have nobody there."""

    id: str
    revision: int
    revised_at: datetime
    state: MeetingState
    title: str
    table_name: str | None
    level: Level
    character: Character
    starts_at: datetime
    ends_at: datetime
    mode: Mode
    place: str | None
    address: str | None
    conference_url: str | None
    attendees: list[Attendee]
    deputy: Attendee | None
    unheard: list[Name]

    @classmethod
    def of(cls, meeting: MeetingView) -> Self:
        """The document of a meeting."""
        return cls(
            id=meeting.id,
            revision=meeting.revision,
            revised_at=meeting.revised_at,
            state=meeting.state,
            title=meeting.title,
            table_name=meeting.table_name,
            level=meeting.level,
            character=meeting.character,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            mode=meeting.mode,
            place=meeting.place_name,
            address=meeting.address,
            conference_url=meeting.conference_url,
            attendees=[Attendee.of(each, meeting) for each in meeting.attendees],
            deputy=Attendee.of(meeting.deputy, meeting) if meeting.deputy else None,
            unheard=_names(meeting.unheard),
        )


class MeetingPage(Schema):
    """Meetings by their start; `next` is the `after` of the page behind, null on the last."""

    items: list[MeetingDocument]
    next: str | None


@router.get("/meetings", operation_id="listMeetings")
def list_meetings(
    caller: MeetingReader,
    first_day: Annotated[Day | None, Query(alias="firstDay")] = None,
    last_day: Annotated[Day | None, Query(alias="lastDay")] = None,
    after: Annotated[str, Query(pattern=r"^[A-Za-z0-9-]{0,60}$")] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> MeetingPage:
    """The body's meetings as they were published, by their start; days are local and inclusive."""
    found = published.published_meetings(
        caller.session,
        caller.actor,
        MeetingFilter(first_day=_near(first_day), last_day=_near(last_day)),
    )
    shown = [each for each in found if cursor_of(each) > after][: limit + 1]
    return MeetingPage(
        items=[MeetingDocument.of(each) for each in shown[:limit]],
        next=cursor_of(shown[limit - 1]) if len(shown) > limit else None,
    )


@router.get("/meetings/{meetingId}", operation_id="getMeeting")
def get_meeting(caller: MeetingReader, meeting_id: MeetingId) -> MeetingDocument:
    """One meeting: when and where, who comes, and on whose behalf."""
    found = published.published_meeting(caller.session, caller.actor, meeting_id)
    return MeetingDocument.of(found)


def cursor_of(meeting: MeetingView) -> str:
    """Where a meeting stands in the order of their starts."""
    return f"{meeting.starts_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{meeting.id}"


def _near(day: date | None) -> date | None:
    """The ends of the calendar have no midnight in UTC, nor a day after."""
    if day is None:
        return None
    return min(max(day, date(1900, 1, 1)), date(2999, 12, 31))


def _names(organisations: Sequence[object]) -> list[Name]:
    return [Name.model_validate(each) for each in organisations]
