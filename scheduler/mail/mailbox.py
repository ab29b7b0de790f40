"""The mailbox that answers come to, read over IMAP (RFC 3501)."""

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from scheduler.settings import Mail, Security

_SECONDS = 30.0
_MOST_AT_ONCE = 100
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class MailboxFault(Exception):
    """The mailbox can't be reached or read now; the message holds no address and no password."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Reads what is new, and marks as read only what was handled."""

    mail: Mail
    most_bytes: int

    def handle_new(self, handle: Callable[[bytes], bool]) -> int:
        """Give each unread message to `handle` and mark it as read where that says so.

        A message over `most_bytes` isn't fetched: it is marked as read and left there.

        Returns:
            How many messages were marked.

        Raises:
            MailboxFault: the server can't be reached, or says no.
        """
        try:
            with self._open() as server:
                return sum(self._handle(server, number, handle) for number in _unread(server))
        except (imaplib.IMAP4.error, OSError) as error:
            raise MailboxFault(type(error).__name__) from error

    def trouble(self) -> str:
        """Why the mailbox can't be read now, in a word; empty where it can. Reads nothing."""
        try:
            with self._open():
                return ""
        except (imaplib.IMAP4.error, OSError) as error:
            return type(error).__name__

    def _handle(
        self, server: imaplib.IMAP4, number: bytes, handle: Callable[[bytes], bool]
    ) -> bool:
        size = _SIZE.search(_first(server.fetch(number.decode(), "(RFC822.SIZE)")[1]))
        small = size is not None and int(size[1]) <= self.most_bytes
        if small and not handle(_content(server.fetch(number.decode(), "(BODY.PEEK[])")[1])):
            return False
        server.store(number.decode(), "+FLAGS", r"(\Seen)")
        return True

    @contextmanager
    def _open(self) -> Iterator[imaplib.IMAP4]:
        mail, context = self.mail, ssl.create_default_context()
        if mail.imap_security is Security.TLS:
            server: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                mail.imap_host, mail.imap_port, ssl_context=context, timeout=_SECONDS
            )
        else:
            server = imaplib.IMAP4(mail.imap_host, mail.imap_port, timeout=_SECONDS)
        try:
            if mail.imap_security is Security.STARTTLS:
                server.starttls(ssl_context=context)
            server.login(mail.imap_username, mail.imap_password)
            status, _ = server.select(mail.imap_folder)
            if status != "OK":
                raise imaplib.IMAP4.error(status)
            yield server
        finally:
            with suppress(imaplib.IMAP4.error, OSError):
                server.logout()


def _unread(server: imaplib.IMAP4) -> list[bytes]:
    _, found = server.search(None, "UNSEEN")
    return _first(found).split()[:_MOST_AT_ONCE]


def _first(answer: Sequence[object]) -> bytes:
    """The first line of an answer; empty where there is none."""
    line = answer[0] if answer else None
    if isinstance(line, tuple):
        line = line[0]
    return line if isinstance(line, bytes) else b""


def _content(answer: Sequence[object]) -> bytes:
    """The message in an answer to FETCH."""
    for part in answer:
        if isinstance(part, tuple) and len(part) > 1 and isinstance(part[1], bytes):
            return part[1]
    return b""
