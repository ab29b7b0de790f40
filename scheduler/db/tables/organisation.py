"""Tenant organisations and the people who attend for them."""

from datetime import date, datetime, time

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key, optional_instant
from scheduler.db.types import rule, words
from scheduler.domain.terms import Bond, Experience


class Organisation(Row, table=True):
    """A tenant organisation; its capacity is what it can carry over a whole year.

    With `name_is_placeholder` it exists, but its name was not found. `capacity_is_sample` says that
    nobody gave the capacity: it was assumed. After `last_day`, where there is one, its people come
    no more, its mandates end, and it needn't be heard. Before it gives a mandate, so many of its
    board members have to agree: `mandate_members`.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        rule("capacity", "capacity_minutes_per_year > 0"),
        rule("mandate_members", "mandate_members BETWEEN 1 AND 2"),
    )

    id: str = Field(primary_key=True)
    name: str
    name_is_placeholder: bool = False
    full_name: str
    source: str = ""
    confidence: str = ""
    region_id: str = key("region.id", cascade=False)
    region_source: str = ""
    region_confidence: str = ""
    capacity_minutes_per_year: int
    capacity_is_sample: bool = False
    capacity_source: str = ""
    note: str = ""
    mandate_members: int = 1
    last_day: date | None = None


class Representative(Row, table=True):
    """A person who attends for an organisation, with the limits this person set.

    `label` is how colleagues know this person; others see it only where `shows_label` says so.
    Limits are None where there is none; minutes are whole, travel is one way. `calendar_writes`
    counts what changed in this person's calendars besides publications; see `CalendarWrite`.

    Who helps for a while goes from `first_day` to `last_day`, and with `only_topics` to meetings
    about those alone (None: about anything). In the days of a trial somebody sits at a table as a
    newcomer, with an experienced one beside; `companion_id` is who accompanies them. All days are
    local and inclusive.
    """

    __tablename__ = "representative"
    __table_args__ = (
        rule("target", "target_minutes_per_year > 0"),
        rule("limits", "coalesce(max_minutes_per_week, 0) >= 0"),
        rule("days", "first_day IS NULL OR last_day IS NULL OR first_day <= last_day"),
        rule(
            "trial",
            "(trial_first_day IS NULL AND trial_last_day IS NULL)"
            " OR trial_first_day <= trial_last_day",
        ),
    )

    id: str = Field(primary_key=True)
    organisation_id: str = key("organisation.id")
    label: str
    shows_label: bool = False
    home_id: str = key("place.id", cascade=False)
    bond: Bond = Field(sa_type=words(Bond))
    experience: Experience = Field(sa_type=words(Experience))
    paid_job: bool
    online: bool
    target_minutes_per_year: int
    max_minutes_per_week: int | None = None
    max_meetings_per_week: int | None = None
    max_meetings_per_month: int | None = None
    max_office_hours_meetings_per_week: int | None = None
    max_office_hours_meetings_per_month: int | None = None
    max_travel_minutes: int | None = None
    always_available: bool = True
    first_day: date | None = None
    last_day: date | None = None
    only_topics: list[str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    trial_first_day: date | None = None
    trial_last_day: date | None = None
    companion_id: str | None = Field(
        default=None, foreign_key="representative.id", ondelete="SET NULL"
    )
    is_sample: bool = False
    calendar_writes: int = 0
    calendar_written_at: datetime | None = optional_instant()


class Expertise(Row, table=True):
    """A topic in which a representative is at home."""

    __tablename__ = "expertise"

    representative_id: str = key("representative.id", primary=True)
    topic: str = Field(primary_key=True)


class Availability(Row, table=True):
    """A weekly window, in local time, in which a representative can be asked.

    Without `always_available` and without windows somebody is never available. The end lies after
    the start; `24:00` is stored as `ends_at_midnight`.
    """

    __tablename__ = "availability"
    __table_args__ = (
        UniqueConstraint("representative_id", "weekday", "starts", "ends", "ends_at_midnight"),
        rule("weekday", "weekday BETWEEN 1 AND 7"),
        rule("span", "ends_at_midnight OR starts < ends"),
    )

    id: int = Field(default=None, primary_key=True)
    representative_id: str = key("representative.id")
    weekday: int
    starts: time
    ends: time
    ends_at_midnight: bool = False


class Busy(Row, table=True):
    """Time that is taken, and nothing more: never what it is taken by. The end is exclusive.

    All rows of one `source` are replaced together: `account/<href>` for what the person's own
    calendar program wrote, a connected calendar's id for what was read there, empty for what was
    entered by hand.
    """

    __tablename__ = "busy"
    __table_args__ = (rule("span", "starts_at < ends_at"),)

    id: int = Field(default=None, primary_key=True)
    representative_id: str = key("representative.id")
    source: str = Field(default="", index=True)
    starts_at: datetime = instant()
    ends_at: datetime = instant()


class TableWish(Row, table=True):
    """A representative would rather (or rather not) sit at a table."""

    __tablename__ = "table_wish"

    representative_id: str = key("representative.id", primary=True)
    table_id: str = key("consultation_table.id", primary=True)
    prefers: bool
