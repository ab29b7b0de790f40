"""Where things stand, for the coordinators: the draft with what is new, or the publication."""

from dataclasses import dataclass

from scheduler.db import drafts, published
from scheduler.db.drafts import Draft
from scheduler.db.tables import DraftStep
from scheduler.domain.errors import NotFound
from scheduler.flows.adjusting import Shelf, Standing
from scheduler.flows.adjusting.verdict import Verdict, standing_verdict
from scheduler.web.context import Visit


def shelf_of(visit: Visit) -> Shelf:
    """The standings that this process keeps."""
    shelf: Shelf = visit.request.app.state.plan_shelf
    return shelf


def standing_of(visit: Visit) -> Standing | None:
    """Where things stand, to look at; None before the first publication or draft.

    A page that shows it says so where something came in a moment ago that isn't in it yet.
    """
    recent = shelf_of(visit).recent(visit.session, visit.who, at=visit.at)
    visit.request.state.behind = recent.behind
    return recent.standing


def some_standing(visit: Visit) -> Standing:
    """Where things stand now; NotFound before there is anything."""
    found = standing_of(visit)
    if found is None:
        raise NotFound("rooster")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftBar:
    """What stands above the plan while there is a draft: how much is new, and the way back."""

    plan_id: int
    new: int
    publication: int | None
    undo: DraftStep | None
    redo: DraftStep | None


def draft_bar(visit: Visit, standing: Standing | None) -> DraftBar | None:
    """The bar of the working draft, or None where nothing was changed."""
    if standing is None or standing.plan_id is None:
        return None
    newest = published.newest(visit.session)
    return DraftBar(
        plan_id=standing.plan_id,
        new=len(standing.new),
        publication=newest.number if newest else None,
        undo=drafts.last_done(visit.session, standing.plan_id),
        redo=drafts.first_undone(visit.session, standing.plan_id),
    )


def verdict_of(visit: Visit, plan_id: int) -> tuple[Verdict, dict[str, str]]:
    """What the rule book says of a draft, and how the meetings that it names are called."""
    version = drafts.working_draft(visit.session).version
    draft = Draft(plan_id, version)
    standing = shelf_of(visit).standing(visit.session, visit.who, at=visit.at, draft=draft)
    if standing is None:
        return Verdict((), ()), {}
    verdict = standing_verdict(standing)
    named = {each.meeting for each in (*verdict.brings, *verdict.remains)}
    return verdict, {view.id: view.title for view in standing.views if view.id in named}
