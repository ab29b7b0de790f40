"""Who could follow somebody whose last day is known: first coming along, then taking turns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from scheduler.db.tables import Organisation, Representative
from scheduler.db.views import MeetingView, Named
from scheduler.domain.access import Actor
from scheduler.domain.times import local
from scheduler.flows.continuity.bench import Bench, Regular

_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Successor:
    """Somebody who could learn a table; `knows` are its topics in which this person is at home."""

    id: str
    label: str
    organisation: Named
    knows: tuple[str, ...]
    shadowed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """Somebody leaves a table on a known day.

    Attributes:
        leaving: who.
        last_day: the last local day.
        meetings: those that the leaving one still attends, by their start: the first are for
            coming along, the later ones for taking turns.
        beyond: how many of the table's meetings come after the last day.
        successors: who could follow, the best first.
    """

    leaving: Regular
    last_day: date
    meetings: tuple[MeetingView, ...]
    beyond: int
    successors: tuple[Successor, ...]


def successions(session: Session, actor: Actor, bench: Bench) -> tuple[Succession, ...]:
    """For everybody of the bench who goes still and has announced a last day, the soonest first.

    Raises:
        NotAllowed: the actor doesn't see all.
    """
    actor.must_see_all()
    leaving = [
        (each, each.last_day)
        for each in bench.been
        if each.last_day is not None and each.last_day >= bench.day
    ]
    leaving.sort(key=lambda pair: (pair[1], pair[0].id))
    return tuple(_succession(session, bench, each, day) for each, day in leaving)


def _succession(session: Session, bench: Bench, leaving: Regular, last_day: date) -> Succession:
    return Succession(
        leaving=leaving,
        last_day=last_day,
        meetings=tuple(view for view in bench.coming if _goes(view, leaving.id)),
        beyond=sum(local(view.starts_at).date() > last_day for view in bench.coming),
        successors=tuple(_successors(session, bench, last_day))[:_MOST],
    )


def _goes(view: MeetingView, person: str) -> bool:
    return any(each.representative_id == person for each in view.attendees)


def _successors(session: Session, bench: Bench, last_day: date) -> Iterator[Successor]:
    """Who stays longer, is of an organisation that is concerned, and isn't a regular yet.

    Whoever came along already goes first, then who knows the most of its topics.
    """
    known = {each.id: each for each in bench.people}
    concerned = {voice.organisation.id for view in bench.coming for voice in view.voices}
    rows = session.exec(
        select(Representative, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(Representative.organisation_id))
        .where(
            col(Representative.organisation_id).in_(concerned),
            or_(col(Representative.last_day).is_(None), col(Representative.last_day) > last_day),
        )
    )
    found = [
        Successor(
            id=row.id,
            label=row.label,
            organisation=Named(row.organisation_id, name),
            knows=known[row.id].knows if row.id in known else (),
            shadowed=known[row.id].shadowed if row.id in known else 0,
        )
        for row, name in rows
        if row.id not in {each.id for each in bench.been}
    ]
    yield from sorted(found, key=lambda each: (-each.shadowed, -len(each.knows), each.id))
