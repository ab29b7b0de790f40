"""Meetings as the mini-ORI API gives them (VNG ODS Open Raadsinformatie): `/vergaderingen`."""

from datetime import date, datetime
from typing import Annotated, Self
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import Field

from scheduler.db import published
from scheduler.db.views import MeetingFilter, MeetingView
from scheduler.domain.terms import MeetingState, Role
from scheduler.domain.times import AMSTERDAM, local
from scheduler.web.api.caller import Caller, MeetingReader
from scheduler.web.api.schema import Schema
from scheduler.web.api.version import PREFIX

router = APIRouter(tags=["mini-ori"])

_PAGE = 50


class Organisatie(Schema):
    """Of whom it is; only what is known of it is there."""

    gemeente: str | None = None
    naam: str | None = None


class Vergadering(Schema):
    """A meeting in the words of mini-ORI."""

    id: str
    url: str
    organisatie: Organisatie
    naam: str
    vergaderingstype: str
    status: str
    geplande_vergaderdatum: date
    geplande_aanvang_vergadering: datetime
    geplande_einde_vergadering: datetime = Field(alias="geplandeEindeVergadering")
    locatie: str
    vergadertoelichting: str
    webpagina_link: str | None
    bijlagen: list[str]

    @classmethod
    def of(cls, meeting: MeetingView, caller: Caller) -> Self:
        """The document of a meeting."""
        off = meeting.state is MeetingState.CANCELLED
        place = ", ".join(filter(None, [meeting.place_name, meeting.address]))
        return cls(
            id=meeting.uid,
            url=f"{caller.context.base_url}{PREFIX}/meetings/{meeting.id}",
            organisatie=_owner(meeting, caller),
            naam=meeting.title,
            vergaderingstype=meeting.table_name or "",
            status="geannuleerd" if off else "gepland",
            geplande_vergaderdatum=local(meeting.starts_at).date(),
            geplande_aanvang_vergadering=meeting.starts_at.astimezone(AMSTERDAM),
            geplandeEindeVergadering=meeting.ends_at.astimezone(AMSTERDAM),
            locatie=place or "Online",
            vergadertoelichting=_who(meeting),
            webpagina_link=meeting.conference_url,
            bijlagen=[],
        )


class Vergaderingen(Schema):
    """A page of meetings."""

    count: int
    next: str | None
    previous: str | None
    results: list[Vergadering]


@router.get("/vergaderingen", operation_id="listVergaderingen")
def list_vergaderingen(
    caller: MeetingReader, page: Annotated[int, Query(ge=1, le=10_000)] = 1
) -> Vergaderingen:
    """The body's meetings, by their start, for software that reads council calendars."""
    found = published.published_meetings(caller.session, caller.actor, MeetingFilter())
    first = (page - 1) * _PAGE
    return Vergaderingen(
        count=len(found),
        next=_address(caller, page + 1) if first + _PAGE < len(found) else None,
        previous=_address(caller, page - 1) if page > 1 else None,
        results=[Vergadering.of(each, caller) for each in found[first : first + _PAGE]],
    )


def _address(caller: Caller, page: int) -> str:
    return f"{caller.context.base_url}{PREFIX}/vergaderingen?{urlencode({'page': page})}"


def _owner(meeting: MeetingView, caller: Caller) -> Organisatie:
    if meeting.municipality is not None:
        return Organisatie(gemeente=meeting.municipality.id.lower(), naam=meeting.municipality.name)
    if meeting.corporation is not None:
        return Organisatie(naam=meeting.corporation.name)
    return Organisatie(naam="provincie" if caller.actor.role is Role.PROVINCE else None)


def _who(meeting: MeetingView) -> str:
    """Who comes, by organisation: names are nobody's business here."""
    names = dict.fromkeys(each.organisation.name for each in meeting.attendees)
    return f"Aan tafel: {'; '.join(names)}." if names else ""
