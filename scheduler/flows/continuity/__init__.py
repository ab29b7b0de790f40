"""Whether a table goes on when somebody stops: who has been there, and who could follow."""

from scheduler.flows.continuity.bench import Bench, Regular, bench_of
from scheduler.flows.continuity.company import Company, Lack, lacking_company
from scheduler.flows.continuity.newcomer import usual_target
from scheduler.flows.continuity.succession import Succession, Successor, successions
from scheduler.flows.continuity.task import Task, task_of

__all__ = [
    "Bench",
    "Company",
    "Lack",
    "Regular",
    "Succession",
    "Successor",
    "Task",
    "bench_of",
    "lacking_company",
    "successions",
    "task_of",
    "usual_target",
]
