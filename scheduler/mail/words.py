"""What a person wrote in a mail, as text; whatever else is in it is left unread."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses

_LONGEST = 4_000
_TAGS = re.compile(r"<[^>]{0,1000}>")
_UNPRINTABLE = re.compile(r"[^\S\n]+|[\x00-\x08\x0b-\x1f\x7f]")
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, RecursionError, MessageError)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailWords:
    """Who wrote, and what. Text, never to be shown as HTML; `sender` is empty where unclear."""

    sender: str = ""
    message_id: str = ""
    text: str = ""
    automatic: bool = False


def words_of(mail: bytes) -> MailWords:
    """The words in a mail; nothing at all where it can't be read."""
    try:
        message = message_from_bytes(mail, policy=default)
        senders = [address for _, address in getaddresses([str(message.get("From", ""))])]
        return MailWords(
            sender=senders[0].lower() if len(senders) == 1 else "",
            message_id=str(message.get("Message-ID", "")).strip()[:255],
            text=_text(message),
            automatic=_says_automatic(message),
        )
    except _BROKEN:
        return MailWords()


def is_automatic(words: MailWords) -> bool:
    """Whether a program wrote it (RFC 3834): an absence notice, a bounce, a list."""
    return words.automatic


def _says_automatic(message: EmailMessage) -> bool:
    submitted = str(message.get("Auto-Submitted", "no")).lower()
    bulk = str(message.get("Precedence", "")).lower() in {"bulk", "junk", "list", "auto_reply"}
    return submitted != "no" or bulk or message.get_content_type() == "multipart/report"


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    content = str(body.get_content())[: 10 * _LONGEST]
    if body.get_content_subtype() == "html":
        content = _TAGS.sub(" ", content)
    return _UNPRINTABLE.sub(" ", content).strip()[:_LONGEST]
