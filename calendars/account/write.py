"""PUT and DELETE. They don't pass through Radicale, which would write everything anew."""

from types import MappingProxyType
from wsgiref.types import WSGIEnvironment
from xml.sax.saxutils import escape

from calendars.account.body import body_of
from calendars.account.guard import Place
from calendars.account.http import (
    Refused,
    Reply,
    failed_precondition,
    needs_privilege,
    not_found,
    refused,
)
from calendars.account.source import Calendar, CalendarSource, Openness
from calendars.account.writing import Condition, Stored, Why, WriteRefused
from calendars.errors import BadCalendar

WRITE_METHODS = ("PUT", "DELETE")

_MOST_BYTES = 256 * 1024
_OWNER, _CALENDAR, _ITEM = 1, 2, 3  # how many parts an address of each has
_PRIVILEGES = MappingProxyType({"PUT": "write-content", "DELETE": "unbind"})
_CONDITIONS = MappingProxyType(
    {
        Why.TOO_LARGE: "<C:max-resource-size/>",
        Why.TOO_MANY: "<D:quota-not-exceeded/>",
        Why.NO_EVENT: "<C:supported-calendar-component/>",
    }
)
_UNREADABLE = "<C:valid-calendar-data/>"


def write(environ: WSGIEnvironment, place: Place, owner: str, source: CalendarSource) -> Reply:
    """Do what a PUT or DELETE asks.

    Raises:
        Refused: it isn't done, and why (RFC 4791, section 5.3.2.1; RFC 4918, section 16).
    """
    method = environ["REQUEST_METHOD"]
    calendar = _calendar(place, owner, source)
    if calendar is None or calendar.openness is Openness.READ_ONLY or not _names_item(place):
        raise needs_privilege(place.base + place.path, _PRIVILEGES[method])
    condition = Condition.of(environ)
    try:
        if method == "DELETE":
            source.delete(owner, calendar.name, place.parts[-1], condition)
            return Reply(204)
        content = body_of(environ, _MOST_BYTES)
        stored = source.put(owner, calendar.name, place.parts[-1], content, condition)
    except WriteRefused as refusal:
        raise _refusal(refusal, place) from refusal
    except BadCalendar as fault:
        raise failed_precondition(_UNREADABLE) from fault
    return _done(stored)


def _calendar(place: Place, owner: str, source: CalendarSource) -> Calendar | None:
    if len(place.parts) < _CALENDAR:
        return None
    found = [each for each in source.calendars(owner) if each.name == place.parts[_OWNER]]
    if not found and len(place.parts) == _ITEM:
        raise refused(409, "There is no such calendar.\n")
    return found[0] if found else None


def _names_item(place: Place) -> bool:
    return len(place.parts) == _ITEM and not place.folder


def _done(stored: Stored) -> Reply:
    tag = (("ETag", stored.etag),) if stored.etag else ()
    return Reply(201 if stored.created else 204, tag)


def _refusal(refusal: WriteRefused, place: Place) -> Refused:
    folder = place.base + "/" + "/".join(place.parts[:_CALENDAR]) + "/"
    match refusal.why:
        case Why.CHANGED:
            return refused(412, "It isn't what you have seen.\n")
        case Why.ABSENT:
            return not_found()
        case Why.FOREIGN:
            return needs_privilege(folder, "bind")
        case Why.UID_TAKEN:
            href = escape(folder + refusal.href)
            return failed_precondition(
                f"<C:no-uid-conflict><D:href>{href}</D:href></C:no-uid-conflict>", 409
            )
    return failed_precondition(_CONDITIONS[refusal.why])
