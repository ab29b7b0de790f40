"""The short version that is proposed to the writer: the same in plain language, nobody's voice."""

from collections.abc import Iterator

from babel.dates import format_date

from scheduler.domain.terms import Outcome
from scheduler.flows.report_back.typed import TypedAction, TypedItem, TypedReport

_OUTCOMES = {
    Outcome.DECIDED: "Dit is besloten.",
    Outcome.POSTPONED: "Een besluit komt later.",
    Outcome.HEARD: "Er is niets besloten.",
}


def short_version(typed: TypedReport) -> str:
    """What who follows the table would read; whose voice was carried isn't in it."""
    written = typed.written
    parts = [*(_told(item) for item in written.items), *_rest(written)]
    return "\n\n".join(parts)


def _rest(typed: TypedReport) -> Iterator[str]:
    agreed = [each for item in typed.items for each in item.agreed]
    if agreed:
        yield "\n".join(["Afspraken:", *(f"- {_agreed(each)}" for each in agreed)])
    if typed.coming:
        yield f"Wat hierna komt: {typed.coming}"


def _told(item: TypedItem) -> str:
    if item.outcome not in _OUTCOMES:
        return f"{item.title}: dit is niet besproken."
    return f"{item.title}: {_sentence(item.said)} {_OUTCOMES[Outcome(item.outcome)]}"


def _sentence(text: str) -> str:
    flat = " ".join(text.split())
    return flat if flat.endswith((".", "!", "?")) else f"{flat}."


def _agreed(action: TypedAction) -> str:
    if action.due_on is None:
        return action.what
    return f"{action.what}, uiterlijk {format_date(action.due_on, 'd MMMM y', locale='nl')}"
