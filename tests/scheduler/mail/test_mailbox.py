"""Reading a mailbox over IMAP: what is new, once, and only marked as read when handled."""

import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from scheduler.mail import Mailbox, MailboxFault
from scheduler.settings import Mail, Settings


@dataclass
class Box:
    """The mails of a mailbox, and which of them were read."""

    mails: list[bytes] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)


class Imap(socketserver.StreamRequestHandler):
    """As much of RFC 3501 as a mailbox with one folder and one user needs."""

    def handle(self) -> None:
        self.wfile.write(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
        while line := self.rfile.readline():
            tag, command, *words = line.decode().split()
            status = getattr(self, f"do_{command.lower()}", self.unknown)(words)
            self.wfile.write(f"{tag} {status}\r\n".encode())
            if command == "LOGOUT":
                return

    def unknown(self, words: list[str]) -> str:
        return "BAD unknown"

    def do_capability(self, words: list[str]) -> str:
        self.wfile.write(b"* CAPABILITY IMAP4rev1\r\n")
        return "OK done"

    def do_login(self, words: list[str]) -> str:
        return "OK done" if words == ["wij", '"geheim"'] else "NO wrong"

    def do_select(self, words: list[str]) -> str:
        self.wfile.write(f"* {len(self.server.box.mails)} EXISTS\r\n".encode())
        return "OK done" if words == ["INBOX"] else "NO absent"

    def do_search(self, words: list[str]) -> str:
        box = self.server.box
        numbers = [n for n in range(1, len(box.mails) + 1) if n not in box.seen]
        self.wfile.write(f"* SEARCH {' '.join(map(str, numbers))}\r\n".encode())
        return "OK done"

    def do_fetch(self, words: list[str]) -> str:
        number, mail = words[0], self.server.box.mails[int(words[0]) - 1]
        if "SIZE" in words[1]:
            self.wfile.write(f"* {number} FETCH (RFC822.SIZE {len(mail)})\r\n".encode())
        else:
            self.wfile.write(f"* {number} FETCH (BODY[] {{{len(mail)}}}\r\n".encode())
            self.wfile.write(mail + b")\r\n")
        return "OK done"

    def do_store(self, words: list[str]) -> str:
        self.server.box.seen.add(int(words[0]))
        return "OK done"

    def do_logout(self, words: list[str]) -> str:
        self.wfile.write(b"* BYE\r\n")
        return "OK done"


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def mail(box: Box) -> Iterator[Mail]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Imap) as server:
        server.box = box
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield replace(
            Settings.read({}).mail,
            imap_host="127.0.0.1",
            imap_port=server.server_address[1],
            imap_security="none",
            imap_username="wij",
            imap_password="geheim",
        )
        server.shutdown()


def test_what_is_new_is_read_once(box: Box, mail: Mail) -> None:
    box.mails = [b"From: een\r\n\r\nEen.\r\n", b"From: twee\r\n\r\nTwee.\r\n"]
    got: list[bytes] = []
    assert Mailbox(mail, 1000).handle_new(lambda each: not got.append(each)) == 2
    assert got == box.mails
    assert Mailbox(mail, 1000).handle_new(lambda each: not got.append(each)) == 0


def test_what_could_not_be_handled_comes_again(box: Box, mail: Mail) -> None:
    box.mails = [b"From: een\r\n\r\nEen.\r\n"]
    assert Mailbox(mail, 1000).handle_new(lambda each: False) == 0
    assert Mailbox(mail, 1000).handle_new(lambda each: True) == 1


def test_what_is_too_large_is_left_there_unread_by_us(box: Box, mail: Mail) -> None:
    box.mails = [b"x" * 1001, b"y" * 1000]
    got: list[bytes] = []
    assert Mailbox(mail, 1000).handle_new(lambda each: not got.append(each)) == 2
    assert got == [b"y" * 1000]


@pytest.mark.parametrize(
    "change", [{"imap_password": "fout"}, {"imap_folder": "Elders"}, {"imap_port": 1}]
)
def test_a_mailbox_that_does_not_open_is_named_without_its_password(
    mail: Mail, change: dict[str, object]
) -> None:
    changed = replace(mail, **change)
    with pytest.raises(MailboxFault) as fault:
        Mailbox(changed, 1000).handle_new(lambda each: True)
    assert "fout" not in str(fault.value)
    assert "geheim" not in repr(mail)


def test_trying_the_mailbox_reads_nothing(box: Box, mail: Mail) -> None:
    box.mails = [b"x" * 1001]
    assert Mailbox(mail, 1000).trouble() == ""
    assert Mailbox(replace(mail, imap_password="fout"), 1000).trouble()
    assert not box.seen
