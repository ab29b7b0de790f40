"""Positions in words: as they are chosen in a form, and as a brief names them."""

from scheduler.domain.terms import Importance, Stance
from scheduler.web.languages import mark

STANCES = {
    Stance.FOR: mark("voor"),
    Stance.FOR_IF: mark("voor, als…"),
    Stance.AGAINST: mark("tegen"),
    Stance.ABSTAIN: mark("geen mening"),
}
IMPORTANCES = {
    Importance.MUST: mark("Dit moet gezegd worden"),
    Importance.CAN: mark("Dit kan gezegd worden"),
    Importance.KNOW: mark("Alleen ter informatie"),
}
GROUPS = {
    Stance.FOR: mark("Voor"),
    Stance.FOR_IF: mark("Voor, als"),
    Stance.AGAINST: mark("Tegen"),
    Stance.ABSTAIN: mark("Geen mening"),
    Stance.NOT_HEARD: mark("Niet gehoord"),
}
