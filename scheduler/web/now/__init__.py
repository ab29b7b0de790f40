"""What asks for the coordinator now: one list, gathered from every part of the application.

To add lines, write a source (a function from `Desk` to lines) and name it in `SOURCES`.
"""

from collections.abc import Callable, Iterable

from scheduler.web.now import (
    agendas,
    answers,
    availability,
    calendars,
    company,
    deadlines,
    gaps,
    loads,
    mail,
    mandates,
    plans,
    promises,
    reports,
    requests,
    returned,
    stand_ins,
    votes,
)
from scheduler.web.now.line import Desk, Line, Link, Press, Urgency

__all__ = ["SOURCES", "Desk", "Line", "Link", "Press", "Urgency", "lines"]

Source = Callable[[Desk], Iterable[Line]]

SOURCES: tuple[Source, ...] = (
    answers.declined,
    returned.after_all,
    gaps.broken,
    availability.over_limits,
    gaps.missing,
    answers.in_doubt,
    stand_ins.pending,
    requests.waiting,
    reports.unanswered,
    reports.overdue,
    reports.not_done,
    votes.unsettled,
    agendas.unwritten,
    plans.waiting,
    mail.failed,
    mail.came_back,
    mail.held,
    calendars.stuck,
    deadlines.of_the_law,
    deadlines.of_mandates,
    mandates.waiting,
    mandates.asked_again,
    deadlines.of_people,
    loads.too_heavy,
    company.missing_beside,
    promises.on_one_person,
)
"""Where lines come from; those of equal urgency and day stand in this order."""


def lines(desk: Desk) -> dict[Urgency, list[Line]]:
    """Every line under its heading, the most urgent first."""
    found = [line for source in SOURCES for line in source(desk)]
    found.sort(key=lambda line: (line.urgency, line.day))
    return {each: [line for line in found if line.urgency is each] for each in Urgency}
