"""People who say yes to standing in at the very same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from sqlmodel import select

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.db.published import published_meeting
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.terms import Role, StandInState, Way
from scheduler.flows.adjusting import Shelf
from scheduler.flows.stand_in.answer import step_in
from scheduler.flows.stand_in.ask import ask_stand_in
from scheduler.flows.stand_in.errors import TakenAlready
from scheduler.policy import read_policy

Asked = Callable[..., str]


@pytest.fixture
def asked(province: Database, now: datetime) -> Asked:
    """Lets somebody ask others to stand in, and gives the request."""

    def make(who: str, meeting: str, *people: str) -> str:
        asker, mine = Actor(Role.REPRESENTATIVE, who), tables.StandInRequest
        with province.session() as session:
            ask_stand_in(session, asker, Shelf(read_policy()), meeting, people, at=now)
            return session.exec(select(mine.id).where(mine.meeting_id == meeting)).one()

    return make


def _at_once(database: Database, at: datetime, *yeses: tuple[str, str]) -> list[str]:
    """What each one hears of (person, request) pairs pressed at once, as processes of their own."""
    start = Barrier(len(yeses))

    def press(yes: tuple[str, str]) -> str:
        person, request = yes
        actor, shelf = Actor(Role.REPRESENTATIVE, person), Shelf(read_policy())
        start.wait()
        try:
            with database.session() as session:
                step_in(session, actor, shelf, request, way=Way.MAIL, at=at)
        except TakenAlready as refusal:
            return str(refusal)
        return f"{person} goes"

    with ThreadPoolExecutor(len(yeses)) as pool:
        return list(pool.map(press, yeses))


def _numbers(database: Database) -> list[int]:
    with database.session() as session:
        return sorted(session.exec(select(tables.Publication.number)))


def test_of_two_at_once_one_goes_and_the_other_reads_who(
    province: Database, now: datetime, asked: Asked
) -> None:
    request = asked("r12", "m-vries", "r4", "r14")
    before = _numbers(province)
    heard = _at_once(province, now, ("r4", request), ("r14", request))
    (goes,) = [person for person in ("r4", "r14") if f"{person} goes" in heard]
    (refused,) = [each for each in heard if not each.endswith("goes")]
    assert f"Afgevaardigde {goes.removeprefix('r')} is going already." in refused
    assert _numbers(province) == [*before, before[-1] + 1]
    with province.session() as session:
        row = session.get_one(tables.StandInRequest, request)
        assert (row.state, row.taken_by) == (StandInState.TAKEN, goes)
        meeting = published_meeting(session, SYSTEM, "m-vries")
        assert [each.representative_id for each in meeting.attendees] == [goes]
        answers = session.exec(select(tables.Answer.representative_id)).all()
    assert answers == [goes], "the one who came second has answered nothing"


def test_two_at_once_for_two_meetings_both_go(
    province: Database, now: datetime, asked: Asked
) -> None:
    vries, emmen = asked("r12", "m-vries", "r14"), asked("r4", "m-emmen", "r5")
    before = _numbers(province)
    heard = _at_once(province, now, ("r14", vries), ("r5", emmen))
    assert heard == ["r14 goes", "r5 goes"]
    assert _numbers(province) == [*before, before[-1] + 1, before[-1] + 2]
