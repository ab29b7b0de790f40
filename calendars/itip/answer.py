"""What comes back by mail: REPLY and COUNTER (RFC 5546, sections 3.2.3 and 3.2.7) as values.

Anybody can send us mail, so everything is checked and named, and nothing makes it crash.
Whether the sender's own mail server vouches for them (DKIM, DMARC) is for whoever received it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, vCalAddress
from icalendar.prop import vDDDTypes

from calendars.errors import CalendarError
from calendars.zones import AMSTERDAM

_MOST_MAIL = 5_000_000
_MOST_CALENDAR = 200_000
_LONGEST_COMMENT = 4_000
_CALENDARS = ("text/calendar", "application/ics")
# A zone that is described can be made to take for ever; its name says enough.
_ZONES = re.compile(r"(?ims)^BEGIN:VTIMEZONE.*?^END:VTIMEZONE\r?\n?")
# What the libraries raise on broken input; recursion where parts are nested without end.
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError)


class Malformed(CalendarError):
    """An answer with something in it that cannot be read; the message names it."""


class NoAnswerInside(CalendarError):
    """A mail without a calendar's answer: somebody's words, an automatic reply, another method."""


class NeedsAHuman(CalendarError):
    """An answer that says more than yes, perhaps or no."""


class WrongSender(CalendarError):
    """The mail comes from somebody else than who it answers for."""

    def __init__(self, sender: str, attendee: str) -> None:
        super().__init__(f"sent by {sender or 'nobody'} for {attendee}")
        self.sender = sender
        self.attendee = attendee


class Response(StrEnum):
    """The answer itself (PARTSTAT; RFC 5545, section 3.2.12)."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Somebody's answer to one invitation.

    Attributes:
        uid, sequence: which invitation, and which revision of it they saw.
        attendee: the address that was invited, in lower case; the mail came from it.
        answered_at: when they answered (DTSTAMP): of two answers the later counts.
        comment: their own words, if any; text, never to be shown as HTML.
        message_id: of the mail, to know it again.
    """

    uid: str
    sequence: int
    attendee: str
    response: Response
    answered_at: datetime
    comment: str = ""
    message_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """Somebody proposes another time; for a human to decide on. Fields as in Reply."""

    uid: str
    sequence: int
    attendee: str
    starts_at: datetime
    ends_at: datetime
    answered_at: datetime
    comment: str = ""
    message_id: str = ""


Answer = Reply | Counter


def read_answer(mail: bytes) -> Answer:
    """The answer in a mail message.

    Raises:
        NoAnswerInside: a mail, but not a calendar's answer.
        Malformed: an answer that cannot be read.
        NeedsAHuman: an answer that a person has to look at, such as a delegation.
        WrongSender: From is not the attendee, nor who the attendee lets send (SENT-BY).
    """
    if len(mail) > _MOST_MAIL:
        raise Malformed("a mail of more than 5 MB")
    try:
        message = message_from_bytes(mail, policy=default)
        return _answer(message, _calendar(message))
    except (*_BROKEN, MessageError) as error:
        raise Malformed(f"a mail that cannot be read ({type(error).__name__})") from None


def _calendar(message: EmailMessage) -> Calendar:
    for part in message.walk():
        if part.get_content_type() not in _CALENDARS:
            continue
        calendar = _parsed(part.get_payload(decode=True))
        if str(calendar.get("METHOD", "")).upper() in ("REPLY", "COUNTER"):
            return calendar
    raise NoAnswerInside("no REPLY or COUNTER in this mail")


def _parsed(content: object) -> Calendar:
    if not isinstance(content, bytes) or len(content) > _MOST_CALENDAR:
        raise Malformed("a calendar part that is empty or too large")
    text = _ZONES.sub("", content.decode("utf-8-sig", "replace"))
    try:
        calendar = Calendar.from_ical(text)
    except _BROKEN as error:
        raise Malformed(f"a calendar part that is no calendar ({type(error).__name__})") from None
    if not isinstance(calendar, Calendar):
        raise Malformed("a calendar part that is no calendar")
    return calendar


def _answer(message: EmailMessage, calendar: Calendar) -> Answer:
    event = next(iter(calendar.walk("VEVENT")), None)
    if event is None:
        raise Malformed("an answer about nothing: there is no event in it")
    attendee = _attendee(event)
    _check_sender(message, attendee)
    if str(calendar["METHOD"]).upper() == "COUNTER":
        return _counter(message, event, _bare(attendee))
    return _reply(message, event, attendee)


def _reply(message: EmailMessage, event: Component, attendee: vCalAddress) -> Reply:
    said = str(attendee.params.get("PARTSTAT", "NEEDS-ACTION")).lower()
    if said == "delegated":
        raise NeedsAHuman(f"{_bare(attendee)} sends somebody else")
    if said not in tuple(Response):
        raise Malformed(f"PARTSTAT is no answer: {said[:40]}")
    return Reply(
        uid=_uid(event),
        sequence=_sequence(event),
        attendee=_bare(attendee),
        response=Response(said),
        answered_at=_instant(event, "DTSTAMP"),
        comment=_comment(event),
        message_id=_message_id(message),
    )


def _counter(message: EmailMessage, event: Component, attendee: str) -> Counter:
    starts_at = _instant(event, "DTSTART")
    ends_at = (
        _instant(event, "DTEND") if "DTEND" in event else starts_at + event.decoded("DURATION")
    )
    if ends_at <= starts_at:
        raise Malformed("a proposal that ends before it starts")
    return Counter(
        uid=_uid(event),
        sequence=_sequence(event),
        attendee=attendee,
        starts_at=starts_at,
        ends_at=ends_at,
        answered_at=_instant(event, "DTSTAMP"),
        comment=_comment(event),
        message_id=_message_id(message),
    )


def _attendee(event: Component) -> vCalAddress:
    """The one who answers: exactly one (RFC 5546, section 3.2.3)."""
    found = event.get("ATTENDEE")
    people = found if isinstance(found, list) else [found]
    if len(people) != 1 or not isinstance(people[0], vCalAddress):
        raise Malformed(f"an answer for {len(people) if found else 0} people; expected one")
    return people[0]


def _check_sender(message: EmailMessage, attendee: vCalAddress) -> None:
    senders = [address.lower() for _, address in getaddresses([str(message.get("From", ""))])]
    allowed = {_bare(attendee), _bare(attendee.params.get("SENT-BY", ""))} - {""}
    if len(senders) != 1 or senders[0] not in allowed:
        raise WrongSender(", ".join(senders)[:200], _bare(attendee))


def _bare(address: object) -> str:
    return str(address).strip().strip('"').lower().removeprefix("mailto:")


def _uid(event: Component) -> str:
    uid = event.get("UID")
    if not isinstance(uid, str) or not uid.strip():
        raise Malformed("an answer without UID")
    return str(uid)


def _sequence(event: Component) -> int:
    """Zero where it is left out (RFC 5545, section 3.8.7.4)."""
    try:
        sequence = int(str(event.get("SEQUENCE", 0)))
    except ValueError:
        raise Malformed("SEQUENCE is no number") from None
    if not 0 <= sequence < 2**31:
        raise Malformed("SEQUENCE is out of range")
    return sequence


def _instant(event: Component, name: str) -> datetime:
    value = event.get(name)
    if not isinstance(value, vDDDTypes) or not isinstance(value.dt, date):
        raise Malformed(f"{name} is missing or no time")
    moment = value.dt
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(AMSTERDAM))
    return moment.astimezone(UTC)


def _comment(event: Component) -> str:
    found = event.get("COMMENT", [])
    comments = found if isinstance(found, list) else [found]
    return "\n".join(str(comment).strip() for comment in comments)[:_LONGEST_COMMENT]


def _message_id(message: EmailMessage) -> str:
    return str(message.get("Message-ID", "")).strip()[:255]
