"""Voting: at a meeting's table by who runs it and by boards, and by a link in a board's mail."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from scheduler.db import people
from scheduler.db.published import published_meeting
from scheduler.db.votes import VoteView, vote_of, votes_at
from scheduler.domain.errors import BadInput
from scheduler.domain.links import Links
from scheduler.domain.terms import BallotWay, DecisionRule, VoteState
from scheduler.domain.voting import BadBallot
from scheduler.flows.records.kinds.words import DECISIONS, WEIGHTS
from scheduler.flows.voting import (
    Voting,
    cast_ballot,
    close_vote,
    confirm_vote,
    note_other_half,
    open_vote,
    open_vote_link,
    outcome_of,
    reopen_vote,
    votable,
)
from scheduler.web.context import Anyone, SignedIn, Visit
from scheduler.web.rendering import page
from scheduler.web.requests.forms import SentForm
from scheduler.web.vote_forms import Refused, refused, typed_ballot, typed_other_half

router = APIRouter()

_OTHER = "andere-helft"


@router.get("/overleg/{meeting_id}/stemmingen")
def at_meeting(visit: SignedIn, meeting_id: str) -> Response:
    """The votes at a meeting, and for who runs them the items on which one can be opened."""
    votes = votes_at(visit.session, visit.who, meeting_id)
    meeting = published_meeting(visit.session, visit.who, meeting_id)
    return page(
        visit,
        "votes.html",
        tab="rooster",
        m=meeting,
        votes=votes,
        items=votable(visit.session, visit.who, meeting),
    )


@router.post("/overleg/{meeting_id}/stemmingen")
def open_one(
    visit: SignedIn,
    meeting_id: str,
    punt: Annotated[str, Form()] = "",
    voorstel: Annotated[str, Form()] = "",
) -> Response:
    """Open a vote; opened already, it leads there."""
    vote = open_vote(visit.session, visit.who, meeting_id, punt, at=visit.at, proposal=voorstel)
    return RedirectResponse(f"/stemming/{vote}", status_code=303)


@router.get("/stemming/{vote_id}")
def look(visit: SignedIn, vote_id: str, klaar: str = "") -> Response:
    """One vote: one's own ballots, and for who runs it everything."""
    return _page(visit, vote_of(visit.session, visit.who, vote_id), done=klaar)


@router.post("/stemming/{vote_id}/stem/{organisation_id}")
def cast(visit: SignedIn, vote_id: str, organisation_id: str, sent: SentForm) -> Response:
    """Cast or correct one organisation's ballot."""
    try:
        given = typed_ballot(sent, organisation_id)
        cast_ballot(visit.session, visit.who, vote_id, given, at=visit.at)
    except (BadInput, BadBallot) as error:
        vote = vote_of(visit.session, visit.who, vote_id)
        return _page(visit, vote, fault=refused(organisation_id, sent, error))
    return _back(f"/stemming/{vote_id}", organisation_id)


@router.post("/stemming/{vote_id}/sluiten")
def close(visit: SignedIn, vote_id: str) -> Response:
    """No more ballots from here on."""
    close_vote(visit.session, visit.who, vote_id, at=visit.at)
    return RedirectResponse(f"/stemming/{vote_id}#uitslag", status_code=303)


@router.post("/stemming/{vote_id}/heropenen")
def reopen(visit: SignedIn, vote_id: str) -> Response:
    """Let ballots come in again."""
    reopen_vote(visit.session, visit.who, vote_id, at=visit.at)
    return RedirectResponse(f"/stemming/{vote_id}", status_code=303)


@router.post("/stemming/{vote_id}/andere-helft")
def other_half(visit: SignedIn, vote_id: str, sent: SentForm) -> Response:
    """Note what the other parties voted."""
    try:
        note_other_half(visit.session, visit.who, vote_id, typed_other_half(sent), at=visit.at)
    except BadInput as error:
        vote = vote_of(visit.session, visit.who, vote_id)
        return _page(visit, vote, fault=refused(_OTHER, sent, error))
    return RedirectResponse(f"/stemming/{vote_id}#uitslag", status_code=303)


@router.post("/stemming/{vote_id}/vaststellen")
def confirm(visit: SignedIn, vote_id: str) -> Response:
    """Make the result final."""
    confirm_vote(visit.session, visit.who, vote_id, at=visit.at)
    return RedirectResponse(f"/stemming/{vote_id}#uitslag", status_code=303)


@router.get("/stem/{token}")
def by_link(visit: Anyone, token: str, klaar: str = "") -> Response:
    """The same for a board member without signing in. Looking changes nothing."""
    return _linked(visit, token, _opened(visit, token), done=klaar)


@router.post("/stem/{token}/{organisation_id}")
def cast_by_link(visit: Anyone, token: str, organisation_id: str, sent: SentForm) -> Response:
    """Cast one organisation's ballot by a link."""
    holder = _opened(visit, token)
    try:
        given = typed_ballot(sent, organisation_id, way=BallotWay.LINK, caster=holder.function)
        cast_ballot(visit.session, holder.actor, holder.vote.id, given, at=visit.at)
    except (BadInput, BadBallot) as error:
        return _linked(visit, token, holder, fault=refused(organisation_id, sent, error))
    return _back(f"/stem/{token}", organisation_id)


def _opened(visit: Visit, token: str) -> Voting:
    return open_vote_link(visit.session, Links(visit.context.key), token)


def _back(base: str, organisation_id: str) -> Response:
    return RedirectResponse(f"{base}?klaar={organisation_id}", status_code=303)


def _page(
    visit: Visit, vote: VoteView, *, done: str = "", fault: Refused | None = None
) -> Response:
    own = people.organisation_of(visit.session, visit.who)
    return _shown(
        visit,
        vote,
        base=f"/stemming/{vote.id}/stem",
        own=own,
        outcome=outcome_of(visit.session, visit.who, vote),
        runs=vote.runs,
        done=done,
        fault=fault,
    )


def _linked(
    visit: Visit, token: str, holder: Voting, *, done: str = "", fault: Refused | None = None
) -> Response:
    answered = _shown(
        visit,
        holder.vote,
        base=f"/stem/{token}",
        own=holder.actor.subject,
        outcome=outcome_of(visit.session, holder.actor, holder.vote),
        runs=False,
        done=done,
        fault=fault,
    )
    answered.headers["Cache-Control"] = "no-store"
    return answered


def _shown(
    visit: Visit, vote: VoteView, *, fault: Refused | None, own: str | None, **values: object
) -> Response:
    return page(
        visit,
        "vote.html",
        tab="rooster",
        status=400 if fault else 200,
        vote=vote,
        m=vote.meeting,
        fault=fault,
        mine=[each for each in vote.voters if own == each.caster.id],
        through=[each for each in vote.voters if own == each.organisation.id and not each.is_own],
        decisions=DECISIONS,
        weights=WEIGHTS,
        states=VoteState,
        asks_other=vote.rules.decision is DecisionRule.TENANTS_HALF,
        by_link=visit.actor is None,
        names={each.organisation.id: each.organisation.name for each in vote.voters},
        **values,
    )
