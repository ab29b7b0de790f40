"""Why a mail didn't go, in words."""

from scheduler.web.languages import mark

_WORDS = {
    "late": mark("Het overleg was al geweest."),
    "address": mark("Er is geen adres meer."),
    "BadLetter": mark("De brief is niet te maken: er klopt iets niet aan het adres."),
    "NotFound": mark("Het overleg bestaat niet meer."),
    "SealBroken": mark("De brief is met een andere sleutel versleuteld."),
    "folder": mark("De map voor mail is niet te beschrijven."),
    "550": mark("Dit mailadres bestaat niet, of neemt onze mail niet aan."),
    "535": mark("De mailserver herkent onze naam of ons wachtwoord niet."),
}
_CODE = 3
_REFUSED = mark("De mailserver neemt deze mail niet aan.")
_LATER = mark("De mailserver vroeg om het later te proberen.")
_UNREACHABLE = mark("De mailserver was niet te bereiken.")


def failure(reason: str) -> str:
    """The sentence for a reason as it stands in the outbox, still in Dutch; empty for none."""
    if not reason or reason in _WORDS:
        return _WORDS.get(reason, "")
    if len(reason) == _CODE and reason.isdigit():
        return _REFUSED if reason.startswith("5") else _LATER
    return _UNREACHABLE
