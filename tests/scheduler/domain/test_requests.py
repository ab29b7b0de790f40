"""Every step in every state: where it leads, or that it is refused."""

from itertools import product

import pytest

from scheduler.domain.requests import Step, StepNotPossible, after, may
from scheduler.domain.terms import RequestState

R, P, C, D, W = RequestState
ALLOWED = {
    (R, Step.ACCEPT): P,
    (P, Step.CONFIRM): C,
    (C, Step.LOOSEN): P,
    (R, Step.MOVE): R,
    (P, Step.MOVE): P,
    (C, Step.MOVE): P,
    (R, Step.DECLINE): D,
    (P, Step.DECLINE): D,
    (C, Step.DECLINE): D,
    (R, Step.WITHDRAW): W,
    (P, Step.WITHDRAW): W,
    (C, Step.WITHDRAW): W,
    (W, Step.RETURN): R,
}


@pytest.mark.parametrize(("state", "step"), list(product(RequestState, Step)))
def test_every_step_leads_on_or_is_refused(state: RequestState, step: Step) -> None:
    if (state, step) in ALLOWED:
        assert may(state, step)
        assert after(state, step) is ALLOWED[state, step]
    else:
        assert not may(state, step)
        with pytest.raises(StepNotPossible, match="Nothing has changed"):
            after(state, step)
