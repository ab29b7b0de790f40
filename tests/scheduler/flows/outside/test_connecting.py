"""Connecting: checked first, said plainly, kept secret, and nobody else's business."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import select

from calendars.stores import Guard
from scheduler.db import tables
from scheduler.db.connections import connections
from scheduler.db.tables import Row
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import BadInput, NotAllowed, NotFound
from scheduler.domain.terms import Role
from scheduler.flows.outside import (
    Means,
    Wish,
    choose_calendars,
    confirm_empty,
    connect_calendar,
    disconnect,
    means_of,
    pause,
    sync_calendars,
    try_again,
)
from scheduler.settings import Settings

Connect = Callable[..., str]
R12, R14 = (Actor(Role.REPRESENTATIVE, name) for name in ("r12", "r14"))
PASSWORD = "zeer-geheim-wachtwoord"


def test_a_wrong_password_is_said_and_nothing_is_kept(means: Means, owner: Any) -> None:
    wish = Wish(
        representative_id="r12",
        address=owner.server.home,
        username=owner.login.name,
        password="fout",
        writes=True,
    )
    with means.database.session() as session, pytest.raises(BadInput) as refused:
        connect_calendar(session, R12, wish, means)
    assert "wachtwoord klopt niet" in refused.value.sentences[0].nl
    with means.database.session() as session:
        assert session.exec(select(tables.Connection)).all() == []


def test_without_a_password_nothing_is_asked(means: Means, owner: Any) -> None:
    wish = Wish(representative_id="r12", address=owner.server.home, username="u1")
    with means.database.session() as session, pytest.raises(BadInput, match="password"):
        connect_calendar(session, R12, wish, means)


@pytest.mark.parametrize("user", ["", "u1"])
def test_our_own_network_is_refused_unless_it_is_allowed(
    means: Means, owner: Any, user: str
) -> None:
    wish = Wish(
        representative_id="r12", address=owner.server.home, username=user, password=PASSWORD
    )
    guarded = replace(means, guard=Guard())
    with means.database.session() as session, pytest.raises(BadInput) as refused:
        connect_calendar(session, R12, wish, guarded)
    assert "openbare internet" in refused.value.sentences[0].nl


def test_the_setting_opens_our_own_network(means: Means) -> None:
    word = "AANTAFEL_ALLOW_PRIVATE_ADDRESSES"
    for environment, opens in (({}, False), ({word: "0"}, False), ({word: "1"}, True)):
        made = means_of(Settings.read(environment), means.database, means.seal.key)
        assert bool(made.guard.allowed) is opens
        assert made.guard.plain_http is opens


def test_the_password_is_neither_in_the_database_nor_in_the_log(
    means: Means, connect: Connect, owner: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    owner.make("prive")
    connect(owner, writes=True, reads_all=True)
    sync_calendars(means)
    kept = everything_kept(means)
    assert "prive" in kept
    assert PASSWORD not in kept
    assert PASSWORD not in caplog.text
    assert PASSWORD not in repr(Wish(representative_id="r12", address="", password=PASSWORD))


def test_an_open_address_is_a_secret_too(means: Means, shelf: Any) -> None:
    shelf.body = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-\r\nEND:VCALENDAR\r\n"
    wish = Wish(representative_id="r12", address=shelf.url, reads_all=True)
    with means.database.session() as session:
        connect_calendar(session, R12, wish, means)
    sync_calendars(means)
    with means.database.session() as session:
        (view,) = connections(session, R12, "r12")
    assert view.address.startswith("127.0.0.1:")
    assert "geheim-adres-4711" not in everything_kept(means)


def everything_kept(means: Means) -> str:
    with means.database.session() as session:
        kinds = Row.metadata.sorted_tables
        return repr([tuple(row) for table in kinds for row in session.execute(table.select())])


def test_only_its_owner_and_the_coordinator_reach_a_connection(
    means: Means, connect: Connect, owner: Any, clock: Any
) -> None:
    connection = connect(owner, writes=True)
    with means.database.session() as session:
        calendar = session.exec(select(tables.ConnectedCalendar)).first()
        acts = (
            lambda: connections(session, R14, "r12"),
            lambda: choose_calendars(session, R14, connection, writes=False, reads=[], at=clock()),
            lambda: pause(session, R14, connection, paused=True, at=clock()),
            lambda: try_again(session, R14, connection, at=clock()),
            lambda: confirm_empty(session, R14, calendar.id, at=clock()),
            lambda: confirm_empty(session, R12, "kc-geen", at=clock()),
            lambda: disconnect(session, R14, connection, at=clock()),
            lambda: connect_calendar(
                session, R14, Wish(representative_id="r12", address="x.example"), means
            ),
        )
        for act in acts:
            with pytest.raises(NotFound):
                act()
        with pytest.raises(NotAllowed):
            connections(session, R14)


def test_the_coordinator_sees_how_it_stands_but_not_where(
    means: Means, connect: Connect, owner: Any
) -> None:
    connect(owner, writes=True)
    sync_calendars(means)
    with means.database.session() as session:
        (own,) = connections(session, R12, "r12")
        (seen,) = connections(session, COORDINATOR)
    assert (own.address, own.username) == (owner.server.home, owner.login.name)
    assert (seen.address, seen.username) == ("", "")
    assert seen.owner.name == "Afgevaardigde 12"
    assert seen.in_use[0].said.nl == "4 overleggen staan erin."


def test_the_same_account_again_is_the_same_connection(
    means: Means, connect: Connect, owner: Any
) -> None:
    first = connect(owner, writes=True)
    assert connect(owner, writes=True) == first
    with means.database.session() as session:
        acts = [row.act for row in session.exec(select(tables.Audit)) if row.noun == "connection"]
    assert acts == ["connect", "connect"]
