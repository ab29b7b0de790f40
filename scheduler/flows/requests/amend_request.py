"""Change what a request says, other than its times: its title, question, link, papers, contact."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from scheduler.db import audits
from scheduler.db.tables import Meeting, MeetingRequest
from scheduler.domain.access import Actor
from scheduler.domain.requests import Step, StepNotPossible, may
from scheduler.domain.terms import EventKind
from scheduler.flows.mail.tell_bodies import tell_of_request
from scheduler.flows.requests.request_form import read_answer_until
from scheduler.flows.requests.request_reading import Reading
from scheduler.flows.requests.request_texts import (
    read_contact,
    read_link,
    read_papers,
    read_text,
    read_title,
)
from scheduler.flows.requests.requesting import Time, request_of, times_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What is to be said instead, as it was typed; None leaves it as it is."""

    title: str | None = None
    question: str | None = None
    conference_url: str | None = None
    papers: str | None = None
    contact: str | None = None
    answer_until: str | None = None


def amend_request(
    session: Session, actor: Actor, request_id: str, wanted: Amendment, *, at: datetime
) -> bool:
    """Change it, by the asker or who plans for all; gives whether that changed anything.

    A meeting made of it gets the new title and link; the next publication tells everybody.

    Raises:
        NotFound: it isn't there, or isn't the actor's.
        StepNotPossible: it has been declined or withdrawn.
        BadRequest: something can't be used; every fault at once.
    """
    row = request_of(session, actor, request_id)
    if not may(row.state, Step.MOVE):
        raise StepNotPossible(row.state)
    reading = Reading(at)
    values = _read(session, row, wanted, reading)
    reading.refuse()
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        return False
    for name, value in changed.items():
        setattr(row, name, value)
    row.changed_at = at
    if row.meeting_id is not None:
        meeting = session.get_one(Meeting, row.meeting_id)
        meeting.title, meeting.conference_url = row.title, row.conference_url
    audits.record(session, actor, "change", noun="request", noun_id=row.id, at=at)
    tell_of_request(session, row, EventKind.REQUEST_CHANGED, at=at)
    return True


def _read(
    session: Session, row: MeetingRequest, wanted: Amendment, reading: Reading
) -> dict[str, object]:
    values: dict[str, object] = {}
    if wanted.title is not None:
        values["title"] = read_title(wanted.title, reading)
    if wanted.question is not None:
        values["question"] = read_text("question", wanted.question, reading)
    if wanted.conference_url is not None:
        values["conference_url"] = read_link(wanted.conference_url, reading)
    if wanted.papers is not None:
        values["papers"] = list(read_papers(wanted.papers, reading))
    if wanted.contact is not None:
        values["contact"] = read_contact(wanted.contact, reading)
    if wanted.answer_until is not None:
        times = tuple(Time(each.day) for each in times_of(session, row.id))
        values["answer_until"] = read_answer_until(wanted.answer_until, times, reading)
    return values
