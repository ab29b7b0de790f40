"""The closed lists of words, as records spell them."""

from scheduler.domain.errors import Sentence
from scheduler.domain.terms import Bond, Character, ClosedKind, Experience, InputSharing, Level

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
INPUT_SHARINGS = {
    InputSharing.AFTER_LAST_DAY: Sentence(
        "alle betrokken organisaties, na de uiterste dag",
        "all organisations concerned, after the last day",
    ),
    InputSharing.WHO_GOES: Sentence("alleen wie gaat", "only who goes"),
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
