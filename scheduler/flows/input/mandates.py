"""What may be said at a meeting on behalf of another, by the mandates in force there and then."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from scheduler.db.published import published_meeting
from scheduler.db.tables import Mandate, MandateMunicipality, Meeting
from scheduler.db.views import MeetingView, Named
from scheduler.domain.access import Actor
from scheduler.domain.times import local


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateSaid:
    """A mandate as far as it matters at one meeting.

    `topics` are those that it is bound to, None for all; `last_day` is local and inclusive.
    """

    giver: Named
    holder: Named
    topics: tuple[str, ...] | None
    last_day: date


def mandates_at(session: Session, actor: Actor, meeting: MeetingView) -> tuple[MandateSaid, ...]:
    """The mandates by which somebody speaks for another at a meeting, by the giver's name.

    Raises:
        NotFound: the meeting isn't this actor's to see.
    """
    published_meeting(session, actor, meeting.id)
    pairs = {
        (voice.organisation.id, voice.speaker.id): (voice.organisation, voice.speaker)
        for voice in meeting.voices
        if voice.speaker is not None and voice.speaker != voice.organisation
    }
    row = session.get(Meeting, meeting.id)
    topics = set(row.topics) if row else set()
    day = local(meeting.starts_at).date()
    query = (
        select(Mandate)
        .where(
            col(Mandate.giver_id).in_([giver for giver, _ in pairs]),
            Mandate.first_day <= day,
            Mandate.last_day >= day,
        )
        .order_by(Mandate.id)
    )
    found = [each for each in session.exec(query) if (each.giver_id, each.holder_id) in pairs]
    towns = _towns(session, [each.id for each in found])
    said = (
        _said(each, *pairs[each.giver_id, each.holder_id])
        for each in found
        if _holds(each, meeting, topics, towns[each.id])
    )
    return tuple(sorted(said, key=lambda each: each.giver.name))


def _towns(session: Session, mandates: list[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in session.exec(
        select(MandateMunicipality).where(col(MandateMunicipality.mandate_id).in_(mandates))
    ):
        found[row.mandate_id].add(row.municipality_id)
    return found


def _holds(mandate: Mandate, meeting: MeetingView, topics: set[str], towns: set[str]) -> bool:
    """Whether it counts at this meeting (rule book, section 3)."""
    town = meeting.municipality.id if meeting.municipality else None
    return (
        (mandate.everywhere or town in towns)
        and (mandate.topics is None or not topics.isdisjoint(mandate.topics))
        and (mandate.levels is None or meeting.level in mandate.levels)
    )


def _said(mandate: Mandate, giver: Named, holder: Named) -> MandateSaid:
    return MandateSaid(
        giver=giver,
        holder=holder,
        topics=None if mandate.topics is None else tuple(mandate.topics),
        last_day=mandate.last_day,
    )
