"""Where a request comes from: the same site, and this very computer."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import Request

from scheduler.domain.errors import ForeignForm
from scheduler.web.context import context_of

_READING = {"GET", "HEAD", "OPTIONS"}
_PROXIED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def same_site(request: Request) -> None:
    """Refuse a form that another site sent.

    The browser's own word decides: `Sec-Fetch-Site` where it is sent, else `Origin`. A browser too
    old for the first says "null" in the second, as our pages give no referrer; there the session
    cookie's SameSite has decided already, as it doesn't come along from another site.

    Raises:
        ForeignForm: the request comes from elsewhere.
    """
    if request.method in _READING:
        return
    fetched_from = request.headers.get("sec-fetch-site")
    if fetched_from is not None:
        own = fetched_from in {"same-origin", "none"}
    else:
        own = request.headers.get("origin", "null") in {"null", *_own_origins(request)}
    if not own:
        raise ForeignForm


def _own_origins(request: Request) -> set[str]:
    public = urlsplit(context_of(request).base_url)
    called = request.headers.get("host", "")
    return {f"{public.scheme}://{public.netloc}", f"{request.url.scheme}://{called}"}


def from_loopback(request: Request) -> bool:
    """Whether the request was made on this computer and came through no proxy."""
    if request.client is None or any(name in request.headers for name in _PROXIED):
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False
