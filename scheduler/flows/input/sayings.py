"""What a brief comes down to: sentences that may be said, and those that may not, each a fact."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.db.views import Named
from scheduler.domain.errors import Sentence
from scheduler.domain.terms import DecisionRule, Stance
from scheduler.flows.input.brief import Brief
from scheduler.flows.input.item_brief import Heard, ItemBrief

_RULES = {
    DecisionRule.UNANIMOUS: Sentence(
        "Deze tafel beslist alleen als niemand tegen is.",
        "This table decides only if nobody is against.",
    ),
    DecisionRule.ORGANISATIONS: Sentence(
        "Deze tafel beslist bij meerderheid van organisaties.",
        "This table decides by a majority of organisations.",
    ),
    DecisionRule.DWELLINGS: Sentence(
        "Deze tafel beslist bij meerderheid naar woningen.",
        "This table decides by a majority by dwellings.",
    ),
    DecisionRule.BOTH: Sentence(
        "Deze tafel vraagt een meerderheid op beide manieren.",
        "This table asks for a majority both ways.",
    ),
    DecisionRule.TENANTS_HALF: Sentence(
        "Aan deze tafel hebben de huurders samen de helft van de stemmen.",
        "At this table the tenants together have half of the votes.",
    ),
}
_SIDES = {
    Stance.FOR: Sentence("voor", "for it"),
    Stance.FOR_IF: Sentence("voor, met voorwaarden", "for it, with conditions"),
    Stance.AGAINST: Sentence("tegen", "against it"),
}


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence; `allowed` False: this may not be said."""

    text: Sentence
    allowed: bool = True


def sayings(brief: Brief, item: ItemBrief) -> tuple[Saying, ...]:
    """What the positions on one item, the table's rule and the mandates come down to."""
    return (
        Saying(_by_the_rule(brief, item)),
        *(Saying(each) for each in _agreement(item)),
        *(Saying(each) for each in _must_hear(item)),
        *(Saying(each, allowed=False) for each in _not_for(brief, item)),
    )


def _by_the_rule(brief: Brief, item: ItemBrief) -> Sentence:
    decisive = item.outcome.decisive
    return _joined(filter(None, [_RULES[brief.rules.decision], decisive.why, decisive.conditions]))


def _agreement(item: ItemBrief) -> Iterator[Sentence]:
    if item.most is None:
        return
    side = _SIDES[item.most]
    if item.is_agreed:
        yield Sentence(
            f"Iedereen die koos, is {side.nl}.", f"Everybody who took sides is {side.en}."
        )
    else:
        names = _names(item.differing)
        yield Sentence(
            f"De meeste organisaties zijn {side.nl}. Anders denken: {names.nl}.",
            f"Most organisations are {side.en}. These think otherwise: {names.en}.",
        )


def _must_hear(item: ItemBrief) -> Iterator[Sentence]:
    if item.must_hear:
        names = _names(item.must_hear)
        yield Sentence(
            f"Noem altijd wat {names.nl} zegt."
            if len(item.must_hear) == 1
            else f"Noem altijd wat {names.nl} zeggen.",
            f"Always mention what {names.en} said.",
        )


def _not_for(brief: Brief, item: ItemBrief) -> Iterator[Sentence]:
    """Where a promise on behalf of another would go beyond what that one said."""
    spoken_for = {each.id for each in brief.speaking}
    for heard in (*item.groups[Stance.FOR_IF], *item.groups[Stance.AGAINST], *item.silent):
        if heard.organisation.id in spoken_for:
            yield _limit(heard)


def _limit(heard: Heard) -> Sentence:
    name, position = heard.organisation.name, heard.position
    if position is None:
        return Sentence(
            f"Zeg niets toe namens {name}: deze organisatie zei hier nog niets over.",
            f"Promise nothing on behalf of {name}: it hasn't said anything about this yet.",
        )
    if position.stance is Stance.AGAINST:
        return Sentence(
            f"Niet instemmen namens {name}: die is tegen.",
            f"Don't agree on behalf of {name}: it is against.",
        )
    return Sentence(
        f"Alleen instemmen namens {name} als dit geldt: {position.condition}",
        f"Agree on behalf of {name} only if this holds: {position.condition}",
    )


def _names(heard: Iterable[Heard]) -> Sentence:
    names = [each.organisation for each in heard]
    return Sentence(_listed(names, "en"), _listed(names, "and"))


def _listed(names: list[Named], conjunction: str) -> str:
    *most, last = [each.name for each in names]
    return f"{', '.join(most)} {conjunction} {last}" if most else last


def _joined(sentences: Iterable[Sentence]) -> Sentence:
    every = list(sentences)
    return Sentence(" ".join(each.nl for each in every), " ".join(each.en for each in every))
