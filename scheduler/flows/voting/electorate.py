"""Who votes at a meeting, for whom and how heavily: read once, at opening, and frozen then."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from scheduler.db import people
from scheduler.db.tables import Dwellings, Meeting, VoteVoter
from scheduler.db.views import MeetingView
from scheduler.domain.terms import Level
from scheduler.domain.voting import Stake, VotingRules, roll
from scheduler.flows.problem_builder.people import mandates
from solver.derive.mandates import in_force
from solver.problem import Level as SolverLevel
from solver.problem import Mandate


def stakes_at(session: Session, meeting: MeetingView) -> tuple[Stake, ...]:
    """What each organisation that must be heard at a meeting has at stake there, in dwellings.

    At a municipality these are its dwellings there, at a corporation those of that corporation, at
    the province all. One of which nothing is written down has an unknown number.
    """
    known: dict[str, list[int | None]] = {each.organisation.id: [] for each in meeting.voices}
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
            caster_id=mandate.holder if mandate else own,
            mandate_id=mandate.id if mandate else "",
            present=own in present,
            votes=voter.votes,
            dwellings=voter.dwellings,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What of a meeting decides which mandates count there."""

    municipality: str | None
    topics: frozenset[str]
    level: SolverLevel


def _held(
    session: Session, meeting: MeetingView, present: Collection[str], day: date
) -> dict[str, Mandate]:
    """By giver the mandate by which somebody at the table votes for it.

    Of several it is the one of who speaks for the giver by the plan, then the first by name.
    """
    about = _About(
        municipality=meeting.municipality.id if meeting.municipality else None,
        topics=frozenset(session.get_one(Meeting, meeting.id).topics),
        level=SolverLevel(meeting.level),
    )
    spoken = {each.organisation.id: each.speaker.id for each in meeting.voices if each.speaker}
    fitting = [
        each for each in mandates(session) if each.holder in present and in_force(each, about, day)
    ]
    fitting.sort(key=lambda each: (spoken.get(each.giver) == each.holder, each.id), reverse=True)
    return {each.giver: each for each in fitting}
