"""What makes attending pleasant: little travel, one's own time, known tables, company."""

from solver.problem import Experience, Tier
from solver.rules.roster import Attendance, Roster
from solver.rules.rule import Soft
from solver.sentence import Sentence

OFFICE_MINUTE = 2
FAMILIAR_FACES, STRANGER = 2, 60
ALL_NEW = 120
AVOIDED, PREFERRED = 60, -30
LATER_SLOT = 10


def _value(roster: Roster) -> int:
    people = sum(_of_attendance(roster, attendance) for attendance in roster.attendances)
    return people + _of_series(roster) + _of_tables(roster)


def _of_attendance(roster: Roster, attendance: Attendance) -> int:
    person = roster.person(attendance.representative)
    series = roster.problem.meetings[attendance.meeting].series
    way = 2 * roster.derived.trip(attendance.meeting, person.id)
    office = OFFICE_MINUTE * roster.slot_time(attendance).office_minutes if person.paid_job else 0
    avoided = AVOIDED if series in person.avoids else 0
    preferred = PREFERRED if series in person.prefers else 0
    return way + office + avoided + preferred


def _of_series(roster: Roster) -> int:
    """More faces at one table than its members can get used to."""
    faces: dict[str, set[str]] = {}
    for meeting in roster.problem.meetings.values():
        if meeting.series is not None:
            faces.setdefault(meeting.series, set()).update(roster.attendees(meeting.id))
    return sum(STRANGER * max(0, len(people) - FAMILIAR_FACES) for people in faces.values())


def _of_tables(roster: Roster) -> int:
    """Newcomers on their own, and slots that were not the first choice."""
    total = 0
    for meeting in roster.problem.meetings.values():
        attendees = roster.attendees(meeting.id)
        if attendees:
            total += LATER_SLOT * (roster.slot(meeting.id) or 0)
            total += ALL_NEW * all(_is_new(roster, name) for name in attendees)
    return total


def _is_new(roster: Roster, representative: str) -> bool:
    return roster.person(representative).experience is Experience.NEW


COMFORT = Soft(
    name=Tier.COMFORT,
    sentence=Sentence(
        "Reistijd, werktijd, wisselende gezichten, nieuwkomers alleen, en ieders voorkeuren.",
        "Travel, working hours, changing faces, newcomers on their own, and preferences.",
    ),
    value=_value,
)
