"""Judge a draft by the rule book as the rows are at this very instant, whatever is remembered."""

from datetime import datetime

from sqlmodel import Session

from scheduler.flows.adjusting.errors import AgainstRules
from scheduler.flows.adjusting.period import everything
from scheduler.flows.adjusting.rows import drafted_plan, published_plan
from scheduler.flows.adjusting.verdict import Verdict, verdict_on
from scheduler.flows.problem_builder import build_problem
from scheduler.policy import PlanningPolicy

_NOTHING = Verdict((), ())


def judge_draft(session: Session, plan_id: int, policy: PlanningPolicy, *, at: datetime) -> Verdict:
    """What publishing a draft at an instant would break; what has begun by then isn't judged."""
    plan = everything(session, plan_id, as_of=at.replace(second=0, microsecond=0))
    if plan is None:
        return _NOTHING
    question = build_problem(session, plan, policy)
    below = published_plan(question)
    return verdict_on(question, below, drafted_plan(session, plan_id, question, below))


def refuse_broken(session: Session, plan_id: int, policy: PlanningPolicy, *, at: datetime) -> None:
    """AgainstRules, with one sentence per fact, where the draft brings what a rule forbids."""
    brings = judge_draft(session, plan_id, policy, at=at).brings
    if brings:
        raise AgainstRules(*dict.fromkeys(each.sentence for each in brings))
