"""Why a proposal changes something, in words."""

from collections.abc import Sequence

from scheduler.flows.planning.reasons import Because, Reason
from scheduler.flows.publishing.meeting_changes import ChangeList
from scheduler.web.languages import mark
from scheduler.web.words.terms import Words

_SAID: dict[Because, str] = {
    Because.CALLED_OFF: mark("Dit overleg gaat niet door."),
    Because.FIRST: mark("Dit overleg stond nog niet op het rooster."),
    Because.ABSENT: mark("Valt uit: %(names)s."),
    Because.EMPTY_SEAT: mark("Er was een plaats leeg."),
    Because.UNHEARD: mark("Nog niet gehoord: %(names)s."),
    Because.NO_DEPUTY: mark("Er was nog geen vervanger."),
    Because.OVER_CAPACITY: mark("%(names)s zat op %(before)s%% van de draagkracht."),
    Because.FAIRER: mark("%(names)s draagt meer: %(before)s%% van wat past."),
    Because.LESS_TRAVEL: mark("Dat reist %(before)s minuten minder."),
    Because.FITS: mark("Maakt plaats voor de andere wijzigingen."),
}
_LOADS = (Because.OVER_CAPACITY, Because.FAIRER)
_LOAD = mark("%(names)s van %(before)s%% naar %(after)s%%")


def why(reason: Reason, changes: ChangeList, words: Words) -> str:
    """One sentence."""
    return words.text(_SAID[reason.because], **_figures(reason, changes, words))


def relief(reason: Reason, changes: ChangeList, words: Words) -> str | None:
    """Whose load falls from where to where, where that is the reason."""
    if reason.because not in _LOADS:
        return None
    return words.text(_LOAD, **_figures(reason, changes, words))


def _figures(reason: Reason, changes: ChangeList, words: Words) -> dict[str, object]:
    return {
        "names": words.names(_names(reason, changes)),
        "before": words.number(reason.before),
        "after": words.number(reason.after),
    }


def _names(reason: Reason, changes: ChangeList) -> Sequence[str]:
    known = {**changes.organisations, **changes.people}
    if reason.because in {Because.UNHEARD, Because.OVER_CAPACITY}:
        known = dict(changes.organisations)
    return [known[each] for each in reason.names]
