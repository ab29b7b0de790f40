"""What every page about mandates starts from: the words, and whose hand it is."""

from scheduler.flows.access.sessions import member_of_session
from scheduler.flows.mandates.errors import BadMandate
from scheduler.flows.mandates.hand import Hand, hand_of
from scheduler.mail import Office
from scheduler.web.context import Visit
from scheduler.web.rendering import language_of
from scheduler.web.words.mandates import MandateWords
from scheduler.web.words.terms import Words


def words_of(visit: Visit) -> MandateWords:
    """The words of a visit."""
    return MandateWords(Words(language_of(visit.request), visit.today))


def own_hand(visit: Visit) -> Hand:
    """The hand of who is signed in; which board member it is, where they came by their own mail."""
    token = visit.request.cookies.get(visit.context.session_cookie, "")
    member = member_of_session(visit.session, token, at=visit.at)
    return hand_of(visit.session, visit.who, at=visit.at, member_id=member)


def office_of(visit: Visit) -> Office:
    """The post office of the installation."""
    return Office.of(visit.context.settings, visit.context.key)


def faults_of(visit: Visit, error: BadMandate | None) -> dict[str, str]:
    """What is wrong, by field, in the visit's language; the first fault of each."""
    language, faults = language_of(visit.request), dict[str, str]()
    for fault in error.faults if error else ():
        faults.setdefault(fault.field, getattr(fault.sentence, language.value))
    return faults
