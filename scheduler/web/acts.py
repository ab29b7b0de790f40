"""What a coordinator can do at a meeting, in words: asked for, and done."""

from scheduler.domain.terms import Adjustment
from scheduler.web.languages import mark

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
