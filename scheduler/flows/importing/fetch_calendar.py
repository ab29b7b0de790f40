"""Fetching a calendar from an address that somebody typed in, under guard."""

import os
from contextlib import closing
from ipaddress import ip_network

from calendars.stores.errors import StoreError
from calendars.stores.guard import Guard
from calendars.stores.web import Web
from scheduler.domain.errors import BadInput, Sentence

_EVERYWHERE = (ip_network("0.0.0.0/0"), ip_network("::/0"))
_SWITCH = "AANTAFEL_ALLOW_PRIVATE_ADDRESSES"
_OK = 200


def fetch_calendar(address: str) -> bytes:
    """What is at the address: at most 10 MB, within 20 seconds a hop, each hop checked.

    Private and loopback addresses are refused unless AANTAFEL_ALLOW_PRIVATE_ADDRESSES is 1.

    Raises:
        BadInput: it isn't to be fetched, isn't reached, or answers with something else.
    """
    url = address.strip().replace("webcal://", "https://", 1)
    with closing(Web(_guard())) as web:
        try:
            answer = web.request("GET", url, headers={"Accept": "text/calendar, application/json"})
        except StoreError as error:
            raise BadInput(_not_fetched(str(error))) from error
    if answer.status_code != _OK:
        raise BadInput(_not_fetched(f"status {answer.status_code}"))
    return answer.content


def _guard() -> Guard:
    if os.environ.get(_SWITCH) == "1":
        return Guard(allowed=_EVERYWHERE, plain_http=True, ports=None)
    return Guard(plain_http=True)  # a public calendar has no password to lose on the way


def _not_fetched(why: str) -> Sentence:
    return Sentence(
        f"Het adres geeft geen agenda ({why}). Er is niets veranderd.",
        f"The address gives no calendar ({why}). Nothing has changed.",
    )
