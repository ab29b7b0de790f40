"""Radicale's storage and rights, answered from the current visit. Nothing is kept here."""

import contextlib
from collections.abc import Iterator
from typing import Any

from radicale import storage
from radicale.item import Item as RadicaleItem
from radicale.rights import BaseRights

from calendars.account.collections import CalendarCollection, Folder
from calendars.account.source import Openness
from calendars.account.visit import Visit, current_visit


class Storage(storage.BaseStorage):
    """Finds what is at a path of the visit's owner; the guard has seen to it that it's theirs."""

    _supports_unicode = True

    def discover(
        self, path: str, depth: str = "0", *_args: Any, **_kwargs: Any
    ) -> Iterator[storage.BaseCollection | RadicaleItem]:
        """What is there, and with a depth its children too."""
        visit = current_visit.get()
        parts = path.strip("/").split("/") if path.strip("/") else []
        found = _found(visit, parts)
        if found is None:
            return
        yield found
        if depth != "0":
            yield from _children(visit, found)

    @contextlib.contextmanager
    def acquire_lock(
        self, mode: str, user: str = "", *_args: Any, **_kwargs: Any
    ) -> Iterator[None]:
        """Nothing to lock: a visit asks the source once, and nothing is written."""
        yield


def _found(visit: Visit, parts: list[str]) -> storage.BaseCollection | RadicaleItem | None:
    _, name, href = [*parts, "", "", ""][:3]
    if not name:
        return Folder("/".join(parts))
    calendar = _calendar(visit, name)
    if not (calendar and href):
        return calendar
    return dict(calendar.get_multi([href]))[href]


def _calendar(visit: Visit, name: str) -> CalendarCollection | None:
    for calendar in visit.calendars:
        if calendar.name == name:
            return CalendarCollection(visit, calendar)
    return None


def _children(
    visit: Visit, found: storage.BaseCollection | RadicaleItem
) -> Iterator[storage.BaseCollection | RadicaleItem]:
    match found:
        case CalendarCollection():
            yield from found.get_all()
        case Folder(path=""):
            yield Folder(visit.owner)
        case Folder():
            yield from (CalendarCollection(visit, calendar) for calendar in visit.calendars)


class Rights(BaseRights):
    """Everybody reads what is theirs; a second lock behind the guard's.

    That a calendar can be written is only told here, so that programs offer it: what is written
    never comes to Radicale.
    """

    def authorization(self, user: str, user_groups: set[str], path: str) -> str:
        """`R` for folders, `r` or `rw` for calendars and what is in them (Radicale's letters)."""
        parts = path.strip("/").split("/") if path.strip("/") else []
        if parts[:1] not in ([], [user]):
            return ""
        if len(parts) <= 1:
            return "R"
        return "rw" if _is_open(parts[1]) else "r"


def _is_open(name: str) -> bool:
    visit = current_visit.get(None)
    calendars = visit.calendars if visit else ()
    return any(each.name == name and each.openness is not Openness.READ_ONLY for each in calendars)
