"""The child's side: one line that asks, then the calendar; one JSON document back."""

import json
import warnings

from calendars.municipal.document import read_ics
from calendars.municipal.found import Asked, Found, NotReadable
from calendars.municipal.message import question_of, written_found
from calendars.municipal.ori import read_ori


def answer(payload: bytes) -> bytes:
    """Read `payload`; runs within the limits that `calendars.bounded` sets."""
    warnings.simplefilter("ignore")  # a guess at a vendor's zone name is no news to anybody
    line, _, data = payload.partition(b"\n")
    try:
        return written_found(read_either(data, question_of(line)))
    except NotReadable as error:
        return json.dumps({"refused": error.reason}).encode()


def read_either(data: bytes, asked: Asked) -> Found:
    """Read JSON as such, and everything else as .ics; NotReadable where it is neither."""
    looks_like_json = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}
    return read_ori(data, asked) if looks_like_json else read_ics(data, asked)
