"""How requests and imports are said on the screens."""

from scheduler.domain.terms import ImportOutcome, RequestState
from scheduler.web.languages import mark

STATES: dict[RequestState, tuple[str, str, str]] = {
    RequestState.RECEIVED: ("wait", "wait", mark("wacht op antwoord")),
    RequestState.PLANNED: ("new", "new", mark("staat op het rooster, nog niet bevestigd")),
    RequestState.CONFIRMED: ("ok", "ok", mark("bevestigd")),
    RequestState.DECLINED: ("gap", "off", mark("afgewezen")),
    RequestState.WITHDRAWN: ("wait", "off", mark("ingetrokken")),
}
"""Tone, mark and words of each state."""

OUTCOMES: dict[ImportOutcome, str] = {
    ImportOutcome.NEW: mark("nieuw"),
    ImportOutcome.MOVED: mark("verzet"),
    ImportOutcome.RENAMED: mark("andere naam"),
    ImportOutcome.CHANGED: mark("andere gegevens"),
    ImportOutcome.WITHDRAWN: mark("uit de agenda gehaald"),
    ImportOutcome.RETURNED: mark("terug in de agenda"),
    ImportOutcome.UNCHANGED: mark("ongewijzigd"),
}

FAULTS: dict[str, str] = {
    "no_uid": mark("Heeft geen kenmerk. Wij herkennen het aan titel en tijd."),
    "no_title": mark("Heeft geen titel."),
    "bad_end": mark("Het einde klopt niet. Wij rekenen met de gewone duur."),
    "unknown_zone": mark("Onbekende tijdzone. Wij lazen het als Nederlandse tijd."),
    "not_utf8": mark("De agenda is niet in UTF-8 geschreven. Letters kunnen anders zijn."),
    "no_start": mark("Heeft geen datum."),
    "bad_start": mark("De datum is niet te lezen."),
    "bad_series": mark("De herhaling is niet te lezen."),
    "too_often": mark("Komt vaker dan elke dag terug."),
    "too_slow": mark("De herhaling kost te veel tijd om uit te rekenen."),
    "many_days": mark("Duurt langer dan een dag, dus is het geen overleg."),
    "doubled": mark("Staat er twee keer. Wij namen de nieuwste."),
    "broken": mark("Is niet te lezen."),
}
"""What is wrong with an entry, by the reader's word for it."""
