"""What a check of a connection finds, with words for it."""

from dataclasses import dataclass
from enum import StrEnum

from calendars.stores.errors import (
    Busy,
    Forbidden,
    StoreError,
    Unauthorised,
    Unreachable,
    Untrusted,
)
from calendars.stores.guard import NotAllowed


class Problem(StrEnum):
    """Why there is no connection."""

    NOT_ALLOWED = "not-allowed"
    UNTRUSTED = "untrusted"
    UNREACHABLE = "unreachable"
    WRONG_LOGIN = "wrong-login"
    FORBIDDEN = "forbidden"
    BUSY = "busy"
    NO_CALDAV = "no-caldav"
    NO_CALENDARS = "no-calendars"
    ELSEWHERE = "elsewhere"


_KINDS: tuple[tuple[type[StoreError], Problem], ...] = (
    (NotAllowed, Problem.NOT_ALLOWED),
    (Unauthorised, Problem.WRONG_LOGIN),
    (Forbidden, Problem.FORBIDDEN),
    (Busy, Problem.BUSY),
    (Untrusted, Problem.UNTRUSTED),
    (Unreachable, Problem.UNREACHABLE),
)
_DUTCH = {
    None: "De verbinding werkt. We hebben {number} agenda('s) gevonden.",
    Problem.NOT_ALLOWED: "Dit adres kunnen we niet gebruiken. Het moet beginnen met https:// "
    "en op het openbare internet staan.",
    Problem.UNTRUSTED: "De beveiliging van deze server klopt niet, dus hebben we uw wachtwoord "
    "niet gegeven. Controleer het adres, of vraag uw agendabeheerder naar het certificaat.",
    Problem.UNREACHABLE: "We krijgen geen antwoord van dit adres. Controleer of u het goed hebt "
    "overgenomen, of probeer het later opnieuw.",
    Problem.WRONG_LOGIN: "De naam of het wachtwoord klopt niet. Gebruikt u inloggen in twee "
    "stappen? Maak dan bij uw agenda een app-wachtwoord aan en vul dat in.",
    Problem.FORBIDDEN: "U bent ingelogd, maar mag hier geen agenda's bekijken.",
    Problem.BUSY: "De server heeft het te druk. Probeer het over een paar minuten opnieuw.",
    Problem.NO_CALDAV: "Op dit adres vinden we geen agenda. Vraag uw agendabeheerder om het "
    "CalDAV-adres.",
    Problem.NO_CALENDARS: "U bent ingelogd, maar er staat nog geen agenda. Maak er eerst een aan.",
    Problem.ELSEWHERE: "Dit adres verwijst naar {elsewhere}. Is dat ook van uw aanbieder? "
    "Vul dan dat adres in.",
}
_ENGLISH = {
    None: "The connection works. We found {number} calendar(s).",
    Problem.NOT_ALLOWED: "We cannot use this address. It has to start with https:// and be on "
    "the public internet.",
    Problem.UNTRUSTED: "The security of this server is not right, so we have not given your "
    "password. Check the address, or ask whoever manages your calendar about the certificate.",
    Problem.UNREACHABLE: "This address does not answer. Check that you copied it correctly, or "
    "try again later.",
    Problem.WRONG_LOGIN: "The name or password is wrong. Do you sign in with two steps? Then make "
    "an app password in your calendar and use that.",
    Problem.FORBIDDEN: "You are signed in, but you may not see calendars here.",
    Problem.BUSY: "The server is too busy. Try again in a few minutes.",
    Problem.NO_CALDAV: "We find no calendar at this address. Ask whoever manages your calendar "
    "for the CalDAV address.",
    Problem.NO_CALENDARS: "You are signed in, but there is no calendar yet. Make one first.",
    Problem.ELSEWHERE: "This address points to {elsewhere}. Is that your provider's too? Then "
    "fill in that address.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCalendar:
    """A calendar for events; `writable` as far as the server says."""

    url: str
    name: str
    writable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the check found.

    Attributes:
        problem: None where there is at least one calendar.
        server: the kind of server, as its owners know it (`Quirks.name`).
        home: where new calendars can be made.
        elsewhere: the other server that the address leads to, to ask the user about.
    """

    problem: Problem | None = None
    server: str = ""
    home: str = ""
    calendars: tuple[FoundCalendar, ...] = ()
    elsewhere: str = ""

    def sentence(self, language: str = "nl") -> str:
        """The result in plain words, Dutch ("nl") or English."""
        words = (_DUTCH if language == "nl" else _ENGLISH)[self.problem]
        return words.format(number=len(self.calendars), elsewhere=self.elsewhere)


def problem_of(error: StoreError) -> Problem:
    """What a refusal means to a user; what is not known is no CalDAV to them."""
    return next((what for kind, what in _KINDS if isinstance(error, kind)), Problem.NO_CALDAV)
