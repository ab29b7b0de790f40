"""Four organisations and their ballots."""

from collections.abc import Callable

import pytest

from scheduler.domain.terms import Stance
from scheduler.domain.voting import Ballot, Roll, Split, Stake, VotingRules, roll


@pytest.fixture
def cast() -> Callable[..., Ballot]:
    """A ballot: `cast("mevm", "for")`, or split with its parts."""

    def made(organisation: str, stance: str, **parts: int) -> Ballot:
        split = Split(**parts) if parts else None
        return Ballot(organisation=organisation, stance=Stance(stance), split=split)

    return made


@pytest.fixture
def four() -> Callable[..., Roll]:
    """Four organisations, of which one's dwellings aren't known."""

    def made(**said: object) -> Roll:
        those = [
            Stake(organisation="grote", dwellings=6_000),
            Stake(organisation="kleine", dwellings=1_000),
            Stake(organisation="middel", dwellings=3_000),
            Stake(organisation="onbekende", places_unknown=1),
        ]
        return roll(those, VotingRules(**said), default_dwellings=150)  # type: ignore[arg-type]

    return made
