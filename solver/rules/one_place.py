"""Nobody is in two places: between any two commitments there is time for the way."""

from collections.abc import Iterator

from solver.derive.clashes import Commitment, clashes
from solver.problem import HardRule
from solver.rules.roster import Roster
from solver.rules.rule import Breach, Hard
from solver.sentence import Sentence, minutes


def _breaches(roster: Roster) -> Iterator[Breach]:
    agendas: dict[str, list[Commitment]] = {}
    for held in roster.commitments:
        agendas.setdefault(held.representative, []).append((held.meeting, held.slot))
    for representative, commitments in agendas.items():
        for earlier, later in clashes(roster.derived, representative, commitments):
            yield later[0], representative, _fact(roster, representative, earlier, later)


def _fact(roster: Roster, representative: str, earlier: Commitment, later: Commitment) -> Sentence:
    short = minutes(roster.derived.shortage(representative, earlier, later))
    name = roster.person(representative).name
    before, after = roster.words(earlier[0]), roster.words(later[0])
    return Sentence(
        f"{name} komt {short.nl} tekort tussen {before.nl} en {after.nl}.",
        f"{name} is {short.en} short between {before.en} and {after.en}.",
    )


ONE_PLACE = Hard(
    name=HardRule.ONE_PLACE,
    sentence=Sentence(
        "Niemand is op twee plaatsen tegelijk; ook de reistijd ertussen past.",
        "Nobody is in two places at once; the way between them fits as well.",
    ),
    breaches=_breaches,
)
