"""Links that sign in: made, looked at, used, and the sessions they open."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from scheduler.db.engine import Database
from scheduler.db.tables import Representative, SignInLink
from scheduler.db.tables import Session as Browser
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import NotAllowed, NotFound, SpentLink, WrongBrowser, WrongComputer
from scheduler.domain.secrets import hashed
from scheduler.domain.terms import Role
from scheduler.flows.access.sessions import (
    browsers_of,
    end_browser,
    end_browsers,
    open_session,
    session_of,
    sign_out,
)
from scheduler.flows.access.sign_in import holder_of, new_sign_in_link, redeem

BASE = "https://aantafel.example"
REPRESENTATIVE = Actor(Role.REPRESENTATIVE, "r12")


def token_for(session: Session, holder: Actor, now: datetime, **wishes: object) -> str:
    url = new_sign_in_link(session, SYSTEM, holder, BASE, minutes=30, at=now, **wishes)
    assert url.startswith(f"{BASE}/inloggen/")
    return url.rpartition("/")[2]


def enter(session: Session, token: str, now: datetime, *, days: int = 30) -> str:
    """Use a link on this computer: the token of the session that it opens."""
    holder = redeem(session, token, loopback=True, at=now).holder
    opened = open_session(session, holder, client="Firefox", days=days, second_needed=False, at=now)
    return opened.token


def actor_of_session(session: Session, token: str, *, at: datetime) -> Actor | None:
    found = session_of(session, token, at=at)
    return found.actor if found else None


@pytest.mark.parametrize(
    "holder", [COORDINATOR, REPRESENTATIVE, Actor(Role.MUNICIPALITY, "GM0114")]
)
def test_a_link_signs_its_holder_in(province: Database, now: datetime, holder: Actor) -> None:
    with province.session() as session:
        token = token_for(session, holder, now)
        assert holder_of(session, token, loopback=True, at=now) == holder
        opened = enter(session, token, now)
        assert actor_of_session(session, opened, at=now) == holder


def test_no_secret_is_stored(province: Database, now: datetime) -> None:
    with province.session() as session:
        token = token_for(session, COORDINATOR, now, reusable=True)
        opened = enter(session, token, now)
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
        enter(session, token, now)
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
            enter(quick, token, now)
        with pytest.raises(SpentLink):
            enter(slow, token, now)


def test_a_link_that_has_run_out_is_spent(province: Database, now: datetime) -> None:
    with province.session() as session:
        token = token_for(session, COORDINATOR, now, reusable=True)
        late = now + timedelta(minutes=30)
        with pytest.raises(SpentLink):
            enter(session, token, late)


def test_a_loopback_link_knows_where_it_works(province: Database, now: datetime) -> None:
    with province.session() as session:
        token = token_for(session, COORDINATOR, now)
        with pytest.raises(WrongComputer):
            redeem(session, token, loopback=False, at=now)
        assert enter(session, token, now)


def test_a_link_of_somebody_who_left_is_spent(province: Database, now: datetime) -> None:
    with province.session() as session:
        token = token_for(session, REPRESENTATIVE, now, reusable=True)
        opened = enter(session, token, now)
        session.delete(session.get_one(Representative, "r12"))
        session.flush()
        with pytest.raises(SpentLink):
            enter(session, token, now)
        assert actor_of_session(session, opened, at=now) is None


def test_a_session_lasts_its_days_and_no_longer(province: Database, now: datetime) -> None:
    with province.session() as session:
        token = token_for(session, COORDINATOR, now, reusable=True)
        opened = enter(session, token, now)
        end = now + timedelta(days=30)
        assert actor_of_session(session, opened, at=end - timedelta(seconds=1)) == COORDINATOR
        assert actor_of_session(session, opened, at=end) is None


def test_old_sessions_are_swept_when_a_new_one_opens(province: Database, now: datetime) -> None:
    with province.session() as session:
        for at in (now, now + timedelta(days=31)):
            token = token_for(session, COORDINATOR, at)
            enter(session, token, at)
        assert len(session.exec(select(Browser)).all()) == 1


def test_signing_out_ends_only_this_session(province: Database, now: datetime) -> None:
    with province.session() as session:
        token = token_for(session, COORDINATOR, now, reusable=True)
        here, there = (enter(session, token, now) for _ in range(2))
        sign_out(session, here)
        sign_out(session, "unknown")
        assert actor_of_session(session, here, at=now) is None
        assert actor_of_session(session, there, at=now) == COORDINATOR


def test_only_who_may_give_access_gives_links(province: Database, now: datetime) -> None:
    with province.session() as session:
        for actor in (REPRESENTATIVE, COORDINATOR, Actor(Role.AUDITOR)):
            with pytest.raises(NotAllowed):
                new_sign_in_link(session, actor, REPRESENTATIVE, BASE, minutes=30, at=now)
        keeper = Actor(Role.ADMINISTRATOR)
        assert new_sign_in_link(session, keeper, REPRESENTATIVE, BASE, minutes=30, at=now)


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


def test_a_link_works_in_the_browser_that_asked_for_it_alone(
    province: Database, now: datetime
) -> None:
    with province.session() as session:
        wishes = {"loopback_only": False, "browser_hash": hashed("this one")}
        token = token_for(session, REPRESENTATIVE, now, **wishes)
        for browser in ("", "another"):
            with pytest.raises(WrongBrowser):
                redeem(session, token, loopback=True, browser=browser, at=now)
        redeemed = redeem(session, token, loopback=True, browser="this one", at=now)
        assert (redeemed.holder, redeemed.on_this_computer) == (REPRESENTATIVE, False)


def test_an_owner_sees_and_ends_their_own_sessions_only(province: Database, now: datetime) -> None:
    colleague = Actor(Role.REPRESENTATIVE, "r14")
    with province.session() as session:
        tokens = {
            name: enter(session, token_for(session, holder, now), now)
            for name, holder in (
                ("phone", REPRESENTATIVE),
                ("tablet", REPRESENTATIVE),
                ("other", colleague),
            )
        }
        seen = browsers_of(session, REPRESENTATIVE, at=now)
        assert [each.client for each in seen] == ["Firefox", "Firefox"]
        with pytest.raises(NotFound):
            end_browser(session, colleague, seen[0].id, at=now)
        end_browser(session, REPRESENTATIVE, seen[0].id, at=now)
        assert len(browsers_of(session, REPRESENTATIVE, at=now)) == 1
        assert end_browsers(session, REPRESENTATIVE, at=now) == 1
        assert actor_of_session(session, tokens["other"], at=now) == colleague
        assert not any(
            actor_of_session(session, tokens[each], at=now) for each in ("phone", "tablet")
        )


def test_who_stays_signed_in_sees_when_a_browser_was_used_last(
    province: Database, now: datetime
) -> None:
    later = now + timedelta(hours=3)
    with province.session() as session:
        token = enter(session, token_for(session, REPRESENTATIVE, now), now)
        session_of(session, token, at=later)
        assert [each.seen_at for each in browsers_of(session, REPRESENTATIVE, at=later)] == [later]
