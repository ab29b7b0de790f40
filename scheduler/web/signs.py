"""What a page draws and says of a meeting: its table with chairs, and who speaks for whom."""

from dataclasses import dataclass

from scheduler.db.views import MeetingView

_MOST_CHAIRS = 6
_ROWS_Y = (9, 33)
_BY_TWO = (17.0, 37.0)
_BY_THREE = (12.5, 27.0, 41.5)
_ALONE = (27.0,)


@dataclass(frozen=True, slots=True)
class Chair:
    """One chair at the table, in the sign's own coordinates."""

    x: float
    y: int
    r: float
    taken: bool


@dataclass(frozen=True, slots=True)
class TableSign:
    """The table sign: up to six chairs in rows of `row`, and a ring for the deputy.

    A larger table is drawn with six; the words beside it hold the true figures.
    """

    chairs: tuple[Chair, ...]
    row: int
    deputy: bool


def table_sign(meeting: MeetingView) -> TableSign:
    """The sign of a meeting."""
    taken = len(meeting.attendees)
    return table_sign_of(taken, max(taken, meeting.seats_min), deputy=meeting.deputy is not None)


def table_sign_of(taken: int, wanted: int, deputy: bool) -> TableSign:
    """The sign for so many chairs taken of those wanted."""
    drawn = min(max(wanted, 1), _MOST_CHAIRS)
    # An empty chair stays visible, however large the table.
    green = taken if wanted <= _MOST_CHAIRS else min(taken, drawn - (1 if taken < wanted else 0))
    places = _places(drawn)
    radius = 6.0 if len(places) < len(_BY_THREE) else 5.5
    chairs = (
        Chair(places[n % len(places)], _ROWS_Y[n // len(places)], radius, n < green)
        for n in range(drawn if wanted else 0)
    )
    return TableSign(tuple(chairs), len(places), deputy)


def _places(drawn: int) -> tuple[float, ...]:
    if drawn == 1:
        return _ALONE
    return _BY_TWO if drawn <= 2 * len(_BY_TWO) else _BY_THREE


@dataclass(frozen=True, slots=True)
class Speaker:
    """An organisation at the table, whether it speaks for itself, and for which others."""

    name: str
    itself: bool
    others: tuple[str, ...]


def speakers(meeting: MeetingView) -> tuple[Speaker, ...]:
    """The organisations of those who attend, each with whom it speaks for."""
    present = {each.organisation.id: each.organisation.name for each in meeting.attendees}
    return tuple(_speaker(meeting, *organisation) for organisation in present.items())


def _speaker(meeting: MeetingView, identifier: str, name: str) -> Speaker:
    heard = {each.id: each.name for each in meeting.spoken_for(identifier)}
    others = tuple(other for key, other in heard.items() if key != identifier)
    return Speaker(name, identifier in heard, others)
