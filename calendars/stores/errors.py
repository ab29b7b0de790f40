"""What a store can answer instead of doing it; named by what the caller has to do about it."""

from datetime import timedelta

from calendars.errors import CalendarError


class StoreError(CalendarError):
    """A request to a store failed. `status` is the HTTP status, where there was one."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class Unreachable(StoreError):
    """No usable answer: a timeout, a dropped line, a 5xx. It may have been done all the same."""


class Untrusted(Unreachable):
    """The server doesn't prove who it is: its certificate doesn't hold. Nothing was said to it."""


class Busy(StoreError):
    """429, or 503 with Retry-After: not now. `retry_after` is how long, where it was said."""

    def __init__(
        self, message: str, status: int | None = None, retry_after: timedelta | None = None
    ) -> None:
        super().__init__(message, status)
        self.retry_after = retry_after


class Unauthorised(StoreError):
    """401: name or password is wrong; trying again may lock the account."""


class Forbidden(StoreError):
    """403: this account may not do this."""


class Full(StoreError):
    """507: no room left."""


class Refused(StoreError):
    """The request itself is wrong for this server (400, 415 and others); repeating is useless."""


class BadAnswer(StoreError):
    """An answer that is no CalDAV: a sign-in page, or far too much of it."""


class Changed(StoreError):
    """412: the item is not the one that the condition speaks of; nothing was done."""


class Missing(StoreError):
    """404 or 410: the item, or the whole calendar, is not there."""


class UidTaken(StoreError):
    """The account has this UID under another name already (RFC 4791, section 5.3.2.1)."""


class TokenRefused(StoreError):
    """This sync token is not, or no longer, known (RFC 6578, section 3.2): list everything."""
