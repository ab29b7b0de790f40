"""Whether a table goes on when somebody stops: who has been there, and who could follow."""

from scheduler.flows.continuity.bench import Bench, Regular, bench_of
from scheduler.flows.continuity.newcomer import usual_target
from scheduler.flows.continuity.succession import Succession, Successor, successions

__all__ = ["Bench", "Regular", "Succession", "Successor", "bench_of", "successions", "usual_target"]
