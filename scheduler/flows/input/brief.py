"""What whoever goes takes along: every position side by side, counted both ways, none left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from scheduler.db import people
from scheduler.db.input import newest_versions
from scheduler.db.tables import Meeting, Table
from scheduler.db.views import MeetingView, Named, VoiceHeard
from scheduler.domain.access import Actor
from scheduler.domain.voting import VotingRules
from scheduler.flows.input.figures import UNKNOWN, Figure, figures_at
from scheduler.flows.input.item_brief import Heard, ItemBrief, Weighing
from scheduler.flows.input.mandates import MandateSaid, mandates_at
from scheduler.flows.input.occasion import Occasion, Reach, occasion_of, reach_of
from scheduler.flows.mandates.at_meetings import who_left


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The brief of one meeting, for one reader.

    `apart` are the organisations that deliberately take no part, which aren't counted: by their
    input here, or by the register where they gave none. `mandates` say what may be said for whom;
    who reads along without going gets none.
    """

    occasion: Occasion
    reach: Reach
    rules: VotingRules
    items: tuple[ItemBrief, ...]
    heard: tuple[Named, ...]
    silent: tuple[Heard, ...]
    apart: tuple[Heard, ...]
    mandates: tuple[MandateSaid, ...]
    speaking: tuple[Named, ...]

    @property
    def meeting(self) -> MeetingView:
        """The meeting that it is about."""
        return self.occasion.meeting


def brief_of(
    session: Session, actor: Actor, meeting_id: str, default_days: int, *, at: datetime
) -> Brief:
    """The brief, for who goes, who plans for all, and those with whom the table shares it.

    Raises:
        NotFound, NoInputAsked: as `occasion_of`.
        NotShared: the table doesn't share input with this reader, or not yet.
    """
    occasion = occasion_of(session, actor, meeting_id, default_days)
    reach = reach_of(session, actor, occasion, at=at)
    shared = reach is Reach.SHARED
    given = newest_versions(session, actor, meeting_id, shared=shared)
    figures = figures_at(session, actor, occasion.meeting)
    rules = _rules(session, meeting_id)
    everybody = tuple(_everybody(session, occasion.meeting, figures))
    apart = tuple(each for each in everybody if each.is_apart(given))
    taking_part = tuple(each for each in everybody if not each.is_apart(given))
    weighing = Weighing(taking_part, given, rules, people.the_province(session).default_dwellings)
    return Brief(
        occasion=occasion,
        reach=reach,
        rules=rules,
        items=tuple(
            weighing.item(number, item) for number, item in enumerate(occasion.items, start=1)
        ),
        heard=tuple(each.organisation for each in taking_part if each.organisation.id in given),
        silent=tuple(each for each in taking_part if each.organisation.id not in given),
        apart=apart,
        mandates=() if shared else mandates_at(session, actor, occasion.meeting),
        speaking=() if shared else _speaking(session, actor, occasion.meeting),
    )


def _rules(session: Session, meeting_id: str) -> VotingRules:
    """How the meeting's table decides; a quorum says nothing of positions beforehand."""
    row = session.get(Meeting, meeting_id)
    table = session.get(Table, row.table_id) if row and row.table_id else None
    if table is None:
        return VotingRules()
    return VotingRules(
        decision=table.decision_rule, weight=table.weight_rule, votes_each=table.votes_each
    )


def _everybody(
    session: Session, meeting: MeetingView, figures: Mapping[str, Figure]
) -> Iterable[Heard]:
    """Whom it concerns, by name: who is published, and who left it alone already by then."""
    gone = (
        VoiceHeard(organisation=each, speaker=None, weight=0, leaves_alone=True)
        for each in who_left(session, meeting)
    )
    for voice in sorted((*meeting.voices, *gone), key=lambda each: each.organisation.name):
        yield Heard(
            organisation=voice.organisation,
            speaker=voice.speaker,
            figure=figures.get(voice.organisation.id, UNKNOWN),
            leaves_alone=voice.leaves_alone,
        )


def _speaking(session: Session, actor: Actor, meeting: MeetingView) -> tuple[Named, ...]:
    """The organisations that this reader speaks for; all that somebody does for who plans."""
    own = people.organisation_of(session, actor)
    return tuple(
        voice.organisation
        for voice in meeting.voices
        if voice.speaker is not None and own in {None, voice.speaker.id}
    )
