"""Two web and three work processes: killed, paused and cut off, every job is done once."""

import os
import random
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, func, select, update

from scheduler.db import audits, cluster, published, tables
from scheduler.db.audits import LogFilter
from scheduler.domain.access import SYSTEM
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import MailKind, MailState, PlanState
from scheduler.domain.times import now
from scheduler.flows.audit_trail import verify_audits
from scheduler.flows.planning.plan_period import Wish, queue_plan
from scheduler.keyring import secret_key
from scheduler.mail import Office
from scheduler.settings import Settings

pytestmark = pytest.mark.postgresql

ROUNDS = int(os.environ.get("AANTAFEL_MACHINES_ROUNDS", "1"))
_PLANS, _MAILS = 3, 20
_WORKING = (PlanState.QUEUED, PlanState.SOLVING)


def _queue(machines: Any, turn: int, key: SecretKey) -> list[int]:
    """Some plans and mails; gives the plans' numbers."""
    at = now()
    wish = Wish(
        first_day=at.date(),
        last_day=(at + timedelta(days=300)).date(),
        time_limit_seconds=2,
        workers=1,
    )
    office = Office.of(Settings.read(machines.environment), key)
    with machines.database.session() as session:
        for number in range(_MAILS):
            session.add(_mail(office, f"proof/{turn}/{number}"))
        return [queue_plan(session, SYSTEM, wish, at=at) for _ in range(_PLANS)]


def _mail(office: Office, name: str) -> tables.Outgoing:
    identity = f"<{name.replace('/', '-')}@ons.example>"
    letter = f"Message-ID: {identity}\r\nSubject: {name}\r\n\r\nDag.\r\n".encode()
    return tables.Outgoing(
        uid=name,
        sequence=0,
        kind=MailKind.FOLLOW,
        recipient_id="a-1",
        state=MailState.WAITING,
        created_at=now(),
        not_before=now(),
        message=office.letters.seal(letter),
        message_id=identity,
    )


def _reachable(session: Session, office: Office) -> None:
    session.add(
        tables.MailAddress(
            id="a-1",
            representative_id="r-1",
            sealed=office.addresses.seal(b"een@post.example"),
            fingerprint="f",
            confirmed_at=now(),
            created_at=now(),
        )
    )


def _is_idle(machines: Any) -> bool:
    with machines.database.session() as session:
        plans = select(func.count()).where(col(tables.Plan.state).in_(_WORKING))
        mails = select(func.count()).where(col(tables.Outgoing.state) == MailState.WAITING)
        return session.exec(plans).one() + session.exec(mails).one() == 0


def _leases_end(machines: Any) -> None:
    """The minutes go by after which others may take over what nobody was heard of."""
    with machines.database.session() as session:
        for table in (tables.Plan, tables.Outgoing):
            ended = update(table).where(col(table.lease_until) > now())
            session.exec(ended.values(lease_until=now() - timedelta(seconds=1)))
            session.exec(update(tables.Outgoing).values(not_before=now()))


@contextmanager
def _paused(process: Any) -> Iterator[None]:
    process.send(signal.SIGSTOP)
    yield
    process.send(signal.SIGCONT)


def _disturb(machines: Any, chance: random.Random) -> None:
    """One is killed, one is paused until others have done its work, and the database breaks off."""
    killed, paused, _ = chance.sample(machines.works, 3)
    time.sleep(chance.uniform(0.5, 2))
    with _paused(paused):
        killed.kill()
        time.sleep(2)
        _leases_end(machines)
        time.sleep(4)
        machines.restart_database()
        killed.start()
        web = chance.choice(machines.webs)
        web.kill()
        web.start()
        time.sleep(1)
    _leases_end(machines)


def _publish(machines: Any, plan: int) -> list[int]:
    """Press publish on both web processes at once; gives the answers' codes."""
    with machines.database.session() as session:
        newest = published.newest(session)
    seen = {"na": str(newest.number if newest else 0)}
    with machines.browser() as browser, ThreadPoolExecutor(2) as pool:
        addresses = [f"{machines.address(web)}/publiceren/{plan}" for web in range(2)]
        answers = pool.map(lambda address: browser.post(address, data=seen), addresses)
        return [answer.status_code for answer in answers]


def _turn(machines: Any, turn: int, key: SecretKey, chance: random.Random) -> list[int]:
    """Ask for work, disturb it, and publish; gives the numbers of the plans."""
    asked = _queue(machines, turn, key)
    _disturb(machines, chance)
    machines.wait_until(lambda: _is_idle(machines), "everything was done")
    machines.wait_until(lambda: machines.is_up(0) and machines.is_up(1), "the pages are back")
    assert _publish(machines, asked[-1]) == [200, 200], "the second sees what the first did"
    return asked


def test_whatever_breaks_off_each_job_is_done_once(
    machines: Any, postbag: Any, tmp_path: Any
) -> None:
    bag, _ = postbag
    key, chance = secret_key(tmp_path), random.Random(1)
    with machines.database.session() as session:
        standing = cluster.standing(session)
        _reachable(session, Office.of(Settings.read(machines.environment), key))
    assert standing is not None
    assert standing.workers == 6, "two lanes for each of three processes"
    turns = [_turn(machines, number, key, chance) for number in range(ROUNDS)]
    with machines.database.session() as session:
        _assert_once(session, [plan for asked in turns for plan in asked], key)
    mails = ROUNDS * _MAILS
    assert len(bag.got) == mails
    assert bag.got.total() <= mails + 3 * ROUNDS, "what is repeated was in hand when it broke off"


def _assert_once(session: Session, asked: list[int], key: SecretKey) -> None:
    plans = session.exec(select(tables.Plan).where(col(tables.Plan.id).in_(asked))).all()
    assert {plan.state for plan in plans} <= {PlanState.DRAFT, PlanState.PUBLISHED}
    number = col(tables.PlannedMeeting.plan_id)
    planned = session.exec(select(number, func.count()).group_by(number)).all()
    assert dict(planned) == dict.fromkeys(asked, 3)
    numbers = session.exec(select(tables.Publication.number)).all()
    acts = audits.recent(session, SYSTEM, LogFilter(noun="publication"), most=1000)
    assert len([act for act in acts if act.act == "publish"]) == len(numbers) == 1
    mine = select(tables.Outgoing.state).where(tables.Outgoing.recipient_id == "a-1")
    assert set(session.exec(mine)) <= {MailState.SENT, MailState.HELD}
    assert verify_audits(session, SYSTEM, key).is_whole
