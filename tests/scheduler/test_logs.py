"""What the log may hold."""

import logging

import pytest

from scheduler.logs import log, scrubbed, set_up, where


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
