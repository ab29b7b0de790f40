"""Settings: `config/default.toml`, overruled by the environment, read once into frozen values."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, Self, get_type_hints

from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.faults import BadFile, Fault
from scheduler.toml_file import load

_TOKEN_SIGNS = 20
_SHORT_TOKEN = Sentence(
    f"AANTAFEL_METRICS_TOKEN moet ten minste {_TOKEN_SIGNS} tekens lang zijn.",
    f"AANTAFEL_METRICS_TOKEN must be at least {_TOKEN_SIGNS} characters long.",
)

CONFIG = Path(__file__).resolve().parent.parent / "config"

_SHORTHANDS = {
    "AANTAFEL_DATA": ("data", "folder"),
    "AANTAFEL_DATABASE_URL": ("data", "database"),
    "AANTAFEL_PROVINCES": ("data", "provinces"),
    "AANTAFEL_ALLOW_PRIVATE_ADDRESSES": ("calendars", "allow_private_addresses"),
    "PORT": ("web", "port"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """Where the rows are kept; with `provinces`, each province in a folder of its own in there."""

    folder: Path
    database: str
    provinces: str = ""

    @property
    def url(self) -> str:
        """The database's SQLAlchemy address."""
        return self.database or f"sqlite:///{self.folder.absolute() / 'aantafel.sqlite'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """How the pages are reached; durations in days and minutes, as the names say.

    With `second_factor` 1 who sees everybody's plan has to give a second factor when they come in
    from elsewhere; with 0 only who set one up.
    """

    host: str
    port: int
    public_url: str
    session_days: int
    staff_session_days: int
    idle_days: int
    sign_in_minutes: int
    second_factor: int

    @property
    def url(self) -> str:
        """The address that links begin with, without a slash at the end."""
        return self.public_url.rstrip("/") or f"http://{self._reachable}:{self.port}"

    @property
    def _reachable(self) -> str:
        return "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 - compares, doesn't bind


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """What a feed holds, in days around today, and how often it is to be read, in minutes.

    `input_days` before a meeting input is due, `report_days` after it the report-back.
    `reads_a_minute` is how often one address gets a whole answer, before it has to wait.
    """

    refresh_minutes: int
    days_back: int
    days_ahead: int
    tombstone_days: int
    input_days: int
    report_days: int
    reads_a_minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """When organisations are asked for input, in days before its last day.

    `ask_days` before it the question goes out, `remind_days` before it those who said nothing are
    reminded, once.
    """

    ask_days: int
    remind_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """How report-backs are asked for, in days: before the last day once more, and how long at all.

    When they are due, `Feeds.report_days` says.
    """

    remind_days: int
    ask_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendars:
    """How calendars elsewhere are kept true; durations as the names say.

    With `allow_private_addresses` 1 the server may go to addresses that are not public, over http
    and to any port; with 0 it may not.
    """

    poll_minutes: int
    busy_days_ahead: int
    allow_private_addresses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """How other people's software may use us: requests a minute, for each key."""

    requests_per_minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office whose people sign in by their own account (OpenID Connect); none without issuer.

    The secret is given by the environment only. `members` says who is who by the value of `claim`.
    """

    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    claim: str
    members: str

    @property
    def is_there(self) -> bool:
        """Whether there is one to sign in through."""
        return bool(self.issuer and self.client_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """Who looks for viruses in what is uploaded (empty: nobody), and how many seconds that takes.

    `scanner` is where ClamAV's daemon listens: a socket's path, or `host:port`.
    """

    scanner: str
    scan_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """How long what is about people is kept, in days, before the clock takes it away."""

    reasons_days: int
    replies_days: int
    mail_days: int
    busy_days: int
    absences_days: int
    contacts_days: int
    log_texts_days: int
    leftovers_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """How long the solver may think, in seconds; how long a stand-in is looked for, in hours.

    `policy` names a file to plan by, in the data folder; empty: that of the configuration.
    """

    policy: str
    time_limit_seconds: float
    demo_time_limit_seconds: float
    seed: int
    stand_in_hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What one process of `aantafel work` does at once, and when it counts as lost, in seconds."""

    solves: int
    rounds: int
    lost_seconds: float


class MetricsAccess(StrEnum):
    """Who may read `/metrics`."""

    OFF = "off"
    TOKEN = "token"  # noqa: S105 - a word, not a token
    LOOPBACK = "loopback"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """Who may read the metrics; the token is given by the environment only."""

    access: MetricsAccess
    token: str = field(repr=False)


class LogForm(StrEnum):
    """How a line of the log is written."""

    LINES = "lines"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """How the log is written."""

    form: LogForm


class Security(StrEnum):
    """How a connection to a mail server is kept private."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """How mail goes out and answers come in; durations as the names say.

    Without an SMTP host mail is written as files; without an IMAP host no mailbox is read.
    `sender` is the organiser of every invitation, and of the entries in feeds and accounts (RFC
    5546, section 3.2.1). Passwords are given by the environment only.
    """

    sender: str
    sender_name: str
    reply_to: str
    folder: str
    smtp_host: str
    smtp_port: int
    smtp_security: Security
    smtp_username: str
    smtp_password: str = field(repr=False)
    imap_host: str
    imap_port: int
    imap_security: Security
    imap_username: str
    imap_password: str = field(repr=False)
    imap_folder: str
    poll_minutes: int
    hold_minutes: int
    urgent_hours: int
    give_up_hours: int

    @property
    def answers_to(self) -> str:
        """The mailbox for answers; the sender's own where none is named."""
        return self.reply_to or self.sender

    @property
    def domain(self) -> str:
        """What our Message-IDs end in."""
        return self.sender.rpartition("@")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandates:
    """How many days before a mandate ends both boards are told."""

    notice_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """Which province folder is loaded."""

    name: str

    @property
    def folder(self) -> Path:
        """The folder with the province's facts."""
        return CONFIG / "provinces" / self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings, by section."""

    data: Data
    web: Web
    feeds: Feeds
    input: Input
    reports: Reports
    calendars: Calendars
    mail: Mail
    api: Api
    office: Office
    papers: Papers
    privacy: Privacy
    planning: Planning
    mandates: Mandates
    work: Work
    metrics: Metrics
    log: Log
    province: Province

    @property
    def mail_folder(self) -> Path:
        """Where mail is written as files where no SMTP host is named."""
        return Path(self.mail.folder) if self.mail.folder else self.data.folder / "post"

    @property
    def policy_file(self) -> Path:
        """What is planned by."""
        own = self.planning.policy
        return self.data.folder / own if own else CONFIG / "policy.toml"

    @classmethod
    def read(
        cls, environment: Mapping[str, str] = os.environ, path: Path = CONFIG / "default.toml"
    ) -> Self:
        """Read the defaults and overrule them by the environment.

        Raises:
            BadInput: a setting is missing in the file, is unknown, or isn't of its kind; all of
                them at once.
        """
        defaults, faults = _defaults(path, {each.name for each in fields(cls)})
        sections = {
            field.name: _section(field.name, kind, defaults[field.name], environment, faults)
            for field, kind in zip(fields(cls), get_type_hints(cls).values(), strict=True)
        }
        metrics = sections["metrics"]
        if metrics and metrics.access is MetricsAccess.TOKEN and len(metrics.token) < _TOKEN_SIGNS:
            faults.append(_SHORT_TOKEN)
        if faults:
            raise BadInput(*faults)
        return cls(**sections)


def _defaults(path: Path, names: set[str]) -> tuple[dict[str, dict[str, Any]], list[Sentence]]:
    """The file's sections, an absent one being empty, and a fault for each that doesn't exist."""
    unreadable: list[Fault] = []
    document = load(path, unreadable)
    if document is None:
        raise BadFile(*unreadable)
    unknown = [_unknown(name) for name in document if name not in names]
    sections = {name: document.get(name) for name in names}
    return (
        {name: each if isinstance(each, dict) else {} for name, each in sections.items()},
        unknown,
    )


def _section(
    section: str,
    kind: type,
    defaults: Mapping[str, Any],
    environment: Mapping[str, str],
    faults: list[Sentence],
) -> Any:
    kinds = get_type_hints(kind)
    faults.extend(_unknown(f"{section}.{name}") for name in defaults if name not in kinds)
    values = {}
    for name, wanted in kinds.items():
        variable, text = _overruled(section, name, environment)
        value = defaults.get(name) if text is None else text
        try:
            values[name] = _not_negative(wanted(_there(value)))
        except (ValueError, TypeError):
            faults.append(_unfit(f"{section}.{name}" if text is None else variable, value, wanted))
    return kind(**values) if len(values) == len(kinds) else None


def _there(value: Any) -> Any:
    if value is None:
        raise TypeError("a setting without a value")
    return value


def _not_negative(value: Any) -> Any:
    """No setting means anything below nothing."""
    if isinstance(value, int | float) and value < 0:
        raise ValueError(value)
    return value


def _overruled(section: str, name: str, environment: Mapping[str, str]) -> tuple[str, str | None]:
    for shorthand, place in _SHORTHANDS.items():
        if place == (section, name) and environment.get(shorthand):
            return shorthand, environment[shorthand]
    variable = f"AANTAFEL_{section}_{name}".upper()
    return variable, environment.get(variable)


def _unknown(name: str) -> Sentence:
    return Sentence(f"De instelling {name} bestaat niet.", f"There is no setting {name}.")


_KINDS = {
    int: ("een geheel getal vanaf 0", "a whole number from 0"),
    float: ("een getal vanaf 0", "a number from 0"),
}


def _unfit(name: str, value: object, wanted: type[Any]) -> Sentence:
    nl, en = _KINDS.get(wanted, ("een waarde", "a value"))
    if issubclass(wanted, StrEnum):
        nl, en = f"een van {', '.join(wanted)}", f"one of {', '.join(wanted)}"
    if value is None:
        return Sentence(f"{name} ontbreekt: {nl}.", f"{name} is missing: {en}.")
    return Sentence(
        f"{name} moet {nl} zijn, niet {value!r}.", f"{name} must be {en}, not {value!r}."
    )
