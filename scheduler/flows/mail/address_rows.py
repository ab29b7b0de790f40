"""Addresses as rows: sealed, found again, begun and stopped; one address, one attendee."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from scheduler.db.mail_addresses import by_fingerprint
from scheduler.db.tables import MailAddress
from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.ids import new_id
from scheduler.mail import Office

_IN_USE = Sentence(
    "Dit mailadres gebruikt al iemand anders. Kies een ander adres.",
    "Somebody else uses this mail address already. Choose another.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressView:
    """An address as its owner or the coordinator sees it; `owner` is whose, in words."""

    id: str
    owner: str
    function: str
    address: str = field(repr=False)
    confirmed: bool


def new_row(office: Office, address: str, at: datetime) -> MailAddress:
    """A row for an address that is usable, sealed; whose it is has still to be said."""
    return MailAddress(
        id=new_id("ma"),
        sealed=office.addresses.seal(address.encode()),
        fingerprint=office.fingerprint(address),
        created_at=at,
    )


def start_mailing(session: Session, row: MailAddress, at: datetime) -> MailAddress:
    """Confirm the row; one of the same owner that was stopped earlier goes on instead.

    So an address keeps the history of what it got, and is never told two things at once.
    """
    for earlier in by_fingerprint(session, row.fingerprint):
        if earlier is not row and _owner(earlier) == _owner(row):
            session.delete(row)
            session.flush()
            earlier.stopped_at, earlier.confirmed_at, earlier.function = None, at, row.function
            session.flush()
            return earlier
    row.confirmed_at, row.confirm_hash, row.confirm_until = at, None, None
    session.add(row)
    session.flush()
    return row


def refuse_in_use(session: Session, row: MailAddress) -> None:
    """One address stands for one attendee of a meeting; bodies have no meetings in common.

    What somebody typed on a request blocks nobody: there each address is invited once.
    """
    for other in by_fingerprint(session, row.fingerprint):
        both_bodies = other.representative_id is None and row.representative_id is None
        # A colleague at the desk may be somebody's representative too: they only sign in.
        typed = other.request_id is not None or other.staff_id is not None
        if _owner(other) != _owner(row) and not both_bodies and not typed:
            raise BadInput(_IN_USE)


def _owner(row: MailAddress) -> tuple[str | None, ...]:
    return (
        row.representative_id,
        row.organisation_id,
        row.municipality_id,
        row.corporation_id,
        row.province_id,
        row.staff_id,
        row.request_id,
    )


def stop_mailing(session: Session, row: MailAddress, at: datetime) -> None:
    """Stop an address, or forget it where it was never confirmed."""
    if row.confirmed_at is None:
        session.delete(row)
        return
    row.stopped_at = at


def address_view(office: Office, row: MailAddress, *, owner: str) -> AddressView:
    """The address opened, for its owner or the coordinator to read."""
    return AddressView(
        id=row.id,
        owner=owner,
        function=row.function,
        address=office.addresses.open(row.sealed).decode(),
        confirmed=row.confirmed_at is not None,
    )
