"""Which provinces an installation has, and that no two have something in common."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scheduler.domain.errors import BadInput
from scheduler.hosting import found, host_of
from scheduler.keyring import add_key, secret_key

Make = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "provinces"


@pytest.fixture
def make(folder: Path) -> Make:
    """Makes a province with its own address, and with what more its settings say."""

    def make(name: str, text: str = "", url: str | None = None) -> Path:
        (folder / name).mkdir(parents=True)
        address = f"https://{name}.tafel.example" if url is None else url
        settings = f'web.public_url = "{address}"\n{text}\n'
        (folder / name / "settings.toml").write_text(settings, encoding="utf-8")
        return folder / name

    return make


def _faults(folder: Path, **more: str) -> list[str]:
    with pytest.raises(BadInput) as error:
        found({"AANTAFEL_PROVINCES": str(folder), **more})
    return [each.en for each in error.value.sentences]


def test_without_the_setting_there_is_one_province_without_a_name() -> None:
    assert found({}) == ()


def test_each_province_has_its_own_and_what_holds_for_all(folder: Path, make: Make) -> None:
    make("groningen", 'province.name = "drenthe"\nweb.idle_days = 3')
    make("drenthe", "", "https://Drenthe.tafel.example:8443/")
    (folder / "lost+found").mkdir()
    environment = {
        "AANTAFEL_PROVINCES": str(folder),
        "AANTAFEL_WEB_IDLE_DAYS": "7",
        "AANTAFEL_WEB_SIGN_IN_MINUTES": "9",
        "AANTAFEL_DATA": "/elsewhere",
        "PORT": "81",
    }
    drenthe, groningen = found(environment)
    assert [drenthe.name, groningen.name] == ["drenthe", "groningen"]
    assert [drenthe.host, groningen.host] == ["drenthe.tafel.example", "groningen.tafel.example"]
    assert drenthe.settings.web.idle_days == 7
    assert groningen.settings.web.idle_days == 3
    assert {each.settings.web.sign_in_minutes for each in (drenthe, groningen)} == {9}
    assert {each.settings.web.port for each in (drenthe, groningen)} == {81}
    assert groningen.settings.data.folder == folder / "groningen"
    assert groningen.settings.data.url.endswith("/groningen/aantafel.sqlite")


def test_every_fault_of_every_province_is_said_at_once(folder: Path, make: Make) -> None:
    make("a", "web.idle_days = 'long'")
    make("b", "web.port = 81\nwork.solves = 2\nweb.public = 1\nfoo = 1\n[bar]\nx = 1")
    make("c", url="")
    (make("d") / "settings.toml").write_text("[web")
    *most, last = _faults(folder, AANTAFEL_MAIL_SENDER="x@y.example", AANTAFEL_DATABASE_URL="x")
    assert last.startswith("d: settings.toml: expected valid TOML")
    assert most == [
        "AANTAFEL_DATABASE_URL can't hold for all provinces: put it into each one's settings.toml.",
        "AANTAFEL_MAIL_SENDER can't hold for all provinces: put it into each one's settings.toml.",
        "a: AANTAFEL_WEB_IDLE_DAYS must be a whole number from 0, not 'long'.",
        "b: settings.toml: web.port holds for all provinces: give it as AANTAFEL_WEB_PORT.",
        "b: settings.toml: there is no setting web.public.",
        "b: settings.toml: work.solves holds for all provinces: give it as AANTAFEL_WORK_SOLVES.",
        "b: settings.toml: there is no setting foo.",
        "b: settings.toml: there is no setting bar.x.",
        (
            "c: settings.toml: web.public_url is missing: the address that tells this province "
            "from others."
        ),
    ]


def test_what_is_wrong_for_all_is_said_once(folder: Path, make: Make) -> None:
    make("a")
    make("b")
    assert _faults(folder, PORT="http") == ["PORT must be a whole number from 0, not 'http'."]


def test_a_folder_without_a_province_is_said(folder: Path) -> None:
    assert _faults(folder) == ["There is no province yet. Make one with `aantafel province add`."]


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        (
            'data.database = "postgresql://a:x@db/tafel"',
            'data.database = "postgresql+psycopg://b:y@db:5432/tafel"',
            "the same database",
        ),
        (
            'data.database = "postgresql://a@/tafel?host=/run/pg"',
            'data.database = "postgresql://b@/tafel?host=/run/pg"',
            "the same database",
        ),
        (
            'data.database = "sqlite:////tmp/one.sqlite"',
            'data.database = "sqlite:////tmp/x/../one.sqlite"',
            "the same database",
        ),
        ('mail.sender = "a@tafel.example"', 'mail.sender = "A@tafel.example"', "the same sender"),
        (
            'mail.imap_host = "m.example"\nmail.imap_username = "a"',
            'mail.imap_host = "M.example"\nmail.imap_username = "A"',
            "the same mailbox",
        ),
        (
            'metrics.token = "a-token-of-twenty-signs"',
            'metrics.token = "a-token-of-twenty-signs"',
            "the same metrics.token",
        ),
    ],
)
def test_what_two_provinces_both_have_is_refused(
    folder: Path, make: Make, one: str, other: str, what: str
) -> None:
    make("drenthe", one)
    make("groningen", other)
    (fault,) = _faults(folder)
    assert fault.startswith(f"drenthe and groningen have {what}")


def test_what_differs_is_no_fault(folder: Path, make: Make) -> None:
    make("a", 'data.database = "postgresql://u@db/one"\nmail.sender = "a@tafel.example"')
    make("b", 'data.database = "postgresql://u@db/two"\nmail.sender = "b@tafel.example"')
    make("c", 'data.database = "postgresql://u@db:5433/one"\nmail.imap_host = "m.example"')
    make("d", 'mail.imap_host = "m.example"\nmail.imap_username = "d"')
    assert len(found({"AANTAFEL_PROVINCES": str(folder)})) == 4


@pytest.mark.parametrize("url", ["https://x.example", "http://X.example.:81", "https://x.example/"])
def test_two_provinces_of_one_host_are_refused(folder: Path, make: Make, url: str) -> None:
    make("a", url="https://x.example")
    make("b", url=url)
    assert _faults(folder) == ["a and b have the same host name (web.public_url)."]


def test_a_copied_key_is_refused_also_where_it_is_an_earlier_one(folder: Path, make: Make) -> None:
    a, b = make("a"), make("b")
    secret_key(a)
    shutil.copy(a / "secret.key", b / "secret.key")
    assert _faults(folder) == ["a and b have the same key (secret.key)."]
    add_key(b)
    assert _faults(folder) == ["a and b have the same key (secret.key)."]
    (b / "secret.key").unlink()
    secret_key(b)
    assert len(found({"AANTAFEL_PROVINCES": str(folder)})) == 2


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Fryslân.tafel.example:8443", "xn--frysln-0ta.tafel.example"),
        ("http://[2001:DB8::1]:81", "2001:db8::1"),
        ("https://user@x.example/", "x.example"),
        ("https://", ""),
        ("x.example", ""),
        ("https://[x", ""),
        ("https://a..b", ""),
    ],
)
def test_a_host_is_named_as_browsers_do(url: str, host: str) -> None:
    assert host_of(url) == host
