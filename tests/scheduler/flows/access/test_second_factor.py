"""A second factor: a code by the clock or a recovery code, each once, and never too many tries."""

import base64
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlmodel import Session, select

from scheduler.db.engine import Database
from scheduler.db.tables import RecoveryCode, SecondFactor
from scheduler.db.tables import Session as Browser
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed, NotFound, TooManyTries
from scheduler.domain.sealing import Seal
from scheduler.domain.terms import Role
from scheduler.flows.access.second import (
    begin_program,
    confirm_program,
    factors_of,
    has_factor,
    prove_by_code,
    recovery_codes_left,
    remove_factor,
    renew_recovery_codes,
    second_needed,
)
from scheduler.flows.access.second.factors import forget_factors
from scheduler.flows.access.second.program import fitting_step
from scheduler.flows.access.sessions import SignedIn, open_session, session_of

STEP = timedelta(seconds=30)
REPRESENTATIVE = Actor(Role.REPRESENTATIVE, "r12")


def code_of(key: bytes, at: datetime) -> str:
    return TOTP(key, 6, SHA1(), 30).generate(int(at.timestamp())).decode()


def half(session: Session, now: datetime, actor: Actor = COORDINATOR) -> SignedIn:
    return open_session(session, actor, client="Mac", days=1, second_needed=True, at=now)


def set_up(session: Session, seal: Seal, now: datetime) -> bytes:
    """Set a program up, as its owner would; gives its key."""
    opened = half(session, now)
    key = base64.b32decode(begin_program(session, opened, seal))
    assert confirm_program(session, opened, seal, code_of(key, now), at=now)
    return key


@pytest.fixture
def session(province: Database) -> Session:
    with province.session() as session:
        yield session


def test_the_codes_are_those_of_rfc_6238() -> None:
    key = b"12345678901234567890"
    at = datetime.fromisoformat("1970-01-01T00:00:59+00:00")
    assert fitting_step(key, "287082", after=0, at=at) == 1  # appendix B: 94287082, six digits


def test_a_program_counts_once_it_has_made_a_code(
    session: Session, seal: Seal, now: datetime
) -> None:
    opened = half(session, now)
    key = base64.b32decode(begin_program(session, opened, seal))
    assert base64.b32decode(begin_program(session, opened, seal)) == key
    assert not confirm_program(session, opened, seal, "000000", at=now - 99 * STEP)
    assert not has_factor(session, COORDINATOR)
    assert confirm_program(session, opened, seal, code_of(key, now), at=now)
    assert [each.name for each in factors_of(session, COORDINATOR)] == ["Codes"]


def test_a_good_code_opens_the_session_under_a_new_token(
    session: Session, seal: Seal, now: datetime
) -> None:
    key, later = set_up(session, seal, now), now + STEP
    waiting = half(session, now)
    opened = prove_by_code(session, waiting, seal, code_of(key, later), at=later)
    assert opened
    assert session_of(session, waiting.token, at=later) is None
    found = session_of(session, opened.token, at=later)
    assert found
    assert not found.second_needed


def test_no_code_works_twice(session: Session, seal: Seal, now: datetime) -> None:
    key, later = set_up(session, seal, now), now + STEP
    code = code_of(key, later)
    assert prove_by_code(session, half(session, now), seal, code, at=later)
    assert prove_by_code(session, half(session, now), seal, code, at=later) is None
    assert prove_by_code(session, half(session, now), seal, code_of(key, now), at=later) is None


@pytest.mark.parametrize(
    ("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_phones_clock_may_be_half_a_minute_off(
    session: Session, seal: Seal, now: datetime, steps: int, good: bool
) -> None:
    key, later = set_up(session, seal, now), now + 9 * STEP
    code = code_of(key, later + steps * STEP)
    assert bool(prove_by_code(session, half(session, now), seal, code, at=later)) is good


def test_after_five_wrong_codes_none_is_looked_at_for_a_while(
    session: Session, seal: Seal, now: datetime
) -> None:
    key, later = set_up(session, seal, now), now + STEP
    for _ in range(5):
        assert prove_by_code(session, half(session, now), seal, "12", at=later) is None
    with pytest.raises(TooManyTries):
        prove_by_code(session, half(session, now), seal, code_of(key, later), at=later)
    late = later + timedelta(minutes=15)
    assert prove_by_code(session, half(session, now), seal, code_of(key, late), at=late)


def test_a_recovery_code_works_once_however_it_is_typed(
    session: Session, seal: Seal, now: datetime
) -> None:
    set_up(session, seal, now)
    codes = renew_recovery_codes(session, COORDINATOR, at=now).codes
    typed = codes[0].upper().replace("-", " ")
    assert len(set(codes)) == 10
    assert prove_by_code(session, half(session, now), seal, typed, at=now)
    assert prove_by_code(session, half(session, now), seal, codes[0], at=now) is None
    assert recovery_codes_left(session, COORDINATOR) == 9


def test_no_code_and_no_key_is_stored_to_be_read(
    session: Session, seal: Seal, now: datetime
) -> None:
    key = set_up(session, seal, now)
    codes = renew_recovery_codes(session, COORDINATOR, at=now).codes
    kept = session.exec(select(RecoveryCode.code_hash)).all()
    factor = session.exec(select(SecondFactor)).one()
    assert not set(codes) & set(kept)
    assert key not in (factor.sealed or b"")


def test_new_codes_end_the_old_ones(session: Session, seal: Seal, now: datetime) -> None:
    set_up(session, seal, now)
    old = renew_recovery_codes(session, COORDINATOR, at=now).codes
    renew_recovery_codes(session, COORDINATOR, at=now)
    assert prove_by_code(session, half(session, now), seal, old[0], at=now) is None


def test_a_colleagues_code_opens_nobody_elses_session(
    session: Session, seal: Seal, now: datetime
) -> None:
    key, later = set_up(session, seal, now), now + STEP
    other = half(session, now, Actor(Role.AUDITOR))
    assert prove_by_code(session, other, seal, code_of(key, later), at=later) is None


def test_only_its_owner_takes_a_factor_away(session: Session, seal: Seal, now: datetime) -> None:
    set_up(session, seal, now)
    renew_recovery_codes(session, COORDINATOR, at=now)
    factor = factors_of(session, COORDINATOR)[0]
    with pytest.raises(NotFound):
        remove_factor(session, Actor(Role.AUDITOR), factor.id, at=now)
    remove_factor(session, COORDINATOR, factor.id, at=now)
    assert not has_factor(session, COORDINATOR)
    assert recovery_codes_left(session, COORDINATOR) == 0


def test_who_gives_access_forgets_a_lost_factor(
    session: Session, seal: Seal, now: datetime
) -> None:
    set_up(session, seal, now)
    with pytest.raises(NotAllowed):
        forget_factors(session, Actor(Role.AUDITOR), COORDINATOR, at=now)
    forget_factors(session, Actor(Role.ADMINISTRATOR), COORDINATOR, at=now)
    assert not has_factor(session, COORDINATOR)


@pytest.mark.parametrize("actor", [REPRESENTATIVE, Actor(Role.MUNICIPALITY, "GM0114")])
def test_a_shared_account_has_no_second_factor(
    session: Session, seal: Seal, now: datetime, actor: Actor
) -> None:
    with pytest.raises(NotAllowed):
        begin_program(session, half(session, now, actor), seal)
    with pytest.raises(NotAllowed):
        renew_recovery_codes(session, actor, at=now)


def test_who_is_asked_for_a_second_factor(session: Session, seal: Seal, now: datetime) -> None:
    def asked(actor: Actor, **ways: bool) -> bool:
        return second_needed(
            session, actor, **{"on_this_computer": False, "demanded": True, **ways}
        )

    assert asked(COORDINATOR)
    assert asked(Actor(Role.ADMINISTRATOR))
    assert not asked(REPRESENTATIVE)
    assert not asked(COORDINATOR, on_this_computer=True)
    assert not asked(COORDINATOR, demanded=False)
    set_up(session, seal, now)
    assert asked(COORDINATOR, demanded=False)


def test_a_waiting_session_is_known_as_one(session: Session, now: datetime) -> None:
    waiting = half(session, now)
    found = session_of(session, waiting.token, at=now)
    assert found
    assert found.second_needed
    assert session.exec(select(Browser.second_needed)).all() == [True]
