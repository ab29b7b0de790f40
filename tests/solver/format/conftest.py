"""One whole document with every part in it, fresh for each test."""

import copy
import json
from typing import Any

import pytest

from solver.format import write_problem
from solver.problem import Ban, Limits, PlannedMeeting


@pytest.fixture(scope="session")
def whole(make: Any) -> dict[str, Any]:
    people = [
        make.person(
            "r-a",
            limits=Limits(minutes_per_week=300, meetings_per_week=2, travel_minutes=60),
            availability=(make.window(9, 22), make.window(20, 24)),
            busy=(make.slot("2027-04-01T10:00"),),
            expertise=frozenset({"wonen"}),
            prefers=frozenset({"s-1"}),
            avoids=frozenset({"s-2"}),
        ),
        make.person("r-b", "o-b"),
        make.person("r-c", "o-c"),
    ]
    meetings = [
        make.meeting(
            "m-1",
            make.slot("2027-03-02T19:00"),
            make.slot("2027-03-03T19:00"),
            series="s-1",
            expertise=frozenset({"wonen"}),
            interested={"o-a": 2, "o-b": 1},
        ),
        make.meeting("m-2", make.slot("2027-03-02T19:30"), place="emmen"),
        make.meeting("m-3", make.slot("2027-03-09T19:30"), place="meppel"),
    ]
    before = PlannedMeeting(
        meeting="m-1", slot=1, attendees=("r-a", "r-gone"), deputy="r-b", voices={"o-a": "o-a"}
    )
    problem = make.problem(
        people,
        meetings,
        mandates=(make.mandate("o-b", "o-a", municipalities=frozenset({"GM0106"})),),
        bans=(Ban(meeting="m-1", representative="r-c"), Ban(meeting=None, representative="r-b")),
        baseline={"m-1": before},
    )
    return json.loads(write_problem(make.closed(problem, "2027-05-05")))


@pytest.fixture
def document(whole: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(whole)
