"""Folders and calendars in the form that Radicale asks them questions in."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import vobject
from radicale import storage
from radicale.item import Item as RadicaleItem

from calendars import identity
from calendars.account.http import http_date
from calendars.account.source import Calendar, Item
from calendars.account.visit import Visit
from calendars.ical import join_plain, resource
from calendars.ical.text import one_line

_TIMEZONE = resource(b"").decode()


class Folder(storage.BaseCollection):
    """The root and an owner's home: what holds calendars."""

    def __init__(self, path: str) -> None:
        self._path = path

    @property
    def path(self) -> str:
        """Without slashes around it, as Radicale wants it."""
        return self._path

    def get_meta(self, key: str | None = None) -> Any:
        """All of its properties, or one."""
        properties = {"D:displayname": self._path} if self._path else {}
        return properties if key is None else properties.get(key)


class CalendarCollection(storage.BaseCollection):
    """One calendar, with everything that Radicale asks of it."""

    def __init__(self, visit: Visit, calendar: Calendar) -> None:
        self._visit = visit
        self._calendar = calendar

    @property
    def path(self) -> str:
        """Without slashes around it, as Radicale wants it."""
        return f"{self._visit.owner}/{self._calendar.name}"

    @property
    def last_modified(self) -> str:
        """When the calendar was revised."""
        return http_date(self._calendar.revised_at)

    def get_meta(self, key: str | None = None) -> Any:
        """All of its properties under Radicale's names for them, or one."""
        properties = _properties(self._calendar)
        return properties if key is None else properties.get(key)

    def get_all(self) -> Iterator[RadicaleItem]:
        """Every item."""
        return (self._item(item) for item in self._items())

    def get_multi(self, hrefs: Iterable[str]) -> Iterator[tuple[str, RadicaleItem | None]]:
        """These items; None for one that isn't there, which clients read as gone."""
        wanted = set(hrefs)
        found = {each.href: each for each in self._items() if each.href in wanted} if wanted else {}
        for href in sorted(wanted):
            yield href, self._item(found[href]) if href in found else None

    def sync(self, old_token: str = "") -> tuple[str, Iterable[str]]:
        """The token of now, and what changed since the old one (RFC 6578, section 3.2).

        Raises:
            ValueError: the old token isn't this calendar's, is from its future, or is too old;
                Radicale then answers 403 with DAV:valid-sync-token.
        """
        owner, calendar = self._visit.owner, self._calendar
        token = identity.sync_token(owner, calendar.name, calendar.epoch, calendar.revision)
        if not old_token:
            return token, [item.href for item in self._items()]
        since = identity.revision_of(old_token, owner, calendar.name, calendar.epoch)
        if since is None or since > calendar.revision:
            raise ValueError("This token was never given out for this calendar.")
        changed = self._visit.changed_since(calendar.name, since)
        if changed is None:
            raise ValueError("This token is too old.")
        return token, sorted(changed)

    def serialize(self, *_args: Any, **_kwargs: Any) -> str:
        """The whole calendar as one file."""
        fragments = [item.fragment for item in self._items()]
        name, description = self._calendar.display_name, self._calendar.description
        return join_plain(name, description, fragments).decode()

    def _items(self) -> Iterable[Item]:
        return self._visit.items(self._calendar.name)

    def _item(self, item: Item) -> RadicaleItem:
        return _Shown(
            resource(item.searched) if item.searched else b"",
            collection=self,
            href=item.href,
            uid=item.uid,
            text=item.content.decode(),
            etag=item.etag,
            last_modified=http_date(item.revised_at),
            name="VCALENDAR",
            component_name="VEVENT",
            time_range=(int(item.starts_at.timestamp()), int(item.ends_at.timestamp())),
        )


class _Shown(RadicaleItem):
    """An item that may be searched by other words than it is shown in."""

    def __init__(self, searched: bytes, **shown: Any) -> None:
        super().__init__(**shown)
        self._searched = searched

    @property
    def vobject_item(self) -> Any:
        """What Radicale's filters look into."""
        if self._vobject_item is None and self._searched:
            self._vobject_item = vobject.readOne(self._searched.decode())
        return super().vobject_item


def _properties(calendar: Calendar) -> Mapping[str, str]:
    described = {"C:calendar-description": one_line(calendar.description)}
    return {
        "tag": "VCALENDAR",
        "D:displayname": one_line(calendar.display_name),
        "C:calendar-timezone": _TIMEZONE,
        "C:supported-calendar-component-set": "VEVENT",
        "ICAL:calendar-color": calendar.colour,
    } | (described if calendar.description else {})
