"""The closed lists of words, as records spell them."""

from scheduler.domain.errors import Sentence
from scheduler.domain.terms import Bond, Character, ClosedKind, Experience, Level, MandatePower

LEVELS = {
    Level.MUNICIPALITY: Sentence("gemeente", "municipality"),
    Level.PROVINCE: Sentence("provincie", "province"),
    Level.CORPORATION: Sentence("woningcorporatie", "corporation"),
}
CHARACTERS = {
    Character.DECIDING: Sentence("besluitend", "deciding"),
    Character.ADVISING: Sentence("adviserend", "advising"),
    Character.INFORMING: Sentence("informerend", "informing"),
}
BONDS = {
    Bond.VOLUNTEER: Sentence("vrijwilliger", "volunteer"),
    Bond.PROFESSIONAL: Sentence("beroepskracht", "professional"),
}
EXPERIENCES = {
    Experience.EXPERIENCED: Sentence("ervaren", "experienced"),
    Experience.NEW: Sentence("nieuw", "new"),
}
CLOSED = {
    ClosedKind.CLOSED: Sentence("gesloten", "closed"),
    ClosedKind.SCHOOL_HOLIDAY: Sentence("schoolvakantie", "school holiday"),
}
POWERS = {
    MandatePower.DECIDES: Sentence("meebeslissen", "decide along"),
    MandatePower.ADVISES: Sentence("adviseren", "advise"),
    MandatePower.PASSES_ON: Sentence("doorgeven", "pass on"),
    MandatePower.LISTENS: Sentence("alleen luisteren", "only listen"),
}
