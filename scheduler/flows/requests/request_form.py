"""A request as it is typed, and read: every fault at once, each beside its own field."""

from dataclasses import dataclass
from datetime import date, datetime

from scheduler.domain.terms import Character, Mode
from scheduler.flows.requests.request_reading import Reading
from scheduler.flows.requests.request_texts import (
    read_contact,
    read_link,
    read_papers,
    read_text,
    read_title,
)
from scheduler.flows.requests.request_times import TypedTime, read_day, read_times
from scheduler.flows.requests.requesting import Time


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRequest:
    """The whole form as it was typed; nothing of it has been checked.

    `organisations` None asks whoever has dwellings there; a form always names them. A program
    gives its times as instants.
    """

    title: str = ""
    question: str = ""
    character: str = ""
    times: tuple[TypedTime | Time, ...] = ()
    mode: str = ""
    conference_url: str = ""
    organisations: tuple[str, ...] | None = ()
    table: str = ""
    papers: str = ""
    contact: str = ""
    answer_until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for, as it was understood."""

    title: str
    character: Character
    times: tuple[Time, ...]
    mode: Mode
    question: str = ""
    conference_url: str | None = None
    organisations: tuple[str, ...] | None = None
    table_id: str | None = None
    topics: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    contact: str = ""
    answer_until: date | None = None


def read_request(typed: TypedRequest, *, at: datetime) -> Request:
    """Read the form.

    Raises:
        BadRequest: something can't be used; every fault at once.
    """
    reading = Reading(at)
    request = Request(
        # In the order of the form: so are the faults.
        title=read_title(typed.title, reading),
        question=read_text("question", typed.question, reading),
        character=_character(typed.character, reading),
        times=(times := read_times(typed.times, reading)),
        mode=_mode(typed.mode, reading),
        conference_url=read_link(typed.conference_url, reading),
        organisations=typed.organisations,
        table_id=typed.table or None,
        papers=read_papers(typed.papers, reading),
        contact=read_contact(typed.contact, reading),
        answer_until=read_answer_until(typed.answer_until, times, reading),
    )
    if typed.organisations == ():
        reading.fault(
            "organisations", "Kies ten minste één organisatie.", "Choose at least one organisation."
        )
    reading.refuse()
    return request


def read_answer_until(text: str, times: tuple[Time, ...], reading: Reading) -> date | None:
    """Until when an answer is wanted: no later than the first possible time."""
    if not text.strip():
        return None
    day = read_day("answer_until", text, reading)
    if day is not None and times and day > min(time.day for time in times):
        reading.fault(
            "answer_until",
            "Dit ligt na het overleg zelf. Kies een eerdere dag.",
            "This is after the meeting itself. Choose an earlier day.",
        )
    return day


def _character(text: str, reading: Reading) -> Character:
    try:
        return Character(text)
    except ValueError:
        reading.fault(
            "character", "Kies wat voor overleg het is.", "Choose what kind of meeting it is."
        )
        return Character.INFORMING


def _mode(text: str, reading: Reading) -> Mode:
    try:
        return Mode(text)
    except ValueError:
        reading.fault("mode", "Kies waar het is.", "Choose where it is.")
        return Mode.IN_PERSON
