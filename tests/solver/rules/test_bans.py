from typing import Any

import pytest

from solver.problem import Ban


@pytest.mark.parametrize("meeting", ["m-1", None])
def test_who_is_banned_neither_attends_nor_stands_by(make: Any, meeting: str | None) -> None:
    problem = make.problem(
        [make.person("r-a"), make.person("r-b")],
        [make.meeting("m-1", deputy=True)],
        bans=(Ban(meeting=meeting, representative="r-a"),),
    )
    assert make.broken(problem, make.planned("m-1", "r-a")) == [("bans", "m-1", "r-a")]
    beside = make.planned("m-1", "r-b", deputy="r-a")
    assert make.broken(problem, beside) == [("bans", "m-1", "r-a")]
    assert make.broken(problem, make.planned("m-1", "r-b")) == []


def test_a_ban_at_one_meeting_leaves_the_others_open(make: Any) -> None:
    problem = make.problem(
        [make.person("r-a")],
        [make.meeting("m-1"), make.meeting("m-2", make.slot("2027-03-03T19:00"))],
        bans=(Ban(meeting="m-1", representative="r-a"),),
    )
    assert make.broken(problem, make.planned("m-2", "r-a")) == []
