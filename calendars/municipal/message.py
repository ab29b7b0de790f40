"""Questions and answers as JSON, across the border between two processes."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from calendars.municipal.found import Asked, EntryFault, Found, Proposal, What


def written_question(asked: Asked) -> bytes:
    """The question in one line."""
    days = [asked.first_day.isoformat(), asked.last_day.isoformat()]
    return json.dumps({"days": days, "zone": asked.zone}).encode()


def question_of(line: bytes) -> Asked:
    """The question that was written."""
    written = json.loads(line)
    first, last = map(date.fromisoformat, written["days"])
    return Asked(first_day=first, last_day=last, zone=written["zone"])


def written_found(found: Found) -> bytes:
    """The answer; UTF-8 where the calendar's text is, with lone surrogates escaped."""
    return json.dumps(asdict(found), default=_plain).encode()


def found_of(written: dict[str, Any]) -> Found:
    """The answer that was written."""
    return Found(
        **written
        | {
            "proposals": tuple(_proposal(each) for each in written["proposals"]),
            "faults": tuple(
                EntryFault(**each | {"what": What(each["what"])}) for each in written["faults"]
            ),
            "unread": frozenset(written["unread"]),
        }
    )


def _proposal(written: dict[str, Any]) -> Proposal:
    return Proposal(
        **written
        | {
            "day": date.fromisoformat(written["day"]),
            "starts_at": _instant(written["starts_at"]),
            "ends_at": _instant(written["ends_at"]),
            "papers": tuple(written["papers"]),
        }
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _plain(value: object) -> object:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(type(value).__name__)
