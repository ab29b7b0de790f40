"""What makes up the value of a tier, on a terminal."""

from collections.abc import Callable, Mapping

from scheduler.cli.app import out, said, spoken
from scheduler.cli.explained import shares_of
from scheduler.cli.listing import show_list
from scheduler.domain.errors import Sentence
from solver.explain import TIERS
from solver.position import Position
from solver.problem import Problem, Tier

_HEADINGS = {
    "meetings": Sentence("Overleggen", "Meetings"),
    "organisations": Sentence("Organisaties", "Organisations"),
    "representatives": Sentence("Afgevaardigden", "Representatives"),
    "regions": Sentence("Regio's", "Regions"),
    "series": Sentence("Overlegtafels", "Tables"),
}


def show_tier(position: Position, tier: Tier) -> None:
    """Print a tier's value, and per kind who brings how much to it, the heaviest first."""
    out.print(f"{spoken(TIERS[tier])}: {position.values()[tier]}", markup=False)
    for kind, shares in shares_of(position, tier).items():
        if shares:
            named = _NAMES[kind]
            lines = (
                f"{value:>12}  {named(position.problem, key)}" for key, value in shares.items()
            )
            show_list(said(_HEADINGS[kind]), lines)


def _meeting(problem: Problem, key: str) -> str:
    return f"{key} {problem.meetings[key].title}"


_NAMES: Mapping[str, Callable[[Problem, str], str]] = {
    "meetings": _meeting,
    "organisations": lambda problem, key: problem.organisations[key].name,
    "representatives": lambda problem, key: problem.representatives[key].name,
    "regions": lambda problem, key: problem.regions[key].name,
    "series": lambda _, key: key,
}
