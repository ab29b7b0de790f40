"""The first two tiers of a large problem, proven before the model of the whole is made.

That model takes as long to make as the proof takes, and nothing of it is needed for the proof. It
is made while the relaxation of the first tiers, on another core, is still being solved.
"""

from collections.abc import Mapping, Sequence

from solver.derive import Derived
from solver.problem import PlannedMeeting
from solver.search.engine import Task
from solver.search.formulation import Formulation
from solver.search.learner import Learner
from solver.search.pair import Proof, prove
from solver.search.steps import steps
from solver.search.stopwatch import Stopwatch

SMALL = 400
"""With no more possible attendances than this, CP-SAT proves every tier by itself."""

PAIR = 2

TIMES_AS_LONG = 3
"""As the model of the first tiers, that of the whole takes at most to make."""

SHARE = 0.6
"""How much of the time the proof may take."""


def is_large(derived: Derived, part: Sequence[str]) -> bool:
    """Whether there are so many possible attendances that every tier needs the engine it suits."""
    attendances = (
        len(derived.candidates(meeting, slot))
        for meeting in part
        for slot in derived.open_slots(meeting)
    )
    return sum(attendances) > SMALL


def seconds_for_the_whole(proof: Proof) -> float:
    """How long the model of the whole may take to make, which nothing can interrupt."""
    return TIMES_AS_LONG * proof.seconds_made_in


def opening(
    derived: Derived,
    part: Sequence[str],
    plan: Mapping[str, PlannedMeeting],
    *,
    learner: Learner,
    stopwatch: Stopwatch,
    seed: int,
) -> Proof | None:
    """What could be proven of the first two tiers, or None where they don't go together.

    `learner` goes on relaxing the same task.
    """
    formulation = Formulation(derived, part, derived.problem.policy.tiers[:2])
    together = next(steps(formulation), ())
    if len(together) != PAIR:
        return None
    first, second = together
    cost, _ = formulation.combined(first, second)
    task = Task(
        formulation=formulation,
        cost=cost,
        values=formulation.solution(plan).values,
        seconds=SHARE * stopwatch.left,
        seed=seed,
        stopwatch=stopwatch,
        guided=True,
        at_once=True,
    )
    learner.begin(task)
    return prove(formulation, first, second, task)
