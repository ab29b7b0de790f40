"""What stands in the calendar now: by its sync token where that can be trusted, else in full."""

from collections.abc import Mapping
from dataclasses import dataclass

from calendars.stores import CalendarStore, Missing, Ref, Refused, TokenRefused
from calendars.sync.state import Known, Status


@dataclass(frozen=True, slots=True)
class View:
    """The items by name, and the token of just before they were looked at."""

    refs: Mapping[str, Ref]
    token: str | None


def look(
    store: CalendarStore, known: Mapping[str, Known], token: str | None, *, full: bool
) -> View:
    """The calendar as it stands; cheaply where nothing speaks against it.

    A listing in full is due when asked for, without a token, after a run that was broken off
    (a copy may stand there of which nobody knows), and where changes seem to have emptied the
    calendar. A store that refuses the token, or changes altogether, gets it too.
    """
    broken_off = any(copy.status is Status.INTENDED for copy in known.values())
    if token is None or full or broken_off:
        return _in_full(store)
    try:
        view = _since(store, known, token)
    except (TokenRefused, Refused):
        return _in_full(store)
    return view if view.refs else _in_full(store)


def _in_full(store: CalendarStore) -> View:
    # The token first: what changes in between is then told twice, and not never.
    try:
        token = store.token()
    except (Refused, Missing):
        token = None
    return View({ref.href: ref for ref in store.listing()}, token)


def _since(store: CalendarStore, known: Mapping[str, Known], token: str) -> View:
    changes = store.changes(token)
    refs = {
        copy.href: Ref(copy.href, copy.etag)
        for copy in known.values()
        if copy.in_place and copy.etag
    }
    refs |= {ref.href: ref for ref in changes.changed}
    for href in changes.removed:
        refs.pop(href, None)
    return View(refs, changes.token)
