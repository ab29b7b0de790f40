"""Small problems and plans in a few words: everything has a quiet default.

Local times are of Europe/Amsterdam. 2 March 2027 is a Tuesday in ISO week 9.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from solver.check import Judgement, check
from solver.format import validated
from solver.problem import (
    Experience,
    Horizon,
    Level,
    Limits,
    Mandate,
    Meeting,
    Mode,
    OfficeHours,
    Organisation,
    Place,
    PlannedMeeting,
    Policy,
    Problem,
    Region,
    Representative,
    Seats,
    Span,
    Tier,
    Travel,
    Window,
)

ZONE = ZoneInfo("Europe/Amsterdam")
WEEKDAYS = frozenset({1, 2, 3, 4, 5})
ALL_DAYS = frozenset(range(1, 8))


def local(text: str) -> datetime:
    """A wall-clock time, the first one where it comes twice."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def slot(start: str, minutes: int = 60) -> Span:
    """Some elapsed minutes from a wall-clock time."""
    begin = local(start).astimezone(ZoneInfo("UTC"))
    return Span(begin, begin + timedelta(minutes=minutes))


def span(start: str, minutes: int = 60) -> Span:
    """Some elapsed minutes from an instant with its offset."""
    begin = datetime.fromisoformat(start)
    return Span(begin, begin + timedelta(minutes=minutes))


def window(start: int, end: int, weekdays: frozenset[int] = ALL_DAYS) -> Window:
    """A weekly window, from hour to hour."""
    return Window(weekdays=weekdays, start=start * 60, end=end * 60)


def organisation(name: str, **changes: Any) -> Organisation:
    made = Organisation(id=name, name=name.upper(), region="noord", capacity_minutes=10_000)
    return replace(made, **changes)


def person(name: str, organisation: str = "o-a", **changes: Any) -> Representative:
    """Somebody in Assen who can do anything."""
    made = Representative(
        id=name,
        organisation=organisation,
        name=name.upper(),
        home="assen",
        experience=Experience.EXPERIENCED,
        expertise=frozenset(),
        paid_job=False,
        online=True,
        target_minutes=10_000,
        limits=Limits(),
    )
    return replace(made, **changes)


def meeting(name: str, *slots: Span, **changes: Any) -> Meeting:
    """An hour in Assen on a Tuesday evening, in which o-a is interested."""
    made = Meeting(
        id=name,
        title=f"Overleg {name}",
        series=None,
        level=Level.MUNICIPALITY,
        municipality="GM0106",
        topics=frozenset({"huur"}),
        mode=Mode.IN_PERSON,
        place="assen",
        slots=slots or (slot("2027-03-02T19:00"),),
        weight=1,
        seats=Seats(1, 2),
        expertise=frozenset(),
        preparation_minutes=0,
        report_minutes=0,
        deputy=False,
        interested={"o-a": 10},
    )
    return replace(made, **changes)


def mandate(giver: str, holder: str, **changes: Any) -> Mandate:
    """A mandate for everything, all year."""
    made = Mandate(
        id=f"{giver}-{holder}",
        giver=giver,
        holder=holder,
        municipalities=None,
        topics=None,
        levels=None,
        first_day=date(2027, 1, 1),
        last_day=date(2027, 12, 31),
    )
    return replace(made, **changes)


def problem(people: list[Representative], meetings: list[Meeting], **changes: Any) -> Problem:
    """A valid problem of o-a, o-b and o-c, from the end of 2026 to the start of 2028."""
    organisations = changes.pop("organisations", [])
    made = Problem(
        name="small",
        timezone=ZONE,
        horizon=Horizon(date(2026, 12, 1), date(2028, 1, 31)),
        as_of=local("2027-01-01T09:00"),
        office_hours=OfficeHours(
            weekdays=WEEKDAYS, start=9 * 60, end=17 * 60, closed_days=frozenset()
        ),
        regions={
            name: Region(id=name, name=name, weight=weight)
            for name, weight in (("noord", 1), ("oost", 1), ("west", 2))
        },
        places={
            name: Place(id=name, name=name, lat=lat, lon=lon)
            for name, lat, lon in (
                ("assen", 52.99667, 6.5625),
                ("emmen", 52.77917, 6.90694),
                ("meppel", 52.69583, 6.19444),
            )
        },
        travel=Travel(
            detour=1.3,
            speed_kmh=60,
            overhead_minutes=6,
            minutes={("assen", "emmen"): 49, ("assen", "meppel"): 60},
        ),
        organisations={
            **{name: organisation(name) for name in ("o-a", "o-b", "o-c")},
            **{made.id: made for made in organisations},
        },
        representatives={made.id: made for made in people},
        mandates=(),
        meetings={made.id: made for made in meetings},
        policy=Policy(
            tiers=tuple(Tier), max_mandates_per_attendee=1, hybrid_online_beyond_minutes=45
        ),
    )
    return validated(replace(made, **changes))


def closed(problem: Problem, *days: str) -> Problem:
    """The same problem with days on which no office is open."""
    closed_days = frozenset(map(date.fromisoformat, days))
    return replace(problem, office_hours=replace(problem.office_hours, closed_days=closed_days))


def office(problem: Problem, **changes: Any) -> Problem:
    """The same problem with other office hours."""
    return replace(problem, office_hours=replace(problem.office_hours, **changes))


def with_tiers(problem: Problem, *tiers: Tier) -> Problem:
    """The same problem under another order."""
    return replace(problem, policy=replace(problem.policy, tiers=tiers))


def planned(
    meeting: str,
    *attendees: str,
    slot: int | None = 0,
    deputy: str | None = None,
    voices: dict[str, str] | None = None,
) -> PlannedMeeting:
    """A meeting as planned. Voices None: every interested organisation there for itself."""
    return PlannedMeeting(
        meeting=meeting,
        slot=slot,
        attendees=attendees,
        deputy=deputy,
        voices=UNSAID if voices is None else voices,
    )


UNSAID: dict[str, str] = {"": ""}


def nobody(meeting: str) -> PlannedMeeting:
    return planned(meeting, slot=None, voices={})


def judged(problem: Problem, *entries: PlannedMeeting) -> Judgement:
    """The judgement on these entries, with nobody at the meetings that have none."""
    named = {entry.meeting: _voiced(problem, entry) for entry in entries}
    return check(problem, {name: named.get(name, nobody(name)) for name in problem.meetings})


def broken(problem: Problem, *entries: PlannedMeeting) -> list[tuple[str, str | None, str | None]]:
    """What is broken by these entries: rule, meeting, representative."""
    violations = judged(problem, *entries).violations
    return [(str(found.rule), found.meeting, found.representative) for found in violations]


def values(problem: Problem, *entries: PlannedMeeting) -> dict[str, int]:
    """All eight tiers of a plan, which must be a valid one."""
    judgement = judged(problem, *entries)
    assert judgement.violations == ()
    return {str(tier): value for tier, value in judgement.all_tiers.items()}


def _voiced(problem: Problem, entry: PlannedMeeting) -> PlannedMeeting:
    if entry.voices is not UNSAID:
        return entry
    people = problem.representatives
    attending = {people[name].organisation for name in entry.attendees}
    interested = problem.meetings[entry.meeting].interested
    return replace(entry, voices={name: name for name in interested if name in attending})
