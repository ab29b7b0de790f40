"""What two provinces mustn't have in common: whatever of one could open something of the other."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from scheduler.domain.errors import DataFolderFault, Sentence
from scheduler.hosting.own_settings import host_of
from scheduler.keyring import has_key, secret_key
from scheduler.settings import Settings

_POSTGRESQL = 5432


def in_common(provinces: Mapping[str, Settings]) -> Iterator[Sentence]:
    """A sentence for each thing that two provinces, named here, both have."""
    for (one, its), (other, others) in combinations(provinces.items(), 2):
        for values_of, what in _OWN:
            if values_of(its) & values_of(others):
                yield Sentence(
                    f"{one} en {other} hebben {what.nl}.", f"{one} and {other} have {what.en}."
                )


def _host(settings: Settings) -> set[Hashable]:
    """Cookies know hosts and no ports."""
    return {host_of(settings.web.public_url)}


def _database(settings: Settings) -> set[Hashable]:
    try:
        address = make_url(settings.data.url)
    except ArgumentError:  # said when it is opened
        return set()
    if address.get_backend_name() == "sqlite":
        return {Path(str(address.database)).resolve()}
    host = address.host or address.query.get("host", "")
    return {(host, address.port or _POSTGRESQL, address.database)}


def _keys(settings: Settings) -> set[Hashable]:
    """Earlier keys too: what they made still opens."""
    folder = settings.data.folder
    try:
        return set(secret_key(folder).versions) if has_key(folder) else set()
    except DataFolderFault:  # said when it is opened
        return set()


def _mailbox(settings: Settings) -> set[Hashable]:
    """Who reads a mailbox marks what is in it as read."""
    mail = settings.mail
    place = (mail.imap_host.lower(), mail.imap_username.lower(), mail.imap_folder)
    return {place} if mail.imap_host else set()


def _sender(settings: Settings) -> set[Hashable]:
    sender = settings.mail.sender.lower()
    return set() if sender.endswith(".invalid") else {sender}


def _metrics(settings: Settings) -> set[Hashable]:
    token = settings.metrics.token
    return {token} if token else set()


_OWN: tuple[tuple[Callable[[Settings], set[Hashable]], Sentence], ...] = (
    (
        _host,
        Sentence("dezelfde hostnaam (web.public_url)", "the same host name (web.public_url)"),
    ),
    (_database, Sentence("dezelfde database", "the same database")),
    (_keys, Sentence("dezelfde sleutel (secret.key)", "the same key (secret.key)")),
    (_mailbox, Sentence("dezelfde postbus", "the same mailbox")),
    (_sender, Sentence("dezelfde afzender (mail.sender)", "the same sender (mail.sender)")),
    (_metrics, Sentence("hetzelfde metrics.token", "the same metrics.token")),
)
