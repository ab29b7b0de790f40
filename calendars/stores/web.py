"""HTTP under guard: pinned addresses, no stray passwords, small answers, short waits.

Over the standard library alone, so that nothing (proxies, .netrc, cookies, automatic
redirects, a second look-up by name) happens that is not written here.
"""

import base64
import http.client
import select
import socket
import ssl
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Timer
from time import monotonic
from urllib.parse import quote, urljoin, urlsplit

from calendars.stores.errors import BadAnswer, Unreachable, Untrusted
from calendars.stores.guard import Guard, Target

_REPEATABLE = frozenset({"GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65536
_SAFE = "%/?:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A name and password, for one server only. Never shown when printed."""

    name: str
    password: str = field(repr=False)

    def header(self) -> str:
        """For HTTP Basic (RFC 7617)."""
        pair = f"{self.name}:{self.password}".encode()
        return f"Basic {base64.b64encode(pair).decode()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much an answer may weigh, how long it may take in all, how often it may send on."""

    megabytes: int = 10
    time: timedelta = timedelta(seconds=20)
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said; has the names that caldav expects of an HTTP library."""

    url: str
    status_code: int
    reason: str
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """The contents as text, whatever they are."""
        return self.content.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class _Request:
    target: Target
    method: str
    url: str
    body: bytes | None
    headers: Mapping[str, str]


class Headers(dict[str, str]):
    """Header fields, whose names are the same in any case; kept in lower case."""

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """The field, or the default."""
        return super().get(name.lower(), default)

    def __contains__(self, name: object) -> bool:
        return super().__contains__(str(name).lower())


class Web:
    """Requests under guard, over connections that are kept; for one thread at a time.

    With `keeps_lines` False each request has a connection of its own. The login is given to the
    first URL's origin, and to no other.
    """

    def __init__(
        self,
        guard: Guard,
        *,
        login: Login | None = None,
        origin: str = "",
        bounds: Bounds | None = None,
        tls: ssl.SSLContext | None = None,
        keeps_lines: bool = True,
    ) -> None:
        self.guard = guard
        self._login = login
        self._origin = origin
        self._bounds = bounds or Bounds()
        self._tls = tls or ssl.create_default_context()
        self._keeps_lines = keeps_lines
        self._lines: dict[Target, http.client.HTTPConnection] = {}

    def request(
        self,
        method: str,
        url: str,
        data: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        **_library: object,
    ) -> Answer:
        """Ask, and follow where the server sends us, each hop under the same guard.

        What else an HTTP library takes (proxies, auth, timeout, verify) is decided here.

        Raises:
            NotAllowed: an address on the way is not one to go to.
            Unreachable: no answer in time.
            Untrusted: the server's certificate doesn't hold.
            BadAnswer: too large, or sent on too often.
        """
        body = data.encode() if isinstance(data, str) else data
        for _ in range(self._bounds.redirects + 1):
            answer = self._one(method, url, body, headers or {})
            onward = _onward(answer)
            if onward is None or not _may_follow(method, answer, onward):
                return answer
            url = onward
        raise BadAnswer("the server keeps sending us on")

    def close(self) -> None:
        """Hang up."""
        for line in self._lines.values():
            line.close()
        self._lines.clear()

    def _one(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        target = self.guard.approve(url)
        asked = _Request(target, method, url, body, self._headers(target, headers))
        deadline = monotonic() + self._bounds.time.total_seconds()
        # A kept line may have gone dead while nobody used it; reading can be repeated.
        tries = 2 if target in self._lines and method in _REPEATABLE else 1
        while True:
            tries -= 1
            try:
                return self._exchange(asked, deadline)
            except (http.client.HTTPException, OSError) as error:
                self._hang_up(target)
                if isinstance(error, ssl.SSLCertVerificationError):
                    raise Untrusted(f"the certificate of {target.host} does not hold") from None
                if tries == 0 or isinstance(error, TimeoutError):
                    raise Unreachable(f"no answer from {target.host} ({_kind(error)})") from None
            except BadAnswer:
                self._hang_up(target)
                raise

    def _headers(self, target: Target, headers: Mapping[str, str]) -> dict[str, str]:
        sent = {name: value for name, value in headers.items() if name.lower() != "authorization"}
        sent["Accept-Encoding"] = "gzip, identity"
        if not self._keeps_lines:
            sent["Connection"] = "close"
        if self._login and target.origin == self._home():
            sent["Authorization"] = self._login.header()
        return sent

    def _home(self) -> tuple[bool, str, int]:
        parts = urlsplit(self._origin)
        secure = parts.scheme == "https"
        return secure, (parts.hostname or "").rstrip("."), parts.port or (443 if secure else 80)

    def _exchange(self, asked: _Request, deadline: float) -> Answer:
        line = self._line(asked.target, deadline)
        with _until(deadline, line.sock):
            line.request(asked.method, _path(asked.url), body=asked.body, headers=asked.headers)
            response = line.getresponse()
            content = self._read(response)
        _left(deadline)  # what was cut off by our own clock is no answer
        fields = Headers((name.lower(), value) for name, value in response.getheaders())
        if response.will_close or not self._keeps_lines:
            self._hang_up(asked.target)
        return Answer(
            url=asked.url,
            status_code=response.status,
            reason=response.reason,
            headers=fields,
            content=_unpacked(content, fields, self._most()),
        )

    def _line(self, target: Target, deadline: float) -> http.client.HTTPConnection:
        kept = self._lines.get(target)
        if kept is not None and _was_hung_up(kept.sock):
            self._hang_up(target)
        if target not in self._lines:
            self._lines[target] = _connected(target, self._tls, deadline)
        return self._lines[target]

    def _read(self, response: http.client.HTTPResponse) -> bytes:
        content = bytearray()
        while chunk := response.read1(_CHUNK):
            content += chunk
            if len(content) > self._most():
                raise BadAnswer(f"the answer is larger than {self._bounds.megabytes} MB")
        if response.length:
            raise http.client.IncompleteRead(bytes(content), response.length)
        response.close()  # the line is free again; an answer of no length does not see to it
        return bytes(content)

    def _most(self) -> int:
        return self._bounds.megabytes * 1024 * 1024

    def _hang_up(self, target: Target) -> None:
        line = self._lines.pop(target, None)
        if line:
            line.close()


def _onward(answer: Answer) -> str | None:
    """Where the answer sends us, if it does."""
    onward = answer.headers.get("Location")
    if answer.status_code not in _REDIRECTS or not onward:
        return None
    try:
        return urljoin(answer.url, onward)
    except ValueError:
        raise BadAnswer("the server sends us to what is no address") from None


def _may_follow(method: str, answer: Answer, onward: str) -> bool:
    """Reading goes anywhere that is allowed; writing stays with the server it was meant for."""
    if method in _REPEATABLE:
        return True
    same = urlsplit(onward)[:2] == urlsplit(answer.url)[:2]
    return same and answer.status_code in (307, 308)


def _connected(target: Target, tls: ssl.SSLContext, deadline: float) -> http.client.HTTPConnection:
    """A connection to the approved address, which asks for the host by its name."""
    raw = socket.create_connection((target.address, target.port), timeout=_left(deadline))
    raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    kind = http.client.HTTPSConnection if target.secure else http.client.HTTPConnection
    line = kind(target.host, target.port)
    line.auto_open = 0  # it would connect anew by name, past the guard
    line.sock = raw
    if target.secure:
        with _until(deadline, raw):
            line.sock = tls.wrap_socket(raw, server_hostname=target.host)
    return line


def _was_hung_up(line: socket.socket) -> bool:
    """Whether the server has closed a line that waits: some (SOGo) do so without a word.

    While nothing is asked nothing comes, but the end. To write on such a line would leave open
    whether anything was written.
    """
    poll = select.poll()
    poll.register(line, select.POLLIN)
    return bool(poll.poll(0))


@contextmanager
def _until(deadline: float, line: socket.socket) -> Iterator[None]:
    """Cut the line at the deadline: each single read may be quick, and there be no end to them."""
    line.settimeout(_left(deadline))
    clock = Timer(_left(deadline), _cut, [line])
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _left(deadline: float) -> float:
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError("time is up")
    return left


def _path(url: str) -> str:
    parts = urlsplit(url)
    path = quote(parts.path or "/", safe=_SAFE)
    return f"{path}?{quote(parts.query, safe=_SAFE)}" if parts.query else path


def _unpacked(content: bytes, headers: Headers, most: int) -> bytes:
    """Undo gzip, up to the same size: a small answer may unfold into a huge one."""
    if (headers.get("Content-Encoding") or "").lower() != "gzip" or not content:
        return content
    unfold = zlib.decompressobj(wbits=31)
    try:
        unpacked = unfold.decompress(content, most)
    except zlib.error:
        raise BadAnswer("the answer is packed in a way that cannot be undone") from None
    if unfold.unconsumed_tail or not unfold.eof:
        raise BadAnswer("the answer unfolds into too much, or is cut off")
    headers.pop("content-length", None)
    return unpacked


def _kind(error: Exception) -> str:
    return "certificate" if isinstance(error, ssl.SSLError) else type(error).__name__
