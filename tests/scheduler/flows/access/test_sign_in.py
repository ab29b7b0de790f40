"""Links that sign in: made, looked at, used, and the sessions they open."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from scheduler.db.engine import Database
from scheduler.db.tables import Representative, SignInLink
from scheduler.db.tables import Session as Browser
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import NotAllowed, NotFound, SpentLink, WrongComputer
from scheduler.domain.terms import Role
from scheduler.flows.access.sign_in import (
    actor_of_session,
    holder_of,
    new_sign_in_link,
    redeem,
    sign_out,
)

BASE = "https://aantafel.example"
REPRESENTATIVE = Actor(Role.REPRESENTATIVE, "r12")


def token_for(session: Session, holder: Actor, now: datetime, **wishes: object) -> str:
    url = new_sign_in_link(session, SYSTEM, holder, BASE, minutes=30, at=now, **wishes)
    assert url.startswith(f"{BASE}/inloggen/")
    return url.rpartition("/")[2]


@pytest.mark.parametrize(
    "holder", [COORDINATOR, REPRESENTATIVE, Actor(Role.MUNICIPALITY, "GM0114")]
)
def test_a_link_signs_its_holder_in(province: Database, now: datetime, holder: Actor) -> None:
    with province.session() as session:
        token = token_for(session, holder, now)
        assert holder_of(session, token, loopback=True, at=now) == holder
        opened = redeem(session, token, loopback=True, days=30, at=now)
        assert actor_of_session(session, opened, at=now) == holder


def test_no_secret_is_stored(province: Database, now: datetime) -> None:
    with province.session() as session:
        token = token_for(session, COORDINATOR, now, reusable=True)
        opened = redeem(session, token, loopback=True, days=30, at=now)
        stored = [
            *(row.model_dump_json() for row in session.exec(select(SignInLink))),
            *(row.model_dump_json() for row in session.exec(select(Browser))),
        ]
    assert not any(secret in row for secret in (token, opened) for row in stored)


def test_looking_never_uses_a_link(province: Database, now: datetime) -> None:
    with province.session() as session:
        token = token_for(session, COORDINATOR, now)
        for _ in range(3):
            holder_of(session, token, loopback=True, at=now)
        redeem(session, token, loopback=True, days=30, at=now)
        with pytest.raises(SpentLink):
            holder_of(session, token, loopback=True, at=now)


def test_of_two_at_once_one_gets_in(province: Database, now: datetime) -> None:
    with province.session() as session:
        token = token_for(session, COORDINATOR, now)
    with province.session() as slow:
        holder_of(slow, token, loopback=True, at=now)
        slow.rollback()
        stale = slow.get_one(SignInLink, slow.exec(select(SignInLink.token_hash)).one())
        slow.rollback()
        assert stale.used_at is None
        with province.session() as quick:
            redeem(quick, token, loopback=True, days=30, at=now)
        with pytest.raises(SpentLink):
            redeem(slow, token, loopback=True, days=30, at=now)


def test_a_link_that_has_run_out_is_spent(province: Database, now: datetime) -> None:
    with province.session() as session:
        token = token_for(session, COORDINATOR, now, reusable=True)
        late = now + timedelta(minutes=30)
        with pytest.raises(SpentLink):
            redeem(session, token, loopback=True, days=30, at=late)


def test_a_loopback_link_knows_where_it_works(province: Database, now: datetime) -> None:
    with province.session() as session:
        token = token_for(session, COORDINATOR, now)
        with pytest.raises(WrongComputer):
            redeem(session, token, loopback=False, days=30, at=now)
        assert redeem(session, token, loopback=True, days=30, at=now)


def test_a_link_of_somebody_who_left_is_spent(province: Database, now: datetime) -> None:
    with province.session() as session:
        token = token_for(session, REPRESENTATIVE, now, reusable=True)
        opened = redeem(session, token, loopback=True, days=30, at=now)
        session.delete(session.get_one(Representative, "r12"))
        session.flush()
        with pytest.raises(SpentLink):
            redeem(session, token, loopback=True, days=30, at=now)
        assert actor_of_session(session, opened, at=now) is None


def test_a_session_lasts_its_days_and_no_longer(province: Database, now: datetime) -> None:
    with province.session() as session:
        token = token_for(session, COORDINATOR, now, reusable=True)
        opened = redeem(session, token, loopback=True, days=30, at=now)
        end = now + timedelta(days=30)
        assert actor_of_session(session, opened, at=end - timedelta(seconds=1)) == COORDINATOR
        assert actor_of_session(session, opened, at=end) is None


def test_old_sessions_are_swept_when_a_new_one_opens(province: Database, now: datetime) -> None:
    with province.session() as session:
        for at in (now, now + timedelta(days=31)):
            token = token_for(session, COORDINATOR, at)
            redeem(session, token, loopback=True, days=30, at=at)
        assert len(session.exec(select(Browser)).all()) == 1


def test_signing_out_ends_only_this_session(province: Database, now: datetime) -> None:
    with province.session() as session:
        token = token_for(session, COORDINATOR, now, reusable=True)
        here, there = (redeem(session, token, loopback=True, days=30, at=now) for _ in range(2))
        sign_out(session, here)
        sign_out(session, "unknown")
        assert actor_of_session(session, here, at=now) is None
        assert actor_of_session(session, there, at=now) == COORDINATOR


def test_only_who_plans_for_all_gives_links(province: Database, now: datetime) -> None:
    with province.session() as session, pytest.raises(NotAllowed):
        new_sign_in_link(session, REPRESENTATIVE, REPRESENTATIVE, BASE, minutes=30, at=now)


@pytest.mark.parametrize(
    "holder", [Actor(Role.REPRESENTATIVE, "r0"), Actor(Role.MUNICIPALITY, "GM9999")]
)
def test_nobody_signs_in_as_who_isnt_there(
    province: Database, now: datetime, holder: Actor
) -> None:
    with province.session() as session, pytest.raises(NotFound):
        token_for(session, holder, now)


def test_the_system_never_signs_in(province: Database, now: datetime) -> None:
    with province.session() as session, pytest.raises(ValueError, match="system"):
        token_for(session, SYSTEM, now)


def test_a_reusable_link_stays_on_this_computer(province: Database, now: datetime) -> None:
    with province.session() as session, pytest.raises(ValueError, match="loopback"):
        token_for(session, COORDINATOR, now, reusable=True, loopback_only=False)
