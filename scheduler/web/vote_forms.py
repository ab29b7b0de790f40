"""A vote's forms: from the buttons and numbers that were sent to a ballot, and back."""

from dataclasses import dataclass, field

from scheduler.domain.errors import AanTafelError, Sentence
from scheduler.domain.terms import BallotWay, Stance
from scheduler.domain.voting import OtherHalf, Split
from scheduler.flows.voting import BadVote, Cast
from scheduler.web.requests.forms import Sent

STANCES = {
    "voor": Stance.FOR,
    "tegen": Stance.AGAINST,
    "onthouding": Stance.ABSTAIN,
    "afwezig": Stance.NOT_PRESENT,
    "verdeeld": Stance.SPLIT,
}
_PARTS = ("deel-voor", "deel-tegen", "deel-onthouding")
_OTHERS = ("ander-voor", "ander-tegen", "ander-onthouding")
_MOST_DIGITS = 9
_CHOOSE = Sentence("Kies een van de knoppen.", "Choose one of the buttons.")
_NUMBERS = Sentence(
    "Vul bij elk deel een geheel getal in, 0 of meer.", "Fill in whole numbers of 0 or more."
)
_AT_LEAST_ONE = Sentence(
    "Vul de stemmen van de andere helft in, minstens één.",
    "Fill in the other half's votes, one at least.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A form that came back: what is wrong, at whose vote, and what had been typed."""

    at: str
    sentence: Sentence
    typed: dict[str, str] = field(default_factory=dict)


def refused(organisation_id: str, sent: Sent, error: AanTafelError) -> Refused:
    """The form as it was typed, with what is wrong."""
    typed = {name: sent.text(name) for name in (*_PARTS, *_OTHERS, "reden")}
    return Refused(at=organisation_id, sentence=error.sentences[0], typed=typed)


def typed_ballot(
    sent: Sent, organisation_id: str, *, way: BallotWay = BallotWay.PAGE, caster: str = ""
) -> Cast:
    """The ballot in a form.

    Raises:
        BadVote: no button of ours, or parts that are no numbers.
    """
    word = sent.text("stem")
    if word not in STANCES:
        raise BadVote(_CHOOSE)
    stance = STANCES[word]
    return Cast(
        organisation_id=organisation_id,
        stance=stance,
        split=_split(sent) if stance is Stance.SPLIT else None,
        way=way,
        caster=caster,
        why=sent.text("reden"),
    )


def typed_other_half(sent: Sent) -> OtherHalf | None:
    """What the other half voted; None where nothing was filled in.

    Raises:
        BadVote: something else than numbers, or nothing but noughts.
    """
    texts = [sent.text(name).strip() for name in _OTHERS]
    if not any(texts):
        return None
    for_, against, abstain = (_whole(text) for text in texts)
    if for_ + against + abstain == 0:
        raise BadVote(_AT_LEAST_ONE)
    return OtherHalf(for_=for_, against=against, abstain=abstain)


def _split(sent: Sent) -> Split:
    for_, against, abstain = (_whole(sent.text(name).strip()) for name in _PARTS)
    return Split(for_=for_, against=against, abstain=abstain)


def _whole(text: str) -> int:
    """An empty field is nought; dots between thousands are how numbers are written here."""
    digits = (text or "0").replace(".", "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > _MOST_DIGITS:
        raise BadVote(_NUMBERS)
    return int(digits)
