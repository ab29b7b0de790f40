"""Requests as documents: what is sent to ask or change, and what is answered."""

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BeforeValidator, Field

from scheduler.db.views import ProposalView, RequestView, TimeView
from scheduler.domain.requests import explained
from scheduler.domain.terms import Character, Mode, ProposalState, RequestState
from scheduler.legal import read_legal
from scheduler.web.api.schema import (
    Day,
    Given,
    Identifier,
    Instant,
    MailAddress,
    Name,
    Reference,
    Schema,
    Text,
    Title,
    WebAddress,
    Whole,
    is_whole,
)

_MOST_TIMES, _MOST_PAPERS, _LONGEST_MINUTES = 5, 10, 720


class GivenTime(Given):
    """A time at which the meeting could be, and how long it lasts."""

    starts_at: Instant
    length_minutes: Whole = Field(default=120, ge=5, le=_LONGEST_MINUTES)


Times = Annotated[list[GivenTime], Field(min_length=1, max_length=_MOST_TIMES)]
Papers = Annotated[list[WebAddress], Field(max_length=_MOST_PAPERS)]


# The bounds stand inside: around a validator, in a choice, they would not reach the description.
Position = Annotated[int, Field(ge=0, le=_MOST_TIMES - 1), BeforeValidator(is_whole)]


class NewRequest(Given):
    """A wish for tenants at the table.

    Without `organisations` those are asked that have dwellings there, or all at province level.
    """

    title: Title
    character: Character = Field(strict=False)
    times: Times
    mode: Mode = Field(default=Mode.IN_PERSON, strict=False)
    question: Text = ""
    organisations: Annotated[list[Identifier], Field(min_length=1, max_length=60)] | None = None
    table_id: Identifier | None = None
    conference_url: WebAddress | None = None
    papers: Papers = Field(default=[])
    contact: MailAddress | None = None
    answer_until: Day | None = None
    reference: Reference = ""


class RequestChange(Given):
    """What is to be said instead; what isn't named stays as it is."""

    title: Title | None = None
    question: Text | None = None
    conference_url: WebAddress | None = None
    papers: Papers | None = None
    contact: MailAddress | None = None
    answer_until: Day | None = None


class NewTimes(Given):
    """Other possible times, in the place of those that were named."""

    times: Times


class ProposalAnswer(Given):
    """The answer to a proposal: `position` takes that time; without it the answer is no."""

    proposal_id: Whole = Field(ge=1, le=2**31 - 1)
    position: Position | None = None
    answer: Text = ""


class PossibleTime(Schema):
    """A time at which it could be; of some calendars only the local day is known."""

    day: date
    starts_at: datetime | None
    ends_at: datetime | None

    @classmethod
    def of(cls, time: TimeView) -> Self:
        """The document of a time."""
        return cls(day=time.day, starts_at=time.starts_at, ends_at=time.ends_at)


class Notice(Schema):
    """The notice is shorter than the law asks for advice; the request counts all the same."""

    days: int
    needed: int | None
    sentence: str


class Proposed(Schema):
    """Other times that the coordinator proposes, and how that was answered."""

    id: int
    state: ProposalState
    note: str
    answer: str
    times: list[PossibleTime]

    @classmethod
    def of(cls, proposal: ProposalView) -> Self:
        """The document of a proposal."""
        return cls(
            id=proposal.id,
            state=proposal.state,
            note=proposal.note,
            answer=proposal.answer,
            times=[PossibleTime.of(each) for each in proposal.times],
        )


class File(Schema):
    """A file that was sent along; its size in bytes."""

    id: str
    name: str
    media_type: str
    size: int


class RequestDocument(Schema):
    """A request and how it stands. `explanation` is the state in a sentence (Dutch)."""

    id: str
    reference: str
    state: RequestState
    explanation: str
    reason: str
    title: str
    question: str
    character: Character
    mode: Mode
    place: str
    times: list[PossibleTime]
    organisations: list[Name] | None
    table_id: str | None
    conference_url: str | None
    papers: list[str]
    files: list[File]
    contact: str
    answer_until: date | None
    notice: Notice | None
    proposal: Proposed | None
    meeting_id: str | None
    follow_url: str
    created_at: datetime
    changed_at: datetime

    @classmethod
    def of(cls, view: RequestView, follow_url: str) -> Self:
        """The document of a request."""
        return cls(
            id=view.id,
            reference=view.reference,
            state=view.state,
            explanation=explained(view.state, view.reason).nl,
            reason=view.reason,
            title=view.title,
            question=view.question,
            character=view.character,
            mode=view.mode,
            place=view.place,
            times=[PossibleTime.of(each) for each in view.times],
            organisations=None
            if view.organisations is None
            else [Name.model_validate(each) for each in view.organisations],
            table_id=view.table_id,
            conference_url=view.conference_url,
            papers=list(view.papers),
            files=[File.model_validate(each) for each in view.files],
            contact=view.contact,
            answer_until=view.answer_until,
            notice=_notice(view),
            proposal=Proposed.of(view.proposal) if view.proposal else None,
            meeting_id=view.meeting_id,
            follow_url=follow_url,
            created_at=view.created_at,
            changed_at=view.changed_at,
        )


class RequestPage(Schema):
    """Requests by identifier; `next` is the `after` of the page behind, null on the last."""

    items: list[RequestDocument]
    next: str | None


def _notice(view: RequestView) -> Notice | None:
    clock = next((each for each in read_legal() if each.id == view.notice_clock), None)
    if clock is None or view.notice_days is None:
        return None
    return Notice(days=view.notice_days, needed=clock.days, sentence=clock.sentence.nl)
