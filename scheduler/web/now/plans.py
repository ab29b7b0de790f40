"""Drafts that wait to be published, and plans that couldn't be made."""

from collections.abc import Iterator
from datetime import timedelta

from scheduler.db import attention
from scheduler.db.attention import OpenPlan
from scheduler.domain.terms import PlanState
from scheduler.domain.times import local
from scheduler.web.languages import mark
from scheduler.web.now.line import Desk, Line, Link, Urgency

_FAILED_SINCE = timedelta(days=7)

_WAITS = mark("Concept wacht")
_FAILED = mark("Berekening mislukt")
_OWN = mark("Uw concept is nog niet gepubliceerd")
_OTHER = mark("Concept %(number)s is nog niet gepubliceerd")
_NEW_ONE = mark("Eén overleg is anders dan in het gepubliceerde rooster.")
_NEW_MORE = mark("%(count)s overleggen zijn anders dan in het gepubliceerde rooster.")
_MADE = mark("Gemaakt op %(day)s. Er gaat nog niets naar buiten.")
_PROPOSED = mark("Voorstel klaar")
_READY = mark("Het voorstel dat u vroeg, is klaar")
_ASKED = mark("Gevraagd op %(day)s. Er verandert niets voordat u iets overneemt.")
_COMPARE = mark("Vergelijk de voorstellen")
_NOT_MADE = mark("Rooster %(number)s kon niet gemaakt worden")
_LOOK = mark("Bekijk en publiceer")
_AGAIN = mark("Reken opnieuw")


def waiting(desk: Desk) -> Iterator[Line]:
    """One line for each."""
    since = desk.visit.at - _FAILED_SINCE
    for plan in attention.open_plans(desk.visit.session, desk.visit.who, since=since):
        own = desk.standing is not None and plan.id == desk.standing.plan_id
        fresh = len(desk.standing.new) if own and desk.standing else 0
        if plan.state is PlanState.FAILED:
            yield _failed(desk, plan)
        elif plan.state is PlanState.PROPOSED:
            yield _proposed(desk, plan)
        elif fresh or not own:
            yield _draft(desk, plan, fresh)


def _draft(desk: Desk, plan: OpenPlan, fresh: int) -> Line:
    words = desk.words
    made = words.text(_MADE, day=words.on(plan.created_at))
    text = _NEW_ONE if fresh == 1 else _NEW_MORE
    counted = words.text(text, count=words.count(fresh).capitalize())
    return Line(
        urgency=Urgency.WEEK,
        day=desk.today,
        tone="new",
        icon="new",
        kind=words.text(_WAITS),
        when=desk.away(plan.created_at),
        title=words.text(_OWN) if fresh else words.text(_OTHER, number=plan.id),
        detail=counted if fresh else made,
        link=Link(f"/publiceren?concept={plan.id}", words.text(_LOOK)),
    )


def _proposed(desk: Desk, plan: OpenPlan) -> Line:
    words = desk.words
    return Line(
        urgency=Urgency.WEEK,
        day=desk.today,
        tone="new",
        icon="new",
        kind=words.text(_PROPOSED),
        when=desk.away(plan.created_at),
        title=words.text(_READY),
        detail=words.text(_ASKED, day=words.on(plan.created_at)),
        link=Link(f"/herverdelen/{plan.id}", words.text(_COMPARE)),
    )


def _failed(desk: Desk, plan: OpenPlan) -> Line:
    words = desk.words
    return Line(
        urgency=Urgency.TODAY,
        day=local(plan.created_at).date(),
        tone="gap",
        icon="off",
        kind=words.text(_FAILED),
        when=desk.away(plan.created_at),
        title=words.text(_NOT_MADE, number=plan.id),
        detail=plan.failure,
        link=Link(f"/herverdelen/{plan.id}", words.text(_AGAIN)),
    )
