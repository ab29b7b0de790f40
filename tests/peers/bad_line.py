"""A line to a server that breaks, delays and refuses, by chance from a seed; run by its path.

    python bad_line.py LISTEN_PORT SERVER_PORT SEED

It passes requests on to the server on this machine. What it did can be read at `/-/counts`; a GET
of `/-/quiet` makes it a good line, one of `/-/loud` a bad one again.
"""

import http.client
import json
import socket
import sys
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random

CHANCES = {  # in a hundred requests
    "unavailable": 3.0,
    "too many": 0.5,
    "dropped before": 2.0,
    "dropped after": 4.0,
    "slow": 1.0,
}
_OWN_HEADERS = {"connection", "keep-alive", "transfer-encoding", "content-length"}
_SCHEDULING = (b"ATTENDEE", b"ORGANIZER", b"\nMETHOD:")


class Line(ThreadingHTTPServer):
    """The line, and what happened on it."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, server: int, seed: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.server = server
        self.counts: Counter[str] = Counter()
        self.is_quiet = True
        self._random = Random(seed)
        self._lock = threading.Lock()

    def count(self, what: str) -> None:
        with self._lock:
            self.counts[what] += 1

    def chance(self) -> str | None:
        """What goes wrong with the next request."""
        with self._lock:
            drawn = self._random.uniform(0, 100)
        if self.is_quiet:
            return None
        for fault, share in CHANCES.items():
            drawn -= share
            if drawn < 0:
                self.count(fault)
                return fault
        return None


class Handler(BaseHTTPRequestHandler):
    """One connection of a client."""

    protocol_version = "HTTP/1.1"
    server: Line

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.startswith("/-/"):
            self._tell()
            return
        fault = self.server.chance()
        if fault == "slow":
            time.sleep(0.2)
        if fault == "unavailable":
            self._say(503, {}, b"")
        elif fault == "too many":
            self._say(429, {"Retry-After": "30"}, b"")
        elif fault == "dropped before":
            self._drop()
        else:
            self._pass_on(body, is_heard=fault != "dropped after")

    do_GET = do_PUT = do_DELETE = do_PROPFIND = do_REPORT = answer  # noqa: N815 - the library's
    do_MKCALENDAR = do_OPTIONS = do_HEAD = do_PROPPATCH = do_MKCOL = do_POST = answer  # noqa: N815

    def _tell(self) -> None:
        if self.path != "/-/counts":
            self.server.is_quiet = self.path == "/-/quiet"
        self._say(200, {}, json.dumps(self.server.counts).encode())

    def _pass_on(self, body: bytes, *, is_heard: bool) -> None:
        if self.command in {"PUT", "DELETE"}:
            self.server.count("writes")
        if self.command == "PUT" and any(word in body for word in _SCHEDULING):
            self.server.count("unsolicited")
        headers = {k: v for k, v in self.headers.items() if k.lower() not in _OWN_HEADERS}
        line = http.client.HTTPConnection("127.0.0.1", self.server.server, timeout=30)
        try:
            line.request(self.command, self.path, body, headers | {"Connection": "close"})
            response = line.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException):
            self.server.count("server failed")
            self._drop()
            return
        finally:
            line.close()
        if is_heard:
            kept = {k: v for k, v in response.getheaders() if k.lower() not in _OWN_HEADERS}
            self._say(response.status, kept, content)
        else:
            self._drop()

    def _say(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _drop(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""

    def handle(self) -> None:
        """As ever, but a client that was killed is nothing to tell of."""
        try:
            super().handle()
        except OSError:
            self.close_connection = True


if __name__ == "__main__":
    Line(*map(int, sys.argv[1:])).serve_forever()
