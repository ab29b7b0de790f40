"""Connecting somebody's own calendar, choosing what for, pausing it, and taking it away again."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, select

from calendars.errors import CalendarError
from calendars.stores import Findings, FoundCalendar, Login, Problem, check_connection
from scheduler.db import audits
from scheduler.db.connections import calendars_of, connection, forget_busy, must_own
from scheduler.db.tables import ConnectedCalendar, Connection
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, NotFound, Sentence
from scheduler.domain.ids import new_id
from scheduler.domain.terms import CalendarUse
from scheduler.flows.outside.means import Means
from scheduler.flows.outside.open_address import as_web_address, fetch, host_of
from scheduler.flows.outside.target import resume
from scheduler.flows.outside.telling import told
from scheduler.flows.outside.write_out import own_name

_MOST_CALENDARS = 50
_LONGEST = 2000
_READ_ONLY = Sentence(
    "In een .ics-adres kunnen wij niets zetten. Vul ook een gebruikersnaam en wachtwoord in.",
    "We cannot write to an .ics address. Fill in a user name and password too.",
)
_NO_PASSWORD = Sentence("Vul ook het wachtwoord in.", "Fill in the password too.")
_TOO_LONG = Sentence("Dit adres is te lang.", "This address is too long.")
_OURS_FIRST = Sentence(
    "De verbinding werkt. Wij maken daar een agenda “Aan Tafel”.",
    "The connection works. We make a calendar “Aan Tafel” there.",
)
_OPEN_NAME = "Agenda van een .ics-adres"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody typed in.

    Attributes:
        address: a domain, mail address or address of a CalDAV server; with an empty `username`
            an open .ics address.
        writes: whether our meetings are to be written there, in a calendar of their own.
        reads_all: whether taken time is to be read from every calendar found there; without it
            they can be chosen one by one afterwards.
    """

    representative_id: str
    address: str
    username: str = ""
    password: str = field(default="", repr=False)
    writes: bool = False
    reads_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """The new connection, and what the check found, in words."""

    id: str
    said: Sentence


def connect_calendar(session: Session, actor: Actor, wish: Wish, means: Means) -> Connected:
    """Check first, then keep it; the same account again gets its new password and goes on.

    The first visit is the next tick's: only then something is written or read.

    Raises:
        NotFound: it isn't the actor's to do.
        BadInput: the check failed, in plain words; nothing was kept.
    """
    must_own(session, actor, wish.representative_id)
    if len(wish.address) > _LONGEST:
        raise BadInput(_TOO_LONG)
    if wish.username:
        return _connect_account(session, actor, wish, means)
    return _connect_open_address(session, actor, wish, means)


def _connect_account(session: Session, actor: Actor, wish: Wish, means: Means) -> Connected:
    if not wish.password:
        raise BadInput(_NO_PASSWORD)
    login = Login(name=wish.username, password=wish.password)
    findings = check_connection(wish.address, login, means.guard)
    said = Sentence(findings.sentence("nl"), findings.sentence("en"))
    # Without a calendar there is none to read, but ours can be made.
    makes_first = findings.problem is Problem.NO_CALENDARS and findings.home and wish.writes
    if findings.problem and not makes_first:
        raise BadInput(said)
    said = _OURS_FIRST if makes_first else said
    row = _kept(session, wish, wish.address.strip(), means, wish.password)
    row.home, row.server = findings.home, findings.server
    _keep_calendars(session, row, wish, findings)
    return _done(session, actor, row, said, at=means.clock())


def _connect_open_address(session: Session, actor: Actor, wish: Wish, means: Means) -> Connected:
    if wish.writes:
        raise BadInput(_READ_ONLY)
    url = as_web_address(wish.address)
    try:
        fetch(url, means.guard, None)
    except CalendarError as error:
        raise BadInput(told(error)) from error
    row = _kept(session, wish, _shown(url, means), means, url)
    _keep(session, row, CalendarUse.BUSY, name=_OPEN_NAME, is_chosen=True)
    said = Sentence("De verbinding werkt.", "The connection works.")
    return _done(session, actor, row, said, at=means.clock())


def _shown(url: str, means: Means) -> str:
    """A secret address as it may be shown; two at one host stay two."""
    return f"{host_of(url)} ({means.seal.fingerprint(url)[:6]})"


def _kept(session: Session, wish: Wish, address: str, means: Means, secret: str) -> Connection:
    """The row of this account, new or found again, with the secret of today."""
    sealed = means.seal.seal(secret.encode())
    query = select(Connection).where(
        Connection.representative_id == wish.representative_id,
        Connection.address == address,
        Connection.username == wish.username,
    )
    row = session.exec(query).first()
    if row is None:
        row = Connection(
            id=new_id("k"),
            representative_id=wish.representative_id,
            address=address,
            username=wish.username,
            sealed_secret=sealed,
            created_at=means.clock(),
        )
        session.add(row)
    row.sealed_secret, row.paused = sealed, False
    session.flush()
    for each in calendars_of(session, row.id):
        resume(each)
    return row


def _keep_calendars(session: Session, row: Connection, wish: Wish, findings: Findings) -> None:
    ours = own_name(wish.representative_id)
    _keep(session, row, CalendarUse.WRITE, name="Aan Tafel", is_chosen=wish.writes)
    for found in findings.calendars[:_MOST_CALENDARS]:
        if not _is_named(found, ours):
            _keep(
                session,
                row,
                CalendarUse.BUSY,
                url=found.url,
                name=found.name,
                is_chosen=wish.reads_all,
            )


def _is_named(found: FoundCalendar, name: str) -> bool:
    return found.url.rstrip("/").rpartition("/")[2] == name


def _keep(
    session: Session,
    connection_row: Connection,
    use: CalendarUse,
    *,
    name: str,
    is_chosen: bool,
    url: str = "",
) -> None:
    """A calendar of the connection; one that was there keeps what is known of it."""
    of_this_use = [each for each in calendars_of(session, connection_row.id) if each.use is use]
    is_only_one = use is CalendarUse.WRITE
    row = next((each for each in of_this_use if is_only_one or each.url == url), None)
    if row is None:
        row = ConnectedCalendar(id=new_id("kc"), connection_id=connection_row.id, use=use, url=url)
    row.name, row.is_chosen = name, row.is_chosen or is_chosen
    resume(row)
    session.add(row)
    session.flush()


def _done(
    session: Session, actor: Actor, row: Connection, said: Sentence, *, at: datetime
) -> Connected:
    audits.record(session, actor, "connect", noun="connection", noun_id=row.id, at=at)
    return Connected(id=row.id, said=said)


def choose_calendars(
    session: Session,
    actor: Actor,
    connection_id: str,
    *,
    writes: bool,
    reads: Collection[str],
    at: datetime,
) -> str:
    """Say what a connection is for; `reads` are the calendars whose taken time is read.

    Gives the owner's identifier. What was read from a calendar that is no longer chosen is
    forgotten at once. What was written stays where it is: the calendar is its owner's.

    Raises:
        NotFound: it isn't the actor's.
    """
    row = connection(session, actor, connection_id)
    for each in calendars_of(session, row.id):
        each.is_chosen = writes if each.use is CalendarUse.WRITE else each.id in reads
        if not each.is_chosen:
            forget_busy(session, [each.id])
            each.token, each.compared_at, each.tried_at = None, None, None
    audits.record(session, actor, "choose", noun="connection", noun_id=row.id, at=at)
    return row.representative_id


def pause(session: Session, actor: Actor, connection_id: str, *, paused: bool, at: datetime) -> str:
    """Leave the account alone, or go on; what was read before stays in force. Gives the owner."""
    row = connection(session, actor, connection_id)
    row.paused = paused
    act = "pause" if paused else "resume"
    audits.record(session, actor, act, noun="connection", noun_id=row.id, at=at)
    return row.representative_id


def try_again(session: Session, actor: Actor, connection_id: str, *, at: datetime) -> str:
    """Somebody has made room, or given the right: visit all its calendars at the next tick."""
    row = connection(session, actor, connection_id)
    for each in calendars_of(session, row.id):
        resume(each)
        each.tried_at = None
    audits.record(session, actor, "try again", noun="connection", noun_id=row.id, at=at)
    return row.representative_id


def confirm_empty(session: Session, actor: Actor, calendar_id: str, *, at: datetime) -> str:
    """Its owner says that the empty side is meant so; NotFound where it isn't the actor's."""
    found = session.get(ConnectedCalendar, calendar_id)
    if found is None:
        raise NotFound("agenda", calendar_id)
    row = connection(session, actor, found.connection_id)
    found.is_meant_empty = True
    resume(found)
    found.tried_at = None
    audits.record(session, actor, "confirm empty", noun="connection", noun_id=row.id, at=at)
    return row.representative_id


def disconnect(session: Session, actor: Actor, connection_id: str, *, at: datetime) -> str:
    """Forget the account, its password and the taken time that was read there.

    Our calendar there stays as it is, for its owner to take away.

    Raises:
        NotFound: it isn't the actor's.
    """
    row = connection(session, actor, connection_id)
    forget_busy(session, [each.id for each in calendars_of(session, row.id)])
    session.delete(row)
    audits.record(session, actor, "disconnect", noun="connection", noun_id=row.id, at=at)
    return row.representative_id
