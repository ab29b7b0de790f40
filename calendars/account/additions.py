"""What a person adds to one of our events, and how it is found in what their program wrote.

Times, place, title and text are ours. Reminders, a colour, categories, remarks and a note below our
text are the person's own: they are shown again with every revision, to that person and nobody else.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from icalendar.parser import Contentline

from calendars.account.lines import Component, folded, name_of, parsed
from calendars.entry import Entry, Partstat
from calendars.errors import BadCalendar
from calendars.ical import fragment, read
from calendars.ical.text import lines

MOST_BYTES = 16 * 1024
"""How much one person can add to one event."""

_END = b"END:VEVENT\r\n"
_OWN = {"CLASS", "COLOR", "COMMENT", "PRIORITY"}
_OURS = "X-AANTAFEL-"
_PARAGRAPH = "\n\n"


class Fixed(StrEnum):
    """What a program can't change about a meeting."""

    TIME = "time"
    PLACE = "place"
    TITLE = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class Additions:
    """A person's own part of one event.

    Attributes:
        note: what stands below our description.
        categories: words beside ours.
        lines: properties as unfolded lines, such as `COLOR:turquoise`.
        alarms: each VALARM as its lines, from BEGIN to END.
    """

    note: str = ""
    categories: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    alarms: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return self != Additions()

    @property
    def size(self) -> int:
        """How many bytes it is, about."""
        alarms = (line for alarm in self.alarms for line in alarm)
        return sum(
            len(each.encode()) for each in (self.note, *self.categories, *self.lines, *alarms)
        )

    def shown_with(self, entry: Entry) -> bytes:
        """The entry's VEVENT with these additions."""
        below = f"{entry.description}{_PARAGRAPH}{self.note}".strip("\n")
        whole = replace(
            entry,
            description=below if self.note else entry.description,
            categories=(*entry.categories, *self.categories),
        )
        added = [*self.lines, *(line for alarm in self.alarms for line in alarm)]
        return fragment(whole).removesuffix(_END) + b"".join(map(folded, added)) + _END


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a program wrote over one of our events.

    Attributes:
        partstat: the person's answer in it; None where the person isn't among the attendees.
        additions: the person's own part.
        changed: what it wanted to change and can't.
    """

    partstat: Partstat | None
    additions: Additions
    changed: frozenset[Fixed]


def written_over(entry: Entry, content: bytes) -> Written:
    """Compare what a program wrote with the entry as it was shown to it.

    Raises:
        BadCalendar: it isn't one readable event, or it is another event.
    """
    event = _event(parsed(content))
    (theirs,) = read(content)
    if theirs.uid != entry.uid:
        raise BadCalendar("It is another event.")
    return Written(
        partstat=_partstat(event, entry),
        additions=Additions(
            note=_note(entry.description, theirs.description),
            categories=tuple(word for word in theirs.categories if word not in entry.categories),
            lines=tuple(line for line in event.lines if _is_own(line)),
            alarms=tuple(tuple(part.whole()) for part in event.parts if part.name == "VALARM"),
        ),
        changed=frozenset(_changed(entry, theirs)),
    )


def _event(calendar: Component) -> Component:
    events = [part for part in calendar.parts if part.name == "VEVENT"]
    if len(events) != 1:
        raise BadCalendar(f"Expected one event, not {len(events)}.")
    return events[0]


def _partstat(event: Component, entry: Entry) -> Partstat | None:
    if entry.attendee is None:
        return None
    reader: Any = Contentline  # its library has no types for it
    for line in event.named("ATTENDEE"):
        try:
            _, parameters, address = reader(line).parts()
        except ValueError as error:
            raise BadCalendar("An attendee can't be read.") from error
        if address.strip().lower() == entry.attendee.address.lower():
            said = str(parameters.get("PARTSTAT", "")).lower()
            return Partstat(said) if said in set(Partstat) else Partstat.NEEDS_ACTION
    return None


def _note(ours: str, theirs: str) -> str:
    """The lines that aren't ours, wherever they stand: each program puts its notes elsewhere."""
    known = set(_words(ours).split("\n"))
    own = [line for line in _words(theirs).split("\n") if line not in known or not line]
    return re.sub("\n{3,}", _PARAGRAPH, "\n".join(own)).strip()


def _words(text: str) -> str:
    return re.sub("[ \t]+\n", "\n", lines(text)).strip()


def _is_own(line: str) -> bool:
    name = name_of(line)
    return name in _OWN or (name.startswith("X-") and not name.startswith(_OURS))


def _changed(ours: Entry, theirs: Entry) -> list[Fixed]:
    pairs = {
        Fixed.TIME: ((ours.starts_at, ours.ends_at), (theirs.starts_at, theirs.ends_at)),
        Fixed.PLACE: (_words(ours.location or ""), _words(theirs.location or "")),
        Fixed.TITLE: (_words(ours.title), _words(theirs.title)),
    }
    return [what for what, (one, other) in pairs.items() if one != other]
