"""Made-up agendas and differing positions, so that a brief can be seen at work."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlmodel import Session, col, select

from scheduler.db import published
from scheduler.db.input import wants_input
from scheduler.db.tables import Meeting
from scheduler.db.views import MeetingFilter, MeetingView
from scheduler.domain.access import Actor
from scheduler.domain.terms import Level, MeetingState, Role
from scheduler.domain.times import local
from scheduler.flows.agenda.items import TypedItem, add_item
from scheduler.flows.input.author import Author
from scheduler.flows.input.form import (
    ABSTAINS,
    CONDITION,
    IMPORTANCE,
    REASON,
    SOURCE,
    STANCE,
    Typed,
    field_of,
)
from scheduler.flows.input.give import give_input
from scheduler.flows.input.occasion import Occasion, occasion_of

_EACH_LEVEL = 2
_LEAST_VOICES = 2
_SILENT, _ABSTAINS, _WITH_SOURCE = 0.2, 0.08, 0.2
_SOURCE = "huurderspanel (voorbeeld)"
_GIVEN_BY = "voorzitter (voorbeeld)"


@dataclass(frozen=True, slots=True)
class Said:
    """What one organisation could say: the form's word for its stance, and its own words."""

    stance: str
    words: str
    importance: str = "kan"


@dataclass(frozen=True, slots=True)
class Point:
    """An agenda item with what is said of it, by one organisation after the other."""

    item: TypedItem
    said: tuple[Said, ...]


POINTS = {
    Level.PROVINCE: (
        Point(
            TypedItem(
                title="Mantelzorgers krijgen voorrang in heel Drenthe",
                summary="Wie zorgt of zorg krijgt, mag nu alleen in de eigen gemeente voorgaan.",
                question="Mag een mantelzorger ook in een andere gemeente voorgaan?",
            ),
            (
                Said("voor", "Zorg houdt niet op bij de gemeentegrens."),
                Said("voor", "Eén regel voor iedereen is eerlijk."),
                Said("voor-als", "er een grens is: hoogstens één op de vijf woningen."),
                Said("voor-als", "de eigen gemeente eerst gaat.", "moet"),
                Said("tegen", "Onze jongeren wachten nu al acht jaar.", "moet"),
                Said("voor", "Goed voor kleine dorpen.", "weten"),
                Said("geen-mening", ""),
            ),
        ),
        Point(
            TypedItem(
                title="Eén wachtlijst voor de hele provincie",
                summary="Nu heeft elke corporatie haar eigen lijst, met eigen regels.",
                question="Bent u voor één lijst waarop iedereen zich inschrijft?",
            ),
            (
                Said("voor", "Eén keer inschrijven scheelt oudere huurders veel zoeken."),
                Said("tegen", "Dan raakt men de kans op het eigen dorp kwijt.", "moet"),
                Said("voor-als", "iedereen zijn wachttijd houdt."),
                Said("voor", "Mee eens."),
            ),
        ),
    ),
    Level.MUNICIPALITY: (
        Point(
            TypedItem(
                title="De huren in wijken die worden verduurzaamd",
                summary="Na isolatie daalt de energierekening. De huur mag dan iets omhoog.",
                question="Mag de huur omhoog na isolatie?",
            ),
            (
                Said("voor-als", "het samen nooit duurder wordt dan nu.", "moet"),
                Said("tegen", "De huren zijn al te hoog."),
                Said("voor", "Warme huizen zijn ons meer waard."),
            ),
        ),
        Point(
            TypedItem(
                title="Aanpak van vocht en schimmel",
                question="Moet elke melding binnen twee weken zijn opgelost?",
            ),
            (
                Said("voor", "Onze leden worden er ziek van.", "moet"),
                Said("voor", "Mee eens."),
                Said("voor-als", "er een monteur bij komt."),
            ),
        ),
    ),
}


def add_sample_input(session: Session, actor: Actor, *, seed: int, at: datetime) -> int:
    """Write agendas for a few coming sample meetings, and what organisations think of them.

    Some say nothing, and now and then one takes no part. Gives the number of meetings. The same
    seed and meetings give the same.

    Raises:
        NotAllowed: the actor doesn't plan for all.
    """
    actor.must_plan_for_all()
    chosen = list(_chosen(session, actor, at))
    for meeting in chosen:
        write_input(session, actor, meeting, seed=seed, at=at)
    return len(chosen)


def write_input(
    session: Session, actor: Actor, meeting: MeetingView, *, seed: int, at: datetime
) -> None:
    """Write an agenda for one meeting, and what organisations think of it; see above."""
    points = {
        add_item(session, actor, meeting.id, point.item, at=at): point
        for point in POINTS[meeting.level]
    }
    # Input is given at once, whatever the last day: the sample is there to be looked at.
    occasion = occasion_of(session, actor, meeting.id, 0)
    stream = Random(f"{seed}/{meeting.id}")  # noqa: S311 - draws a sample, not a secret
    _answer(session, occasion, points, stream, at)


def _chosen(session: Session, actor: Actor, at: datetime) -> Iterator[MeetingView]:
    """The first of each level at which several organisations must be heard."""
    samples = set(session.exec(select(Meeting.id).where(col(Meeting.is_sample))))
    coming = published.published_meetings(session, actor, MeetingFilter(first_day=local(at).date()))
    left = dict.fromkeys(POINTS, _EACH_LEVEL)
    for each in coming:
        fits = wants_input(each) and len(each.voices) >= _LEAST_VOICES and each.starts_at > at
        is_on = each.state is MeetingState.PLANNED and each.id in samples
        if fits and is_on and left.get(each.level, 0):
            left[each.level] -= 1
            yield each


def _answer(
    session: Session, occasion: Occasion, points: Mapping[str, Point], stream: Random, at: datetime
) -> None:
    for number, organisation in enumerate(occasion.organisations):
        drawn = stream.random()
        if drawn < _SILENT:
            continue
        author = Author(
            actor=Actor(Role.BOARD, organisation.id),
            organisation_id=organisation.id,
            key="board",
            name=_GIVEN_BY,
        )
        if drawn < _SILENT + _ABSTAINS:
            typed: Typed = {ABSTAINS: "ja"}
        else:
            typed = dict(_typed(points, number, stream))
        give_input(session, author, occasion, typed, at=at)


def _typed(points: Mapping[str, Point], number: int, stream: Random) -> Iterator[tuple[str, str]]:
    """A form as if it had been filled in: each point's words in turn."""
    for item_id, point in points.items():
        said = point.said[number % len(point.said)]
        words = CONDITION if said.stance == "voor-als" else REASON
        yield field_of(STANCE, item_id), said.stance
        yield field_of(words, item_id), said.words
        yield field_of(IMPORTANCE, item_id), said.importance
        if stream.random() < _WITH_SOURCE:
            yield field_of(SOURCE, item_id), _SOURCE
