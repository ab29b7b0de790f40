"""What may be said at a meeting on behalf of another, by the mandates in force there and then."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from scheduler.db.mandates import MandateView
from scheduler.db.published import published_meeting
from scheduler.db.views import MeetingView, Named
from scheduler.domain.access import Actor
from scheduler.domain.terms import MandatePower
from scheduler.flows.mandates.at_meetings import mandates_at_meetings


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateSaid:
    """A mandate as far as it matters at one meeting.

    `topics` are those that it is bound to, None for all; `last_day` is local and inclusive.
    `limits` are in the giver's own words; with `ask_each_time` the holder asks before it speaks.
    """

    giver: Named
    holder: Named
    topics: tuple[str, ...] | None
    last_day: date
    power: MandatePower
    limits: str
    ask_each_time: bool


def mandates_at(session: Session, actor: Actor, meeting: MeetingView) -> tuple[MandateSaid, ...]:
    """The mandates by which somebody speaks for another at a meeting, by the giver's name.

    Who goes reads the limits of all of them, also of those that a colleague's organisation holds.

    Raises:
        NotFound: the meeting isn't this actor's to see.
    """
    published_meeting(session, actor, meeting.id)
    book = mandates_at_meetings(session, [meeting])
    said = (
        _said(each)
        for voice in meeting.voices
        if voice.speaker is not None and voice.speaker != voice.organisation
        for each in book.between(voice.organisation.id, voice.speaker.id, meeting)
    )
    return tuple(sorted(said, key=lambda each: each.giver.name))


def _said(view: MandateView) -> MandateSaid:
    return MandateSaid(
        giver=view.giver,
        holder=view.holder,
        topics=view.topics,
        last_day=view.term.last_in_force,
        power=view.power,
        limits=view.limits,
        ask_each_time=view.ask_each_time,
    )
