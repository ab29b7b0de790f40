"""A calendar on an outside CalDAV server (RFC 4791, 6578), over the caldav library.

The library knows the many ways in which servers write their answers. What it would decide by
itself (signing in late, a higher SEQUENCE, listing everything when a token fails) is left out:
only its requests and its parsing are used, and those over our own guarded connection.
"""

from collections.abc import Iterable
from typing import Any, cast
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.sax.saxutils import escape

from caldav.davclient import DAVClient
from caldav.lib.error import DAVError
from caldav.response import DAVResponse, SyncCollectionResult

from calendars.stores.dav_faults import fault_of, raised
from calendars.stores.errors import (
    BadAnswer,
    Busy,
    Changed,
    Missing,
    StoreError,
    TokenRefused,
    UidTaken,
    Unauthorised,
    Unreachable,
)
from calendars.stores.guard import Guard
from calendars.stores.protocol import Changes, Item, Ref
from calendars.stores.quirks import UNKNOWN, Quirks
from calendars.stores.web import Login, Web

_LIST = """<?xml version="1.0" encoding="utf-8"?>
<propfind xmlns="DAV:"><prop><getetag/><resourcetype/></prop></propfind>"""
_ASK_TOKEN = _LIST.replace("<getetag/><resourcetype/>", "<sync-token/>")
_SYNC = """<?xml version="1.0" encoding="utf-8"?>
<sync-collection xmlns="DAV:"><sync-token>{token}</sync-token><sync-level>1</sync-level>\
<prop><getetag/></prop></sync-collection>"""
_MULTIGET = """<?xml version="1.0" encoding="utf-8"?>
<C:calendar-multiget xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">\
<prop><getetag/><C:calendar-data/></prop>{hrefs}</C:calendar-multiget>"""
_COLLECTION = "{DAV:}collection"
_ETAG, _KIND, _SYNC_TOKEN = "{DAV:}getetag", "{DAV:}resourcetype", "{DAV:}sync-token"
_MOST_PAGES = 100
_CONFLICT = 409


class CalDavStore:
    """One calendar at `url`; see CalendarStore. For one thread at a time; close it when done."""

    def __init__(self, url: str, login: Login, guard: Guard, quirks: Quirks = UNKNOWN) -> None:
        self.url = url.rstrip("/") + "/"
        self.quirks = quirks
        self._web = Web(guard, login=login, origin=self.url, keeps_lines=quirks.keeps_lines)
        self._client = client_over(self._web, self.url, login)

    def close(self) -> None:
        """Hang up."""
        self._web.close()

    def listing(self) -> tuple[Ref, ...]:
        """See CalendarStore."""
        response = self._ask("PROPFIND", self.url, _LIST, {"Depth": "1"})
        if response.all_responses_not_found():
            raise Missing("the calendar is not there", 404)
        refs = []
        for result in response.parse_propfind():
            etag, kinds = result.properties.get(_ETAG), result.properties.get(_KIND) or ()
            if etag and _COLLECTION not in kinds:
                refs.append(Ref(_name(result.href), _strong(str(etag))))
        return tuple(refs)

    def get(self, hrefs: Iterable[str]) -> tuple[Item, ...]:
        """See CalendarStore."""
        paths = [f"<href>{escape(urlsplit(self._at(href)).path)}</href>" for href in hrefs]
        if not paths:
            return ()
        body = _MULTIGET.format(hrefs="".join(paths))
        found = self._ask("REPORT", self.url, body, {"Depth": "1"}).parse_calendar_query()
        return tuple(
            Item(_name(one.href), _strong(one.etag), one.calendar_data.encode())
            for one in found
            if one.etag and one.calendar_data
        )

    def put(self, href: str, body: bytes, *, etag: str | None) -> str | None:
        """See CalendarStore."""
        self._look_first(href, etag)
        condition = {"If-Match": etag} if etag else {"If-None-Match": "*"}
        headers = condition | {"Content-Type": "text/calendar; charset=utf-8"}
        try:
            response = self._ask("PUT", self._at(href), body, headers)
        except Missing as error:
            if error.status == _CONFLICT and self._is_there():
                raise UidTaken(str(error), _CONFLICT) from None  # SOGo's way to say so
            raise
        told = response.headers.get("ETag")
        return _strong(told) if told else None

    def delete(self, href: str, *, etag: str) -> None:
        """See CalendarStore."""
        try:
            self._look_first(href, etag)
            self._ask("DELETE", self._at(href), "", {"If-Match": etag})
        except Missing:
            return
        except Changed:
            # Some answer 412 for what is not there: no version of nothing matches.
            if self.get([href]):
                raise

    def token(self) -> str | None:
        """See CalendarStore."""
        response = self._ask("PROPFIND", self.url, _ASK_TOKEN, {"Depth": "0"})
        found = [result.properties.get(_SYNC_TOKEN) for result in response.parse_propfind()]
        return next((str(token) for token in found if token), None)

    def changes(self, token: str) -> Changes:
        """See CalendarStore."""
        if not self.quirks.tells_bad_tokens:
            raise TokenRefused(f"{self.quirks.name} takes any token, so none can be trusted")
        changed: dict[str, Ref] = {}
        removed: set[str] = set()
        for _ in range(_MOST_PAGES):
            page = self._page(token)
            for one in page.changed:
                if one.etag:
                    changed[_name(one.href)] = Ref(_name(one.href), _strong(one.etag))
                    removed.discard(_name(one.href))
            for href in map(_name, page.deleted):
                removed.add(href)
                changed.pop(href, None)
            if not page.sync_token:
                raise BadAnswer("the server gave no sync token")
            token = page.sync_token
            if not page.truncated:
                break
        return Changes(
            changed=tuple(changed[href] for href in sorted(changed) if href),
            removed=tuple(sorted(filter(None, removed))),
            token=token,
        )

    def _page(self, token: str) -> SyncCollectionResult:
        """One page; a token is refused in many ways, and all of them mean: list everything."""
        body = _SYNC.format(token=escape(token))
        try:
            return self._ask("REPORT", self.url, body, {"Depth": "0"}).parse_sync_collection()
        except (Unauthorised, Busy):
            raise
        except Unreachable as error:
            if error.status is None:
                raise
            raise TokenRefused(str(error), error.status) from None
        except StoreError as error:
            raise TokenRefused(str(error), error.status) from None

    def _is_there(self) -> bool:
        try:
            self.listing()
        except Missing:
            return False
        return True

    def _look_first(self, href: str, etag: str | None) -> None:
        """For a server that writes whatever the condition says; leaves a moment for a race."""
        if self.quirks.keeps_conditions:
            return
        found = next(iter(self.get([href])), None)
        if (found.etag if found else None) != etag:
            raise Changed(f"{href} is another version, or not there")

    def _at(self, href: str) -> str:
        return urljoin(self.url, quote(href, safe="@:-._~!$&'()*+,;="))

    def _ask(
        self, method: str, url: str, body: str | bytes, headers: dict[str, str]
    ) -> DAVResponse:
        return ask(self._client, method, url, body, headers)


def client_over(web: Web, url: str, login: Login) -> DAVClient:
    """The library's client on our own connection; signs in from the first request on."""
    client = DAVClient(
        url=url,
        username=login.name,
        password=login.password,
        auth_type="basic",
        enable_rfc6764=False,
        rate_limit_handle=False,
    )
    client.session.close()
    client.session = cast("Any", web)  # it asks for no more than a `request`
    return client


def ask(
    client: DAVClient,
    method: str,
    url: str,
    body: str | bytes = "",
    headers: dict[str, str] | None = None,
) -> DAVResponse:
    """One request; every refusal and every muddle comes out as a StoreError."""
    try:
        response = client.request(url, method, cast("str", body), headers or {})
    except DAVError as error:
        raise raised(error) from None
    except (SyntaxError, ValueError, AssertionError) as error:
        raise BadAnswer(f"an answer that is no CalDAV ({type(error).__name__})") from None
    if not 200 <= response.status < 300:  # noqa: PLR2004 - HTTP's own classes
        raise fault_of(response)
    if method in ("PROPFIND", "REPORT") and response.tree is None:
        raise BadAnswer("an answer that is no CalDAV", response.status)
    return response


def _name(href: str) -> str:
    """The item's name in its calendar; empty for the calendar itself."""
    return unquote(urlsplit(href).path if "://" in href else href).rpartition("/")[2]


def _strong(etag: str) -> str:
    """Without W/, which proxies add when they pack an answer; conditions need it strong."""
    return etag.strip().removeprefix("W/")
