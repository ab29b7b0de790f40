"""A new secret key: nothing is lost, nobody notices, and a thief is left with nothing."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary
from sqlmodel import Session, SQLModel

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.db.feeds import feed_by_token
from scheduler.domain.access import COORDINATOR, SYSTEM
from scheduler.domain.errors import DataFolderFault, Gone, NotAllowed, SpentLink
from scheduler.domain.links import Links, Purpose
from scheduler.domain.sealing import Seal, SealBroken
from scheduler.domain.secrets import SecretKey
from scheduler.flows.access import rotate_key as rotating
from scheduler.flows.access.rotate_key import SEALED, Rotated, rotate_key
from scheduler.flows.audit_trail import seal_audits, verify_audits
from scheduler.flows.feeds.addresses import feeds_of
from scheduler.keyring import add_key, key_in, secret_key, text_of
from scheduler.mail import Office
from scheduler.settings import Settings

OPEN_BINARY = {
    ("sync_known", "written"),
    ("kept_answer", "body"),
    ("paper", "content"),
    ("plan_question", "document"),
    ("second_factor", "credential_id"),
    ("second_factor", "public_key"),
}
"""Bytes that aren't secrets of people: answers, papers, what planners are asked, public keys."""

Rotate = Callable[..., Rotated]


@pytest.fixture
def old(tmp_path: Path) -> SecretKey:
    return secret_key(tmp_path)


@pytest.fixture
def rotate(province: Database, tmp_path: Path, now: datetime, old: SecretKey) -> Rotate:
    def turn(**wishes: bool) -> Rotated:
        return rotate_key(province, SYSTEM, tmp_path, at=lambda: now, **wishes)

    return turn


def office_of(key: SecretKey) -> Office:
    return Office.of(Settings.read({}), key)


def add_address(session: Session, key: SecretKey, name: str, now: datetime) -> None:
    office = office_of(key)
    session.add(
        tables.MailAddress(
            id=name,
            representative_id="r12",
            sealed=office.addresses.seal(f"{name}@post.example".encode()),
            fingerprint=office.fingerprint(f"{name}@post.example"),
            created_at=now,
        )
    )
    session.flush()


def test_what_is_sealed_opens_with_the_new_key_alone(
    province: Database, rotate: Rotate, old: SecretKey, tmp_path: Path, now: datetime
) -> None:
    with province.session() as session:
        add_address(session, old, "een", now)
    assert rotate().resealed == 1
    new = SecretKey(secret_key(tmp_path).value)
    with province.session() as session:
        row = session.get_one(tables.MailAddress, "een")
        assert office_of(new).addresses.open(row.sealed) == b"een@post.example"
        assert row.fingerprint == office_of(new).fingerprint("een@post.example")
        with pytest.raises(SealBroken):
            office_of(old).addresses.open(row.sealed)


def test_what_was_handed_out_goes_on_working(
    province: Database, rotate: Rotate, old: SecretKey, tmp_path: Path, now: datetime
) -> None:
    with province.session() as session:
        before = feeds_of(session, COORDINATOR, old, "", at=now)[0]
        link = Links(old).token(Purpose.ANSWER, "r12", "m-bod")
        proof = old.request_token("u-1", 1)
        seal_audits(session, old, at=now)
    rotate()
    new = secret_key(tmp_path)
    with province.session() as session:
        after = feeds_of(session, COORDINATOR, new, "", at=now)[0]
        assert after.url != before.url
        for view in (before, after):
            assert feed_by_token(session, view.url.split("/")[2]).id == before.id
        assert Links(new).read(Purpose.ANSWER, link) == ("r12", "m-bod")
        assert new.proves_request("u-1", 1, proof)
        assert not new.proves_request("u-1", 2, proof)
        seal_audits(session, new, at=now)
        assert verify_audits(session, COORDINATOR, new).is_whole


def test_a_stolen_key_opens_nothing_any_more_but_verifies_the_log(
    province: Database, rotate: Rotate, old: SecretKey, tmp_path: Path, now: datetime
) -> None:
    with province.session() as session:
        before = feeds_of(session, COORDINATOR, old, "", at=now)[0]
        link = Links(old).token(Purpose.ANSWER, "r12", "m-bod")
        seal_audits(session, old, at=now)
    assert rotate(stolen=True).stolen
    new = secret_key(tmp_path)
    assert (new.earlier, new.for_log) == ((), (old.value,))
    with province.session() as session:
        with pytest.raises(Gone):
            feed_by_token(session, before.url.split("/")[2])
        with pytest.raises(SpentLink):
            Links(new).read(Purpose.ANSWER, link)
        assert not new.proves_request("u-1", 1, old.request_token("u-1", 1))
        assert verify_audits(session, COORDINATOR, new).is_whole


def test_a_rotation_that_was_broken_off_goes_on(
    province: Database,
    rotate: Rotate,
    old: SecretKey,
    tmp_path: Path,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rotating, "_AT_ONCE", 2)
    with province.session() as session:
        for number in range(5):
            add_address(session, old, f"a{number}", now)
    half = add_key(tmp_path)  # killed after the key was written and one commit was made
    rotating._reseal(province, SEALED[0], half)
    with province.session() as session:
        row = session.get_one(tables.MailAddress, "a4")
        row.sealed = office_of(old).addresses.seal(b"a4@post.example")
    done = rotate()
    assert (done.continued, done.resealed) == (True, 1)
    assert secret_key(tmp_path).value == half.value
    assert not rotate().continued, "the next one is a new rotation"
    assert secret_key(tmp_path).earlier == (half.value, old.value)


def test_only_who_gives_access_rotates(province: Database, tmp_path: Path, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        rotate_key(province, COORDINATOR, tmp_path, at=lambda: now)


def test_every_column_of_bytes_is_sealed_anew_or_no_secret() -> None:
    binary = {
        (table.name, column.name)
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    sealed = {(str(each.table.__tablename__), each.column) for each in SEALED}
    assert binary == sealed | (OPEN_BINARY & binary)
    assert all(each.column in each.table.model_fields for each in SEALED)


def test_a_file_of_keys_reads_back_as_it_was(tmp_path: Path) -> None:
    for _ in range(2):
        add_key(tmp_path)
    key = secret_key(tmp_path)
    assert key_in(text_of(key)) == key
    assert len(key.earlier) == 2
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["secret.key"]


def test_a_folder_that_cant_be_written_keeps_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = secret_key(tmp_path)

    def full(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DataFolderFault):
        add_key(tmp_path)
    assert secret_key(tmp_path) == before


def test_an_earlier_key_opens_and_never_seals() -> None:
    old, new = SecretKey(b"a" * 32), SecretKey(b"b" * 32, (b"a" * 32,))
    sealed = Seal(old, "x").seal(b"content")
    assert Seal(new, "x").open(sealed) == b"content"
    assert not Seal(new, "x").is_newest(sealed)
    with pytest.raises(SealBroken):
        Seal(SecretKey(b"b" * 32), "x").open(sealed)
    with pytest.raises(SealBroken):
        Seal(old, "x").open(Seal(new, "x").seal(b"content"))
