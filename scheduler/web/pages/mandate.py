"""One mandate: what it says, its history, and what each party can do about it."""

from datetime import date

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.db import mandates, published
from scheduler.db.mandates import MandateView
from scheduler.db.views import MeetingFilter
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, NotFound, Sentence
from scheduler.domain.parsing import Unfit
from scheduler.domain.terms import MandateSide, MandateStanding, MandateState, Role
from scheduler.flows.mandates.consent import agree, missing, refuse
from scheduler.flows.mandates.end import renew, renewal_of, withdraw
from scheduler.flows.mandates.hand import Hand
from scheduler.flows.mandates.uses import Use, uses
from scheduler.flows.records.typed import day_in
from scheduler.web.context import SignedIn, Visit
from scheduler.web.mandate_desk import own_hand, words_of
from scheduler.web.rendering import language_of, page
from scheduler.web.requests.forms import Sent, SentForm

router = APIRouter()

_MOST = 10
_NO_DAY = Sentence("Kies een dag.", "Choose a day.")
_UNKNOWN = Sentence("Kies een van de knoppen.", "Choose one of the buttons.")
_LIVE = {MandateStanding.IN_FORCE, MandateStanding.TO_COME}


@router.get("/mandaten/{mandate_id}")
def look(visit: SignedIn, mandate_id: str, klaar: str = "") -> Response:
    """The mandate, for its parties, who plans for all, and bodies at whose table it holds."""
    view = mandates.mandate(visit.session, visit.who, mandate_id)
    hand = own_hand(visit) if visit.who.role in {Role.BOARD, Role.COORDINATOR} else None
    return mandate_page(visit, view, hand, f"/mandaten/{view.id}", done=klaar)


@router.post("/mandaten/{mandate_id}/{act}")
def do(visit: SignedIn, mandate_id: str, act: str, sent: SentForm) -> Response:
    """Agree, refuse, withdraw or renew; NotFound for another word."""
    return act_on(visit, own_hand(visit), mandate_id, act, sent, base=f"/mandaten/{mandate_id}")


def act_on(
    visit: Visit, hand: Hand, mandate_id: str, act: str, sent: Sent, *, base: str
) -> Response:
    """Do what a form asks, and show the mandate again; what is wrong stands beside its field."""
    view = mandates.mandate(visit.session, hand.actor, mandate_id)
    hand.side(view)
    if act == "akkoord":
        agree(visit.session, hand, mandate_id)
    elif act == "weigeren":
        refuse(visit.session, hand, mandate_id, why=sent.text("waarom"))
    elif act == "intrekken":
        try:
            withdraw(
                visit.session,
                hand,
                mandate_id,
                from_day=_typed_day(view, sent.text("vanaf"), hand.today),
                why=sent.text("waarom"),
            )
        except BadInput as error:
            return mandate_page(visit, view, hand, base, fault=error, typed=sent)
    elif act == "verlengen":
        renewed = renew(visit.session, hand, mandate_id)
        base = f"/mandaten/{renewed}" if visit.actor else base
    else:
        raise NotFound("knop", act)
    return RedirectResponse(f"{base}?klaar={act}", status_code=303)


def _typed_day(view: MandateView, typed: str, today: date) -> date:
    """The day that was typed; of a proposal it doesn't matter."""
    if view.term.state is MandateState.PROPOSED:
        return today
    try:
        return day_in(typed.strip())
    except Unfit as error:
        raise BadInput(_NO_DAY) from error


def mandate_page(
    visit: Visit,
    view: MandateView,
    hand: Hand | None,
    base: str,
    *,
    done: str = "",
    fault: BadInput | None = None,
    typed: Sent | None = None,
) -> Response:
    """The page of one mandate; `hand` is who can act on it here, None where nobody can."""
    actor = hand.actor if hand else visit.who
    side = None if hand is None or hand.records else view.side_of(hand.actor.subject)
    language = language_of(visit.request).value
    answer = page(
        visit,
        "mandate.html",
        tab="mandaten",
        status=400 if fault else 200,
        m=view,
        said=words_of(visit),
        base=base,
        done=done,
        faults={"vanaf": getattr(fault.sentences[0], language)} if fault else {},
        typed_day=typed.text("vanaf") if typed else visit.today.isoformat(),
        typed_why=typed.text("waarom") if typed else "",
        by_link=visit.actor is None or base != f"/mandaten/{view.id}",
        history=() if actor.asks else mandates.history(visit.session, actor, view.id),
        missing=missing(visit.session, view) if hand else {},
        can=_can(visit, view, hand, side),
        side=side,
        MandateSide=MandateSide,
        MandateStanding=MandateStanding,
        standing=view.standing(visit.today),
        renewal=None if hand is None else renewal_of(visit.session, view.id),
        uses=_uses(visit, view, actor),
        most=_MOST,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _can(
    visit: Visit, view: MandateView, hand: Hand | None, side: MandateSide | None
) -> frozenset[str]:
    """Which acts are offered: by the keys of the page."""
    if hand is None or (side is None and not hand.records):
        return frozenset()
    if view.term.state is MandateState.PROPOSED:
        given = mandates.consents(visit.session, view.id)
        done = side is not None and hand.member_id in given[side]
        full = side is not None and side not in missing(visit.session, view)
        return frozenset({"weigeren", "terugtrekken"} if done or full else {"akkoord", "weigeren"})
    acts = {"intrekken"} if view.standing(visit.today) in _LIVE else set()
    ended = view.standing(visit.today) is MandateStanding.ENDED
    if (acts or ended) and view.term.stops_on is None:
        acts.add("verlengen")
    return frozenset(acts)


def _uses(visit: Visit, view: MandateView, actor: Actor) -> tuple[Use, ...]:
    """The coming meetings under a mandate, and who speaks for its giver there."""
    first, last = max(view.term.first_day, visit.today), view.term.last_in_force
    if not view.term.ever_counts or first > last:
        return ()
    wanted = MeetingFilter(first_day=first, last_day=last)
    return uses(visit.session, view, published.published_meetings(visit.session, actor, wanted))
