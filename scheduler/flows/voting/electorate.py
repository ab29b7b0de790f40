"""Who votes at a meeting, for whom and how heavily: read once, at opening, and frozen then."""

from collections.abc import Collection, Iterator
from datetime import date

from sqlmodel import Session, col, select

from scheduler.db import people
from scheduler.db.mandates import MandateView
from scheduler.db.tables import Dwellings, VoteVoter
from scheduler.db.views import MeetingView
from scheduler.domain.terms import Level, MandatePower
from scheduler.domain.voting import Stake, VotingRules, roll
from scheduler.flows.mandates.at_meetings import mandates_at_meetings

_VOTING = frozenset({MandatePower.DECIDES, MandatePower.ADVISES})
"""Passing on what the giver says, or only listening, is no vote of the holder's."""


def stakes_at(session: Session, meeting: MeetingView) -> tuple[Stake, ...]:
    """What each organisation that must be heard at a meeting has at stake there, in dwellings.

    At a municipality these are its dwellings there, at a corporation those of that corporation, at
    the province all. One of which nothing is written down has an unknown number. Who has chosen to
    take no part, and isn't there, has no say.
    """
    concerned = (
        each.organisation
        for each in meeting.voices
        if not each.leaves_alone or each.speaker == each.organisation
    )
    known: dict[str, list[int | None]] = {each.id: [] for each in concerned}
    for row in session.exec(select(Dwellings).order_by(col(Dwellings.id))):
        if row.organisation_id in known and _counts_at(row, meeting):
            known[row.organisation_id].append(row.number)
    return tuple(
        Stake(
            organisation=name,
            dwellings=sum(number for number in numbers if number is not None),
            places_unknown=numbers.count(None) if numbers else 1,
        )
        for name, numbers in known.items()
    )


def _counts_at(row: Dwellings, meeting: MeetingView) -> bool:
    if meeting.level is Level.MUNICIPALITY:
        return meeting.municipality is not None and row.municipality_id == meeting.municipality.id
    if meeting.level is Level.CORPORATION:
        return meeting.corporation is not None and row.corporation_id == meeting.corporation.id
    return True


def electorate(
    session: Session, meeting: MeetingView, vote_id: str, rules: VotingRules, day: date
) -> Iterator[VoteVoter]:
    """The rows that say who may vote, for whom, with how much weight.

    An organisation that sits at the table votes itself, whatever mandate it gave. For one that
    doesn't, whoever sits there and holds its mandate on that local day votes; mandates don't
    chain. Otherwise its own board does.
    """
    default = people.the_province(session).default_dwellings
    present = {each.organisation.id for each in meeting.attendees}
    held = _held(session, meeting, present, day)
    for voter in roll(stakes_at(session, meeting), rules, default_dwellings=default).voters:
        own = voter.organisation
        mandate = None if own in present else held.get(own)
        yield VoteVoter(
            vote_id=vote_id,
            organisation_id=own,
            caster_id=mandate.holder.id if mandate else own,
            mandate_id=mandate.id if mandate else "",
            present=own in present,
            votes=voter.votes,
            dwellings=voter.dwellings,
        )


def _held(
    session: Session, meeting: MeetingView, present: Collection[str], day: date
) -> dict[str, MandateView]:
    """By giver the mandate by which somebody at the table votes for it.

    Of several it is the one of who speaks for the giver by the plan, then the first by name.
    """
    spoken = {each.organisation.id: each.speaker.id for each in meeting.voices if each.speaker}
    fitting = [each for each in _voting(session, meeting, day) if each.holder.id in present]
    fitting.sort(key=lambda each: (spoken.get(each.giver.id) != each.holder.id, each.id))
    held: dict[str, MandateView] = {}
    for each in fitting:
        held.setdefault(each.giver.id, each)
    return held


def _voting(session: Session, meeting: MeetingView, day: date) -> Iterator[MandateView]:
    """The mandates that give a vote at a meeting on a local day.

    One that lets its holder pass on or listen only gives none.
    """
    for each in mandates_at_meetings(session, [meeting]).at(meeting, day=day):
        if each.power in _VOTING:
            yield each
