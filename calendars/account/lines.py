"""What a client wrote, as content lines (RFC 5545, section 3.1): kept to the letter, or refused.

A tree of its own and no library's: libraries mend, reorder and forget.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from calendars.errors import BadCalendar

_MOST_LINES = 20_000
_MOST_DEPTH = 8
_WIDEST = 75
_FOLD = re.compile("\r?\n[ \t]")
_LINE_END = re.compile("\r?\n")
_NAME = re.compile("[A-Za-z0-9-]{1,100}(?=[:;])")
_UNFIT = {"Cc", "Cs"}
_PLAIN = "\t\r\n"


@dataclass(slots=True)
class Component:
    """A component: its name in capitals, its own lines unfolded, and the components within."""

    name: str
    lines: list[str] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def whole(self) -> Iterator[str]:
        """All of its lines, from BEGIN to END."""
        yield f"BEGIN:{self.name}"
        yield from self.lines
        for part in self.parts:
            yield from part.whole()
        yield f"END:{self.name}"

    def named(self, name: str) -> list[str]:
        """Its own lines of this name."""
        return [line for line in self.lines if name_of(line) == name]


def parsed(content: bytes) -> Component:
    """The one VCALENDAR that these bytes hold.

    Raises:
        BadCalendar: no UTF-8, a sign that no calendar can hold, a line without a name, an END
            that closes nothing, or a property of the calendar after its components.
    """
    root = Component("")
    open_ones = [root]
    for number, line in enumerate(_unfolded(content)):
        if number >= _MOST_LINES or len(open_ones) > _MOST_DEPTH:
            raise BadCalendar("It has too many lines, or goes too deep.")
        _take(line, open_ones)
    if len(open_ones) > 1 or root.lines or [part.name for part in root.parts] != ["VCALENDAR"]:
        raise BadCalendar("Expected one whole VCALENDAR.")
    return root.parts[0]


def _take(line: str, open_ones: list[Component]) -> None:
    name = name_of(line)
    inner = open_ones[-1]
    if name == "BEGIN":
        part = Component(_value(line))
        inner.parts.append(part)
        open_ones.append(part)
    elif name == "END":
        if len(open_ones) == 1 or inner.name != _value(line):
            raise BadCalendar("An END closes nothing.")
        open_ones.pop()
    elif inner.name == "VCALENDAR" and inner.parts:
        raise BadCalendar("The calendar's own properties come before its components.")
    else:
        inner.lines.append(line)


def name_of(line: str) -> str:
    """A line's property name, in capitals.

    Raises:
        BadCalendar: it has none.
    """
    found = _NAME.match(line)
    if found is None:
        raise BadCalendar("A line has no name.")
    return found.group().upper()


def folded(line: str) -> bytes:
    """A line as it goes out: at most 75 octets on each, and no character is parted."""
    octets, parts, start = line.encode(), [], 0
    width = _WIDEST
    while len(octets) - start > width:
        end = start + width
        while octets[end] & 0xC0 == 0x80:  # noqa: PLR2004 - within a character (RFC 3629)
            end -= 1
        parts.append(octets[start:end])
        start, width = end, _WIDEST - 1
    return b"\r\n ".join([*parts, octets[start:]]) + b"\r\n"


def _value(line: str) -> str:
    return line.partition(":")[2].strip().upper()


def _unfolded(content: bytes) -> list[str]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadCalendar("It isn't UTF-8.") from None
    if any(_unfit(sign) for sign in set(text)):
        raise BadCalendar("It holds signs that no calendar can hold.")
    found = [line for line in _LINE_END.split(_FOLD.sub("", text)) if line.strip()]
    if any("\r" in line for line in found):
        raise BadCalendar("A line ends in half a line end.")
    return found


def _unfit(sign: str) -> bool:
    if sign in _PLAIN:
        return False
    return sign in "\ufffe\uffff" or unicodedata.category(sign) in _UNFIT
