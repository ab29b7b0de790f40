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
    people = sum(of_attendance(roster, attendance) for attendance in roster.attendances)
    return people + _of_series(roster) + _of_tables(roster)


def of_attendance(roster: Roster, attendance: Attendance) -> int:
    """What one attendance asks of who attends."""
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
    return sum(of_faces(len(people)) for people in faces.values())


def of_faces(number: int) -> int:
    """What it costs a series that so many different people attend it."""
    return STRANGER * max(0, number - FAMILIAR_FACES)


def _of_tables(roster: Roster) -> int:
    return sum(of_table(roster, meeting.id) for meeting in roster.problem.meetings.values())


def of_table(roster: Roster, meeting: str) -> int:
    """Newcomers on their own, and a slot that was not the first choice."""
    attendees = roster.attendees(meeting)
    if not attendees:
        return 0
    alone = all(_is_new(roster, name) for name in attendees)
    return LATER_SLOT * (roster.slot(meeting) or 0) + ALL_NEW * alone


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
