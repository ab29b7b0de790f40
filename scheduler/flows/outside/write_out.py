"""Writing a representative's meetings into one calendar of their own, elsewhere."""

from collections.abc import Collection
from contextlib import closing
from dataclasses import replace

from calendars.ical import resource
from calendars.identity import href
from calendars.stores import CalDavStore, Missing, Refused, StoreError, UidTaken, make_calendar
from calendars.sync import Desired, EmptySide, Known, Report, synchronise
from calendars.sync.retry import weightiest
from scheduler.db.connections import forget_copies
from scheduler.db.tables import ConnectedCalendar
from scheduler.flows.calendar_builder import copied_entries
from scheduler.flows.outside.journal import RowJournal
from scheduler.flows.outside.means import Means
from scheduler.flows.outside.target import Attempt, Target, held_row
from scheduler.flows.outside.telling import told, told_copies

_TITLE = "Aan Tafel"


def own_name(representative_id: str) -> str:
    """Our calendar's name there: the same after a new connection, so that it is taken up again."""
    return f"aan-tafel-{representative_id}"


def write_out(means: Means, target: Target) -> Attempt:
    """Bring the calendar to what was published; it is made where it isn't there yet."""
    try:
        if not target.url:
            target = replace(target, url=_made(means, target))
        return _written(means, target)
    except EmptySide as error:
        return Attempt(said=told(error), asks_if_empty=True)
    except Missing as error:
        _forget(means, target)
        return Attempt(said=told(error), error=error)
    except StoreError as error:
        return Attempt(said=told(error), error=error, server_error=error)


def _made(means: Means, target: Target) -> str:
    name = own_name(target.representative_id)
    url = make_calendar(target.home, name, _TITLE, target.login, means.guard)
    with means.database.session() as session:
        row = session.get(ConnectedCalendar, target.id)
        if row is not None:
            row.url = url
    return url


def _written(means: Means, target: Target) -> Attempt:
    desired = desired_copies(means, target.representative_id)
    # Our own side is empty because the newest publication says so, not by a fault.
    says_nothing = not desired and target.publication > 0
    journal = RowJournal(means, target)
    with closing(CalDavStore(target.url, target.login, means.guard, target.quirks)) as store:
        report = synchronise(
            desired,
            store,
            journal,
            full=target.in_full,
            confirmed_empty=target.is_meant_empty or says_nothing,
        )
    known = tuple(journal.known())
    error = _deciding(report, known)
    said = told(error) if error else told_copies(known, report)
    is_servers = error is not None and not isinstance(error, UidTaken)
    return Attempt(
        said=said,
        error=error,
        server_error=error if is_servers else None,
        was_full=target.in_full,
    )


def _deciding(report: Report, known: Collection[Known]) -> StoreError | None:
    """What decides on the next visit; one copy that the server can't take keeps no other back."""
    error = weightiest(report)
    is_one_of_many = isinstance(error, Refused) and any(copy.in_place for copy in known)
    return None if is_one_of_many else error


def desired_copies(means: Means, representative_id: str) -> tuple[Desired, ...]:
    """Everything that was published for a representative, without anybody's address in it."""
    with means.database.session() as session:
        entries = copied_entries(session, representative_id, means.base_url)
    return tuple(
        Desired(
            uid=entry.uid,
            href=href(entry.uid, representative_id),
            revision=entry.revision,
            resource=resource(entry),
        )
        for entry in entries
    )


def _forget(means: Means, target: Target) -> None:
    """The calendar was taken away as a whole: a new one starts from nothing."""
    with means.database.session() as session:
        row = held_row(session, target.id, target.holder)
        if row is not None:
            row.url, row.token, row.compared_at = "", None, None
            forget_copies(session, target.id)
