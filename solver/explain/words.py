"""How explanations name tiers, hours, numbers and lists. Tiers never go by their code names."""

from collections.abc import Mapping, Sequence

from solver.problem import Problem, Tier
from solver.sentence import Sentence

TIERS = {
    Tier.PRESENCE: Sentence("Lege plaatsen", "Empty seats"),
    Tier.VOICE: Sentence("Organisaties niet gehoord", "Organisations not heard"),
    Tier.EXPERTISE: Sentence("Zonder deskundige", "Without an expert"),
    Tier.DEPUTY: Sentence("Zonder vervanger", "Without a deputy"),
    Tier.STABILITY: Sentence("Wijzigingen voor mensen", "Changes for people"),
    Tier.WORKLOAD: Sentence("Boven de draagkracht", "Beyond capacity"),
    Tier.SPREAD: Sentence("Regionale spreiding", "Regional spread"),
    Tier.COMFORT: Sentence("Reistijd en gemak", "Travel and convenience"),
}
"""What each tier is called on screen."""

_BETTER = Sentence("{tier}: {points} beter.", "{tier}: better by {points}.")
_WORSE = Sentence("{tier}: {points} slechter.", "{tier}: worse by {points}.")
_EQUAL = Sentence("{tier}: gelijk.", "{tier}: equal.")


def difference(tier: Tier, value: int) -> Sentence:
    """What a difference on a tier means; below 0 is better."""
    if value == 0:
        return _EQUAL.filled(tier=TIERS[tier])
    shape = _BETTER if value < 0 else _WORSE
    return shape.filled(tier=TIERS[tier], points=points(abs(value)))


def differences(problem: Problem, effect: Mapping[Tier, int]) -> tuple[Sentence, ...]:
    """What an effect means, tier by tier in the policy's order, those that stay equal left out."""
    return tuple(difference(tier, effect[tier]) for tier in problem.policy.tiers if effect[tier])


def points(value: int) -> Sentence:
    """A number of points of a tier's value."""
    shown = number(value)
    one = value == 1
    return Sentence(
        f"{shown.nl} {'punt' if one else 'punten'}", f"{shown.en} {'point' if one else 'points'}"
    )


def number(value: int) -> Sentence:
    """A whole number with its thousands apart."""
    english = f"{value:,}"
    return Sentence(english.replace(",", "."), english)


def hours(minutes: int) -> Sentence:
    """Minutes as hours, to a tenth."""
    tenths = (minutes * 10 + 30) // 60
    whole, part = divmod(tenths, 10)
    return Sentence(
        f"{whole},{part}" if part else f"{whole}", f"{whole}.{part}" if part else f"{whole}"
    )


def named(code: str) -> str:
    """A free string of the document, such as an expertise, as words."""
    return code.replace("-", " ")


def listed(names: Sequence[str]) -> Sentence:
    """Names in a row: "a, b en c"."""
    if len(names) < 2:  # noqa: PLR2004 — with one name there is nothing to join
        return Sentence("".join(names), "".join(names))
    head, last = ", ".join(names[:-1]), names[-1]
    return Sentence(f"{head} en {last}", f"{head} and {last}")
