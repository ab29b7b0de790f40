"""The plan's filters as they stand in the address."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated
from urllib.parse import quote, urlencode

from pydantic import BaseModel, Field

from scheduler.db.views import MeetingFilter
from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.terms import Level

_BACKWARDS = Sentence(
    "Het einde van de periode ligt vóór het begin. Kies een later einde.",
    "The period ends before it begins. Choose a later end.",
)
_UNREADABLE = Sentence(
    "Dit is geen datum: kies een dag, of laat het veld leeg.",
    "This isn't a date: choose a day, or leave the field empty.",
)
_FILTERS = {
    "gemeente",
    "regio",
    "organisatie",
    "afgevaardigde",
    "tafel",
    "niveau",
    "van",
    "tot",
    "gaten",
    "nieuw",
}
_NO_LEVEL = Sentence("Dit niveau bestaat niet.", "This level doesn't exist.")


class Asked(BaseModel, frozen=True):
    """The filters as they stand in the address; empty is no filter."""

    gemeente: str = ""
    regio: str = ""
    organisatie: str = ""
    afgevaardigde: str = ""
    tafel: str = ""
    niveau: str = ""
    van: str = ""
    tot: str = ""
    gaten: str = ""
    nieuw: str = ""
    beeld: str = ""
    week: str = ""
    maand: str = ""
    blad: Annotated[int, Field(ge=0, lt=2**31)] = 0

    def wanted(self) -> MeetingFilter:
        """The filter that they make; BadInput where one can't be read."""
        first, last = day_in(self.van), day_in(self.tot)
        if first and last and last < first:
            raise BadInput(_BACKWARDS)
        return MeetingFilter(
            municipality=self.gemeente or None,
            region=self.regio or None,
            organisation=self.organisatie or None,
            representative=self.afgevaardigde or None,
            table=self.tafel or None,
            level=_level(self.niveau),
            first_day=first,
            last_day=last,
            gaps_only=bool(self.gaten),
        )

    def of_month(self, first_day: date) -> str:
        """The address of the same view in another month."""
        seen = {"beeld": self.beeld, "maand": f"{first_day:%Y-%m}"}
        return _address("/rooster", self._chosen | seen)

    def of_sheet(self, number: int) -> str:
        """The address of another sheet of the same month, seen the same way."""
        seen = {"beeld": self.beeld, "maand": self.maand, "blad": str(number)}
        return _address("/rooster", self._chosen | seen)

    def seen_as(self, view: str) -> str:
        """The address of the same choice seen otherwise: a list, week, month or timeline."""
        seen = {"beeld": view, "maand": self.maand} if view else {"maand": self.maand}
        return _address("/rooster", self._chosen | seen)

    def of_week(self, monday: date) -> str:
        """The address of the same choice in another week."""
        week = f"{monday:%G-W%V}"
        return _address("/rooster", self._chosen | {"beeld": "week", "week": week})

    def of_day(self, day: date) -> str:
        """The address of a list of the same choice on one day."""
        only = {"van": day.isoformat(), "tot": day.isoformat()}
        return _address("/rooster", self._chosen | only)

    def at_meeting(self, meeting_id: str, **more: str) -> str:
        """The address of a meeting beside the same list."""
        kept = {"maand": self.maand, **more}
        return _address(f"/rooster/{quote(meeting_id, safe='')}", self._chosen | kept)

    @property
    def as_query(self) -> str:
        """The filters and the month, as they stand in an address."""
        return urlencode({**self._chosen, **({"maand": self.maand} if self.maand else {})})

    @property
    def monday(self) -> date | None:
        """The first day of the week that is asked for; None where none is, or it can't be read."""
        try:
            return date.fromisoformat(f"{self.week}-1") if self.week else None
        except ValueError:
            return None

    @property
    def filtered(self) -> bool:
        """Whether anything but the month was chosen."""
        return bool(self._chosen)

    @property
    def _chosen(self) -> dict[str, str]:
        chosen = self.model_dump(include=_FILTERS)
        return {name: value for name, value in chosen.items() if value}


def _address(path: str, query: Mapping[str, str]) -> str:
    given = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def day_in(text: str) -> date | None:
    """A day as a form sends it, None where it is empty; BadInput where it can't be read."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput(_UNREADABLE) from error
    # The ends of the calendar have no midnight in UTC, nor a day after.
    if day and not date.min.year < day.year < date.max.year:
        raise BadInput(_UNREADABLE)
    return day


def _level(text: str) -> Level | None:
    try:
        return Level(text) if text else None
    except ValueError as error:
        raise BadInput(_NO_LEVEL) from error
