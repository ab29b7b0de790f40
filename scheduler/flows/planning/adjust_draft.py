"""Take single changes out of a draft: those meetings go back to what is published."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from scheduler.db import audits
from scheduler.db.tables import Plan
from scheduler.domain.access import Actor
from scheduler.domain.errors import AanTafelError, NotFound, Sentence
from scheduler.domain.terms import PlanState
from scheduler.flows.plan_writer import write_tiers
from scheduler.flows.planning.draft_rows import erase, write_facts
from scheduler.flows.problem_builder import Question, build_problem, draft_roster
from scheduler.flows.publishing.facts_read import facts_in_force
from scheduler.policy import PlanningPolicy
from solver.check import Judgement, Violation, check
from solver.plan import TierScore
from solver.problem import PlannedMeeting


class WouldBreak(AanTafelError):
    """Without these changes the draft would break the rule book; nothing was changed."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        """One sentence per rule that would be broken."""
        super().__init__(*(Sentence(each.sentence.nl, each.sentence.en) for each in violations))


def undo_changes(
    session: Session,
    actor: Actor,
    plan_id: int,
    meetings: Collection[str],
    policy: PlanningPolicy,
    *,
    at: datetime,
) -> None:
    """Put meetings of a draft back to what is published, where the rule book allows it.

    What the draft broke before (something changed since it was made) isn't held against it.

    Raises:
        NotFound: there is no such draft.
        WouldBreak: a rule would be broken; the draft stays as it was.
    """
    actor.must_plan_for_all()
    plan = session.get(Plan, plan_id)
    if plan is None or plan.state is not PlanState.DRAFT:
        raise NotFound("concept", str(plan_id))
    question = build_problem(session, plan, policy)
    roster = draft_roster(session, plan_id, question)
    back = {name: question.present[name] for name in meetings if name in question.present}
    judgement = _judge(question, roster, {**roster, **back})
    _write(session, plan_id, meetings)
    plan.adjusted, plan.optimal = True, False
    scores = [
        TierScore(tier=tier, value=value, bound=None) for tier, value in judgement.tiers.items()
    ]
    before = check(question.problem, question.present).all_tiers
    write_tiers(session, plan_id, scores, before=before)
    audits.record(
        session,
        actor,
        "adjust",
        noun="plan",
        noun_id=str(plan_id),
        at=at,
        detail=", ".join(sorted(meetings)),
    )


def _judge(
    question: Question,
    before: Mapping[str, PlannedMeeting],
    after: Mapping[str, PlannedMeeting],
) -> Judgement:
    known = {_key(each) for each in check(question.problem, before).violations}
    judgement = check(question.problem, after)
    broken = [each for each in judgement.violations if _key(each) not in known]
    if broken:
        raise WouldBreak(broken)
    return judgement


def _key(violation: Violation) -> tuple[str, str | None, str | None]:
    return violation.rule, violation.meeting, violation.representative


def _write(session: Session, plan_id: int, meetings: Collection[str]) -> None:
    published = facts_in_force(session)
    for meeting in sorted(meetings):
        erase(session, plan_id, meeting)
        if meeting in published:
            write_facts(session, plan_id, published[meeting])
