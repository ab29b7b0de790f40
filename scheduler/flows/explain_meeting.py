"""Why these people at a meeting, who else could come, who can't, and what would open more.

Everything here was worked out by the solver's library on the plan as it stands: whoever is called
possible can be sent, and what is said to open a gap was solved for and judged.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic

from scheduler.db.views import Named
from scheduler.domain.errors import Sentence
from scheduler.flows.adjusting.errors import said
from scheduler.flows.adjusting.standing import Standing
from solver.candidates import Candidate, Move, Seat, candidates_at, moves
from solver.explain import MeetingExplanation, Why, explain_at, reasons, verified, why
from solver.position import Barrier, Effect, Position

_SECONDS = 4.0
"""How long proving what would open more may take altogether."""

_OPENINGS = 4
"""How many ways are proven for each gap."""

DEPUTY = "vervanger"
FREE = "vrij"


@dataclass(frozen=True, slots=True)
class Change:
    """What a change does on one tier, by the tier's name: better, or worse."""

    tier: str
    better: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """Somebody for a place at a meeting.

    `slot` is the row position of the time that it is about. Minutes are over the whole plan:
    `before` and `after` the own load, `bearable` what is fair. `gained` and `lost` are the
    organisations that would be heard, or heard no more. `reasons` say why, or why not.
    """

    id: str
    label: str
    organisation: Named
    slot: int | None
    has_standing: bool
    changes: tuple[Change, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    reasons: tuple[Sentence, ...]
    before: int
    after: int
    bearable: int
    banned: bool

    @property
    def over(self) -> bool:
        """Whether this person would have more than is fair."""
        return self.after > self.bearable


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why somebody attends: facts, what it would be without, and who comes next."""

    id: str
    label: str
    pinned: bool
    facts: tuple[Sentence, ...]
    without: tuple[Change, ...]
    next_best: Named | None
    next_changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTime:
    """Another time for the same people: what it does, or why it can't be."""

    slot: int
    starts_at: datetime
    ends_at: datetime
    changes: tuple[Change, ...]
    refusals: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A meeting explained. `place` says which place the people are for, `why` is about one person.

    One at a time: what each other person in that place would do takes a while to work out.
    """

    place: str
    why: Reasons | None
    pinned: frozenset[str]
    able: tuple[Someone, ...]
    unable: tuple[Someone, ...]
    outside: tuple[Someone, ...]
    times: tuple[OtherTime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A gap, the proven ways to close it, and how many more were not looked at in time."""

    gap: Sentence
    ways: tuple[Sentence, ...]
    left: int


def explain_meeting(standing: Standing, meeting_id: str, place: str, about: str = "") -> Explained:
    """Explain an open meeting, and who could take a place there.

    Args:
        standing: where things stand.
        meeting_id: an open meeting.
        place: `vrij`, `vervanger`, or the attendee whose place it is.
        about: the attendee whose coming is explained; by default whose place it is, or the first.
    """
    attendees = standing.planned(meeting_id).attendees
    asked = next((name for name in (place, about) if name in attendees), None)
    who = asked or min(attendees, default="")
    return standing.answer(
        (meeting_id, place, who),
        lambda position: _explained(standing, position, meeting_id, place, who),
    )


def usual_place(standing: Standing, meeting_id: str) -> str:
    """Which place is asked about unless another is: an empty one, the deputy's, or the first."""
    planned = standing.planned(meeting_id)
    meeting = standing.question.problem.meetings[meeting_id]
    if len(planned.attendees) < meeting.seats.min:
        return FREE
    if meeting.deputy and planned.deputy is None and planned.attendees:
        return DEPUTY
    return FREE if len(planned.attendees) < meeting.seats.max else min(planned.attendees)


def places(standing: Standing, meeting_id: str) -> tuple[str, ...]:
    """Every place that can be asked about."""
    planned = standing.planned(meeting_id)
    meeting = standing.question.problem.meetings[meeting_id]
    free = (FREE,) if len(planned.attendees) < meeting.seats.max else ()
    deputy = (DEPUTY,) if planned.attendees and meeting.deputy else ()
    return (*free, *deputy, *sorted(planned.attendees))


def what_opens(
    standing: Standing, meeting_id: str, clock: Callable[[], float] = monotonic
) -> tuple[Opening, ...] | None:
    """For each gap of an open meeting the ways to close it, each solved for and judged.

    It takes some seconds, for which nobody else has to wait. None where the plan breaks a rule as
    it stands: then nothing can be proven on it, and that has to be mended first.
    """
    if standing.violations:
        return None
    key = ("opens", meeting_id)
    known: tuple[Opening, ...] | None = standing.found(key)
    if known is not None:
        return known
    explained = standing.answer(
        ("gaps", meeting_id), lambda position: explain_at(position, meeting_id)
    )
    end = clock() + _SECONDS
    found = verified(standing.position, _fewer(explained), lambda: clock() < end)
    return standing.answer(key, lambda _position: _openings(found))


def _fewer(explained: MeetingExplanation) -> MeetingExplanation:
    gaps = tuple(replace(each, openings=each.openings[:_OPENINGS]) for each in explained.gaps)
    return replace(explained, gaps=gaps)


def _openings(found: MeetingExplanation) -> tuple[Opening, ...]:
    return tuple(
        Opening(
            gap=said(each.gap.sentence),
            ways=tuple(said(way.sentence) for way in each.openings if way.verified),
            left=sum(not way.verified for way in each.openings),
        )
        for each in found.gaps
    )


def _explained(
    standing: Standing, position: Position, meeting_id: str, place: str, who: str
) -> Explained:
    planned = position.planned[meeting_id]
    reason = why(position, meeting_id, who) if who else None
    if reason and place == who:
        found = (*(rival.candidate for rival in reason.rivals), *reason.unable)
    else:
        found = candidates_at(position, meeting_id, _seat(place))
    people = [_someone(standing, position, meeting_id, each) for each in found]
    able = {each.representative for each in found if each.possible}
    unable = [each for each in people if each.id not in able]
    return Explained(
        place=place,
        why=_reasons_of(position, reason) if reason else None,
        pinned=frozenset(
            name for name in planned.attendees if position.derived.is_pinned(meeting_id, name)
        ),
        able=tuple(each for each in people if each.id in able),
        unable=tuple(each for each in unable if each.has_standing),
        outside=tuple(each for each in unable if not each.has_standing),
        times=tuple(_time(standing, meeting_id, each) for each in moves(position, meeting_id)),
    )


def _seat(place: str) -> Seat:
    if place == DEPUTY:
        return Seat(as_deputy=True)
    return Seat() if place == FREE else Seat(instead_of=place)


def _someone(standing: Standing, position: Position, meeting_id: str, found: Candidate) -> Someone:
    problem = position.problem
    person = problem.representatives[found.representative]
    organisation = problem.organisations[person.organisation]
    before = position.planned[meeting_id].voices
    after: Mapping[str, str] = before if found.planned is None else found.planned.voices
    return Someone(
        id=person.id,
        label=person.name,
        organisation=Named(organisation.id, organisation.name),
        slot=None if found.planned is None else _row(standing, meeting_id, found.planned.slot),
        has_standing=found.has_standing,
        changes=_changes(position, found.effect),
        gained=_names(position, [name for name in after if name not in before]),
        lost=_names(position, [name for name in before if name not in after]),
        reasons=_reasons(position, found),
        before=found.own.before,
        after=found.own.after,
        bearable=found.own.bearable,
        banned=any(refusal.barrier is Barrier.BANNED for refusal in found.refusals),
    )


def _reasons(position: Position, found: Candidate) -> tuple[Sentence, ...]:
    """The facts in words; what it does on the tiers, and the load, are told apart from them."""
    told = reasons(position, found)
    if found.effect is None:
        return tuple(dict.fromkeys(said(each) for each in told))
    on_tiers = sum(found.effect[tier] != 0 for tier in position.problem.policy.tiers)
    attends = found.planned is not None and found.representative in found.planned.attendees
    facts = told[on_tiers : -1 if attends else None]
    return tuple(said(each) for each in facts)


def _reasons_of(position: Position, found: Why) -> Reasons:
    known = position.problem.representatives
    rival = next(iter(found.rivals), None)
    following = rival.candidate.representative if rival else ""
    return Reasons(
        id=found.representative,
        label=known[found.representative].name,
        pinned=found.pinned,
        facts=tuple(said(each) for each in found.facts),
        without=_changes(position, found.without),
        next_best=Named(following, known[following].name) if rival else None,
        next_changes=_changes(position, rival.candidate.effect) if rival else (),
    )


def _time(standing: Standing, meeting_id: str, move: Move) -> OtherTime:
    span = standing.question.problem.meetings[meeting_id].slots[move.slot]
    return OtherTime(
        slot=standing.question.slot_positions[meeting_id][move.slot],
        starts_at=span.start,
        ends_at=span.end,
        changes=_changes(standing.position, move.effect),
        refusals=tuple(dict.fromkeys(said(each.sentence) for each in move.refusals)),
    )


def _changes(position: Position, effect: Effect | None) -> tuple[Change, ...]:
    if effect is None:
        return ()
    return tuple(
        Change(tier.value, effect[tier] < 0)
        for tier in position.problem.policy.tiers
        if effect[tier] != 0
    )


def _names(position: Position, organisations: list[str]) -> tuple[str, ...]:
    return tuple(position.problem.organisations[name].name for name in organisations)


def _row(standing: Standing, meeting_id: str, slot: int | None) -> int | None:
    return None if slot is None else standing.question.slot_positions[meeting_id][slot]
