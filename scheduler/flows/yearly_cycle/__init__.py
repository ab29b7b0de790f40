"""A new year's meetings out of last year's: proposed, corrected, and set ready in one act."""

from scheduler.flows.yearly_cycle.propose import Proposal, YearProposal, propose_year, years_to_come
from scheduler.flows.yearly_cycle.rhythm import Obstacle
from scheduler.flows.yearly_cycle.set_ready import BadYear, Chosen, set_ready

__all__ = [
    "BadYear",
    "Chosen",
    "Obstacle",
    "Proposal",
    "YearProposal",
    "propose_year",
    "set_ready",
    "years_to_come",
]
