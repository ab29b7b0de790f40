"""An item as logical lines, so that what is kept of it is kept to the letter."""

import re
from dataclasses import dataclass, field

_WIDEST = 75
_FOLD = re.compile(r"\r?\n[ \t]")
_LINE_END = re.compile(r"\r?\n")


@dataclass(slots=True)
class Lines:
    """The lines before, in, and after the first VEVENT; its alarms by themselves."""

    before: list[str] = field(default_factory=list)
    event: list[str] = field(default_factory=list)
    alarms: list[tuple[str, ...]] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    def joined(self) -> bytes:
        """Bytes again: CRLF, folded at 75 octets."""
        alarms = [line for alarm in self.alarms for line in alarm]
        return b"".join(_folded(line) for line in (*self.before, *self.event, *alarms, *self.after))


def split(body: bytes) -> Lines:
    """Take an item apart; parts of the event that are no alarms stay among its lines."""
    lines, alarm = Lines(), None
    for line in _unfolded(body):
        word = line.strip().upper()
        if lines.after or word == "END:VEVENT":
            lines.after.append(line)
        elif not lines.event and word != "BEGIN:VEVENT":
            lines.before.append(line)
        elif alarm is not None or word == "BEGIN:VALARM":
            alarm = [*(alarm or []), line]
            if word == "END:VALARM":
                lines.alarms.append(tuple(alarm))
                alarm = None
        else:
            lines.event.append(line)
    return lines


def name_of(line: str) -> str:
    """The property's name."""
    return line.split(":", 1)[0].split(";", 1)[0].upper()


def value_of(line: str) -> str:
    """What stands behind the first colon that is not in quotes."""
    quoted = False
    for place, sign in enumerate(line):
        quoted ^= sign == '"'
        if sign == ":" and not quoted:
            return line[place + 1 :]
    return ""


def _unfolded(body: bytes) -> list[str]:
    text = _FOLD.sub("", body.decode("utf-8", "replace"))
    return [line for line in _LINE_END.split(text) if line]


def _folded(line: str) -> bytes:
    """At most 75 octets on a line, never parting a character (RFC 5545, section 3.1)."""
    parts, part = [], b""
    for sign in line:
        octets = sign.encode("utf-8", "replace")
        if len(part) + len(octets) > _WIDEST:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part, b""])
