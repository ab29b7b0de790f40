"""The post office of an installation: its settings, its seals, and how its pages are reached."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from scheduler.domain.links import Links
from scheduler.domain.sealing import Seal
from scheduler.domain.secrets import SecretKey
from scheduler.settings import Mail, Settings

ADDRESSES, LETTERS = "mail address", "mail message"
"""What the office seals: whom it knows, and what it writes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What every use of mail needs.

    Attributes:
        mail: the settings.
        folder: where mail is written where no server takes it.
        base_url: how pages are reached, without a slash at the end.
        sign_in_minutes: how long a mailed sign-in link works.
        addresses: seals mail addresses, and finds them again.
        letters: seals whole messages until they are sent.
        links: makes the links in them with which somebody can act at once.
        input_days: how many days before a meeting input is due, where its table doesn't say.
    """

    mail: Mail
    folder: Path
    base_url: str
    sign_in_minutes: int
    addresses: Seal = field(repr=False)
    letters: Seal = field(repr=False)
    links: Links = field(repr=False)
    input_days: int

    @classmethod
    def of(cls, settings: Settings, key: SecretKey) -> "Office":
        """The office of these settings and this key."""
        return cls(
            mail=settings.mail,
            folder=settings.mail_folder,
            base_url=settings.web.url,
            sign_in_minutes=settings.web.sign_in_minutes,
            addresses=Seal(key, ADDRESSES),
            letters=Seal(key, LETTERS),
            links=Links(key),
            input_days=settings.feeds.input_days,
        )

    @property
    def hold(self) -> timedelta:
        """How long a publication's mail waits to be seen."""
        return timedelta(minutes=self.mail.hold_minutes)

    @property
    def patience(self) -> timedelta:
        """How long mail that no server takes is tried again."""
        return timedelta(hours=self.mail.give_up_hours)

    def fingerprint(self, address: str) -> str:
        """What an address is found by, however its letters are written."""
        return self.addresses.fingerprint(address.strip().lower())
