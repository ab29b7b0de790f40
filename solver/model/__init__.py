"""The rule book as a CP-SAT model: one rule, one file, named as in the rule book.

A hard rule has `post(variables)`. A tier has `cost(variables)`: it adds what it has to count and
returns an expression that is never below the tier's value, and equals it once minimised.
`standing`, `available` and `bans` have no file here: `Variables` holds no variable for what they
forbid.
"""

from collections.abc import Callable, Mapping

from solver.model import (
    comfort,
    deputy,
    expertise,
    limits,
    one_place,
    pins,
    presence,
    seats,
    spread,
    stability,
    voice,
    voices,
    workload,
)
from solver.problem import Tier
from solver.variables import Amount, Variables

HARD_RULES: tuple[Callable[[Variables], None], ...] = (
    seats.post,
    deputy.post,
    one_place.post,
    limits.post,
    pins.post,
    voices.post,
)

COSTS: Mapping[Tier, Callable[[Variables], Amount]] = {
    Tier.PRESENCE: presence.cost,
    Tier.VOICE: voice.cost,
    Tier.EXPERTISE: expertise.cost,
    Tier.DEPUTY: deputy.cost,
    Tier.STABILITY: stability.cost,
    Tier.WORKLOAD: workload.cost,
    Tier.SPREAD: spread.cost,
    Tier.COMFORT: comfort.cost,
}


def post_hard_rules(variables: Variables) -> None:
    """Post every rule that a plan keeps."""
    for post in HARD_RULES:
        post(variables)
