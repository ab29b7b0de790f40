"""A backup made while others write, and an installation out of it: the same, whole, or refused."""

import io
import json
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from originals import Originals
from sqlalchemy import text

from scheduler.db.engine import Database
from scheduler.db.schema import differences
from scheduler.db.tables import Organisation, Representative, Row
from scheduler.domain.errors import BadInput, DatabaseFault, DataFolderFault
from scheduler.domain.secrets import SecretKey
from scheduler.flows.recovery import BadBackup, back_up, restore
from scheduler.keyring import secret_key
from scheduler.settings import Data

KEY = SecretKey(b"k" * 32)
Rows = dict[str, list[str]]


def rows(database: Database) -> Rows:
    with database.session() as session:
        return {
            table.name: sorted(repr(tuple(row)) for row in session.execute(table.select()))
            for table in Row.metadata.sorted_tables
        }


@pytest.fixture
def made(province: Database, now: datetime, tmp_path: Path) -> Path:
    path = tmp_path / "kopie.zip"
    back_up(province, KEY, path, at=now)
    return path


@pytest.fixture
def place(tmp_path: Path) -> Data:
    return Data(folder=tmp_path / "new", database="")


def test_what_comes_back_is_what_there_was(made: Path, place: Data, province: Database) -> None:
    restored = restore(made, place)
    with closing(Database(place.url)) as database:
        assert rows(database) == rows(province)
        assert differences(database.engine) == []
    assert restored.rows == sum(len(each) for each in rows(province).values())
    assert secret_key(place.folder).value == KEY.value


def test_what_was_not_there_is_not_there_afterwards(made: Path, place: Data) -> None:
    """A plan may move every table: that is no list at all, and no `null` in JSON either."""
    restore(made, place)
    with closing(Database(place.url)) as database, database.session() as session:
        for column in ("free_tables", "free_organisations", "absent"):
            query = text(f"SELECT count(*) FROM plan WHERE {column} IS NOT NULL")
            assert session.execute(query).scalar_one() == 0


def test_it_comes_back_on_the_other_kind_of_database_too(
    made: Path, tmp_path: Path, originals: Originals, province: Database
) -> None:
    with originals.bare() as url:
        restore(made, Data(folder=tmp_path / "new", database=url))
        with closing(Database(url)) as database:
            assert rows(database) == rows(province)
            with database.session() as session:
                numbered = (
                    Row.metadata.tables["audit"]
                    .insert()
                    .values(
                        at=datetime.fromisoformat("2027-01-01T00:00:00+00:00"),
                        role="system",
                        act="try",
                        noun="backup",
                        noun_id="1",
                        detail="",
                    )
                )
                session.execute(numbered)


def test_a_backup_is_one_moment_whatever_others_write(
    province: Database, now: datetime, tmp_path: Path, place: Data
) -> None:
    """Two organisations are renamed together, over and over: never one without the other."""
    stop = threading.Event()

    def rename() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with province.session() as session:
                for name in ("mevm", "sbde"):
                    session.get_one(Organisation, name).name = f"Naam {number}"

    writer = threading.Thread(target=rename)
    writer.start()
    try:
        for number in range(5):
            back_up(province, KEY, tmp_path / f"{number}.zip", at=now)
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        with zipfile.ZipFile(tmp_path / f"{number}.zip") as archive:
            lines = archive.read("tables/organisation.jsonl").decode().splitlines()
        names = {row[0]: row[1] for row in map(json.loads, lines[1:])}
        columns = json.loads(lines[0])
        found = {
            row[columns.index("id")]: row[columns.index("name")]
            for row in map(json.loads, lines[1:])
        }
        assert names
        assert found["mevm"] == found["sbde"] or "Naam" not in found["mevm"] + found["sbde"]


def test_the_file_is_for_its_owner_alone(made: Path) -> None:
    assert made.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in made.parent.iterdir() if "kopie" in path.name] == ["kopie.zip"]


def test_no_backup_is_ever_replaced(province: Database, made: Path, now: datetime) -> None:
    before = made.read_bytes()
    with pytest.raises(BadInput, match="exists already"):
        back_up(province, KEY, made, at=now)
    assert made.read_bytes() == before


def test_a_folder_that_is_not_there_is_said(
    province: Database, tmp_path: Path, now: datetime
) -> None:
    with pytest.raises(BadInput, match="can't be made"):
        back_up(province, KEY, tmp_path / "nowhere" / "kopie.zip", at=now)


def test_with_a_passphrase_nobody_reads_it_without(
    province: Database, tmp_path: Path, now: datetime, place: Data
) -> None:
    path = tmp_path / "kopie.age"
    back_up(province, KEY, path, at=now, secret="een lang wachtwoord")
    assert b"De Huurdersfederatie" not in path.read_bytes()
    for secret, said in (("", "encrypted"), ("een ander", "doesn't open")):
        with pytest.raises(BadBackup, match=said):
            restore(path, place, secret=secret)
    assert restore(path, place, secret="een lang wachtwoord").rows


def _without(name: str) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        changed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
            for member in old.namelist():
                if member != name:
                    new.writestr(member, old.read(member))
        return changed.getvalue()

    return change


def _told(old: str, new: str) -> Callable[[bytes], bytes]:
    """The list of contents with something else in it."""

    def change(content: bytes) -> bytes:
        changed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(changed, "w") as after:
            for member in before.namelist():
                told = before.read(member)
                if member == "contents.json":
                    told = told.replace(old.encode(), new.encode())
                after.writestr(member, told)
        return changed.getvalue()

    return change


def _flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"Dit is geen reservekopie.",
        lambda content: content[:-100],
        _flipped,
        _without("tables/meeting.jsonl"),
        _without("secret.key"),
        _without("contents.json"),
        _told("aantafel-backup-1", "aantafel-backup-9"),
    ],
    ids=["empty", "text", "cut", "flipped", "no table", "no key", "no contents", "newer format"],
)
def test_a_damaged_file_is_refused_and_nothing_is_made(
    made: Path, place: Data, damage: Callable[[bytes], bytes]
) -> None:
    made.write_bytes(damage(made.read_bytes()))
    with pytest.raises(BadBackup, match="damaged"):
        restore(made, place)
    assert not place.folder.exists()


def test_a_backup_of_a_newer_version_is_refused(made: Path, place: Data) -> None:
    made.write_bytes(_told('"revision": "0001"', '"revision": "9999"')(made.read_bytes()))
    with pytest.raises(DatabaseFault, match="newer version"):
        restore(made, place)
    assert list(place.folder.iterdir()) == []


def test_nothing_is_restored_over_an_installation(made: Path, place: Data) -> None:
    restore(made, place)
    with pytest.raises(BadInput, match="already"):
        restore(made, place)


def test_another_key_is_not_replaced(made: Path, place: Data) -> None:
    place.folder.mkdir()
    other = secret_key(place.folder).value
    with pytest.raises(DataFolderFault, match="another key"):
        restore(made, place)
    assert secret_key(place.folder).value == other
    assert [path.name for path in place.folder.iterdir()] == ["secret.key"]


def test_a_missing_file_is_said(place: Data, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="can't be read"):
        restore(tmp_path / "nothing.zip", place)


def test_a_row_may_name_another_that_comes_in_after_it(
    place: Data, province: Database, now: datetime, tmp_path: Path
) -> None:
    with province.session() as session:
        session.get_one(Representative, "r12").companion_id = "r14"
        session.get_one(Representative, "r14").companion_id = "r12"
    path = tmp_path / "samen.zip"
    back_up(province, KEY, path, at=now)
    restore(path, place)
    with closing(Database(place.url)) as database:
        assert rows(database) == rows(province)
