"""A server that speaks clamd's protocol, for tests: over TCP and over a socket in a folder."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

MARK = b"this is a virus for the test"
"""What the server finds."""


@dataclass
class Clamd:
    """Where it listens, and what it was asked to look at."""

    path: str
    address: str
    looked_at: list[bytes] = field(default_factory=list)


@contextmanager
def serving(folder: Path, *, most_bytes: int = 25_000_000) -> Iterator[Clamd]:
    """Serves until the end of the block."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            command = b""
            while not command.endswith(b"\0"):
                command += self.rfile.read(1)
            replies = {b"zPING\0": lambda: b"PONG", b"zINSTREAM\0": self._scan}
            self.wfile.write(replies.get(command, lambda: b"UNKNOWN COMMAND")() + b"\0")

        def _scan(self) -> bytes:
            content = b""
            while size := int.from_bytes(self.rfile.read(4), "big"):
                content += self.rfile.read(size)
            found.looked_at.append(content)
            if len(content) > most_bytes:
                return b"INSTREAM size limit exceeded. ERROR"
            return b"stream: Test.Virus-1 FOUND" if MARK in content else b"stream: OK"

    with ExitStack() as stack:
        path = str(folder / "clamd.ctl")
        unix = stack.enter_context(socketserver.ThreadingUnixStreamServer(path, Handler))
        tcp = stack.enter_context(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler))
        found = Clamd(path, f"127.0.0.1:{tcp.server_address[1]}")
        for server in (unix, tcp):
            threading.Thread(target=server.serve_forever, args=(0.02,)).start()
            stack.callback(server.shutdown)
        yield found
