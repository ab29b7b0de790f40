"""The closed lists of words, as records spell them."""

from scheduler.domain.errors import Sentence
from scheduler.domain.terms import (
    Bond,
    Character,
    ClosedKind,
    DecisionRule,
    Experience,
    InputSharing,
    Level,
    MandatePower,
    VoteSharing,
    WeightRule,
)

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
POWERS = {
    MandatePower.DECIDES: Sentence("meebeslissen", "decide along"),
    MandatePower.ADVISES: Sentence("adviseren", "advise"),
    MandatePower.PASSES_ON: Sentence("doorgeven", "pass on"),
    MandatePower.LISTENS: Sentence("alleen luisteren", "only listen"),
}
DECISIONS = {
    DecisionRule.ORGANISATIONS: Sentence(
        "meerderheid van de organisaties", "majority of the organisations"
    ),
    DecisionRule.DWELLINGS: Sentence("meerderheid naar woningen", "majority by dwellings"),
    DecisionRule.BOTH: Sentence(
        "meerderheid van de organisaties én naar woningen",
        "majority of the organisations and by dwellings",
    ),
    DecisionRule.UNANIMOUS: Sentence("iedereen is het eens", "everybody agrees"),
    DecisionRule.TENANTS_HALF: Sentence(
        "huurders hebben samen de helft van de stemmen",
        "tenants together have half of the votes",
    ),
}
WEIGHTS = {
    WeightRule.EQUAL: Sentence("elke organisatie telt even zwaar", "all organisations count alike"),
    WeightRule.DWELLINGS: Sentence(
        "naar woningen; onbekend telt niet mee", "by dwellings; unknown ones don't count"
    ),
    WeightRule.DWELLINGS_OR_DEFAULT: Sentence(
        "naar woningen; onbekend telt als de standaard van de provincie",
        "by dwellings; unknown ones count as the province's default",
    ),
}
VOTE_SHARINGS = {
    VoteSharing.BY_NAME: Sentence("wat elke organisatie zegt", "what each organisation says"),
    VoteSharing.COUNTS: Sentence("alleen de aantallen", "the numbers alone"),
}
