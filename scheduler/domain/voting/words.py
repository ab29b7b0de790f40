"""Why a proposal is passed or not, in a sentence or two."""

from scheduler.domain.errors import Sentence
from scheduler.domain.terms import DecisionRule
from scheduler.domain.voting.roll import Measure
from scheduler.domain.voting.tally import Tally
from scheduler.domain.voting.verdict import Counts, Verdict, is_weightless

_PER_MILLE = 1000

_ENDINGS = {
    Verdict.PASSED: Sentence("Aangenomen.", "Passed."),
    Verdict.NOT_PASSED: Sentence("Niet aangenomen.", "Not passed."),
    Verdict.UNDECIDED: Sentence("Nog niet beslist.", "Not decided yet."),
}
_UNITS = {
    Measure.ORGANISATIONS: Sentence("stemmen van organisaties", "organisations' votes"),
    Measure.DWELLINGS: Sentence("woningen", "dwellings"),
}
_UNKNOWN = Sentence(
    "Van geen enkele organisatie is het aantal woningen bekend.",
    "Not one organisation's number of dwellings is known.",
)


def why(rule: DecisionRule, counts: Counts, verdict: Verdict) -> Sentence:
    """The counts that a rule looks at, and how it ends."""
    if is_weightless(rule, counts):
        return _joined(_UNKNOWN, _ENDINGS[verdict])
    return _joined(*_said(rule, counts), *_hanging(counts, verdict), _ENDINGS[verdict])


def _said(rule: DecisionRule, counts: Counts) -> tuple[Sentence, ...]:
    match rule:
        case DecisionRule.UNANIMOUS:
            return (_unanimous(counts),)
        case DecisionRule.ORGANISATIONS:
            return (_count(counts.organisations),)
        case DecisionRule.DWELLINGS:
            return (_count(counts.dwellings),)
        case DecisionRule.BOTH:
            return (_count(counts.organisations), _count(counts.dwellings))
        case DecisionRule.TENANTS_HALF:
            return _half(counts)


def _count(tally: Tally) -> Sentence:
    unit, for_, against = _UNITS[tally.measure], _number(tally.for_), _number(tally.against)
    return Sentence(
        f"Geteld in {unit.nl}: {for_.nl} voor, {against.nl} tegen.{_tie(tally).nl}",
        f"Counted in {unit.en}: {for_.en} for, {against.en} against.{_tie(tally).en}",
    )


def _number(value: int) -> Sentence:
    """With its thousands set apart, as each language does."""
    return Sentence(f"{value:,}".replace(",", "."), f"{value:,}")


def _tie(tally: Tally) -> Sentence:
    if tally.for_ != tally.against or tally.for_if or tally.not_heard:
        return Sentence("", "")
    return Sentence(
        " Er is geen meerderheid als voor en tegen gelijk zijn.",
        " With as many for as against there is no majority.",
    )


def _unanimous(counts: Counts) -> Sentence:
    if counts.organisations.against or counts.own.against:
        return Sentence(
            "Niet iedereen is het eens: er is tegen gestemd.",
            "Not everybody agrees: there is a vote against.",
        )
    if not (counts.organisations.for_ or counts.own.for_):
        return Sentence("Niemand is tegen, maar ook niemand voor.", "Nobody is against, nor for.")
    return Sentence("Niemand is tegen.", "Nobody is against.")


def _half(counts: Counts) -> tuple[Sentence, ...]:
    tenants = _count(counts.own)
    if counts.other is not None:
        other = counts.other
        return (
            tenants,
            Sentence(
                f"De andere helft: {other.for_} voor, {other.against} tegen. "
                "Beide helften wegen even zwaar.",
                f"The other half: {other.for_} for, {other.against} against. "
                "Both halves weigh the same.",
            ),
        )
    return tenants, _wanted_of_others(counts.own)


def _wanted_of_others(tenants: Tally) -> Sentence:
    """How much of the other half has to be for, when all of it votes, for the proposal to pass."""
    lead = tenants.against + tenants.total - tenants.for_
    wanted = lead * _PER_MILLE // (2 * tenants.total)
    whole, tenth = divmod(wanted, 10)
    if wanted >= _PER_MILLE:
        return Sentence(
            "De huurders hebben samen de helft van de stemmen: zonder hen is er geen meerderheid.",
            "The tenants together have half of the votes: without them there is no majority.",
        )
    return Sentence(
        "De huurders hebben samen de helft van de stemmen. Van de andere helft moet meer dan "
        f"{whole},{tenth}% voor zijn.",
        "The tenants together have half of the votes. Of the other half more than "
        f"{whole}.{tenth}% has to be for.",
    )


def _hanging(counts: Counts, verdict: Verdict) -> tuple[Sentence, ...]:
    """What it hangs on, where it isn't decided."""
    if verdict is not Verdict.UNDECIDED:
        return ()
    found = []
    if counts.organisations.not_heard:
        found.append(Sentence("Niet iedereen is gehoord.", "Not everybody has been heard."))
    if counts.organisations.for_if:
        found.append(
            Sentence("Er is gestemd onder voorwaarden.", "There are votes with conditions.")
        )
    return tuple(found)


def conditions(if_met: Verdict, if_unmet: Verdict) -> Sentence:
    """What "for, if" votes change."""
    if if_met is if_unmet:
        return Sentence(
            "De voorwaarden maken voor de uitkomst niet uit.",
            "The conditions make no difference to the result.",
        )
    met, unmet = _ENDINGS[if_met], _ENDINGS[if_unmet]
    return Sentence(
        "De voorwaarden beslissen. Is aan alle voorwaarden voldaan: "
        f"{met.nl.lower()} Aan geen enkele: {unmet.nl.lower()}",
        f"The conditions decide. With all of them fulfilled: {met.en.lower()} "
        f"With none: {unmet.en.lower()}",
    )


def without_quorum(needed: int, taking_part: int, still_open: int, why_: Sentence) -> Sentence:
    """That too few take part, before the reason by the votes themselves."""
    nl = f"Er doen {taking_part} organisaties mee; er zijn er {needed} nodig."
    en = f"{taking_part} organisations take part; {needed} are needed."
    if still_open:
        nl, en = (
            f"{nl} Er kunnen er nog {still_open} bij komen.",
            f"{en} {still_open} more may still join.",
        )
    return _joined(Sentence(nl, en), why_)


def _joined(*sentences: Sentence) -> Sentence:
    return Sentence(
        " ".join(each.nl for each in sentences), " ".join(each.en for each in sentences)
    )
