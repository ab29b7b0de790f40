"""Sample meetings of the weeks before the year, so that there is something to look back upon."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from scheduler.closed_days import closed_days
from scheduler.db.tables import Mandate, Table, TableKind
from scheduler.domain.terms import Character, Level
from scheduler.flows.province.sample.days import meeting_days, slot
from scheduler.flows.province.sample.ground import Ground
from scheduler.flows.province.sample.mandates import SampleMandate
from scheduler.flows.province.sample.meetings import SampleDate, SampleMeeting, sample_meeting
from scheduler.policy import read_policy

_MOST = 8
_LEAST_VOICES = 2
_SATURDAY = 6
_ASKS = frozenset({Character.DECIDING, Character.ADVISING})


def draw_past(
    ground: Ground, mandates: Sequence[SampleMandate], since: date, today: date
) -> list[SampleMeeting]:
    """Some meetings from `since` to the day before today, as far as these lie before the year.

    They are of tables at which somebody speaks for others: their report-backs say most.
    """
    before = _year_before(ground)
    days = _days(before, since, min(today, ground.first_day))
    stream = ground.stream("past")
    tables = _tables(ground, mandates, since)
    chosen = stream.sample(tables, min(_MOST, len(tables)))
    held = zip(meeting_days(days, len(chosen), stream), chosen, strict=False)
    return [
        sample_meeting(
            before,
            SampleDate(table=table, kind=kind, nth=nth, slots=[slot(before, kind, day, stream)]),
            f"m-v{nth:02}",
        )
        for nth, (day, (table, kind)) in enumerate(held, start=1)
    ]


def _year_before(ground: Ground) -> Ground:
    year = ground.year - 1
    closed = closed_days(date(year, 1, 1), date(year, 12, 31), read_policy())
    return replace(ground, year=year, closed=closed)


def _days(ground: Ground, since: date, end: date) -> list[date]:
    """The working days from one day up to another, exclusive."""
    found = (since + timedelta(days=nth) for nth in range((end - since).days))
    return [day for day in found if day.isoweekday() < _SATURDAY and day not in ground.closed]


def _tables(
    ground: Ground, mandates: Iterable[SampleMandate], since: date
) -> list[tuple[Table, TableKind]]:
    held = [each for each in mandates if each.mandate.first_day <= since]
    return [
        (table, kind)
        for table, kind in ground.tables
        if table.character in _ASKS
        and kind.meetings_per_year > 1  # the signing of what was agreed isn't a talk
        and len(ground.interests(table)) >= _LEAST_VOICES
        and any(_speaks_at(each, table, kind) for each in held)
    ]


def _speaks_at(promise: SampleMandate, table: Table, kind: TableKind) -> bool:
    mandate: Mandate = promise.mandate
    places = {each.municipality_id for each in promise.municipalities}
    at_the_province = mandate.everywhere and table.level is Level.PROVINCE
    on_all = mandate.topics is None or set(kind.topics) <= set(mandate.topics)
    return on_all and (at_the_province or table.municipality_id in places)
