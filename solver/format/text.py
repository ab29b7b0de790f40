"""From text to JSON values and their digest: encoding, syntax, repeated keys."""

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from solver.errors import BadDocument, Fault
from solver.format.refusal import Finding, Step

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")
# Far beyond every number that a reader takes, and short enough to be converted in no time.
_MOST_DIGITS = 100


class _Repeating(dict[str, Any]):
    """An object in which a key stands more than once, and which keys those are."""

    repeated: tuple[str, ...] = ()


def parse(text: str | bytes) -> tuple[Any, list[Finding]]:
    """The JSON value in a text, and what only its letters show to be wrong with it.

    Raises:
        BadDocument: it isn't UTF-8, isn't JSON, or is nested too deep to be a document of ours.
    """
    decoded = _decoded(text)
    repeating: list[_Repeating] = []

    def pairs_to_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        strange = _Repeating(found)
        counts = Counter(name for name, _ in pairs)
        strange.repeated = tuple(name for name in found if counts[name] > 1)
        repeating.append(strange)
        return strange

    try:
        value = json.loads(decoded, object_pairs_hook=pairs_to_object, parse_int=_number)
    except json.JSONDecodeError as error:
        raise _unreadable(f"expected JSON: {error}") from None
    except RecursionError:
        raise _unreadable("expected JSON that is not nested this deep") from None
    if repeating or _SURROGATE.search(decoded):
        return value, list(_strange_letters(value))
    return value, []


def canonical(value: object) -> bytes:
    """The one byte form of a JSON value that its digest is taken from (rule book, section 2)."""
    dumped = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return dumped.encode()


def digest_of_value(value: object) -> str:
    """The sha256 of a JSON value's canonical form, lower-case hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _decoded(text: str | bytes) -> str:
    if isinstance(text, str):
        return text
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise _unreadable(f"expected UTF-8, but byte {error.start} can't be read") from None


def _number(digits: str) -> float:
    # Infinity stands for what is too long to convert: no reader takes either.
    return int(digits) if len(digits) <= _MOST_DIGITS else math.inf


def _unreadable(message: str) -> BadDocument:
    return BadDocument((Fault("", message),))


def _strange_letters(value: object) -> Iterator[Finding]:
    """Repeated keys and half surrogate pairs, wherever they stand. Without recursion: deep JSON."""
    waiting: list[tuple[tuple[Step, ...], object]] = [((), value)]
    while waiting:
        path, here = waiting.pop()
        if isinstance(here, str) and not _is_encodable(here):
            yield path, "expected text without half surrogate pairs"
        elif isinstance(here, dict):
            yield from (((*path, key), message) for key, message in _strange_keys(here))
            waiting.extend(((*path, key), item) for key, item in reversed(here.items()))
        elif isinstance(here, list):
            waiting.extend(((*path, i), here[i]) for i in reversed(range(len(here))))


def _strange_keys(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if isinstance(found, _Repeating):
        yield from ((key, "this key stands here more than once") for key in found.repeated)
    for key in found:
        if not _is_encodable(key):
            yield key, "expected a key without half surrogate pairs"


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
