"""Those who work for all organisations: who they are, where they get their links, and their end."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.db import audits
from scheduler.db.tables import MailAddress, Staff
from scheduler.domain.access import PROVE_TWICE, Actor, Right
from scheduler.domain.errors import BadInput, NotFound, Sentence
from scheduler.domain.ids import new_id
from scheduler.domain.terms import Role
from scheduler.flows.access.second.factors import forget_factors, has_factor
from scheduler.flows.access.sessions import BrowserView, browsers_of, end_browsers
from scheduler.flows.mail.address_rows import new_row
from scheduler.mail import Office, usable_address

_LONGEST_NAME = 80
_NO_NAME = Sentence(
    "Vul een naam in, in hooguit 80 tekens.", "Give a name, in 80 characters at most."
)
_NO_ROLE = Sentence(
    "Kies: coördinator, beheerder of controleur.", "Choose: coordinator, administrator or auditor."
)
_LAST = Sentence(
    "Dit is de laatste beheerder. Voeg eerst een andere toe.",
    "This is the last administrator. Add another one first.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who works here, as the administrator sees them."""

    id: str
    role: Role
    name: str
    address: str = field(repr=False)
    has_second: bool
    browsers: tuple[BrowserView, ...]

    @property
    def actor(self) -> Actor:
        """Who they are to the system."""
        return Actor(self.role, staff=self.id)


def add_colleague(
    session: Session,
    actor: Actor,
    office: Office,
    role: Role,
    *,
    name: str,
    typed: str,
    at: datetime,
) -> str:
    """Let somebody sign in by mailed link as coordinator, administrator or auditor; gives the id.

    Raises:
        NotAllowed: the actor may not give access.
        BadInput: it has no usable name or address, or no such role.
    """
    actor.must(Right.GIVE_ACCESS)
    written = " ".join(name.split())
    if role not in PROVE_TWICE:
        raise BadInput(_NO_ROLE)
    if not 0 < len(written) <= _LONGEST_NAME:
        raise BadInput(_NO_NAME)
    address = new_row(office, usable_address(typed), at)
    colleague = Staff(id=new_id("st"), role=role, name=written, created_at=at)
    session.add(colleague)
    session.flush()
    address.staff_id, address.function, address.confirmed_at = colleague.id, written, at
    session.add(address)
    audits.record(session, actor, "add", noun="staff", noun_id=colleague.id, at=at, detail=role)
    session.flush()
    return colleague.id


def end_colleague(session: Session, actor: Actor, staff_id: str, *, at: datetime) -> None:
    """Let somebody in no more: sessions, second factors and address go at once; history stays.

    Raises:
        NotAllowed: the actor may not give access.
        NotFound: nobody of this identifier works here.
        BadInput: it is the last administrator, and a person asks for it.
    """
    row = _working(session, actor, staff_id)
    if row.role is Role.ADMINISTRATOR and len(_of_role(session, Role.ADMINISTRATOR)) == 1:
        raise BadInput(_LAST)
    row.ended_at = at
    lock_out(session, actor, staff_id, at=at)
    for address in session.exec(select(MailAddress).where(MailAddress.staff_id == staff_id)):
        session.delete(address)
    audits.record(session, actor, "end", noun="staff", noun_id=staff_id, at=at)
    session.flush()


def lock_out(session: Session, actor: Actor, staff_id: str, *, at: datetime) -> None:
    """End all sessions of somebody, and forget the second factors: a phone was lost or stolen.

    They can sign in anew by mailed link, and set a second factor up then.
    """
    row = _known(session, actor, staff_id)
    account = Actor(row.role, staff=row.id)
    end_browsers(session, account, at=at)
    forget_factors(session, actor, account, at=at)


def colleagues(
    session: Session, actor: Actor, office: Office, *, at: datetime
) -> tuple[Colleague, ...]:
    """Who works here, by role and name; NotAllowed for who may not give access."""
    actor.must(Right.GIVE_ACCESS)
    query = (
        select(Staff)
        .where(col(Staff.ended_at).is_(None))
        .order_by(col(Staff.role), Staff.name, Staff.id)
    )
    addresses = {row.staff_id: row for row in session.exec(select(MailAddress)) if row.staff_id}
    return tuple(
        Colleague(
            id=row.id,
            role=row.role,
            name=row.name,
            address=_opened(office, addresses.get(row.id)),
            has_second=has_factor(session, Actor(row.role, staff=row.id)),
            browsers=browsers_of(session, Actor(row.role, staff=row.id), at=at),
        )
        for row in session.exec(query).all()
    )


def _opened(office: Office, address: MailAddress | None) -> str:
    return "" if address is None else office.addresses.open(address.sealed).decode()


def staff_names(session: Session, actor: Actor) -> dict[str, str]:
    """What colleagues are called, also those who have gone: for the log, which names them by id."""
    actor.must_see_all()
    return dict(session.exec(select(Staff.id, Staff.name)).all())


def _of_role(session: Session, role: Role) -> list[Staff]:
    query = select(Staff).where(Staff.role == role, col(Staff.ended_at).is_(None))
    return list(session.exec(query))


def _working(session: Session, actor: Actor, staff_id: str) -> Staff:
    row = _known(session, actor, staff_id)
    if row.ended_at is not None:
        raise NotFound("medewerker", staff_id)
    return row


def _known(session: Session, actor: Actor, staff_id: str) -> Staff:
    actor.must(Right.GIVE_ACCESS)
    row = session.get(Staff, staff_id)
    if row is None:
        raise NotFound("medewerker", staff_id)
    return row
