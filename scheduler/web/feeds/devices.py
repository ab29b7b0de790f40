"""The telephones and programs that we explain subscribing for, and how each behaves."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from scheduler.web.languages import mark


class Device(StrEnum):
    """One of them, as it is called in an address."""

    IPHONE = "iphone"
    ANDROID = "android"
    OUTLOOK = "outlook"
    THUNDERBIRD = "thunderbird"
    NEXTCLOUD = "nextcloud"

    @classmethod
    def chosen(cls, name: str, user_agent: str) -> Self | None:
        """What was chosen, or else the telephone that asks; None where that can't be told."""
        if name in set(cls):
            return cls(name)
        return next((cls(device) for sign, device in _SIGNS if sign in user_agent.lower()), None)


_SIGNS = (("iphone", "iphone"), ("ipad", "iphone"), ("android", "android"))


@dataclass(frozen=True, slots=True)
class Pace:
    """How quickly one way shows a change, and whether one can answer in it; texts to translate."""

    name: str
    refresh: str
    answer: str


_HERE = mark("nee, in de mail of hier")
_IN_IT = mark("ja, in de agenda zelf")

FEED_PACES = (
    Pace(mark("iPhone, abonnement"), mark("ongeveer elk uur, als u dat zo instelt"), _HERE),
    Pace(mark("Google op Android"), mark("soms pas na een dag"), _HERE),
    Pace("Outlook", mark("na enkele uren, soms na een dag"), _HERE),
    Pace("Thunderbird", mark("elk half uur, instelbaar"), _HERE),
    Pace("Nextcloud", mark("zo vaak als uw beheerder heeft ingesteld"), _HERE),
)
ACCOUNT_PACE = Pace(
    mark("Eigen account op iPhone, Thunderbird of DAVx⁵"), mark("binnen een kwartier"), _IN_IT
)
"""What a live account does; only a representative has one."""
