"""Who was given more than they can do by their own limits, over several meetings together."""

from collections.abc import Iterator

from scheduler.web.languages import mark
from scheduler.web.now.line import Desk, Line, Link, Urgency

_MOST = 5

_KIND = mark("Kan zo niet")
_TITLE = mark("%(name)s kan dit zo niet")
_LOOK = mark("Bekijk de overleggen")


def over_limits(desk: Desk) -> Iterator[Line]:
    """A line for each fact about a person that hangs on no single meeting; the others are gaps."""
    if desk.standing is None:
        return
    words = desk.words
    found = [
        each
        for each in desk.standing.violations
        if each.meeting is None and each.known.representative is not None
    ]
    for broken in found[:_MOST]:
        person = broken.known.representative or ""
        yield Line(
            urgency=Urgency.WEEK,
            day=desk.today,
            tone="gap",
            icon="off",
            kind=words.text(_KIND),
            when="",
            title=words.text(_TITLE, name=desk.standing.label(person)),
            detail=words.sentence(broken.sentence),
            link=Link(f"/rooster?afgevaardigde={person}", words.text(_LOOK)),
        )
