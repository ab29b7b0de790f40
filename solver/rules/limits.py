"""Nobody is asked for more in a week or a month than they said they could bear."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from solver.derive import SlotTime
from solver.problem import HardRule, Limits
from solver.rules.roster import Attendance, Roster
from solver.rules.rule import Breach, Hard
from solver.sentence import Sentence, meetings, minutes, month

Period = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Limit:
    """One of the five limits over time: what it counts, per what, and in which words.

    `name` is its field in `solver.problem.Limits`.
    """

    name: str
    most: Callable[[Limits], int | None]
    amount: Callable[[Roster, Attendance], int]
    period: Callable[[SlotTime], Period]
    counted: Callable[[int], Sentence]
    called: Callable[[int, int], Sentence]


def _one(*_: object) -> int:
    return 1


def _one_in_office_hours(roster: Roster, attendance: Attendance) -> int:
    return int(roster.slot_time(attendance).office_minutes > 0)


def _in_office_hours(number: int) -> Sentence:
    words = meetings(number)
    return Sentence(f"{words.nl} in kantooruren", f"{words.en} in office hours")


def _week(slot: SlotTime) -> Period:
    return slot.week


def _month(slot: SlotTime) -> Period:
    return slot.month


def _week_words(year: int, week: int) -> Sentence:
    return Sentence(f"week {week} van {year}", f"week {week} of {year}")


OVER_TIME = (
    Limit(
        "minutes_per_week",
        lambda own: own.minutes_per_week,
        Roster.load,
        _week,
        minutes,
        _week_words,
    ),
    Limit(
        "meetings_per_week",
        lambda own: own.meetings_per_week,
        _one,
        _week,
        meetings,
        _week_words,
    ),
    Limit(
        "meetings_per_month",
        lambda own: own.meetings_per_month,
        _one,
        _month,
        meetings,
        month,
    ),
    Limit(
        "office_hours_meetings_per_week",
        lambda own: own.office_hours_meetings_per_week,
        _one_in_office_hours,
        _week,
        _in_office_hours,
        _week_words,
    ),
    Limit(
        "office_hours_meetings_per_month",
        lambda own: own.office_hours_meetings_per_month,
        _one_in_office_hours,
        _month,
        _in_office_hours,
        month,
    ),
)

_FACT = Sentence(
    "{name} heeft {counted} in {when}; hoogstens {allowed} kan.",
    "{name} has {counted} in {when}; at most {allowed} may be.",
)


def _breaches(roster: Roster) -> Iterator[Breach]:
    attended: dict[str, list[Attendance]] = {}
    for attendance in roster.attendances:
        attended.setdefault(attendance.representative, []).append(attendance)
    for representative, attendances in attended.items():
        for limit in OVER_TIME:
            most = limit.most(roster.person(representative).limits)
            if most is not None:
                for fact in _exceeded(roster, limit, most, attendances):
                    yield None, representative, fact


def _exceeded(
    roster: Roster, limit: Limit, most: int, attendances: list[Attendance]
) -> Iterator[Sentence]:
    total: Counter[Period] = Counter()
    pinned: Counter[Period] = Counter()
    for attendance in attendances:
        period = limit.period(roster.slot_time(attendance))
        amount = limit.amount(roster, attendance)
        total[period] += amount
        if roster.is_pinned(attendance.meeting, attendance.representative):
            pinned[period] += amount
    for period, amount in total.items():
        # A coordinator's word lifts the limit as far as it reaches, and no farther.
        allowed = max(most, pinned[period])
        if amount > allowed:
            name = roster.person(attendances[0].representative).name
            yield _fact(name, limit, period, amount, allowed)


def _fact(name: str, limit: Limit, period: Period, amount: int, allowed: int) -> Sentence:
    counted, when = limit.counted(amount), limit.called(*period)
    return _FACT.filled(name=name, counted=counted, when=when, allowed=allowed)


LIMITS = Hard(
    name=HardRule.LIMITS,
    sentence=Sentence(
        "Niemand krijgt in een week of maand meer dan diegene zelf als grens heeft opgegeven.",
        "Nobody is given more in a week or month than the limit they stated.",
    ),
    breaches=_breaches,
)
