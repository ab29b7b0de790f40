"""Other people's calendar programs at work with the account."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import caldav
import pytest
from caldav.lib.error import AuthorizationError, DAVError

from calendars.account import item_of
from calendars.entry import Entry, Standing
from calendars.ical import read

pytestmark = pytest.mark.peers


@pytest.fixture
def account(served: Any) -> Iterator[caldav.DAVClient]:
    with caldav.DAVClient(
        url=f"{served.url}/dav/",
        username="r1",
        password=served.source.passwords["r1"],
        auth_type="basic",
    ) as client:
        yield client


@pytest.fixture
def calendar(account: caldav.DAVClient) -> caldav.Calendar:
    (found,) = account.principal().calendars()
    return found


def test_python_caldav_finds_the_calendar_and_what_is_in_it(
    calendar: caldav.Calendar, make_entry: Callable[..., Entry]
) -> None:
    assert calendar.get_display_name() == "Overleggen"
    assert {read(event.data.encode())[0] for event in calendar.events()} == {
        make_entry(number) for number in (1, 2, 3)
    }


def test_python_caldav_searches_by_time(calendar: caldav.Calendar) -> None:
    found = calendar.search(
        start=datetime(2027, 6, 2, tzinfo=UTC), end=datetime(2027, 6, 3, tzinfo=UTC), event=True
    )

    assert [event.component["SUMMARY"] for event in found] == ["Prestatieafspraken 2"]


def test_python_caldav_expands_and_still_finds_the_same(calendar: caldav.Calendar) -> None:
    found = calendar.search(
        start=datetime(2027, 6, 1, tzinfo=UTC),
        end=datetime(2027, 6, 4, tzinfo=UTC),
        event=True,
        expand=True,
    )

    assert len(found) == 3


def test_python_caldav_asks_for_busy_time(calendar: caldav.Calendar) -> None:
    busy = calendar.freebusy_request(
        datetime(2027, 6, 1, tzinfo=UTC), datetime(2027, 6, 4, tzinfo=UTC)
    )

    assert busy.data.count("FREEBUSY;FBTYPE=BUSY:") == 3


def test_python_caldav_hears_of_changes_only(
    served: Any, calendar: caldav.Calendar, make_entry: Callable[..., Entry]
) -> None:
    everything = calendar.get_objects_by_sync_token(load_objects=True, disable_fallback=True)
    served.source.put("r1", make_entry(4))
    served.source.put("r1", make_entry(1, title="Verzet", revision=2))
    served.source.remove("r1", make_entry(2))

    changes = calendar.get_objects_by_sync_token(
        sync_token=everything.sync_token, load_objects=True, disable_fallback=True
    )

    titles = {read(each.data.encode())[0].title for each in changes if each.data}
    assert titles == {"Verzet", "Prestatieafspraken 4"}
    assert [str(url).rpartition("/")[2] for url in changes.deleted_urls] == [
        item_of(make_entry(2)).href
    ]


def test_python_caldav_may_not_write(
    calendar: caldav.Calendar, make_entry: Callable[..., Entry]
) -> None:
    event = calendar.events()[0]
    with pytest.raises(DAVError):
        event.delete()
    with pytest.raises(DAVError):
        calendar.save_event(item_of(make_entry(7)).content.decode())


def test_python_caldav_with_a_wrong_password_gets_nothing(served: Any) -> None:
    with (
        caldav.DAVClient(
            url=f"{served.url}/dav/", username="r1", password="x", auth_type="basic"
        ) as client,
        pytest.raises(AuthorizationError),
    ):
        client.principal()


class _Vdirsyncer:
    """vdirsyncer and khal, each in a folder of its own."""

    def __init__(self, served: Any, folder: Path) -> None:
        self.local = folder / "local" / "overleggen"
        self._environment = os.environ | {
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "VDIRSYNCER_CONFIG": str(folder / "vdirsyncer"),
            "LC_ALL": "C.UTF-8",
            "TZ": "Europe/Amsterdam",
        }
        self._khal = folder / "khal"
        (folder / "vdirsyncer").write_text(_vdirsyncer_settings(served, folder))
        self._khal.write_text(_khal_settings(folder))
        self.vdirsyncer("discover", given="y\n")

    def vdirsyncer(self, *words: str, given: str = "") -> None:
        self._run("vdirsyncer", *words, given=given)

    def khal(self, *words: str) -> str:
        return self._run("khal", "-c", str(self._khal), *words)

    def _run(self, program: str, *words: str, given: str = "") -> str:
        done = subprocess.run(
            [Path(sys.executable).with_name(program), *words],
            env=self._environment,
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def _vdirsyncer_settings(served: Any, folder: Path) -> str:
    return f"""
[general]
status_path = "{folder}/status/"

[pair tafel]
a = "here"
b = "there"
collections = ["from b"]
conflict_resolution = "b wins"
partial_sync = "revert"
metadata = ["displayname", "color"]

[storage here]
type = "filesystem"
path = "{folder}/local/"
fileext = ".ics"

[storage there]
type = "caldav"
url = "{served.url}/"
username = "r1"
password = "{served.source.passwords["r1"]}"
read_only = true
"""


def _khal_settings(folder: Path) -> str:
    return f"""
[calendars]
[[overleggen]]
path = {folder}/local/overleggen
type = calendar
readonly = True

[sqlite]
path = {folder}/khal.db

[locale]
timeformat = %H:%M
dateformat = %d-%m-%Y
longdateformat = %d-%m-%Y
datetimeformat = %d-%m-%Y %H:%M
longdatetimeformat = %d-%m-%Y %H:%M
local_timezone = Europe/Amsterdam
default_timezone = Europe/Amsterdam
"""


def test_vdirsyncer_brings_every_change_to_khal(
    served: Any, make_entry: Callable[..., Entry], tmp_path: Path
) -> None:
    programs = _Vdirsyncer(served, tmp_path)
    programs.vdirsyncer("sync")
    programs.vdirsyncer("metasync")

    shown = programs.khal("list", "--format", "{start-time} {title}", "01-06-2027", "30d")
    assert shown.count("14:00 Prestatieafspraken") == 3
    assert (programs.local / "displayname").read_text() == "Overleggen"
    assert (programs.local / "color").read_text() == "#2f6b4f"

    served.source.put("r1", make_entry(1, standing=Standing.CANCELLED, blocks=False, revision=2))
    served.source.put("r1", make_entry(5, title="Woondeal"))
    served.source.remove("r1", make_entry(2))
    programs.vdirsyncer("sync")

    shown = programs.khal("list", "--format", "{title}", "01-06-2027", "30d")
    assert "GEANNULEERD: Prestatieafspraken 1" in shown
    assert "Woondeal" in shown
    assert "Prestatieafspraken 2" not in shown


def test_what_somebody_adds_by_vdirsyncer_stays_here(
    served: Any, make_entry: Callable[..., Entry], tmp_path: Path
) -> None:
    programs = _Vdirsyncer(served, tmp_path)
    programs.vdirsyncer("sync")
    before = dict(served.source.entries["r1"])
    (programs.local / "mine.ics").write_bytes(item_of(make_entry(8)).content)

    programs.vdirsyncer("sync")

    assert served.source.entries["r1"] == before
