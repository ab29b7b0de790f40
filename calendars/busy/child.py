"""The child's side: one line that asks, then the calendar; one JSON document back."""

import json
import warnings
from datetime import UTC, datetime
from typing import Any

from calendars.busy.document import busy_time
from calendars.busy.question import NothingThere, NotReadable, Question
from calendars.spans import Span


def answer(payload: bytes) -> bytes:
    """Read `payload`; runs within the limits that `calendars.bounded` sets."""
    warnings.simplefilter("ignore")  # a guess at a vendor's zone name is no news to anybody
    line, _, data = payload.partition(b"\n")
    try:
        found = busy_time(data, _question(json.loads(line)))
    except (NotReadable, NothingThere) as error:
        return json.dumps({"refused": [type(error).__name__, str(error)]}).encode()
    return json.dumps(
        {
            "busy": [[s.starts_at.timestamp(), s.ends_at.timestamp()] for s in found.busy],
            "faults": found.faults,
            "guessed_zones": sorted(found.guessed_zones),
        }
    ).encode()


def _question(asked: dict[str, Any]) -> Question:
    start, end = (datetime.fromtimestamp(second, UTC) for second in asked["window"])
    return Question(
        window=Span(start, end),
        zone=asked["zone"],
        addresses=frozenset(asked["addresses"]),
        own_uids=frozenset(asked["own_uids"]),
        may_be_empty=asked["may_be_empty"],
    )
