"""The form "Wanneer kan ik" as it was sent, and what it says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from scheduler.flows.availability import PARTS, Absent, OwnAvailability, with_ticks
from scheduler.web.languages import mark

_MOST_FIELDS = 500
DAY, UNTIL, STOP = "van", "tot", "stop"

_NO_DAY = mark("Vul een dag in, zoals 24-04-2027.")
_BOTH = mark("Vul beide dagen in.")
_BACKWARDS = mark("Deze dag ligt vóór de eerste dag.")
_PAST = mark("Deze dag is al voorbij.")


@dataclass(frozen=True, slots=True)
class Sent:
    """What was typed and ticked."""

    form: FormData

    def text(self, name: str) -> str:
        """One field."""
        value = self.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def all(self, name: str) -> frozenset[str]:
        """Every value of a field that may be ticked more than once."""
        return frozenset(each for each in self.form.getlist(name) if isinstance(each, str))


async def _sent(request: Request) -> Sent:
    async with request.form(max_files=0, max_fields=_MOST_FIELDS) as form:
        return Sent(form)


SentForm = Annotated[Sent, Depends(_sent)]


def said(
    sent: Sent, now: OwnAvailability, *, today: date
) -> tuple[OwnAvailability, dict[str, str]]:
    """What the form says, over what stood there; and what is wrong, by field, in Dutch."""
    faults = dict(_faults(sent, today))
    first, last = _day(sent.text(DAY)), _day(sent.text(UNTIL))
    added = (Absent(first, last),) if first and last and not {DAY, UNTIL} & faults.keys() else ()
    kept = tuple(each for each in now.absent if name_of(each) not in sent.all("haal-weg"))
    stop = now.last_day if STOP in faults else _day(sent.text(STOP))
    avoids = sent.all("liever-niet")
    return (
        replace(
            now,
            hours=with_ticks(now.hours, _ticks(sent)),
            absent=tuple(Absent(*each) for each in sorted({**dict(kept), **dict(added)}.items())),
            office_hours_per_week=_number(sent.text("overdag")),
            per_month=_number(sent.text("maand")),
            travel_minutes=_number(sent.text("reis")),
            online=sent.text("online") != "nee",
            paid_job="ja" in sent.all("baan"),
            prefers=sent.all("liever") - avoids,
            avoids=avoids,
            topics=sent.all("onderwerp"),
            last_day=stop,
        ),
        faults,
    )


def name_of(absent: Absent) -> str:
    """How the form calls some days away."""
    return f"{absent[0].isoformat()}/{absent[1].isoformat()}"


def _faults(sent: Sent, today: date) -> Iterator[tuple[str, str]]:
    first, last = sent.text(DAY), sent.text(UNTIL)
    if first or last:
        yield from _faults_of_days(first, last, today)
    stop = sent.text(STOP)
    if stop and (fault := _fault_of_day(stop, today)):
        yield STOP, fault


def _faults_of_days(first: str, last: str, today: date) -> Iterator[tuple[str, str]]:
    for name, typed in ((DAY, first), (UNTIL, last)):
        if not typed:
            yield name, _BOTH
        elif _day(typed) is None:
            yield name, _NO_DAY
    begin, end = _day(first), _day(last)
    if begin and end and end < begin:
        yield UNTIL, _BACKWARDS
    elif end and end < today:
        yield UNTIL, _PAST


def _fault_of_day(typed: str, today: date) -> str | None:
    day = _day(typed)
    if day is None:
        return _NO_DAY
    return _PAST if day < today else None


def _day(typed: str) -> date | None:
    """A day as browsers send it (2027-04-24), or as people write it (24-4-2027)."""
    parts = typed.replace("/", "-").replace(".", "-").split("-")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):  # noqa: PLR2004 - day, month, year
        return None
    numbers = [int(part) for part in parts]
    year, month, day = numbers if len(parts[0]) == 4 else reversed(numbers)  # noqa: PLR2004 - a year
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) <= 4 else None  # noqa: PLR2004 - digits


def _ticks(sent: Sent) -> frozenset[tuple[int, str]]:
    known: Mapping[str, tuple[int, str]] = {
        f"{day}-{part.name}": (day, part.name) for day in range(1, 8) for part in PARTS
    }
    return frozenset(known[each] for each in sent.all("kan") if each in known)
