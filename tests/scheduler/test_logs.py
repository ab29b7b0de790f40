"""What the log may hold."""

import json
import logging
import threading
from contextvars import copy_context

import pytest

from scheduler.logs import about, begin_request, carried, log, log_request, scrubbed, set_up, where


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/feeds/3ab9/emmen.ics", "/feeds/-/emmen.ics"),
        ("/inloggen/3ab9", "/inloggen/-"),
        ("/inloggen", "/inloggen"),
        ("/dav/r-1/beschikbaarheid/bij-de-dokter.ics", "/dav/r-1/beschikbaarheid/-"),
        ("/dav/r-1/beschikbaarheid/", "/dav/r-1/beschikbaarheid/"),
        ("/overleg/m-1", "/overleg/m-1"),
        (f"/publicaties/{'a3-_' * 8}/aan-tafel.atom", "/publicaties/-/aan-tafel.atom"),
        ("/publicaties/12", "/publicaties/12"),
        ("/static/css/frame.css", "/static/css/frame.css"),
    ],
)
def test_a_path_is_logged_without_its_secret(path: str, said: str) -> None:
    assert scrubbed(path) == said


def test_an_error_is_told_by_its_kind_and_place_only() -> None:
    with pytest.raises(ValueError, match="geheim") as raised:
        int("geheim")
    told = where(raised.value)
    assert told.startswith("ValueError at test_an_error_is_told_by_its_kind_and_place_only:")
    assert "geheim" not in told


def test_setting_up_twice_writes_each_line_once(capsys: pytest.CaptureFixture[str]) -> None:
    set_up()
    set_up(logging.INFO)
    log.info("GET / 200")
    assert capsys.readouterr().err.count("INFO GET / 200") == 1


def test_a_collector_gets_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(as_json=True)

    def request() -> None:
        begin_request("proxy-4711")
        log.warning('said "so"')
        log_request("GET", "/rooster", 200, 0.0123)

    copy_context().run(request)
    log.info("outside of it")
    first, second, third = map(json.loads, capsys.readouterr().err.splitlines())
    assert (first["level"], first["message"], first["request"]) == (
        "warning",
        'said "so"',
        "proxy-4711",
    )
    assert (second["path"], second["status"], second["ms"]) == ("/rooster", 200, 12)
    assert "request" not in third
    assert third["at"].endswith("+00:00")


@pytest.mark.parametrize("as_json", [False, True])
def test_a_line_names_its_province_in_other_threads_too(
    capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    set_up(as_json=as_json)
    with about("drenthe"):
        works = [carried(lambda: log.info("a mail was sent")) for _ in range(2)]
    for work in works:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    log.info("of nobody")
    *lines, last = capsys.readouterr().err.splitlines()
    wanted = '"province": "drenthe"' if as_json else "INFO drenthe: a mail was sent"
    assert [wanted in line for line in lines] == [True, True]
    assert "drenthe" not in last
