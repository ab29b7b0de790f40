"""A plan to rows: what the solver answered, as a draft that a coordinator can judge."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from scheduler.db import leases, tables
from scheduler.db.leases import Claim
from scheduler.domain.errors import AanTafelError, Sentence
from scheduler.domain.terms import MeetingState, Part, PlanState
from scheduler.flows.problem_builder import Question
from solver.check import Violation, check
from solver.derive import Derived
from solver.plan import Plan, TierScore
from solver.problem import PlannedMeeting, Span, Tier


def write_plan(
    session: Session, claim: Claim, question: Question, answer: Plan, *, at: datetime
) -> None:
    """Store the answer with its scores. Meetings that were held already aren't planned again.

    A meeting that was moved, or called off, since the question was asked is left out, and the plan
    names it: the answer is about another time. Nothing happens where another process has taken the
    plan over meanwhile.

    Raises:
        PlanRefused: the answer breaks the rule book, so nobody must ever see it.
    """
    _refuse_broken(question, answer)
    row = leases.mine(session, tables.Plan, claim)
    if row is None:
        return
    row.state, row.finished_at = PlanState.PROPOSED if row.mode else PlanState.DRAFT, at
    row.problem_digest = answer.problem
    row.wall_seconds = answer.wall_seconds
    row.optimal = all(score.proven for score in answer.tiers)
    write_tiers(session, row.id, answer.tiers, before=worth(question))
    derived = Derived(question.problem)
    planned = [each for each in answer.meetings.values() if each.meeting not in question.held]
    moved = moved_meanwhile(session, planned, question)
    row.left_out = sorted(moved) or None
    planned = [each for each in planned if each.meeting not in moved]
    session.add_all(_meeting(row.id, each, question) for each in planned)
    session.flush()
    for each in planned:
        session.add_all(_people(row.id, each, derived))
        session.add_all(_voices(row.id, each))


def moved_meanwhile(
    session: Session, planned: Iterable[PlannedMeeting], question: Question
) -> frozenset[str]:
    """The meetings whose slots aren't those that the question offered, or that are off by now."""
    on = select(tables.Meeting.id).where(tables.Meeting.state == MeetingState.PLANNED)
    still_on = set(session.exec(on))
    times = {
        (slot.meeting_id, slot.position): Span(slot.starts_at, slot.ends_at)
        for slot in session.exec(select(tables.Slot))
    }
    return frozenset(
        each.meeting
        for each in planned
        if each.meeting not in still_on
        or any(times.get(place) != span for place, span in _offered(each.meeting, question))
    )


def _offered(meeting: str, question: Question) -> Iterator[tuple[tuple[str, int], Span]]:
    slots = question.problem.meetings[meeting].slots
    for position, span in zip(question.slot_positions[meeting], slots, strict=True):
        yield (meeting, position), span


def write_tiers(
    session: Session,
    plan_id: int,
    scores: Sequence[TierScore],
    *,
    before: Mapping[Tier, int] | None = None,
) -> None:
    """Store how good a plan is, in place of what was known; `before` is what is published now."""
    session.exec(delete(tables.PlanTier).where(col(tables.PlanTier.plan_id) == plan_id))
    session.add_all(
        tables.PlanTier(
            plan_id=plan_id,
            position=position,
            name=score.tier,
            value=score.value,
            bound=score.bound,
            proven=score.proven,
            before=before[score.tier] if before else None,
        )
        for position, score in enumerate(scores)
    )


def worth(question: Question) -> Mapping[Tier, int] | None:
    """What is published is worth, by the same rules; None where nothing of it is."""
    if not any(planned.attendees for planned in question.present.values()):
        return None
    return check(question.problem, question.present).all_tiers


class PlanRefused(AanTafelError):
    """The solver's answer breaks the rule book: a fault of ours."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        """Name what was broken."""
        broken = "; ".join(violation.sentence.en for violation in violations)
        super().__init__(
            Sentence(
                f"Het rooster breekt de regels en is niet bewaard: {broken}.",
                f"The plan breaks the rules and was not kept: {broken}.",
            )
        )


def _refuse_broken(question: Question, answer: Plan) -> None:
    """An independent judge has the last word: it shares no code with the model."""
    violations = check(question.problem, answer).violations
    if violations:
        raise PlanRefused(violations)


def _meeting(plan_id: int, planned: PlannedMeeting, question: Question) -> tables.PlannedMeeting:
    positions = question.slot_positions[planned.meeting]
    return tables.PlannedMeeting(
        plan_id=plan_id,
        meeting_id=planned.meeting,
        slot_position=None if planned.slot is None else positions[planned.slot],
    )


def _people(plan_id: int, planned: PlannedMeeting, derived: Derived) -> list[tables.Assignment]:
    parts = [(person, Part.ATTENDEE) for person in planned.attendees]
    if planned.deputy is not None:
        parts.append((planned.deputy, Part.DEPUTY))
    return [
        tables.Assignment(
            plan_id=plan_id,
            meeting_id=planned.meeting,
            representative_id=person,
            part=part,
            online=derived.is_online(planned.meeting, person),
            travel_minutes=derived.trip(planned.meeting, person),
        )
        for person, part in parts
    ]


def _voices(plan_id: int, planned: PlannedMeeting) -> list[tables.Voice]:
    return [
        tables.Voice(
            plan_id=plan_id,
            meeting_id=planned.meeting,
            organisation_id=organisation,
            speaker_id=speaker,
        )
        for organisation, speaker in planned.voices.items()
    ]
