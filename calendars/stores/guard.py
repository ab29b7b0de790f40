"""Where an address that a user typed in may lead: the public internet, and nowhere else.

A calendar's address is fetched by our server. Without a guard, somebody could have it fetch
what only our server can reach: the database, the router, the cloud's metadata service.
"""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from calendars.stores.errors import StoreError, Unreachable

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
# NAT64 carries any IPv4 address inside an IPv6 one (RFC 6052), 6to4 too (RFC 3056).
_CARRIERS = (ip_network("64:ff9b::/96"), ip_network("2002::/16"))


class NotAllowed(StoreError):
    """This address is not one to go to; the message says why, for its user."""


@dataclass(frozen=True, slots=True)
class Target:
    """A place that was looked up and approved: `address` is where to connect, `host` whom to ask.

    `port` is never left open; `secure` means TLS with a certificate for `host`.
    """

    secure: bool
    host: str
    port: int
    address: str

    @property
    def origin(self) -> tuple[bool, str, int]:
        """Who answers there: what a password may be given to."""
        return self.secure, self.host, self.port


def look_up(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host, as the system knows them.

    Raises:
        Unreachable: it has none, or nobody could say.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"the name {host} is not known ({error})") from None
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Approves targets.

    Attributes:
        allowed: networks that may be reached although they are not public, such as an office's.
        plain_http: whether http is allowed too; a password would be readable on the way.
        ports: what a calendar may be served on.
        look_up: names to addresses.
    """

    allowed: tuple[Network, ...] = ()
    plain_http: bool = False
    ports: frozenset[int] | None = frozenset({80, 443, 8443})
    look_up: Callable[[str, int], tuple[str, ...]] = field(default=look_up)

    def approve(self, url: str) -> Target:
        """Look the URL's host up and approve it; connect to the answer's address, not by name.

        Every address has to be allowed: a name with one good and one bad address is bad.

        Raises:
            NotAllowed: wrong scheme or port, a user name in it, or a place that is not public.
            Unreachable: the host is not known.
        """
        secure, host, port = self._parts(url)
        addresses = self.look_up(host, port)
        for address in addresses:
            if not self._may(ip_address(address.partition("%")[0])):
                raise NotAllowed(f"{host} is not on the public internet")
        return Target(secure, host, port, addresses[0])

    def _parts(self, url: str) -> tuple[bool, str, int]:
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise NotAllowed("this is not a web address") from None
        secure = parts.scheme == "https"
        if not host or not (secure or (parts.scheme == "http" and self.plain_http)):
            raise NotAllowed("the address has to begin with https://")
        if parts.username is not None or parts.password is not None:
            raise NotAllowed("name and password do not belong in the address")
        port = port or (443 if secure else 80)
        if self.ports is not None and port not in self.ports:
            raise NotAllowed(f"port {port} is not one that calendars are served on")
        return secure, host.rstrip(".").lower(), port

    def _may(self, address: Address) -> bool:
        if any(address in network for network in self.allowed):
            return True
        mapped = getattr(address, "ipv4_mapped", None)
        if mapped is not None:
            return self._may(mapped)
        if any(address in carrier for carrier in _CARRIERS):
            return False
        return address.is_global and not address.is_multicast
