"""A deputy stands by only where one is wanted, beside somebody, and close to who attends."""

from collections.abc import Iterator

from solver.problem import HardRule, Meeting
from solver.rules.roster import Roster
from solver.rules.rule import Breach, Hard
from solver.sentence import Sentence

NOT_WANTED = Sentence("Er is geen vervanger gevraagd.", "No deputy is asked for.")
ALONE = Sentence("Er is niemand om te vervangen.", "There is nobody to stand in for.")
_ATTENDS = Sentence("De vervanger is zelf deelnemer.", "The deputy attends as well.")
_STRANGER = Sentence(
    "De vervanger hoort niet bij een organisatie die deelneemt, belang heeft of een mandaat van "
    "een deelnemende organisatie heeft.",
    "The deputy's organisation neither attends, nor is interested, nor holds a mandate of one "
    "that attends.",
)

_FACT = Sentence(
    "{name} kan geen vervanger zijn bij {meeting}.", "{name} can't stand by at {meeting}."
)


def _breaches(roster: Roster) -> Iterator[Breach]:
    for meeting, planned in roster.pairs():
        if planned.deputy is not None:
            for reason in _reasons(roster, meeting, planned.deputy):
                fact = roster.about(_FACT, meeting.id, planned.deputy) + reason
                yield meeting.id, planned.deputy, fact


def _reasons(roster: Roster, meeting: Meeting, deputy: str) -> Iterator[Sentence]:
    attendees = roster.attendees(meeting.id)
    if not meeting.deputy:
        yield NOT_WANTED
    if not attendees:
        yield ALONE
    if deputy in attendees:
        yield _ATTENDS
    if attendees and not belongs(roster, meeting, roster.person(deputy).organisation):
        yield _STRANGER


def belongs(roster: Roster, meeting: Meeting, organisation: str) -> bool:
    """Whether an organisation is near enough to who attends to have somebody stand by."""
    attending = roster.attending(meeting.id)
    if organisation in attending or organisation in meeting.interested:
        return True
    return any(organisation in roster.speakers(meeting.id, giver) for giver in attending)


STANDBY = Hard(
    name=HardRule.DEPUTY,
    sentence=Sentence(
        "Een vervanger staat klaar waar erom gevraagd is, naast een deelnemer, en hoort bij hen "
        "die deelnemen of belang hebben.",
        "A deputy stands by where one is asked for, beside an attendee, and belongs to those who "
        "attend or are interested.",
    ),
    breaches=_breaches,
)
