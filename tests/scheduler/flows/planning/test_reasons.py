"""Why a proposal changes a meeting: the first reason in the policy's order."""

from datetime import UTC, datetime

import pytest

from scheduler.domain.terms import ChangeKind, Character, Level, MeetingState, Mode, Part
from scheduler.flows.planning.figures import Bars
from scheduler.flows.planning.reasons import Because, Loads, Reason, reason
from scheduler.flows.publishing.facts import Facts, Hearing, Presence
from scheduler.flows.publishing.meeting_changes import MeetingChange

LOADS = Loads(
    organisations={
        "mevm": Bars(name="MEVM", loads=(118, 111)),
        "sbde": Bars(name="SBDE", loads=(80, 85)),
    },
    people={
        "r1": Bars(name="Afgevaardigde 1", loads=(97, 80)),
        "r2": Bars(name="Afgevaardigde 2", loads=(40, 57)),
        "r3": Bars(name="Afgevaardigde 3", loads=(90, 99)),
    },
    at=1,
)
WHOSE = {"r1": "sbde", "r2": "sbde", "r3": "mevm"}


def _facts(
    *people: str,
    deputy: str | None = None,
    heard: bool = True,
    travel: int = 0,
    state: MeetingState = MeetingState.PLANNED,
) -> Facts:
    parts = [(name, Part.ATTENDEE) for name in people]
    parts += [(deputy, Part.DEPUTY)] if deputy else []
    return Facts(
        meeting_id="m",
        uid="m",
        title="Overleg",
        table_name=None,
        level=Level.MUNICIPALITY,
        character=Character.ADVISING,
        municipality_id="GM0114",
        corporation_id=None,
        mode=Mode.IN_PERSON,
        place_id=None,
        place_name=None,
        address=None,
        conference_url=None,
        starts_at=datetime(2027, 3, 4, 9, tzinfo=UTC),
        ends_at=datetime(2027, 3, 4, 11, tzinfo=UTC),
        seats_min=1,
        seats_max=2,
        deputy_wanted=True,
        state=state,
        people=frozenset(Presence(name, WHOSE[name], part, False, travel) for name, part in parts),
        voices=frozenset({Hearing("sbde", "sbde" if heard else None, 1)}),
    )


def _reason(before: Facts | None, after: Facts, *absent: str) -> Reason:
    change = MeetingChange(before=before, after=after, kinds=frozenset({ChangeKind.ATTENDEES}))
    return reason(change, absent, LOADS)


@pytest.mark.parametrize(
    ("before", "after", "absent", "found"),
    [
        (
            _facts("r1"),
            _facts(state=MeetingState.CANCELLED),
            (),
            Reason(because=Because.CALLED_OFF),
        ),
        (None, _facts("r1"), (), Reason(because=Because.FIRST)),
        (
            _facts("r1"),
            _facts("r2"),
            ("r1",),
            Reason(because=Because.ABSENT, names=("r1",)),
        ),
        (_facts(), _facts("r2"), ("r1",), Reason(because=Because.EMPTY_SEAT)),
        (
            _facts("r1", heard=False),
            _facts("r2"),
            (),
            Reason(because=Because.UNHEARD, names=("sbde",)),
        ),
        (_facts("r1"), _facts("r1", deputy="r2"), (), Reason(because=Because.NO_DEPUTY)),
        (
            _facts("r3"),
            _facts("r2"),
            (),
            Reason(because=Because.OVER_CAPACITY, names=("mevm",), before=118, after=111),
        ),
        (
            _facts("r1"),
            _facts("r2"),
            (),
            Reason(because=Because.FAIRER, names=("r1",), before=97, after=80),
        ),
        (
            _facts("r2", travel=30),
            _facts("r1", travel=10),
            (),
            Reason(because=Because.LESS_TRAVEL, before=40),
        ),
        (_facts("r2"), _facts("r1"), (), Reason(because=Because.FITS)),
    ],
    ids=[
        "called off",
        "first",
        "absent",
        "empty seat",
        "unheard",
        "no deputy",
        "over capacity",
        "fairer",
        "less travel",
        "fits",
    ],
)
def test_the_first_thing_that_speaks_for_a_change_is_told(
    before: Facts | None, after: Facts, absent: tuple[str, ...], found: Reason
) -> None:
    assert _reason(before, after, *absent) == found
