"""Who reads whose input: every role, before and after the last day, by both rules of a table."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from scheduler.db.input import newest_versions, versions_of
from scheduler.db.tables import Meeting, Table
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import AanTafelError, NotFound
from scheduler.domain.terms import Character, InputSharing, Level, Role
from scheduler.flows.input.brief import brief_of
from scheduler.flows.input.errors import NotShared

MEETING, DAYS = "m-urgentie", 10
BEFORE = datetime(2027, 4, 11, 12, tzinfo=UTC)
AFTER = datetime(2027, 4, 12, 12, tzinfo=UTC)
READERS = {
    "coordinator": COORDINATOR,
    "auditor": Actor(Role.AUDITOR),
    "goes": Actor(Role.REPRESENTATIVE, "r12"),
    "stands by": Actor(Role.REPRESENTATIVE, "r27"),
    "colleague": Actor(Role.REPRESENTATIVE, "r14"),
    "board": Actor(Role.BOARD, "sbde"),
    "municipality": Actor(Role.MUNICIPALITY, "GM0114"),
    "corporation": Actor(Role.CORPORATION, "lefier"),
    "province": Actor(Role.PROVINCE),
}
ALWAYS = {"coordinator", "auditor", "goes", "stands by"}
CONCERNED = {"colleague", "board"}


def _table(session: Session, sharing: InputSharing) -> None:
    session.add(
        Table(
            id="t-urgentie",
            name="Urgentie",
            level=Level.PROVINCE,
            character=Character.ADVISING,
            input_sharing=sharing,
        )
    )
    session.flush()
    session.get_one(Meeting, MEETING).table_id = "t-urgentie"
    session.flush()


def _outcome(session: Session, reader: str, at: datetime) -> type[AanTafelError] | None:
    try:
        brief_of(session, READERS[reader], MEETING, DAYS, at=at)
    except AanTafelError as error:
        return type(error)
    return None


@pytest.mark.parametrize("sharing", list(InputSharing))
@pytest.mark.parametrize("at", [BEFORE, AFTER], ids=["before", "after"])
def test_the_brief_opens_to_who_may_read_it_and_to_nobody_else(
    session: Session, items: tuple[str, str], sharing: InputSharing, at: datetime
) -> None:
    _table(session, sharing)
    shared = sharing is InputSharing.AFTER_LAST_DAY and at == AFTER
    wanted: dict[str, type[AanTafelError] | None] = dict.fromkeys(READERS, NotFound)
    wanted |= dict.fromkeys(ALWAYS) | dict.fromkeys(CONCERNED, None if shared else NotShared)
    assert {reader: _outcome(session, reader, at) for reader in READERS} == wanted


@pytest.mark.parametrize("reader", list(READERS))
def test_rows_open_no_further_than_the_brief(
    session: Session, give: Callable[..., int], reader: str
) -> None:
    give("sbde", "voor")
    give("mevm", "tegen")
    give("federatie", "voor")
    own = {"colleague": {"mevm"}, "board": {"sbde"}}.get(reader, set())
    wanted = {"federatie", "mevm", "sbde"} if reader in ALWAYS else own
    actor = READERS[reader]
    assert set(newest_versions(session, actor, MEETING)) == wanted
    assert {
        name for name in ("federatie", "mevm", "sbde") if versions_of(session, actor, MEETING, name)
    } == wanted


@pytest.mark.parametrize("reader", ["municipality", "corporation", "province"])
def test_a_body_that_asks_reads_nothing_even_of_what_is_shared(
    session: Session, give: Callable[..., int], reader: str
) -> None:
    give("sbde", "voor")
    assert newest_versions(session, READERS[reader], MEETING, shared=True) == {}


def test_who_reads_along_is_told_of_no_mandates(session: Session, give: Callable[..., int]) -> None:
    give("sbde", "voor")
    along = brief_of(session, READERS["board"], MEETING, DAYS, at=AFTER)
    goes = brief_of(session, Actor(Role.REPRESENTATIVE, "r4"), MEETING, DAYS, at=AFTER)
    assert (along.mandates, along.speaking) == ((), ())
    assert [(each.giver.id, each.holder.id) for each in goes.mandates] == [("sbde", "federatie")]
    assert [each.id for each in goes.speaking] == ["federatie", "sbde"]
