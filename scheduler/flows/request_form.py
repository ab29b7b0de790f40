"""A request as it is typed, and read: every fault at once, each beside its own field."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.terms import Character, Mode
from scheduler.domain.times import AMSTERDAM, local
from scheduler.flows.requesting import Time

MOST_TIMES = 5
_LONGEST_TITLE, _LONGEST_TEXT, _LONGEST_ADDRESS, _MOST_PAPERS = 200, 2_000, 1_000, 10
_LONGEST_MEETING = timedelta(hours=12)
_AHEAD = timedelta(days=800)
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])")
_DUTCH_DAY = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class TypedTime:
    """One possible time as it was typed."""

    day: str = ""
    start: str = ""
    end: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed at all."""
        return not (self.day or self.start or self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRequest:
    """The whole form as it was typed; nothing of it has been checked."""

    title: str = ""
    question: str = ""
    character: str = ""
    times: tuple[TypedTime, ...] = ()
    mode: str = ""
    conference_url: str = ""
    organisations: tuple[str, ...] = ()
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


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong in one field, by the field's name on the form."""

    field: str
    sentence: Sentence


class BadRequest(BadInput):
    """The form can't be sent yet; `faults` say what is wrong where."""

    def __init__(self, faults: tuple[FieldFault, ...]) -> None:
        """Keep the faults, and their sentences."""
        super().__init__(*(fault.sentence for fault in faults))
        self.faults = faults


@dataclass(slots=True)
class _Reading:
    """The faults so far, and the instant from which on everything must lie ahead."""

    at: datetime
    faults: list[FieldFault] = field(default_factory=list)

    def fault(self, where: str, nl: str, en: str) -> None:
        self.faults.append(FieldFault(where, Sentence(nl, en)))


def read_request(typed: TypedRequest, *, at: datetime) -> Request:
    """Read the form.

    Raises:
        BadRequest: something can't be used; every fault at once.
    """
    reading = _Reading(at)
    title = _title(typed.title, reading)
    question = _text("question", typed.question, reading)
    character = _character(typed.character, reading)
    times = read_times(typed.times, reading)
    mode = _mode(typed.mode, reading)
    conference = _link(typed.conference_url, reading)
    papers = _papers(typed.papers, reading)
    contact = _contact(typed.contact, reading)
    until = _answer_until(typed.answer_until, times, reading)
    if not typed.organisations:
        reading.fault(
            "organisations", "Kies ten minste één organisatie.", "Choose at least one organisation."
        )
    if reading.faults:
        raise BadRequest(tuple(reading.faults))
    return Request(
        title=title,
        question=question,
        character=character,
        times=times,
        mode=mode,
        conference_url=conference,
        organisations=typed.organisations,
        table_id=typed.table or None,
        papers=papers,
        contact=contact,
        answer_until=until,
    )


def read_moved_times(typed: tuple[TypedTime, ...], *, at: datetime) -> tuple[Time, ...]:
    """Read only the times of the form.

    Raises:
        BadRequest: something can't be used; every fault at once.
    """
    reading = _Reading(at)
    times = read_times(typed, reading)
    if reading.faults:
        raise BadRequest(tuple(reading.faults))
    return times


def read_times(typed: tuple[TypedTime, ...], reading: _Reading) -> tuple[Time, ...]:
    """The possible times, in the order in which they were typed; faults are noted."""
    filled = [(number, each) for number, each in enumerate(typed) if not each.is_empty]
    if not filled:
        reading.fault("day-0", "Noem ten minste één tijdstip.", "Name at least one possible time.")
    if len(filled) > MOST_TIMES:
        reading.fault(
            f"day-{MOST_TIMES}",
            f"Noem ten hoogste {MOST_TIMES} tijdstippen.",
            f"Name at most {MOST_TIMES} possible times.",
        )
    times: list[Time] = []
    for number, each in filled[:MOST_TIMES]:
        time = read_time(each, number, reading)
        if time is not None and time in times:
            reading.fault(
                f"day-{number}", "Dit tijdstip staat er al.", "This time is there already."
            )
        elif time is not None:
            times.append(time)
    return tuple(times)


def read_time(typed: TypedTime, number: int, reading: _Reading) -> Time | None:
    """One time, or None where it can't be read, which is noted."""
    day = _day(f"day-{number}", typed.day, reading)
    start = _clock(f"start-{number}", typed.start, reading)
    end = _clock(f"end-{number}", typed.end, reading)
    if day is None or start is None or end is None:
        return None
    starts_at, ends_at = _instant(day, start), _instant(day, end)
    if ends_at <= starts_at:
        said = f"{start:%H.%M}", f"{start:%H:%M}"
        reading.fault(
            f"end-{number}",
            f"Het begint om {said[0]} uur. Kies een later einde.",
            f"It begins at {said[1]}. Choose a later end.",
        )
        return None
    if ends_at - starts_at > _LONGEST_MEETING:
        reading.fault(f"end-{number}", "Dit is langer dan 12 uur.", "This is longer than 12 hours.")
        return None
    return Time(day, starts_at, ends_at)


def day_of(text: str) -> date | None:
    """A day such as 2027-04-08 or 8-4-2027; None where it is neither."""
    dutch = _DUTCH_DAY.fullmatch(text.strip())
    try:
        if dutch:
            day, month, year = map(int, dutch.groups())
            return date(year, month, day)
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def clock_of(text: str) -> time | None:
    """A time such as 13.30 or 13:30; None where it is neither."""
    found = _CLOCK.fullmatch(text.strip())
    return time(int(found[1]), int(found[2])) if found else None


def _instant(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, AMSTERDAM).astimezone(UTC)


def _day(where: str, text: str, reading: _Reading) -> date | None:
    day, today = day_of(text), local(reading.at).date()
    if day is None:
        reading.fault(where, "Kies een dag, zoals 8-4-2027.", "Choose a day, such as 8-4-2027.")
    elif day <= today:
        reading.fault(
            where,
            "Deze dag is te vroeg. Kies een dag na vandaag.",
            "This day is too early. Choose a day after today.",
        )
    elif day - today > _AHEAD:
        reading.fault(
            where,
            "Deze dag ligt meer dan twee jaar vooruit. Klopt het jaar?",
            "This day is more than two years ahead. Is the year right?",
        )
    else:
        return day
    return None


def _clock(where: str, text: str, reading: _Reading) -> time | None:
    clock = clock_of(text)
    if clock is None:
        reading.fault(where, "Kies een tijd, zoals 13.30.", "Choose a time, such as 13:30.")
    return clock


def _title(text: str, reading: _Reading) -> str:
    title = " ".join(text.split())
    if not title or not title.isprintable() or len(title) > _LONGEST_TITLE:
        reading.fault(
            "title",
            f"Zeg in één regel waar het over gaat (ten hoogste {_LONGEST_TITLE} tekens).",
            f"Say in one line what it is about (at most {_LONGEST_TITLE} characters).",
        )
    return title


def _text(where: str, text: str, reading: _Reading) -> str:
    plain = text.strip().replace("\r\n", "\n")
    if len(plain) > _LONGEST_TEXT or not plain.replace("\n", "").replace("\t", "").isprintable():
        reading.fault(
            where,
            f"Houd het korter dan {_LONGEST_TEXT} tekens, zonder vreemde tekens.",
            f"Keep it under {_LONGEST_TEXT} characters, without odd ones.",
        )
    return plain


def _character(text: str, reading: _Reading) -> Character:
    try:
        return Character(text)
    except ValueError:
        reading.fault(
            "character", "Kies wat voor overleg het is.", "Choose what kind of meeting it is."
        )
        return Character.INFORMING


def _mode(text: str, reading: _Reading) -> Mode:
    try:
        return Mode(text)
    except ValueError:
        reading.fault("mode", "Kies waar het is.", "Choose where it is.")
        return Mode.IN_PERSON


def _link(text: str, reading: _Reading) -> str | None:
    address = text.strip()
    if address and not _is_web_address(address):
        reading.fault(
            "conference_url",
            "Dit is geen webadres: het begint met https://.",
            "This isn't a web address: it begins with https://.",
        )
    return address or None


def _papers(text: str, reading: _Reading) -> tuple[str, ...]:
    papers = tuple(dict.fromkeys(text.split()))
    bad = [paper for paper in papers if not _is_web_address(paper)]
    if bad or len(papers) > _MOST_PAPERS:
        reading.fault(
            "papers",
            f"Zet elk adres op een eigen regel; het begint met https://. "
            f"Ten hoogste {_MOST_PAPERS}.",
            f"Put each address on a line of its own; it begins with https://. "
            f"At most {_MOST_PAPERS}.",
        )
    return papers


def _is_web_address(text: str) -> bool:
    if len(text) > _LONGEST_ADDRESS or not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc


def _contact(text: str, reading: _Reading) -> str:
    address = text.strip()
    fits = _ADDRESS.fullmatch(address) and address.isprintable() and len(address) < _LONGEST_TITLE
    if address and not fits:
        reading.fault(
            "contact",
            "Dit is geen mailadres. Een voorbeeld: wonen@gemeente.example.",
            "This isn't a mail address. An example: wonen@gemeente.example.",
        )
    return address


def _answer_until(text: str, times: tuple[Time, ...], reading: _Reading) -> date | None:
    if not text.strip():
        return None
    day = _day("answer_until", text, reading)
    if day is not None and times and day > min(time.day for time in times):
        reading.fault(
            "answer_until",
            "Dit ligt na het overleg zelf. Kies een eerdere dag.",
            "This is after the meeting itself. Choose an earlier day.",
        )
    return day
