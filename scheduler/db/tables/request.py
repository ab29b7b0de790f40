"""Requests for tenants at the table, their possible times, and the calendars they came out of."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key, optional_instant
from scheduler.db.types import rule, words
from scheduler.domain.terms import (
    Character,
    ImportOutcome,
    Level,
    Mode,
    RequestSource,
    RequestState,
)

_OWNER = (
    "(level = 'municipality' AND municipality_id IS NOT NULL AND corporation_id IS NULL)"
    " OR (level = 'corporation' AND corporation_id IS NOT NULL AND municipality_id IS NULL)"
    " OR (level = 'province' AND municipality_id IS NULL AND corporation_id IS NULL)"
)


class CalendarImport(Row, table=True):
    """One reading of somebody's calendar: of whom, from where, when, and how it went.

    `source` is the address or the file's name, by which the next reading is known as the same
    calendar's. `outside` and `unchanged` are numbers of dates. `failure` says why nothing was
    read; such an import changes nothing.
    """

    __tablename__ = "calendar_import"
    __table_args__ = (rule("owner", _OWNER),)

    id: int = Field(default=None, primary_key=True)
    at: datetime = instant(index=True)
    source: str = Field(index=True)
    name: str = ""
    level: Level = Field(sa_type=words(Level))
    municipality_id: str | None = key("municipality.id", cascade=False, default=None)
    corporation_id: str | None = key("corporation.id", cascade=False, default=None)
    outside: int = 0
    unchanged: int = 0
    failure: str = ""


class MeetingRequest(Row, table=True):
    """Somebody's wish for tenants at a meeting; once it is accepted, `meeting_id` names that.

    `level` is who asks. `organisation_ids` are those asked, None for whoever has dwellings there.
    `reason` is why it was declined. `notice_clock` names the legal clock for which the notice of
    `notice_days` days is too short. `form_key` makes sending a form twice one request. `link_issue`
    numbers the signed link by which it is followed; raising it ends the earlier ones. `reference`
    is the asker's own name for it.

    What came out of a calendar keeps the calendar's own key and words beside ours: `as_imported` is
    what it said last, and `needs_look` that it says something else than what was planned.
    """

    __tablename__ = "meeting_request"
    __table_args__ = (
        rule("owner", _OWNER),
        rule("length", "length_minutes BETWEEN 1 AND 1440"),
        rule("reason", "state <> 'declined' OR reason <> ''"),
        rule("import", "(source = 'import') = (external_uid IS NOT NULL)"),
        # A database takes two empty owners for different ones, so each kind has a rule of its own.
        UniqueConstraint("municipality_id", "external_uid"),
        UniqueConstraint("corporation_id", "external_uid"),
        Index(
            "uq_meeting_request_of_the_province",
            "external_uid",
            unique=True,
            sqlite_where=text("level = 'province'"),
            postgresql_where=text("level = 'province'"),
        ),
    )

    id: str = Field(primary_key=True)
    level: Level = Field(sa_type=words(Level))
    municipality_id: str | None = key("municipality.id", cascade=False, default=None)
    corporation_id: str | None = key("corporation.id", cascade=False, default=None)
    title: str
    table_id: str | None = key("consultation_table.id", cascade=False, default=None)
    character: Character = Field(sa_type=words(Character))
    topics: list[str] = Field(sa_column=Column(JSON, nullable=False))
    mode: Mode = Field(sa_type=words(Mode))
    place_text: str = ""
    conference_url: str | None = None
    length_minutes: int
    question: str = ""
    papers: list[str] = Field(sa_column=Column(JSON, nullable=False))
    organisation_ids: list[str] | None = Field(sa_column=Column(JSON(none_as_null=True)))
    contact: str = ""
    answer_until: date | None = None
    state: RequestState = Field(default=RequestState.RECEIVED, sa_type=words(RequestState))
    reason: str = ""
    notice_days: int | None = None
    notice_clock: str | None = None
    source: RequestSource = Field(sa_type=words(RequestSource))
    form_key: str | None = Field(default=None, unique=True)
    external_uid: str | None = Field(default=None, index=True)
    fingerprint: str = ""
    as_imported: dict[str, str] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True))
    )
    import_id: int | None = key("calendar_import.id", cascade=False, default=None)
    needs_look: bool = False
    meeting_id: str | None = Field(
        default=None, foreign_key="meeting.id", ondelete="SET NULL", unique=True
    )
    link_issue: int = 1
    reference: str = ""
    created_at: datetime = instant(index=True)
    changed_at: datetime = instant()
    moved_at: datetime | None = optional_instant()


class RequestTime(Row, table=True):
    """A possible time, position 0 being liked best. Without instants only the local day is known.

    `end_is_assumed` says that the asker gave no end: it was reckoned by the usual length.
    """

    __tablename__ = "request_time"
    __table_args__ = (
        rule("span", "(starts_at IS NULL AND ends_at IS NULL) OR starts_at < ends_at"),
        rule("position", "position BETWEEN 0 AND 4"),
    )

    request_id: str = key("meeting_request.id", primary=True)
    position: int = Field(primary_key=True)
    day: date = Field(index=True)
    starts_at: datetime | None = optional_instant()
    ends_at: datetime | None = optional_instant()
    end_is_assumed: bool = False


class ImportLine(Row, table=True):
    """What an import found of one date, or what was wrong with one entry.

    Either `outcome` and the request, or `fault` (the reader's own word) and what stood there.
    """

    __tablename__ = "import_line"
    __table_args__ = (rule("what", "(outcome IS NULL) <> (fault = '')"),)

    import_id: int = key("calendar_import.id", primary=True)
    number: int = Field(primary_key=True)
    entry: str
    outcome: ImportOutcome | None = Field(default=None, sa_type=words(ImportOutcome))
    request_id: str | None = key("meeting_request.id", default=None)
    fault: str = ""
    found: str = ""
    kept: bool = True
