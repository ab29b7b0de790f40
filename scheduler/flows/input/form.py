"""The form for input: what was typed, per agenda item, and what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.db.input import PositionView, VersionView
from scheduler.db.views import AgendaItemView
from scheduler.domain.terms import Importance, Stance
from scheduler.flows.requests.request_reading import Reading
from scheduler.flows.requests.request_texts import read_text

Typed = Mapping[str, str]
"""The form's fields by name: those of an item end in its identifier."""

ABSTAINS = "doet-niet-mee"
STANCE, CONDITION, REASON, MESSAGE, SOURCE, IMPORTANCE = (
    "standpunt",
    "als",
    "reden",
    "boodschap",
    "bron",
    "belang",
)
_TEXTS = (CONDITION, REASON, MESSAGE, SOURCE)
STANCES = {
    "voor": Stance.FOR,
    "voor-als": Stance.FOR_IF,
    "tegen": Stance.AGAINST,
    "geen-mening": Stance.ABSTAIN,
}
IMPORTANCES = {"moet": Importance.MUST, "kan": Importance.CAN, "weten": Importance.KNOW}
_SHORTEST = "kan"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenInput:
    """What an organisation wants said: a position on each item that it named one for."""

    abstains: bool
    positions: tuple[PositionView, ...]


def field_of(name: str, item_id: str) -> str:
    """What a field of an item is called on the form."""
    return f"{name}-{item_id}"


def read_input(typed: Typed, items: Sequence[AgendaItemView], at: datetime) -> GivenInput:
    """The form as input.

    Raises:
        BadRequest: nothing was said, a stance is missing where something was typed, "for, if"
            names no condition, or a text can't be used; all of them at once.
    """
    reading = Reading(at)
    if typed.get(ABSTAINS):
        return GivenInput(abstains=True, positions=())
    positions = tuple(each for item in items if (each := _position(typed, item.id, reading)))
    if not positions and not reading.faults:
        reading.fault(
            field_of(STANCE, items[0].id) if items else ABSTAINS,
            "Kies bij ten minste één punt wat u vindt.",
            "Choose for at least one item what you think.",
        )
    reading.refuse()
    return GivenInput(abstains=False, positions=positions)


def _position(typed: Typed, item_id: str, reading: Reading) -> PositionView | None:
    """What was said of one item; None where nothing was."""
    texts = {
        name: read_text(field_of(name, item_id), typed.get(field_of(name, item_id), ""), reading)
        for name in _TEXTS
    }
    stance = STANCES.get(typed.get(field_of(STANCE, item_id), ""))
    if stance is None:
        if any(texts.values()):
            reading.fault(
                field_of(STANCE, item_id),
                "Kies ook of u voor of tegen bent, of geen mening heeft.",
                "Choose, too, whether you are for or against, or have no view.",
            )
        return None
    if stance is Stance.FOR_IF and not texts[CONDITION]:
        reading.fault(
            field_of(CONDITION, item_id),
            "Schrijf op onder welke voorwaarde u voor bent.",
            "Write down on which condition you are for.",
        )
    return PositionView(
        item_id=item_id,
        stance=stance,
        condition=texts[CONDITION] if stance is Stance.FOR_IF else "",
        reason=texts[REASON],
        message=texts[MESSAGE],
        source=texts[SOURCE],
        importance=IMPORTANCES[_importance(typed, item_id)],
    )


def _importance(typed: Typed, item_id: str) -> str:
    chosen = typed.get(field_of(IMPORTANCE, item_id), "")
    return chosen if chosen in IMPORTANCES else _SHORTEST


def own_fields(sent: Typed, items: Sequence[AgendaItemView]) -> dict[str, str]:
    """Of everything that a browser sent, what belongs to this form and isn't empty."""
    names = {ABSTAINS} | {
        field_of(name, item.id) for item in items for name in (STANCE, IMPORTANCE, *_TEXTS)
    }
    return {name: text for name, text in sent.items() if name in names and text.strip()}


def as_typed(version: VersionView) -> dict[str, str]:
    """A version as if it had been typed, to change it."""
    if version.abstains:
        return {ABSTAINS: "ja"}
    return {
        name: text
        for position in version.positions.values()
        for name, text in _fields(position)
        if text
    }


def _fields(position: PositionView) -> Iterator[tuple[str, str]]:
    stances = {stance: word for word, stance in STANCES.items()}
    importances = {importance: word for word, importance in IMPORTANCES.items()}
    for name, text in (
        (STANCE, stances[position.stance]),
        (CONDITION, position.condition),
        (REASON, position.reason),
        (MESSAGE, position.message),
        (SOURCE, position.source),
        (IMPORTANCE, importances[position.importance]),
    ):
        yield field_of(name, position.item_id), text
