"""What came of a visit to a calendar, in words for its owner."""

from collections.abc import Collection

from calendars.bounded import LimitReached
from calendars.busy import HalfRead, NothingThere, NotReadable
from calendars.errors import CalendarError
from calendars.stores import (
    Busy,
    Forbidden,
    Full,
    Missing,
    NotAllowed,
    UidTaken,
    Unauthorised,
    Unreachable,
    Untrusted,
)
from calendars.sync import EmptySide, Known, Report, Status
from scheduler.domain.errors import Sentence

_AGAIN = Sentence(
    "Wij proberen het vanzelf opnieuw. U hoeft niets te doen.",
    "We try again by ourselves. You need not do anything.",
)
_KEPT = Sentence("Wat wij eerder lazen, blijft gelden.", "What we read before remains in force.")

_FAULTS: tuple[tuple[type[CalendarError], Sentence], ...] = (
    (
        Unauthorised,
        Sentence(
            "De server neemt uw naam of wachtwoord niet meer aan. Wij zijn gestopt. Vul een "
            "nieuw app-wachtwoord in.",
            "The server no longer takes your name or password. We have stopped. Fill in a new "
            "app password.",
        ),
    ),
    (
        Busy,
        Sentence(
            f"De server heeft het te druk. {_AGAIN.nl}", f"The server is too busy. {_AGAIN.en}"
        ),
    ),
    (
        NotAllowed,
        Sentence(
            "Dit adres mogen wij niet bezoeken: het ligt niet op het openbare internet.",
            "We may not go to this address: it is not on the public internet.",
        ),
    ),
    (
        Untrusted,
        Sentence(
            f"De beveiliging van deze server klopt niet. Wij gaven uw wachtwoord niet. {_AGAIN.nl}",
            f"The security of this server is not right. We gave no password. {_AGAIN.en}",
        ),
    ),
    (
        Unreachable,
        Sentence(
            f"De server antwoordt niet. {_AGAIN.nl}", f"The server does not answer. {_AGAIN.en}"
        ),
    ),
    (
        Forbidden,
        Sentence(
            "De server staat ons dit niet toe. Kijk in uw agenda of wij mogen schrijven.",
            "The server does not allow us this. Look in your calendar whether we may write.",
        ),
    ),
    (
        Full,
        Sentence(
            "Uw agenda is vol. Maak daar ruimte en kies dan Opnieuw proberen.",
            "Your calendar is full. Make room there and then choose Try again.",
        ),
    ),
    (
        Missing,
        Sentence(
            "Deze agenda is er niet meer. Kies Opnieuw proberen, of zet hem hier uit.",
            "This calendar is no longer there. Choose Try again, or switch it off here.",
        ),
    ),
    (
        UidTaken,
        Sentence(
            "Een overleg staat al in een andere agenda van u. Verwijder het daar.",
            "A meeting stands in another calendar of yours already. Remove it there.",
        ),
    ),
    (
        NothingThere,
        Sentence(
            f"Er staat niets in deze agenda. Klopt dat? {_KEPT.nl}",
            f"There is nothing in this calendar. Is that right? {_KEPT.en}",
        ),
    ),
    (
        NotReadable,
        Sentence(
            f"Wat wij kregen, is geen agenda. {_KEPT.nl} {_AGAIN.nl}",
            f"What we got is not a calendar. {_KEPT.en} {_AGAIN.en}",
        ),
    ),
    (
        LimitReached,
        Sentence(
            f"Deze agenda is te groot om te lezen. {_KEPT.nl}",
            f"This calendar is too large to read. {_KEPT.en}",
        ),
    ),
    (
        EmptySide,
        Sentence(
            "Alles is uit deze agenda verdwenen. Deed u dat zelf? Wij wachten op uw antwoord.",
            "Everything has gone from this calendar. Did you do that? We wait for your answer.",
        ),
    ),
)
_OTHERWISE = Sentence(
    f"De server geeft een antwoord dat wij niet begrijpen. {_AGAIN.nl}",
    f"The server gives an answer that we do not understand. {_AGAIN.en}",
)


def told(error: CalendarError) -> Sentence:
    """What went wrong, and who has to do what."""
    return next((said for kind, said in _FAULTS if isinstance(error, kind)), _OTHERWISE)


def told_copies(known: Collection[Known], report: Report) -> Sentence:
    """How our meetings stand in somebody's calendar."""
    standing = sum(copy.in_place for copy in known)
    declined = sum(copy.status is Status.DECLINED for copy in known)
    changed = sum(copy.status is Status.DIVERGED for copy in known)
    waiting = len(report.failed)
    parts = [_counted(standing, ("staat erin", "staan erin"), ("stands there", "stand there"))]
    if changed:
        parts.append(
            _counted(
                changed,
                ("hebt u veranderd; de tijd in Aan Tafel geldt",) * 2,
                ("you changed; the time in Aan Tafel holds",) * 2,
            )
        )
    if declined:
        parts.append(
            _counted(
                declined,
                ("hebt u verwijderd; dat zetten wij niet terug",) * 2,
                ("you removed; we do not put that back",) * 2,
            )
        )
    if waiting:
        parts.append(_counted(waiting, ("wacht nog", "wachten nog"), ("waits", "wait")))
    return Sentence(" ".join(each.nl for each in parts), " ".join(each.en for each in parts))


def _counted(number: int, dutch: tuple[str, str], english: tuple[str, str]) -> Sentence:
    one = number == 1
    return Sentence(
        f"{number} {'overleg' if one else 'overleggen'} {dutch[not one]}.",
        f"{number} {'meeting' if one else 'meetings'} {english[not one]}.",
    )


def told_busy(number: int) -> Sentence:
    """That somebody's taken time was read, and what we keep of it."""
    return Sentence(
        f"{number} keer bezet gelezen. Wij bewaren alleen begin en eind.",
        f"Taken {number} times. We keep only start and end.",
    )


def told_half(error: HalfRead) -> Sentence:
    """That some entries could not be read; time that nobody read is not free time."""
    return Sentence(
        f"{len(error.faults)} afspraken konden wij niet lezen. {_KEPT.nl} De rest is bijgewerkt.",
        f"{len(error.faults)} entries could not be read. {_KEPT.en} The rest is up to date.",
    )
