"""The letters about a mandate: please agree, this happened, this ends."""

from collections.abc import Iterator
from datetime import date

from babel.dates import format_date
from sqlmodel import Session

from scheduler.db import mandates as known
from scheduler.db.mandates import MandateView
from scheduler.db.tables import MailAddress, MandateEvent, Outgoing
from scheduler.domain.access import SYSTEM
from scheduler.domain.errors import NotFound, NothingToDo, Sentence
from scheduler.domain.terms import Level, MandateAct, MandatePower, MandateState
from scheduler.flows.mandates.letters_queue import ASK, ENDS, UID
from scheduler.flows.mandates.links import mandate_link
from scheduler.mail import Office, Parcel, Wording, notice

_PASSED = Sentence("Dit is niet meer nodig.", "This is no longer needed.")
_POWERS = {
    MandatePower.DECIDES: "mag meebeslissen",
    MandatePower.ADVISES: "mag adviseren",
    MandatePower.PASSES_ON: "geeft door wat de ander vindt",
    MandatePower.LISTENS: "luistert alleen",
}
_LEVELS = {
    Level.MUNICIPALITY: "bij gemeenten",
    Level.PROVINCE: "bij de provincie",
    Level.CORPORATION: "bij woningcorporaties",
}
_HAPPENED = {
    MandateAct.AGREED: "Het mandaat van {giver} aan {holder} is afgesproken.",
    MandateAct.RECORDED: "De coördinator legde het mandaat van {giver} aan {holder} vast.",
    MandateAct.REFUSED: "Het mandaat van {giver} aan {holder} gaat niet door.",
    MandateAct.WITHDRAWN: "Het mandaat van {giver} aan {holder} is ingetrokken.",
    MandateAct.GIVEN_BACK: "{holder} geeft het mandaat van {giver} terug.",
}


def mandate_letter(session: Session, office: Office, row: Outgoing, address: MailAddress) -> Parcel:
    """The letter to one board member.

    Raises:
        NotFound: the mandate isn't there any more.
        NothingToDo: it has been decided on since, so nobody needs to be asked.
    """
    mandate_id, _, word = row.uid.removeprefix(UID).partition("/")
    view = known.mandate(session, SYSTEM, mandate_id)
    link = mandate_link(office.links, office.base_url, mandate_id, address.id)
    return notice(
        office,
        _wording(session, view, word, link),
        address=office.addresses.open(address.sealed).decode(),
        name=f"{row.uid}/{address.id}",
        sent_at=row.created_at,
    )


def _wording(session: Session, view: MandateView, word: str, link: str) -> Wording:
    if word == ASK:
        return _asking(view, link)
    if word.startswith(ENDS):
        return _ending(view, link)
    return _telling(session, view, word.rpartition("/")[2], link)


def _asking(view: MandateView, link: str) -> Wording:
    if view.term.state is not MandateState.PROPOSED:
        raise NothingToDo(_PASSED)
    return Wording(
        subject=f"Gaat u akkoord? Mandaat van {view.giver.name} aan {view.holder.name}",
        sentences=(
            f"{view.holder.name} zou namens {view.giver.name} spreken.",
            "Beide besturen moeten akkoord zijn. Daarna geldt het.",
        ),
        facts=tuple(_facts(view)),
        link=link,
        link_text="Bekijk het mandaat en geef antwoord",
        closing=("Deze link is van u alleen. Geef hem niet door.",),
    )


def _ending(view: MandateView, link: str) -> Wording:
    if view.term.stops_on is not None:
        raise NothingToDo(_PASSED)
    day = _day(view.term.last_in_force)
    return Wording(
        subject=f"Mandaat loopt af: {view.giver.name} aan {view.holder.name}",
        sentences=(
            f"{view.holder.name} spreekt tot en met {day} namens {view.giver.name}.",
            "Verlengen kan met één tik. Beide besturen gaan dan opnieuw akkoord.",
        ),
        facts=tuple(_facts(view)),
        link=link,
        link_text="Verleng het mandaat, of laat het aflopen",
        closing=("Doet u niets? Dan loopt het mandaat vanzelf af.",),
    )


def _telling(session: Session, view: MandateView, number: str, link: str) -> Wording:
    event = session.get(MandateEvent, int(number))
    if event is None:
        raise NotFound("mandaat", view.id)
    names = {"giver": view.giver.name, "holder": view.holder.name}
    said = _HAPPENED[event.act].format(**names)
    from_day = () if event.from_day is None else (f"Dat geldt vanaf {_day(event.from_day)}.",)
    why = (f"De reden: {event.why}",) if event.why else ()
    return Wording(
        subject=said.rstrip("."),
        sentences=(said, *from_day, *why),
        facts=tuple(_facts(view)),
        link=link,
        link_text="Bekijk het mandaat",
    )


def _facts(view: MandateView) -> Iterator[tuple[str, str]]:
    yield "Van", view.giver.name
    yield "Aan", view.holder.name
    towns = view.municipalities
    yield "Waar", "overal" if towns is None else ", ".join(each.name for each in towns)
    if view.levels is not None:
        yield "Bij wie", ", ".join(_LEVELS[each] for each in view.levels)
    yield "Waarover", "alle onderwerpen" if view.topics is None else ", ".join(view.topics)
    yield "Bevoegdheid", f"{view.holder.name} {_POWERS[view.power]}"
    if view.limits:
        yield "Grens", view.limits
    if view.ask_each_time:
        yield "Vooraf", f"{view.holder.name} vraagt {view.giver.name} elke keer eerst"
    yield "Geldt", f"{_day(view.term.first_day)} tot en met {_day(view.term.last_day)}"


def _day(day: date) -> str:
    return format_date(day, "d MMMM y", locale="nl")
