"""From what somebody types in to their calendars (RFC 6764, 4791), as a check of the connection.

Domain, mail address or any address of the server will do. The result says in plain words what
is the matter, for most who read it have never heard of CalDAV.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import dns.exception
import dns.resolver
from caldav.lib.error import DAVError
from caldav.response import DAVResponse, PropfindResult

from calendars.stores.dav_faults import fault_of
from calendars.stores.errors import BadAnswer, Missing, StoreError
from calendars.stores.findings import Findings, FoundCalendar, Problem, problem_of
from calendars.stores.guard import Guard
from calendars.stores.quirks import recognise
from calendars.stores.web import Answer, Login, Web

_PRINCIPAL = "{DAV:}current-user-principal"
_HOME = "{urn:ietf:params:xml:ns:caldav}calendar-home-set"
_KIND, _NAME = "{DAV:}resourcetype", "{DAV:}displayname"
_CALENDAR = "{urn:ietf:params:xml:ns:caldav}calendar"
_HOLDS = "{urn:ietf:params:xml:ns:caldav}supported-calendar-component-set"
_RIGHTS = "{DAV:}current-user-privilege-set"
_WRITING = frozenset({"{DAV:}write", "{DAV:}write-content", "{DAV:}all"})
_ASK = """<?xml version="1.0" encoding="utf-8"?>
<propfind xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop>{}</prop></propfind>"""
_ASK_PRINCIPAL = _ASK.format("<current-user-principal/>")
_ASK_HOME = _ASK.format("<C:calendar-home-set/>")
_ASK_CALENDARS = _ASK.format(
    "<resourcetype/><displayname/><current-user-privilege-set/>"
    "<C:supported-calendar-component-set/>"
)
Services = Callable[[str], tuple[tuple[str, int], ...]]


class _Elsewhere(Exception):
    """The trail leads to another server, which must not see the password unasked."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


@dataclass(frozen=True, slots=True)
class _Page:
    url: str
    results: list[PropfindResult]
    answer: Answer


def services(domain: str) -> tuple[tuple[str, int], ...]:
    """Hosts and ports that a domain names for CalDAV over TLS (SRV; RFC 6764, section 3)."""
    try:
        found = dns.resolver.resolve(f"_caldavs._tcp.{domain}", "SRV", lifetime=5)
    except (dns.exception.DNSException, ValueError):
        return ()
    records = sorted(found, key=lambda record: (record.priority, -record.weight))
    return tuple((str(record.target).rstrip("."), record.port) for record in records)


def check_connection(
    typed: str, login: Login, guard: Guard, find_services: Services = services
) -> Findings:
    """Look for the calendars behind what was typed in; never raises for what it finds there.

    A password goes only to the host that was typed in, or one within its domain. Where the
    trail leads elsewhere, `Findings.elsewhere` is the address to ask its user about.
    """
    problem: Problem | None = None
    for url in _starts(typed.strip(), find_services):
        try:
            return _explored(url, login, guard)
        except _Elsewhere as other:
            return Findings(problem=Problem.ELSEWHERE, elsewhere=other.url)
        except StoreError as error:
            # The first place that knows the user, or says why not, tells most.
            found = problem_of(error)
            problem = found if problem in (None, Problem.NO_CALDAV) else problem
            if problem is Problem.WRONG_LOGIN:
                break
    return Findings(problem=problem or Problem.NO_CALDAV)


def make_calendar(home: str, name: str, title: str, login: Login, guard: Guard) -> str:
    """Make a calendar of our own in somebody's home set; gives its address.

    `name` becomes part of the address, `title` is what its owner sees. A calendar that stands
    there already is taken. Make it once: servers limit how many are made in a short time.

    Raises:
        StoreError: the server does not want it.
    """
    url = urljoin(home.rstrip("/") + "/", f"{name}/")
    web = Web(guard, login=login, origin=home)
    try:
        answer = web.request("MKCALENDAR", url, _making(title), {"Content-Type": "text/xml"})
        if answer.status_code == 201 or _stands(web, url):  # noqa: PLR2004 - Created
            return url
        raise fault_of(_parsed(answer))
    finally:
        web.close()


def _starts(typed: str, find_services: Services) -> Iterator[str]:
    """Where to begin, the likeliest first (RFC 6764, section 6)."""
    if "://" in typed:
        yield typed
        yield urljoin(typed, "/.well-known/caldav")
        return
    domain = typed.rpartition("@")[2].strip("/")
    if "/" in domain:
        yield f"https://{domain}"
        return
    for host, port in find_services(domain):
        # Names may be forged: only the domain itself may point, and only within itself.
        if host == domain or host.endswith(f".{domain}"):
            yield f"https://{host}:{port}/.well-known/caldav"
    yield f"https://{domain}/.well-known/caldav"
    yield f"https://{domain}/"


def _explored(url: str, login: Login, guard: Guard) -> Findings:
    web = Web(guard, login=login, origin=url)
    try:
        page = _propfind(web, url, _ASK_PRINCIPAL)
        principal = _followed(page, _PRINCIPAL)
        home = _followed(_propfind(web, principal, _ASK_HOME), _HOME)
        calendars = tuple(_calendars(_propfind(web, home, _ASK_CALENDARS, depth="1")))
        return Findings(
            problem=None if calendars else Problem.NO_CALENDARS,
            server=recognise(page.url, page.answer.headers).name,
            home=home,
            calendars=calendars,
        )
    finally:
        web.close()


def _propfind(web: Web, url: str, body: str, depth: str = "0") -> _Page:
    headers = {"Depth": depth, "Content-Type": "text/xml; charset=utf-8"}
    answer = web.request("PROPFIND", url, body, headers)
    if urlsplit(answer.url)[:2] != urlsplit(url)[:2]:
        raise _Elsewhere(answer.url)
    response = _parsed(answer)
    if response.status != 207:  # noqa: PLR2004 - Multi-Status
        raise fault_of(response)
    try:
        return _Page(answer.url, response.parse_propfind(), answer)
    except (DAVError, ValueError, AssertionError) as error:
        raise BadAnswer(f"an answer that is no CalDAV ({type(error).__name__})") from None


def _parsed(answer: Answer) -> DAVResponse:
    try:
        return DAVResponse(answer)
    except (DAVError, SyntaxError, ValueError, AssertionError) as error:
        raise BadAnswer(f"an answer that is no CalDAV ({type(error).__name__})") from None


def _followed(page: _Page, name: str) -> str:
    """The address that a property holds; the first one where there are several."""
    found: Any = next((r.properties[name] for r in page.results if r.properties.get(name)), None)
    href = found[0] if isinstance(found, list) else found
    if not isinstance(href, str):
        raise Missing("this place knows no calendars", 404)
    url = urljoin(page.url, href)
    if urlsplit(url)[:2] != urlsplit(page.url)[:2]:
        raise _Elsewhere(url)
    return url


def _calendars(page: _Page) -> Iterator[FoundCalendar]:
    for result in page.results:
        kinds, holds = (result.properties.get(name) or () for name in (_KIND, _HOLDS))
        if _CALENDAR not in kinds or (holds and "VEVENT" not in holds):
            continue
        rights = result.properties.get(_RIGHTS)
        url = urljoin(page.url, result.href)
        yield FoundCalendar(
            url=url,
            name=str(result.properties.get(_NAME) or url.rstrip("/").rpartition("/")[2]),
            writable=rights is None or not _WRITING.isdisjoint(rights),
        )


def _stands(web: Web, url: str) -> bool:
    try:
        page = _propfind(web, url, _ASK_CALENDARS)
    except (StoreError, _Elsewhere):
        return False
    return any(_CALENDAR in (result.properties.get(_KIND) or ()) for result in page.results)


def _making(title: str) -> bytes:
    words = "".join(sign for sign in title if sign.isprintable())
    shown = words.replace("&", "&amp;").replace("<", "&lt;")
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>'
        f"<displayname>{shown}</displayname>"
        '<C:supported-calendar-component-set><C:comp name="VEVENT"/>'
        "</C:supported-calendar-component-set></prop></set></C:mkcalendar>"
    ).encode()
