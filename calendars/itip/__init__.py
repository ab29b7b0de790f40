"""Invitations by mail (iTIP and iMIP: RFC 5546, 6047): out as whole messages, back as values."""

from calendars.itip.answer import (
    Answer,
    Counter,
    Malformed,
    NeedsAHuman,
    NoAnswerInside,
    Reply,
    Response,
    WrongSender,
    read_answer,
)
from calendars.itip.letter import BadLetter, Letter, Method, compose, message_id, method_of

__all__ = [
    "Answer",
    "BadLetter",
    "Counter",
    "Letter",
    "Malformed",
    "Method",
    "NeedsAHuman",
    "NoAnswerInside",
    "Reply",
    "Response",
    "WrongSender",
    "compose",
    "message_id",
    "method_of",
    "read_answer",
]
