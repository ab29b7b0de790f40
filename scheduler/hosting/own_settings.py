"""A province's own settings: `settings.toml` in its data folder, over what holds for all."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import urlsplit

from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.faults import BadFile, Fault
from scheduler.settings import Settings
from scheduler.toml_file import load

FILE = "settings.toml"

_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*|[0-9a-f:.]+")

PROVINCES = ("AANTAFEL_PROVINCES", "AANTAFEL_DATA_PROVINCES")
"""The folder that provinces are in."""

_FOLDER = "AANTAFEL_DATA"
_OF_ONE = re.compile(
    r"AANTAFEL_(DATABASE_URL|DATA_DATABASE|WEB_PUBLIC_URL|METRICS_TOKEN|OFFICE_.*|PROVINCE_NAME"
    r"|MAIL_(SENDER|REPLY_TO|FOLDER|IMAP_USERNAME|IMAP_PASSWORD))"
)
"""By these a province could be mixed up with another."""

_OF_ALL = re.compile(
    r"AANTAFEL_(DATA_FOLDER|DATA_PROVINCES|WEB_HOST|WEB_PORT|LOG_.*|WORK_.*"
    r"|CALENDARS_ALLOW_PRIVATE_ADDRESSES)"
)
"""These are the process's, which is one for all."""


def read_own(folder: Path, environment: Mapping[str, str]) -> Settings:
    """All settings of the province in a folder.

    Args:
        folder: its data folder.
        environment: what holds for all provinces.

    Raises:
        BadInput: a setting doesn't exist, has no place in this file, or isn't of its kind; or the
            province has no address. All that is found at once.
    """
    common = {name: text for name, text in environment.items() if name not in PROVINCES}
    settings = Settings.read({**common, **_named(folder / FILE), _FOLDER: str(folder)})
    if not host_of(settings.web.public_url):
        raise BadInput(_NO_ADDRESS)
    return settings


def misplaced(environment: Mapping[str, str]) -> Iterator[Sentence]:
    """A fault for each setting that can't hold for all."""
    for name in sorted(environment):
        if _OF_ONE.fullmatch(name) and environment[name]:
            yield Sentence(
                f"{name} kan niet voor alle provincies gelden: zet het in {FILE} van elke.",
                f"{name} can't hold for all provinces: put it into each one's {FILE}.",
            )


def host_of(url: str) -> str:
    """An address's host name in small letters and ASCII (RFC 3490); empty where it has none.

    >>> host_of("https://Fryslân.tafel.example:8443")
    'xn--frysln-0ta.tafel.example'
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port  # a port out of range is an error too
        named = host if ":" in host else host.encode("idna").decode("ascii").lower().rstrip(".")
    except ValueError:
        return ""
    return named if _HOST.fullmatch(named) else ""


def _named(path: Path) -> dict[str, str]:
    """What is in the file, as the environment would name it."""
    faults: list[Fault] = []
    document = load(path, faults)
    if document is None:
        raise BadFile(*faults)
    own = dict(_flat(document))
    unfit = [_unfit(name) for name in own if not _may_stand_here(name)]
    if unfit:
        raise BadInput(*unfit)
    return {_variable(name): str(value) for name, value in own.items()}


def _flat(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for section, values in document.items():
        if not isinstance(values, dict):
            yield section, values
            continue
        for name, value in values.items():
            yield f"{section}.{name}", value


def _may_stand_here(name: str) -> bool:
    section, _, setting = name.partition(".")
    kind = get_type_hints(Settings).get(section)
    is_known = kind is not None and setting in get_type_hints(kind)
    return is_known and not _OF_ALL.fullmatch(_variable(name))


def _variable(name: str) -> str:
    return f"AANTAFEL_{name.replace('.', '_')}".upper()


def _unfit(name: str) -> Sentence:
    if _OF_ALL.fullmatch(_variable(name)):
        return Sentence(
            f"{FILE}: {name} geldt voor alle provincies: geef het als {_variable(name)}.",
            f"{FILE}: {name} holds for all provinces: give it as {_variable(name)}.",
        )
    return Sentence(
        f"{FILE}: de instelling {name} bestaat niet.", f"{FILE}: there is no setting {name}."
    )


_NO_ADDRESS = Sentence(
    f"{FILE}: web.public_url ontbreekt: het adres waaraan deze provincie te herkennen is.",
    f"{FILE}: web.public_url is missing: the address that tells this province from others.",
)
