"""Over TLS with a real server: a certificate that holds, and those that don't."""

import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from calendars.stores import Guard, Login, Problem, Untrusted, Web, check_connection

NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Kalenderserver")])
HERE = "127.0.0.1"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.heard.append(self.headers.get("Authorization"))
        self.send_response(200)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"hier")

    do_PROPFIND = do_GET  # noqa: N815 - the library's name

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    def handle_error(self, *_args: object) -> None:
        """A program that breaks off, because the certificate isn't right, is what is wanted."""


def certified(folder: Path, *, host: str = HERE, days: int = 30) -> Path:
    """A key and a certificate of our own for a host, until so many days from now."""
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(NAME)
        .issuer_name(NAME)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., tuple[Server, str, Path]]]:
    """Starts a server; gives it, its address, and the file with its certificate."""
    running: list[Server] = []

    def start(**wishes: object) -> tuple[Server, str, Path]:
        both = certified(tmp_path, **wishes)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(both)
        server = Server((HERE, 0), Handler)
        server.heard = []
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return server, f"https://{HERE}:{server.server_address[1]}/", both

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def test_an_authority_that_we_were_told_to_trust_is_trusted(
    serve: Callable, loopback: Guard, login: Login
) -> None:
    server, url, both = serve()
    trusting = ssl.create_default_context(cafile=str(both))
    web = Web(loopback, login=login, origin=url, tls=trusting)
    assert web.request("GET", url).content == b"hier"
    assert server.heard == [login.header()]
    web.close()


@pytest.mark.parametrize(
    ("trusts", "wishes"),
    [(False, {}), (True, {"days": -1}), (True, {"host": "192.0.2.1"})],
    ids=["unknown authority", "expired", "another host"],
)
def test_the_password_is_not_shown_where_the_certificate_does_not_hold(
    serve: Callable, loopback: Guard, login: Login, trusts: bool, wishes: dict[str, object]
) -> None:
    server, url, both = serve(**wishes)
    tls = ssl.create_default_context(cafile=str(both) if trusts else None)
    web = Web(loopback, login=login, origin=url, tls=tls)
    with pytest.raises(Untrusted, match="certificate"):
        web.request("GET", url)
    assert server.heard == []


def test_who_connects_is_told_in_plain_words(
    serve: Callable, loopback: Guard, login: Login
) -> None:
    server, url, _ = serve()
    findings = check_connection(url, login, loopback)
    assert findings.problem is Problem.UNTRUSTED
    assert "beveiliging" in findings.sentence("nl")
    assert "security" in findings.sentence("en")
    assert server.heard == []
