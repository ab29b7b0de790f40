"""How it stands with the application itself, in plain words, for the coordinator."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

from fastapi import APIRouter, Response

from scheduler.db.standing import WAITING, WORKING, Standing, standing
from scheduler.domain.errors import Sentence
from scheduler.domain.terms import MailState
from scheduler.flows.doctor import Finding, Ground, State, look_quickly
from scheduler.web.context import Coordinating
from scheduler.web.rendering import page

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Line:
    """One part of the application: what it is, whether it needs somebody, and how it stands."""

    subject: Sentence
    state: State
    said: Sentence


_SUBJECTS = {
    "database": Sentence("Gegevens", "Data"),
    "disk": Sentence("Schijf", "Disk"),
    "time": Sentence("Klok", "Clock"),
    "workers": Sentence("Werk achter de schermen", "Work behind the scenes"),
    "plans": Sentence("Roosters maken", "Making rosters"),
    "outbox": Sentence("Mail", "Mail"),
    "calendars": Sentence("Gekoppelde agenda's", "Connected calendars"),
}


@router.get("/status")
def status(visit: Coordinating) -> Response:
    """What was found, what waits, and what to do where something is wrong."""
    context = visit.context
    ground = Ground(
        settings=context.settings, database=context.database, key=context.key, at=visit.at
    )
    figures = standing(visit.session, visit.who, at=visit.at)
    lines = tuple(_lines(look_quickly(ground), figures))
    return page(
        visit,
        "status.html",
        tab="logboek",
        lines=lines,
        wrong=[line for line in lines if line.state is not State.FINE],
        figures=figures,
        version=version("aantafel"),
    )


def _lines(found: tuple[Finding, ...], figures: Standing) -> Iterator[Line]:
    """What was found by subject; where a look had nothing to say, its figures say it."""
    told = {finding.subject: finding for finding in found}
    quiet = {
        "plans": _plans(figures),
        "outbox": _mail(figures),
        "calendars": _calendars(figures),
    }
    for subject, name in _SUBJECTS.items():
        if subject in told:
            yield Line(name, told[subject].state, told[subject].said)
        elif subject in quiet:
            yield Line(name, State.FINE, quiet[subject])


def _plans(figures: Standing) -> Sentence:
    waiting = figures.plans[WAITING] + figures.suppositions[WAITING]
    working = figures.plans[WORKING] + figures.suppositions[WORKING]
    return Sentence(
        f"{working} in de maak, {waiting} in de rij.", f"{working} being made, {waiting} waiting."
    )


def _mail(figures: Standing) -> Sentence:
    held, waiting = figures.mails[MailState.HELD], figures.mails[MailState.WAITING]
    return Sentence(
        f"{waiting} gaan zo weg, {held} wachten op u.", f"{waiting} go soon, {held} wait for you."
    )


def _calendars(figures: Standing) -> Sentence:
    number = figures.calendars
    return Sentence(f"{number} gekoppeld, alle bereikbaar.", f"{number} connected, all reached.")
