"""What a coordinator can do at a meeting, in words: asked for, and done."""

from scheduler.db.tables import DraftStep
from scheduler.domain.terms import Adjustment
from scheduler.flows.adjusting import Standing, Wish
from scheduler.web.context import Visit
from scheduler.web.languages import mark
from scheduler.web.rendering import language_of
from scheduler.web.words.terms import Words

WISHES: dict[Adjustment, str] = {
    Adjustment.ASSIGN: mark("%(who)s inzetten"),
    Adjustment.UNASSIGN: mark("%(who)s weghalen"),
    Adjustment.REPLACE: mark("%(who)s inzetten in plaats van %(other)s"),
    Adjustment.SWAP: mark("ruilen: %(who)s in plaats van %(other)s"),
    Adjustment.SET_DEPUTY: mark("%(who)s vervanger maken"),
    Adjustment.REMOVE_DEPUTY: mark("geen vervanger meer"),
    Adjustment.MOVE: mark("een ander moment kiezen"),
    Adjustment.PIN: mark("%(who)s vastzetten"),
    Adjustment.UNPIN: mark("%(who)s losmaken"),
    Adjustment.BAN: mark("%(who)s nooit bij dit overleg"),
    Adjustment.UNBAN: mark("%(who)s weer toelaten"),
}

DONE: dict[Adjustment, str] = {
    Adjustment.ASSIGN: mark("%(who)s is ingezet."),
    Adjustment.UNASSIGN: mark("%(who)s is weggehaald."),
    Adjustment.REPLACE: mark("%(who)s is ingezet in plaats van %(other)s."),
    Adjustment.SWAP: mark("De ruil is goed: %(who)s gaat in plaats van %(other)s."),
    Adjustment.SET_DEPUTY: mark("%(who)s is vervanger."),
    Adjustment.REMOVE_DEPUTY: mark("Er is geen vervanger meer."),
    Adjustment.MOVE: mark("Het overleg staat op een ander moment."),
    Adjustment.PIN: mark("%(who)s staat vast."),
    Adjustment.UNPIN: mark("%(who)s is losgemaakt."),
    Adjustment.BAN: mark("%(who)s komt niet bij dit overleg."),
    Adjustment.UNBAN: mark("%(who)s kan weer gekozen worden."),
}


def told_step(visit: Visit, standing: Standing, step: DraftStep) -> str:
    """What a step did."""
    gone = sorted(set(step.before["attendees"]) - set(step.after["attendees"]))
    who, other = step.representative_id or "", gone[0] if gone else ""
    return _words(visit).text(DONE[step.act], who=standing.label(who), other=standing.label(other))


def told_wish(visit: Visit, standing: Standing, wish: Wish) -> str:
    """What is wished."""
    who, other = wish.representative_id or "", wish.instead_of or ""
    return _words(visit).text(
        WISHES[wish.act], who=standing.label(who), other=standing.label(other)
    )


def _words(visit: Visit) -> Words:
    return Words(language_of(visit.request), visit.today)
