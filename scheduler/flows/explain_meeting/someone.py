"""Somebody for a place at a meeting: what it does, to whom, and why or why not."""

from collections.abc import Mapping

from scheduler.db.views import Named
from scheduler.domain.errors import Sentence
from scheduler.flows.adjusting.errors import said
from scheduler.flows.adjusting.standing import Standing
from scheduler.flows.explain_meeting.parts import Change, Someone
from solver.explain import reasons
from solver.position import Barrier, Effect, Position, Refusal
from solver.ranking import Candidate


def someone(standing: Standing, position: Position, meeting_id: str, found: Candidate) -> Someone:
    """A candidate in our words; the position is the standing's own."""
    problem = position.problem
    person = problem.representatives[found.representative]
    organisation = problem.organisations[person.organisation]
    before = position.planned[meeting_id].voices
    after: Mapping[str, str] = before if found.planned is None else found.planned.voices
    return Someone(
        id=person.id,
        label=person.name,
        organisation=Named(organisation.id, organisation.name),
        slot=None if found.planned is None else row_of(standing, meeting_id, found.planned.slot),
        has_standing=found.has_standing,
        changes=changes_of(position, found.effect),
        gained=_names(position, [name for name in after if name not in before]),
        lost=_names(position, [name for name in before if name not in after]),
        reasons=_reasons(standing, position, meeting_id, found),
        before=found.own.before,
        after=found.own.after,
        bearable=found.own.bearable,
        banned=any(refusal.barrier is Barrier.BANNED for refusal in found.refusals),
        declined=(meeting_id, person.id) in standing.question.declined,
    )


def _reasons(
    standing: Standing, position: Position, meeting_id: str, found: Candidate
) -> tuple[Sentence, ...]:
    """The facts in words; what it does on the tiers, and the load, are told apart from them."""
    if found.effect is None:
        declined = (meeting_id, found.representative) in standing.question.declined
        task = standing.question.barred.get((meeting_id, found.representative))
        told = (_refusal(each, SAID_NO if declined else task) for each in found.refusals)
        return tuple(dict.fromkeys(told))
    on_tiers = sum(found.effect[tier] != 0 for tier in position.problem.policy.tiers)
    attends = found.planned is not None and found.representative in found.planned.attendees
    facts = reasons(position, found)[on_tiers : -1 if attends else None]
    return tuple(said(each) for each in facts)


def _refusal(refusal: Refusal, own: Sentence | None) -> Sentence:
    """What forbids it; a ban that comes from somebody's own answer or task says so."""
    return own if own and refusal.barrier is Barrier.BANNED else said(refusal.sentence)


SAID_NO = Sentence("Zei nee op deze uitnodiging.", "Said no to this invitation.")


def changes_of(position: Position, effect: Effect | None) -> tuple[Change, ...]:
    """Which tiers get better or worse, the most important first; none without an effect."""
    if effect is None:
        return ()
    return tuple(
        Change(tier.value, effect[tier] < 0)
        for tier in position.problem.policy.tiers
        if effect[tier] != 0
    )


def _names(position: Position, organisations: list[str]) -> tuple[str, ...]:
    return tuple(position.problem.organisations[name].name for name in organisations)


def row_of(standing: Standing, meeting_id: str, slot: int | None) -> int | None:
    """The position in the rows of a slot of the problem."""
    return None if slot is None else standing.question.slot_positions[meeting_id][slot]
