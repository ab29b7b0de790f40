"""The life of a request for tenants at the table: its states, and the steps between them."""

from enum import StrEnum

from scheduler.domain.errors import AanTafelError, Sentence
from scheduler.domain.terms import RequestState


class Step(StrEnum):
    """What is done to a request."""

    ACCEPT = "accept"
    CONFIRM = "confirm"
    LOOSEN = "loosen"
    MOVE = "move"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    RETURN = "return"


_OPEN = (RequestState.RECEIVED, RequestState.PLANNED, RequestState.CONFIRMED)

_STEPS: dict[tuple[RequestState, Step], RequestState] = {
    (RequestState.RECEIVED, Step.ACCEPT): RequestState.PLANNED,
    # A publication says who comes; a later one may say that nobody does.
    (RequestState.PLANNED, Step.CONFIRM): RequestState.CONFIRMED,
    (RequestState.CONFIRMED, Step.LOOSEN): RequestState.PLANNED,
    # Who could come then may not be able to come now.
    (RequestState.RECEIVED, Step.MOVE): RequestState.RECEIVED,
    (RequestState.PLANNED, Step.MOVE): RequestState.PLANNED,
    (RequestState.CONFIRMED, Step.MOVE): RequestState.PLANNED,
    **{(state, Step.DECLINE): RequestState.DECLINED for state in _OPEN},
    **{(state, Step.WITHDRAW): RequestState.WITHDRAWN for state in _OPEN},
    # A calendar may hold again what it had dropped.
    (RequestState.WITHDRAWN, Step.RETURN): RequestState.RECEIVED,
}


class StepNotPossible(AanTafelError):
    """The request is past this step, or not there yet; nothing has changed."""

    def __init__(self, state: RequestState) -> None:
        """Say how far the request is."""
        nl, en = _SAID[state]
        super().__init__(
            Sentence(
                f"Dit kan niet meer: de uitnodiging {nl}. Er is niets veranderd.",
                f"This can't be done any more: the request {en}. Nothing has changed.",
            )
        )


_SAID = {
    RequestState.RECEIVED: ("wacht nog op een antwoord", "still awaits an answer"),
    RequestState.PLANNED: ("staat al op het rooster", "is in the plan already"),
    RequestState.CONFIRMED: ("is al bevestigd", "has been confirmed already"),
    RequestState.DECLINED: ("is afgewezen", "has been declined"),
    RequestState.WITHDRAWN: ("is ingetrokken", "has been withdrawn"),
}


def explained(state: RequestState, reason: str = "") -> Sentence:
    """A state in a sentence for who asked; a no with its reason."""
    nl, en = _EXPLAINED[state]
    ending = f" {reason}" if state is RequestState.DECLINED else ""
    return Sentence(f"{nl}{ending}", f"{en}{ending}")


_EXPLAINED = {
    RequestState.RECEIVED: (
        "De uitnodiging wacht op een antwoord van de coördinator.",
        "The request awaits the coordinator's answer.",
    ),
    RequestState.PLANNED: (
        "Het overleg komt in het rooster. Wie er komt, is nog niet bevestigd.",
        "The meeting is being planned. Who comes isn't confirmed yet.",
    ),
    RequestState.CONFIRMED: (
        "Het is bevestigd: bekend is wie er komt en namens wie.",
        "It is confirmed: who comes is known, and on whose behalf.",
    ),
    RequestState.DECLINED: ("De huurders komen niet:", "The tenants don't come:"),
    RequestState.WITHDRAWN: ("De uitnodiging is ingetrokken.", "The request has been withdrawn."),
}


def after(state: RequestState, step: Step) -> RequestState:
    """The state that a step leads to.

    Raises:
        StepNotPossible: the step can't be done in this state.
    """
    if not may(state, step):
        raise StepNotPossible(state)
    return _STEPS[state, step]


def may(state: RequestState, step: Step) -> bool:
    """Whether a step can be done in this state."""
    return (state, step) in _STEPS
