"""Mail to a server (RFC 5321), step by step, so that it is known how far an attempt came."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from scheduler.mail.post import Outcome, StillOurs, Verdict, always
from scheduler.settings import Mail, Security

_SECONDS = 30.0
_OK = 250
_TAKEN = {250, 251, 252}
_FOR_GOOD = 500


class _Refused(Exception):
    """The server said no to a step."""

    def __init__(self, code: int, *, ours: bool) -> None:
        super().__init__(str(code))
        self.code = code
        self.ours = ours


@dataclass(frozen=True, slots=True)
class SmtpPost:
    """Sends over a connection of its own, so that one mail's trouble is never another's."""

    mail: Mail
    seconds: float = _SECONDS

    def send(
        self,
        message: bytes,
        *,
        message_id: str,
        sender: str,
        recipient: str,
        still_ours: StillOurs = always,
    ) -> Outcome:
        """Try once. What breaks before the content went is plainly not sent; after it, in doubt.

        Whether it is still ours to send is asked when only the content is left to give. From there
        a process that is paused finds the connection closed by the server, which waits five
        minutes for a command (RFC 5321, section 4.5.3.2.7): less than a claim on a mail lasts.
        """
        offered = False
        try:
            with self._connection() as server:
                _step(server.mail(sender), ours=True)
                _step(server.rcpt(recipient))
                if not still_ours():
                    return Outcome(Verdict.LATER, "overtaken")
                offered = True
                _step(server.data(message))
        except _Refused as refused:
            return _refusal(refused.code, ours=refused.ours)
        except smtplib.SMTPDataError as refused:
            # Raised where DATA itself is refused: nothing of the message went.
            return _refusal(refused.smtp_code, ours=False)
        except smtplib.SMTPResponseException as refused:
            return Outcome(Verdict.UNREACHABLE, str(refused.smtp_code))
        except (smtplib.SMTPException, OSError) as broken:
            verdict = Verdict.IN_DOUBT if offered else Verdict.UNREACHABLE
            return Outcome(verdict, type(broken).__name__)
        return Outcome(Verdict.SENT, str(_OK))

    def trouble(self) -> str:
        """Why no mail would go now, in a word or a reply code; empty where the server takes us."""
        try:
            with self._connection():
                return ""
        except smtplib.SMTPResponseException as refused:
            return str(refused.smtp_code)
        except (smtplib.SMTPException, OSError) as broken:
            return type(broken).__name__

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        mail = self.mail
        context = ssl.create_default_context()
        if mail.smtp_security is Security.TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                mail.smtp_host, mail.smtp_port, timeout=self.seconds, context=context
            )
        else:
            server = smtplib.SMTP(mail.smtp_host, mail.smtp_port, timeout=self.seconds)
        try:
            if mail.smtp_security is Security.STARTTLS:
                server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
            if mail.smtp_username:
                server.login(mail.smtp_username, mail.smtp_password)
            yield server
            # The message is theirs by now; how we part changes nothing.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
        finally:
            server.close()


def _step(answer: tuple[int, bytes], *, ours: bool = False) -> None:
    code = answer[0]
    if code not in _TAKEN:
        raise _Refused(code, ours=ours)


def _refusal(code: int, *, ours: bool) -> Outcome:
    """What a refused step means: of our own address it says nothing about this mail."""
    if code < 0:
        return Outcome(Verdict.UNREACHABLE, "disconnected")
    if ours:
        return Outcome(Verdict.UNREACHABLE, str(code))
    return Outcome(Verdict.REFUSED if code >= _FOR_GOOD else Verdict.LATER, str(code))
